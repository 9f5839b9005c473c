"""Visible lines that name makers: after a lead word, names alone near the headline, a signature, a dateline."""

import re

from schemas.article import Creator
from service.parsing.agency import printed_agency
from service.parsing.dateline import read_dateline
from service.parsing.names import full_name, name_likeness
from service.parsing.page.candidate import Candidate, fold
from service.parsing.page.lead import starts_with_lead
from service.parsing.page.mention import DESK, Mention, Reader
from service.parsing.page.view import AWAY, CAPTION, COMMENT, CREDIT, LINKED, NAVIGATION

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SIGNATURE = 0.7
POSTED = re.compile(
    r"\b(?:by|von|par|por)\s+([\w.-]{3,25})\s+(?:on|am|le|el)\b.{0,6}.*\d"
    r"|\b(?:posted|published|veröffentlicht|erstellt)\s(?:by|von)\s([\w.-]{2,25})\s(?:under|in|unter)\b"
    r"|\b\d{1,2}[:.]\d{2}(?:\s*uhr)?\s+(?:by|von|par|por|door|av|af)\s+([\w.-]{3,25})\s*(?:$|[|·•])"
    r"|\b(?:posted|published|veröffentlicht|erstellt|verfasst|geschrieben|eingestellt|publicado|publié)\b.{0,60}?\d.{0,20}?\b(?:by|von|por|par)\s+([\w.-]{3,25})\s*(?:$|[|·•])",
    re.IGNORECASE,
)
FIGURES = re.compile(r"\d.*$|[|·•].*$")
LEADING_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}[:.]\d{2})?(?: Uhr)?\s*[-–—|·•,]\s*")
EASTERN = re.compile(r"^[가-힣一-鿿々・·、\s]{2,}$")


def from_lines(reader: Reader, *, settled: bool) -> list[Mention]:
    """Lines that open with a lead word, anywhere in the article; lines of names alone near the headline.

    Where the byline is `settled` (marked near the headline and confirmed by metadata), only lines with a lead word
    below it are read: they name contributors and editors.
    """
    view, weights = reader.view, reader.weights
    found: list[Mention] = []
    for start, row in view.rows:
        if start > reader.foot and start > reader.high:
            break
        if not 4 < len(row) <= 200:
            continue
        end = start + len(row)
        near = reader.near(start)
        if reader.headline and start == reader.headline[0]:
            continue
        labelled = start <= reader.foot and starts_with_lead(row)
        shape = (
            near
            and not settled
            and not labelled
            and start >= reader.low + reader.weights.before - 250
            and looks_like_names(row)
        )
        signed = (
            not settled
            and not labelled
            and not shape
            and reader.foot_low <= start <= reader.foot
            and is_signature(reader, row)
        )
        if not labelled and not shape and not signed:
            if near and len(row) < 160 and (posted := POSTED.search(row)):
                found.append(posted_by(reader, row, posted, start))
            continue
        index = view.at(start)
        bits = view.bits[index] if index >= 0 else 0
        if signed and (bits & LINKED or view.elements[index].tag == "li"):
            continue  # a tag of the article, not its author
        if shape and ((bits & LINKED and listed(reader, index)) or (bits & AWAY and reader.above(start))):
            continue  # a step of a menu, a teaser above the headline
        if bits & (COMMENT | CAPTION | NAVIGATION) or (index >= 0 and view.own[index] & CREDIT):
            continue
        reading = reader.byline(row)
        if reading is None and near and len(row) < 160 and (posted := POSTED.search(row)):
            found.append(posted_by(reader, row, posted, start))
        if reading is None or (shape and not reading.authors and (not reading.agencies or bits & LINKED)):
            continue
        if labelled and not reading.labelled:
            labelled = False
        if labelled and not near and row.casefold().startswith(DESK):
            continue
        weight = (weights.line if labelled else weights.shape) if near else weights.foot if labelled else 0.0
        if shape and FIGURES.search(row):
            weight *= weights.dated
        if signed:
            weight = weights.signed
        if bits & AWAY:
            weight *= 0.4
        if weight <= 0:
            continue
        people = tuple(
            p for p in reading.authors if not reader.is_site(full_name(p)) and fold(row) not in reader.declared
        )
        organisations = tuple(printed_agency(a, row) for a in reading.agencies) + (
            (reading.collective,) if reading.collective else ()
        )
        rule = (
            "line with a lead word"
            if labelled
            else "line of names " + ("below the text" if signed else "near the headline")
        )
        candidate = Candidate(None, "dom", rule, min(0.9, weight / 3), view.path(index), row, start, end)
        kind = "opening line" if shape and opens_body(reader, index, end) else "line near" if near else "foot"
        away = bool(bits & AWAY)
        found.append(Mention(people, organisations, weight, kind, candidate, reading, index, near, away))
    return found


