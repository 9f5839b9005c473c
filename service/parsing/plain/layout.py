"""The lines of a copied page and what each is by its form: body, menu, furniture; and where the article stands.

Everything here is cheap: a page of 12 kB has some 300 lines, and the grammars run only on the few that matter.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import cache

from msgspec import Struct

from service.parsing.words import folded_words, may_be_wide
from service.tables import read_table


class Line(Struct, gc=False):
    """One printed line, without the white space and the list sign around it; `start` and `end` are offsets."""

    index: int
    start: int
    end: int
    text: str
    listed: bool
    weight: int
    paragraph: bool
    gap: bool


class Layout(Struct):
    """The lines that hold text, and the block of paragraphs that is the article's body (first and last index).

    `keys` are the lines folded for comparing, their first LONGEST_KEY characters, and `times` says how often each of
    them stands. `spoken` are the words of the body's paragraphs, folded. `wide` says that they have letters twice as
    wide as others (日本語, 한국어), which count double.
    """

    text: str
    lines: list[Line]
    first: int
    last: int
    starts: list[int]
    keys: list[str]
    times: Counter[str]
    spoken: set[str]
    wide: bool

    def line_at(self, offset: int) -> int:
        """The index of the line an offset of the text stands in."""
        return max(0, bisect_right(self.starts, offset) - 1)


class FurnitureLines(Struct, frozen=True):
    """The part of data/furniture.toml that tells lines apart."""

    footer: tuple[str, ...]
    related: tuple[str, ...]
    lines: tuple[str, ...]
    begins: tuple[str, ...]
    about_author: tuple[str, ...]
    lone_leads: tuple[str, ...]


# A number with a full stop counts an item, unless a month follows it (3. Mai 2024; 06. 01. 2026).
_LIST_SIGN = re.compile(
    r"(?:[*•▪►▸●■◦‣+⁃→»✓·-]|o(?= )|[0-9]{1,2}\.(?= (?![^\W\d_]{3,10}\.? [0-9]{4}|[0-9]{1,2}\. ?[0-9])))[ \t\u00a0]*"
)
_SIGNS = frozenset("*•▪►▸●■◦‣+⁃→»✓·-o0123456789")
WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
_SENTENCE_END = frozenset(".!?…。！？।»”“‘\"'’)」』")
_UNSEEN = ("\u200b", "\ufeff")
"""Characters without width, that a line may begin and end with as it does with white space."""
_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "".join(_UNSEEN)
_UNEVEN = ("\t", "\x1f", "\u1680", "  ")
"""White space inside a folded line that is no single blank."""

LONGEST_KEY = 2000
MOST_LINES = 20_000
"""Lines looked at: far more than any article has, and a bound on the time a made-up text can take."""


@cache
def furniture() -> FurnitureLines:
    """Words of footers, related lists and controls."""
    return read_table("furniture.toml", FurnitureLines)


def lay_out(text: str) -> Layout:
    """Divide a text into lines and find its body."""
    lines: list[Line] = []
    wide = may_be_wide(text)
    following = 0
    skipped = -1  # lines without text since the last that has some; one at the top of a text is no gap
    blank = _BLANK if any(sign in text for sign in _UNSEEN) else None
    for raw in text.splitlines(keepends=True):
        start = following
        following += len(raw)
        bare = raw.strip(blank)
        if not bare:
            skipped += 1
            continue
        first_sign = bare[0]
        if raw[0] != first_sign:
            start += raw.index(first_sign)
        listed = False
        if first_sign in _SIGNS and (sign := _LIST_SIGN.match(bare)):
            listed = first_sign != "-" or len(bare) < 90
            after = sign.end()
            start += after
            bare = bare[after:]
            if not bare:  # an empty item of a list
                skipped += 1
                continue
        weight = len(bare)
        if wide and not bare.isascii():
            weight += len(WIDE.findall(bare))
        paragraph = weight >= 140 or (weight >= 70 and bare[-1] in _SENTENCE_END)
        lines.append(Line(len(lines), start, start + len(bare), bare, listed, weight, paragraph, skipped > 0))
        skipped = 0
        if len(lines) >= MOST_LINES:
            break
    first, last = _body(lines)
    keys = _keys([line.text for line in lines])
    story = "\n".join([keys[line.index] for line in lines[first : last + 1] if line.paragraph])
    spoken, wide = folded_words(story), wide and may_be_wide(story)
    return Layout(text, lines, first, last, [line.start for line in lines], keys, Counter(keys), spoken, wide)


def _keys(texts: list[str]) -> list[str]:
    """The lines folded for comparing, all in one go."""
    if not texts:
        return []
    whole = _fold("\n".join([text[:LONGEST_KEY] for text in texts]))
    keys = [key.strip() for key in whole.split("\n")]
    return [" ".join(key.split()) for key in keys] if any(blanks in whole for blanks in _UNEVEN) else keys


def _body(lines: list[Line]) -> tuple[int, int]:
    """The run of lines with the greatest sum, where paragraphs count for and short lines count against it."""
    best, best_at = 0, (0, -1)
    total, since = 0, 0
    for line in lines:
        if line.paragraph and not (line.listed and line.weight < 200):
            value = min(line.weight, 500)
        else:
            value = -45 if line.listed else -30
        if total <= 0:
            total, since = 0, line.index
        total += value
        if total > best:
            best, best_at = total, (since, line.index)
    first, last = best_at
    while first < last and not lines[first].paragraph:
        first += 1
    return (first, last) if last >= first else (0, len(lines) - 1)


_NOTICE = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:by\s+)?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\s*(?:©|\(c\))", re.IGNORECASE
)


_END_SIGNS = " :.!?»>›→"


@cache
def _openings(field: str) -> dict[str, tuple[str, ...]]:
    """First word → the phrases of a list that begin with it, so that a line is compared with few."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in getattr(furniture(), field):
        first = phrase.split(" ", 1)[0]
        found[first] = (*found.get(first, ()), phrase)
    return found


