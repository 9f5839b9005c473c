"""The publication a copied text names in its furniture: connect with the X, © 2023 X, About X; never a mere mention."""

import re
from collections.abc import Iterator

from msgspec import Struct

from service.parsing.plain.layout import Layout, is_footer
from service.parsing.publication import PublicationRow, find_row


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
_PATTERNS = (
    (
        re.compile(
            rf"\b(?:{_SERVICE})\s+{_NAME}(?=\s*(?:$|[.,|–—!\n]|\s(?:on|for|and|to|newsletter|app)\b))", re.IGNORECASE
        ),
        "publication.service-line",
        0.85,
    ),
    (
        re.compile(
            r"(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:by\s+)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?[\s,]*(?:by\s+)?"
            rf"{_NAME}(?=\s*(?:$|[.,|–—!]|\s(?:all|alle|ltd|inc|llc|gmbh|ag|corp|co)\b))",
            re.IGNORECASE,
        ),
        "publication.copyright",
        0.8,
    ),
    (
        re.compile(rf"^{_NAME}\s+(?:homepage|newsletter|app|e-paper|epaper|abo|subscription)\b", re.IGNORECASE),
        "publication.service-line",
        0.75,
    ),
    (re.compile(rf"^[^|–—]{{15,200}}\s[|–—-]\s{_NAME}$"), "publication.title-suffix", 0.85),
)
_TITLE = _PATTERNS[-1:]
_KEYS = ("connect", "subscri", "welcome to", "sign up for", "log in to", "follow", "download the", "about", "more from",
         "copyright", "©", "(c)", "homepage", "newsletter", "e-paper", "epaper", " abo", " app")  # fmt: skip
_JOINED = 120


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

    low = text.lower()
    low = low if len(low) == len(text) else text
    marked = {layout.line_at(at) for key in _KEYS for at in _places(low, key)}
    for line in lines:
        likely = line.index in marked
        titled = line.weight > 20 and (" - " in line.text or " | " in line.text or " – " in line.text)
        named = len(line.text) <= 40 and (line.index < 12 or line.index > layout.last)
        inside = layout.first <= line.index <= layout.last and line.paragraph
        if inside or len(line.text) > 220 or not (likely or titled or named):
            continue
        following = lines[line.index + 1] if line.index + 1 < len(lines) else None
        joined = (
            text[line.start : min(line.start + _JOINED, following.end)]
            if following and len(line.text) < 80
            else line.text
        )
        for pattern, rule, confidence in _PATTERNS if likely else _TITLE if titled else ():
            for found in pattern.finditer(joined if rule == "publication.service-line" else line.text):
                row = _named(found[1])
                weak = rule == "publication.copyright" and not is_footer(line.text)
                vote(
                    row,
                    line.start + found.start(1),
                    line.start + found.end(1),
                    rule,
                    0.7 * confidence if weak else confidence,
                )
        if named:
            row = _named(line.text)
            if row and row.type in {"newspaper", "magazine", "broadcaster", "agency"}:
                vote(row, line.start, line.end, "publication.name-line", 0.55)
    if not votes:
        return None
    first = max(votes, key=lambda name: votes[name])
    return best[first] if votes[first] >= 0.5 else None


def _places(text: str, key: str) -> Iterator[int]:
    at = text.find(key)
    while at >= 0:
        yield at
        at = text.find(key, at + len(key))


def _named(name: str) -> PublicationRow | None:
    name = name.strip()
    return find_row(name=name) if len(name) > 2 else None
