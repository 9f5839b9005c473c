"""Fields with markup of their own: `<i> <b> <sc> <sup> <sub> <span class="nocase">`, quotes and apostrophes as typed
(CSL 1.0.2, “Rich Text Markup within Fields”; CSL-JSON schema).

A field becomes marked text (`marks.py`). Tags and quotes that have no partner stand as they were typed; a single
quote with no partner is an apostrophe. Curly quotes of the style's locale count as quotes too, so that they flip
where a title stands inside quotes.
"""

import re
from functools import lru_cache

from service.rendering import marks

_TAGS = {
    "<i>": (marks.FIELD_ITALIC, "</i>"),
    "<b>": (marks.FIELD_BOLD, "</b>"),
    "<sc>": (marks.FIELD_SMALL_CAPS, "</sc>"),
    "<sup>": (marks.FIELD_SUP, "</sup>"),
    "<sub>": (marks.FIELD_SUB, "</sub>"),
    '<span class="nocase">': (marks.NOCASE, "</span>"),
    '<span class="nodecor">': (marks.NODECOR, "</span>"),
    '<span style="font-variant:small-caps;">': (marks.FIELD_SMALL_CAPS, "</span>"),
}
_SMALL_CAPS = re.compile(r'<span\s+style="font-variant:\s*small-caps;?"[^>]*>')
_CLASS = re.compile(r'<span\s+class="(nocase|nodecor)"[^>]*>')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_SPACED_PUNCTUATION = re.compile(r" ([:;?!\u00bb])")
_AND = re.compile(r"(?<=\s)'n'(?=\s)", re.IGNORECASE)  # rock 'n' roll: two apostrophes, no quotation
_STRAIGHT = ('"', "'")


class Quotes:
    """The quotation marks of a locale, outer and inner, and the pattern that finds all a field may carry."""

    __slots__ = ("_kinds", "_token", "_touched", "close", "close_inner", "open", "open_inner")

    def __init__(self, outer: tuple[str, str], inner: tuple[str, str]) -> None:
        self.open, self.close = outer
        self.open_inner, self.close_inner = inner
        kinds: dict[str, tuple[str, str]] = dict(_TAGS)
        if self.open and self.close and self.open.strip() not in _STRAIGHT:
            kinds[self.open] = (marks.QUOTE, self.close)
        if self.open_inner and self.close_inner and self.open_inner.strip() not in _STRAIGHT:
            kinds.setdefault(self.open_inner, (marks.QUOTE_INNER, self.close_inner))
        self._kinds = kinds
        tokens = sorted({*kinds, *(closer for _, closer in kinds.values())}, key=len, reverse=True)
        straight = r"""(?:(?<=^)|(?<=[\s(\[\u2014\u2013>])|(?<=\u00a0))["']|["']"""
        self._token = re.compile("|".join(re.escape(t) for t in tokens) + "|" + straight)
        edges = "".join(re.escape(t[0]) for t in tokens)
        # A single set of characters, which the search runs through fast; a colon and its like count after a blank.
        self._touched = re.compile(rf"""[<"'\x00-\x08\x0b-\x1f\x7f\u00ab\u00bb:;?!{edges}](?<![^ ][:;?!])""")

    def read(self, text: str) -> str:
        """The field as marked text. Cheap when there is nothing to read."""
        if not self._touched.search(text):
            return text
        return _read(self, text) if len(text) <= MAX_REMEMBERED else _read.__wrapped__(self, text)


MAX_REMEMBERED = 500
"""Characters of a field that is kept for the next item; longer ones are abstracts, or meant to fill the memory."""
MAX_OPEN = 100
"""Tags and quotes open at once; looking for their partners would otherwise take time by the square."""


@lru_cache(maxsize=4096)
def _read(quotes: Quotes, text: str) -> str:
    """See `Quotes.read`; titles of newspapers and the like come again and again, so the last few thousand are kept."""
    text = _CONTROL.sub("", text)
    text = _SPACED_PUNCTUATION.sub("\u202f\\1", text).replace("\u00ab ", "\u00ab\u202f")
    if "'" in text:
        text = _AND.sub("\u2019n\u2019", text)
    if "<span" in text:
        text = _SMALL_CAPS.sub('<span style="font-variant:small-caps;">', text)
        text = _CLASS.sub(r'<span class="\1">', text)
    kinds = quotes._kinds
    pieces: list[str] = []
    stack: list[tuple[int, str, str]] = []  # (index of the opening piece, its closer, its mark)
    first_straight: str | None = None
    position = 0
    for token in quotes._token.finditer(text):
        start, found = token.start(), token.group()
        pieces.append(text[position:start])
        position = token.end()
        if len(stack) >= MAX_OPEN:
            pieces.append(found)
        elif found in kinds and not (found == quotes.close_inner and _closes(stack, found)):
            mark, closer = kinds[found]
            if mark in (marks.QUOTE, marks.QUOTE_INNER) and stack and stack[-1][2] == mark:
                stack.pop()  # a quote of the same kind cannot stand in itself: the first had no partner
            stack.append((len(pieces), closer, mark))
            pieces.append(found)
        elif found in _STRAIGHT:
            before = text[start - 1] if start else " "
            after = text[position] if position < len(text) else " "
            opens = before in " \u00a0([\u2014\u2013" or not start
            if before == ">":  # after an opening tag, not after a closing one
                opens = text[text.rfind("<", 0, start) + 1] != "/"
            if opens:
                first_straight = first_straight or found
                mark = marks.QUOTE if found == first_straight else marks.QUOTE_INNER
                stack.append((len(pieces), found, mark))
                pieces.append(found)
            elif _closes(stack, found) and not (found == "'" and after.isalnum()):
                _close(stack, pieces, found)
            else:
                pieces.append("\u2019" if found == "'" else found)
        elif _closes(stack, found) and not (found == "\u2019" and position < len(text) and text[position].isalnum()):
            _close(stack, pieces, found)
        else:
            pieces.append(found)
    pieces.append(text[position:])
    for index, _, _ in stack:
        if pieces[index] == "'":
            pieces[index] = "\u2019"
    return "".join(pieces)


def _closes(stack: list[tuple[int, str, str]], closer: str) -> bool:
    """Whether anything open may be closed by `closer`, quotes between being left unpaired but tags not."""
    for _, expected, mark in reversed(stack):
        if expected == closer:
            return True
        if mark not in (marks.QUOTE, marks.QUOTE_INNER):
            return False
    return False


def _close(stack: list[tuple[int, str, str]], pieces: list[str], closer: str) -> None:
    while stack:
        index, expected, mark = stack.pop()
        if expected == closer:
            pieces[index] = mark
            pieces.append(marks.QUOTE_END if mark in (marks.QUOTE, marks.QUOTE_INNER) else marks.CLOSE)
            return
        if pieces[index] == "'":
            pieces[index] = "\u2019"
