"""The publication a copied text names in its furniture: connect with the X, © 2023 X, About X; never a mere mention."""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from msgspec import Struct

from service.parsing.plain.layout import Layout, fold, is_footer
from service.parsing.publication import PublicationRow, find_row, known_names
from service.parsing.words import places_of


class PublicationPrinted(Struct):
    """A publication's row and the place its name stands in."""

    row: PublicationRow
    start: int
    end: int
    rule: str
    confidence: float


_NAME = r"((?:[Tt]he\s)?[^\W\d_][^\n|–—,;:()\[\]©]{1,60}?)"
_SERVICE = (
    r"to connect\s+with|connect(?:ing)?\s+with|subscribe to|welcome to|sign up for|log in to|follow|download the|about"
    r"|more from|copyright"
)


class Form(Struct, frozen=True):
    """A form of words that names a publication. A line that holds none of its keys is not read.

    `across` tells that the name may stand in the next line.
    """

    rule: str
    confidence: float
    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    across: bool = False


_FORMS = (
    Form(
        "publication.service-line",
        0.85,
        ("connect", "subscri", "welcome to", "sign up for", "log in to", "follow", "download the", "about", "more from",
         "copyright"),
        re.compile(
            rf"\b(?:{_SERVICE})\s+{_NAME}(?=\s*(?:$|[.,|–—!\n]|\s(?:on|for|and|to|newsletter|app)\b))", re.IGNORECASE
        ),
        across=True,
    ),
    Form(
        "publication.copyright",
        0.8,
        ("©", "(c)", "copyright"),
        re.compile(
            r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:by\s+)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?[\s,]*(?:by\s+)?"
            rf"{_NAME}(?=\s*(?:$|[.,|–—!]|\s(?:all|alle|ltd|inc|llc|gmbh|ag|corp|co)\b))",
            re.IGNORECASE,
        ),
    ),
    Form(
        "publication.service-line",
        0.75,
        ("homepage", "newsletter", " app", "e-paper", "epaper", " abo", "subscription"),
        re.compile(rf"^{_NAME}\s+(?:homepage|newsletter|app|e-paper|epaper|abo|subscription)\b", re.IGNORECASE),
        across=True,
    ),
    Form(
        "publication.title-suffix",
        0.85,
        (" - ", " | "),
        re.compile(rf"^[^|–—]{{15,200}}\s[|–—-]\s{_NAME}$"),
    ),
)  # fmt: skip
_NAME_LINE = len(_FORMS)
"""The number of the form without words: a line that is a name and nothing else."""
_JOINED, _LONGEST = 120, 220
_HEAD, _TOP, _SHORT = 3, 12, 40
"""A lone name stands in the first lines of a page (a lone word in the first few) or behind the story, in a line of at
most so many characters."""


@cache
def _names() -> frozenset[str]:
    """Every name that only one publication bears, folded as lines are."""
    return frozenset(map(fold, known_names()))


def find_printed(layout: Layout) -> PublicationPrinted | None:
    """The publication that most places outside the body name; only names of the table count."""
    text, lines = layout.text, layout.lines
    best: dict[str, PublicationPrinted] = {}
    votes: dict[str, float] = {}

    def vote(row: PublicationRow | None, start: int, end: int, rule: str, confidence: float) -> None:
        if row is None:
            return
        votes[row.name] = votes.get(row.name, 0) + confidence
        if row.name not in best or best[row.name].confidence < confidence:
            best[row.name] = PublicationPrinted(row, start, end, rule, confidence)

    for index, n in _hints(layout):
        line = lines[index]
        if n == _NAME_LINE:
            row = _named(line.text)
            if row and row.type in {"newspaper", "magazine", "broadcaster", "agency"}:
                # Bild, Politika, Focus: a word alone, or a step of a menu, names a paper only beside another sign.
                unsure = line.listed or (" " not in line.text.strip() and index > _HEAD)
                vote(row, line.start, line.end, "publication.name-line", 0.3 if unsure else 0.55)
            continue
        form, printed = _FORMS[n], line.text
        if form.across and len(printed) < 80 and index + 1 < len(lines):
            printed = text[line.start : min(line.start + _JOINED, lines[index + 1].end)]
        for found in form.pattern.finditer(printed):
            weak = form.rule == "publication.copyright" and not is_footer(line.text)
            vote(
                _named(found[1]),
                line.start + found.start(1),
                line.start + found.end(1),
                form.rule,
                0.7 * form.confidence if weak else form.confidence,
            )
    if not votes:
        return None
    first = max(votes, key=lambda name: votes[name])
    return best[first] if votes[first] >= 0.5 else None


def _hints(layout: Layout) -> list[tuple[int, int]]:
    """(line, form) in order of place, for the lines outside the story that hold a key of a form, or are a name."""
    lines, keys, after = layout.lines, layout.keys, layout.last + 1
    names = _names()
    hints = [
        (index, _NAME_LINE)
        for index in (*range(min(_TOP, len(keys))), *range(max(_TOP, after), len(keys)))
        if keys[index].strip(" .,;:|-").removeprefix("the ") in names and len(lines[index].text) <= _SHORT
    ]
    inside = range(layout.first, after)
    outer = [
        *range(layout.first),
        *[index for index in inside if not lines[index].paragraph],
        *range(after, len(keys)),
    ]
    rows = [keys[index] for index in outer]
    text = "\n".join(rows)
    starts = list(accumulate([len(row) + 1 for row in rows], initial=0))
    for n, form in enumerate(_FORMS):
        for at in places_of(text, form.keys):
            index = outer[bisect_right(starts, at) - 1]
            if len(lines[index].text) <= _LONGEST:
                hints.append((index, n))
    return sorted(set(hints))


def _named(name: str) -> PublicationRow | None:
    name = name.strip()
    return find_row(name=name) if len(name) > 2 else None