def _opens(text: str, field: str) -> bool:
    key = text[:60].casefold()
    first = key.partition(" ")[0]
    openings = _openings(field)
    for phrase in openings.get(first) or openings.get(first.rstrip(":.,!")) or ():
        if key.startswith(phrase) and not key[len(phrase) : len(phrase) + 1].isalnum():
            return True
    return False


@cache
def _whole(field: str) -> frozenset[str]:
    return frozenset(getattr(furniture(), field))


@cache
def _first_words() -> frozenset[str]:
    """How a line of furniture begins: most lines of a text do not."""
    table = furniture()
    return frozenset(_first_word(phrase) for phrase in (*table.lines, *table.begins))


def _first_word(text: str) -> str:
    return text.partition(" ")[0].rstrip(_END_SIGNS + ",").casefold()


def is_footer(text: str) -> bool:
    """Whether a line is a notice of rights or another line that ends a page."""
    if len(text) >= 400:
        return False
    low = text.lower()
    if "reserved" in low or "vorbehalten" in low or _opens(text, "footer"):
        return True
    return ("©" in text or "(c)" in low or "copyright" in low) and bool(_NOTICE.search(text))


def opens_related(text: str) -> bool:
    """Whether a line heads a list of other articles."""
    return len(text) < 60 and text.rstrip(" :").casefold() in _whole("related")


def is_furniture(text: str) -> bool:
    """Whether a line is a control, a menu or a notice that any page may have."""
    if len(text) >= 120 or _first_word(text) not in _first_words():
        return False
    return text.rstrip(_END_SIGNS).casefold() in _whole("lines") or _opens(text, "begins")


# The ellipsis by itself as NFKC gives it: in most texts nothing else asks for it.
_MARKS = (("'", "‘’"), ('"', "“”„«»"), ("-", "–—‑"), ("", "\u00ad\u200b"), ("...", "…"), (" ", "\u00a0"))


def fold(text: str) -> str:
    """How lines are compared: compatibility forms, plain quotes and dashes, one space, no case."""
    return " ".join(_fold(text).split())


def _fold(text: str) -> str:
    """The same with its spaces as they stand, so that many lines are folded at once."""
    if text.isascii():
        return text.lower()
    for plain, marks in _MARKS:
        for mark in marks:
            if mark in text:
                text = text.replace(mark, plain)
    if not unicodedata.is_normalized("NFKC", text):
        text = "\n".join([_normalized(line) for line in text.split("\n")])
    return text.casefold()


def _normalized(line: str) -> str:
    return line if unicodedata.is_normalized("NFKC", line) else unicodedata.normalize("NFKC", line)
