"""RIS: `TY  - NEWS` to `ER  - `; forgiving about blanks, line ends and a missing ER."""

import re
from collections.abc import Iterator

from service.importing import dates, kinds
from service.importing.draft import Draft, Fault
from service.importing.tagged import Record, Tags, drafts, numbered, outside

KINDS = {
    "NEWS": "article-newspaper",
    "MGZN": "article-magazine",
    "BLOG": "post-weblog",
    "ELEC": "webpage",
    "VIDEO": "broadcast",
    "PCOMM": "interview",
    "ART": "graphic",
}
VALUES = {
    "TI": "headline",
    "T1": "headline",
    "CT": "headline",
    "T2": "publication.name",
    "JF": "publication.name",
    "JO": "publication.name",
    "BT": "publication.name",
    "ST": "short_title",
    "OP": "original_title",
    "C1": "column",
    "M3": "genre",
    "ET": "edition",
    "CY": "publication.place",
    "PB": "publication.publisher",
    "J2": "publication.short_name",
    "JA": "publication.short_name",
    "DO": "doi",
    "LA": "language",
    "AB": "abstract",
    "N2": "abstract",
    "CR": "rights",
    "UR": "url",
    "SP": "page",
}
CREATORS = {"AU": "authors", "A1": "authors", "ED": "editors", "A2": "contributors", "A4": "translators"}
LISTS = {"SE": ("section", " > "), "SN": ("publication.issn", ","), "AD": ("emails", ","), "KW": ("keywords", None)}
TAGS = Tags(VALUES, CREATORS, LISTS)
DATES = {"DA": "published", "Y1": "published", "Y2": "accessed"}
IGNORED = {"TY", "ER", "ID", "PY", "EP", "DP", "DB", "AN", "M1", "VL", "IS"}
TAG = re.compile(r"\s*([A-Z][A-Z0-9])\s{1,3}-(?:\s|$)(.*)")


def records(text: str) -> Iterator[tuple[int, Record] | Fault]:
    """The records as tag and value; a line without a tag belongs to the value above it."""
    found: Record = []
    begin = 0
    for number, line in numbered(text):
        tag = TAG.match(line)
        if tag and tag[1] == "TY":
            if found:
                yield begin, found  # the record before had no ER
            found, begin = [("TY", tag[2].strip())], number
        elif not found:
            yield from outside(number, line)
        elif tag and tag[1] == "ER":
            yield begin, found
            found = []
        elif tag:
            found.append((tag[1], tag[2].strip()))
        elif line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
    if found:
        yield begin, found


def read(text: str) -> Iterator[Draft | Fault]:
    """The records, in order."""
    return drafts(records(text), _read)


def _read(draft: Draft, record: Record) -> list[str]:
    notes = []
    year = end = ""
    for tag, value in record:
        if not value or TAGS.put(draft, tag, value):
            continue
        if tag == "TY":
            kinds.put(draft, value, KINDS)
        elif tag in DATES:
            dates.put(draft, DATES[tag], value)
        elif tag in ("M2", "N1"):
            notes.append(value)
        elif tag == "PY":
            year = value
        elif tag == "EP":
            end = value
        elif tag not in IGNORED:
            draft.doubts.append(f"{tag} has no place in an article: {value[:200]}")
    kinds.drop_medium(draft)
    if "dates.published.edtf" not in draft.values:
        dates.put(draft, "published", year)
    if end and draft.values.get("page", end) != end:
        draft.values["page"] += f"–{end}"
    return notes