def is_signature(reader: Reader, row: str) -> bool:
    """A line below the text that is one person's name and nothing else."""
    return 1 < len(row.split()) <= 4 and row[0].isupper() and name_likeness(row, reader.language) >= SIGNATURE


def posted_by(reader: Reader, row: str, match: re.Match[str], start: int) -> Mention:
    """A blog's line: `Posted in Notes by someone on August 3, 2019`, where the name is one word."""
    name = match[match.lastindex or 1]
    at = start + match.start(match.lastindex or 1)
    candidate = Candidate(
        None,
        "dom",
        "name in a line of a blog's template",
        0.5,
        reader.view.path(reader.view.at(at)),
        row,
        start,
        start + len(row),
    )
    person = Creator(literal=name[:2000], printed=name[:2000])
    return Mention((person,), (), reader.weights.posted, "line near", candidate, None, reader.view.at(at), True)


def listed(reader: Reader, index: int) -> bool:
    """Does an element stand in an item of a list?"""
    while index >= 0:
        if reader.view.elements[index].tag == "li":
            return True
        index = reader.view.elements[index].parent
    return False


def opens_body(reader: Reader, index: int, end: int) -> bool:
    """Does a line that is no heading stand right before the first paragraph?"""
    first = reader.view.body[0]
    heading = index >= 0 and reader.view.elements[index].tag in HEADINGS
    return not heading and end <= first and not reader.view.text[end:first].strip()


def looks_like_names(row: str) -> bool:
    """Two to nine words before a date or a bar, each with a capital or small joining words; no sentence."""
    if len(row) > 110:
        return False
    row = LEADING_DATE.sub("", row)
    head = FIGURES.sub("", row).strip(" ,-–—|") if len(row) > 12 else row
    if not head:
        return False
    if not head.isascii() and len(head) < 24 and EASTERN.match(head):
        return True
    words = head.split()
    if not 2 <= len(words) <= 9 or (head[-1] in ".!?:…" and not head[-3:-2].isspace()):
        return False
    capital = sum(word[0].isupper() for word in words)
    return capital >= 2 and capital >= len(words) - 2


def from_dateline(reader: Reader) -> list[Mention]:
    """Reporters that a dateline names: 【ソウル＝小池和樹】, (서울=연합뉴스) 김은지 기자."""
    text = reader.view.text
    if not any(mark in text for mark in ("【", "기자", "특파원", "記者", "记者")):
        return []
    found: list[Mention] = []
    at = 0
    for row in text.split("\n"):
        here, at = at, at + len(row) + 1
        bracket = row.find("【")
        if bracket < 0:
            bracket = 0 if row[:1] in {"(", "（", "["} else -1
        if bracket < 0 or len(row) < 5 or (bracket > 3 and not row.endswith("】")):
            continue
        start = here + bracket
        reading = read_dateline(text[start : here + len(row)][:200], reader.language)
        if reading is not None and reading.reporters:
            low, high = start + reading.start, start + reading.end
            candidate = Candidate(None, "dom", "reporter of the dateline", 0.6, None, text[low:high], low, high)
            element = reader.view.at(start)
            found.append(
                Mention(reading.reporters, (), reader.weights.dateline, "dateline", candidate, None, element, True)
            )
        if len(found) >= 3:
            break
    return found
