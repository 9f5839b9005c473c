"""Text case on marked text (CSL 1.0.2, “Text-case”, “Title Case Conversion”, “Sentence Case Conversion”).

Words that carry capitals inside are left alone; stop words stay small unless first, last or after a colon; what stands
in `<span class="nocase">`, small capitals, superscript or subscript is not touched.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from service.rendering import marks

_WORDS = """
    a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos apud
    around as aside astride at athwart atop barring before behind below beneath beside besides between beyond but by
    c ca circa d' de despite down during et except for forenenst from given in inside into lest like modulo near
    next nor notwithstanding of off on onto or out over per plus pro qua sans since so than the through throughout
    thru thruout till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis von vs vs.
    with within without yet
"""
STOP_WORDS = frozenset(_WORDS.split())
"""CSL 1.0.2, “Title Case Conversion”, with the further prepositions that citeproc-js keeps small."""

Case = Callable[[str], str]

_SHELTER = marks.NOCASE + marks.FIELD_SMALL_CAPS + marks.FIELD_SUP + marks.FIELD_SUB
_TOKEN = re.compile(
    r"(["
    + re.escape(marks.MARKS)
    + r"]|[-\u2013\u2014/.,;?!:\[\]()\u2018\u2019\u201c\u201d\"]|[\s\u00a0\u2000-\u200b\u205f\u3000]+)"
)
_MARKED = re.compile("[" + re.escape(marks.MARKS) + "]")


def _capital(word: str) -> str:
    """The word with its first letter large; a single Greek letter is a symbol and stays."""
    if len(word) == 1 and "\u0370" <= word <= "\u03ff":
        return word
    upper = word[0].upper()
    return (upper if len(upper) == 1 else upper[0] + upper[1:].lower()) + word[1:]


def _sheltered(text: str, change: Case) -> str:
    """`change` applied to all that is not sheltered."""
    if not _MARKED.search(text):
        return change(text)
    out, shelter = [], []  # type: ignore[var-annotated]
    for i, piece in enumerate(re.split("([" + re.escape(marks.MARKS) + "])", text)):
        if i & 1:
            if piece in marks.OPENERS:
                shelter.append(piece in _SHELTER or (bool(shelter) and shelter[-1]))
            elif shelter:
                shelter.pop()
            out.append(piece)
        else:
            out.append(piece if shelter and shelter[-1] else change(piece))
    return "".join(out)


def lowercase(text: str) -> str:
    """All small."""
    return _sheltered(text, str.lower)


def uppercase(text: str) -> str:
    """All capitals."""
    return _sheltered(text, str.upper)


def capitalize_first(text: str) -> str:
    """The first word with a capital, if it is all small."""
    return _words(text, first_only=True)


def capitalize_all(text: str) -> str:
    """Every small word with a capital."""
    return _words(text, first_only=False)


_SPACES = re.compile(
    r"([\s\u00a0\u2000-\u200b\u205f\u3000]+|[-\u2013\u2014/.,;?!:\[\]()\u2018\u2019\u201c\u201d\"]|["
    + re.escape(marks.MARKS)
    + "])"
)


def _words(text: str, *, first_only: bool) -> str:
    pieces = _SPACES.split(text)
    shelter: list[bool] = []
    for i, piece in enumerate(pieces):
        if i & 1:
            if piece in marks.OPENERS:
                shelter.append(piece in _SHELTER or (bool(shelter) and shelter[-1]))
            elif piece in (marks.CLOSE, marks.QUOTE_END) and shelter:
                shelter.pop()
        elif piece:
            sheltered = bool(shelter) and shelter[-1]
            if not sheltered and piece == piece.lower():
                pieces[i] = _capital(piece)
            if first_only:
                break
    return "".join(pieces)


def sentence(text: str) -> str:
    """The first word with a capital, all others small (deprecated in CSL 1.0.2 for titles, still asked for)."""
    first = True

    def change(piece: str) -> str:
        nonlocal first
        out = []
        for word in re.split(r"(\s+)", piece):
            if word and not word.isspace() and first and any(c.isalnum() for c in word):
                start = next(i for i, c in enumerate(word) if c.isalnum())
                out.append(word[:start] + _capital(word[start:]))
                first = False
            elif first:
                out.append(word)
            else:
                out.append(word.lower())
        return "".join(out)

    return _sheltered(text, change)


def title(text: str) -> str:
    """Title case: all words of four kinds of position (first, last, after a colon or the like, not a stop word)."""
    return _title(text) if len(text) <= MAX_REMEMBERED else _title.__wrapped__(text)


MAX_REMEMBERED = 200
"""Characters of a title that is kept for the next item; longer ones are seldom met twice."""


@lru_cache(maxsize=4096)
def _title(text: str) -> str:
    """See `title`; the names of newspapers and of their sections come again and again."""
    pieces = _TOKEN.split(text)
    shelter: list[bool] = []
    first, after_stop, divided = True, False, False
    last_word = -1
    count = len(pieces)
    for i, piece in enumerate(pieces):
        if i & 1:
            if piece in marks.OPENERS:
                shelter.append(piece in _SHELTER or (bool(shelter) and shelter[-1]))
            elif piece in (marks.CLOSE, marks.QUOTE_END):
                if shelter:
                    shelter.pop()
            elif piece in "?!:":
                after_stop = True
            divided = divided or not piece.isspace()
            continue
        if not piece:
            continue
        if shelter and shelter[-1]:
            last_word, first, after_stop = -1, False, False
            continue
        small = piece.lower()
        if piece == small:
            stop = small in STOP_WORDS or (small + "." in STOP_WORDS and pieces[i + 1 : i + 2] == ["."])
            if (
                first
                or after_stop
                or (len(piece) > 1 and not stop)
                or (not divided and i + 1 < count and pieces[i + 1] == "-")
            ):
                pieces[i] = _capital(piece)
        first = after_stop = False
        last_word = i
    if last_word >= 0 and len(pieces[last_word]) > 1 and pieces[last_word] in STOP_WORDS:
        pieces[last_word] = _capital(pieces[last_word])
    return "".join(pieces)


CASES: dict[str, Case] = {
    "lowercase": lowercase,
    "uppercase": uppercase,
    "capitalize-first": capitalize_first,
    "capitalize-all": capitalize_all,
    "sentence": sentence,
    "title": title,
}
