"""Where two pieces of text meet: colliding punctuation, doubled spaces, punctuation in quotes (CSL 1.0.2: “Affixes”,
“Delimiter”, and “Locale Options” for punctuation-in-quote).

The specification leaves collisions to the processor. The table is citeproc-js's, which styles are written against: a
question or exclamation mark swallows a full stop or colon, a colon or semicolon swallows a full stop, doubles become
one, all else stays. A piece's edge is looked for through closing markup, so italics and quotes hide nothing.
"""

from collections.abc import Callable, Sequence

from service.rendering.marks import CLOSE, QUOTE_END

Cat = Callable[[str, str], str]
Join = Callable[[Sequence[str], str], str]

_MERGED = {
    "..": ".", ",,": ",", "::": ":", ";;": ";", "!!": "!", "??": "?",
    "!.": "!", "!:": "!", "?.": "?", "?:": "?",
    ":!": "!", ":?": "?", ":.": ":", ";!": "!", ";?": "?", ";:": ";", ";.": ";",
}  # fmt: skip
_TAIL = frozenset(".,:;!? \u00a0" + CLOSE + QUOTE_END)
_HEAD = frozenset(".,:;!? \u00a0")
_SPACES = (" ", "\u00a0")
_CLOSERS = (CLOSE, QUOTE_END)
_INTO_QUOTES = (".", ",", "!", "?")


def _meet(left: str, right: str, inside: bool) -> str:
    """Join two pieces whose edges may collide; `inside` is the locale's punctuation-in-quote."""
    end = len(left)
    while end and left[end - 1] in _CLOSERS:
        end -= 1
    if not end:
        return left + right
    last, first, closers = left[end - 1], right[0], left[end:]
    if first in _SPACES:
        return left + right[1:] if last in _SPACES else left + right
    merged = _MERGED.get(last + first)
    if merged is not None:
        left = left[: end - 1] + merged + closers
        if inside and not closers and merged != last and merged in _INTO_QUOTES:
            left = _drawn_in(left)
        return left + right[1:]
    if inside and first in _INTO_QUOTES and QUOTE_END in closers:
        place = end + closers.index(QUOTE_END)
        return left[:place] + first + left[place:] + right[1:]
    return left + right


def _drawn_in(text: str) -> str:
    """Text whose last mark stands right after closing quotes, with the mark moved inside them."""
    start = len(text) - 1
    while start and text[start - 1] in _CLOSERS:
        start -= 1
    place = text.find(QUOTE_END, start)
    return text if place < 0 else text[:place] + text[-1] + text[place:-1]


def seams(inside: bool) -> tuple[Cat, Join]:
    """The two ways to put text together under one locale option: `cat(left, right)` and `join(parts, delimiter)`."""

    def cat(left: str, right: str) -> str:
        if left and right and right[0] in _HEAD and left[-1] in _TAIL:
            return _meet(left, right, inside)
        return left + right

    def join(parts: Sequence[str], delimiter: str) -> str:
        text = parts[0]
        for part in parts[1:]:
            if delimiter:
                if delimiter[0] in _HEAD and text[-1] in _TAIL:
                    text = _meet(text, delimiter, inside)
                else:
                    text += delimiter
            if part[0] in _HEAD and text[-1] in _TAIL:
                text = _meet(text, part, inside)
            else:
                text += part
        return text

    return cat, join
