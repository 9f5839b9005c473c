"""Refer (EndNote's .enw): `%0 Newspaper Article`, a tag a line, records apart by an empty line."""

import re
from collections.abc import Iterator

from service.importing import dates, kinds
from service.importing.draft import Draft, Fault
from service.importing.tagged import Record, Tags, drafts, numbered, outside

KINDS = {
    "Newspaper Article": "article-newspaper",
    "Magazine Article": "article-magazine",
    "Blog": "post-weblog",
    "Web Page": "webpage",
    "Film or Broadcast": "broadcast",
    "Personal Communication": "interview",
    "Artwork": "graphic",
}
VALUES = {
    "T": "headline",
    "B": "publication.name",
    "!": "short_title",
    "Q": "original_title",
    "C": "publication.place",
    "I": "publication.publisher",
    "P": "page",
    "7": "edition",
    "1": "column",
    "9": "genre",
    "R": "doi",
    "G": "language",
    "X": "abstract",
    "U": "url",
    "*": "rights",
}
CREATORS = {"A": "authors", "E": "editors", "?": "translators", "Y": "translators"}
LISTS = {"&": ("section", " > "), "@": ("publication.issn", ","), "+": ("emails", ","), "K": ("keywords", None)}
TAGS = Tags(VALUES, CREATORS, LISTS)
TAG = re.compile(r"%(\S) ?(.*)")


def records(text: str) -> Iterator[tuple[int, Record] | Fault]:
    """The records as tag and value; a line without a tag belongs to the value above it, in a note as a line."""
    found: Record = []
    begin = 0
    for number, line in numbered(text):
        tag = TAG.match(line)
        if found and (not line.strip() or (tag and tag[1] == "0")):
            yield begin, found
            found = []
        if tag:
            begin = begin if found else number
            found.append((tag[1], tag[2].strip()))
        elif not found:
            yield from outside(number, line)
        elif line.strip():
            glue = "\n" if found[-1][0] == "Z" else " "
            found[-1] = (found[-1][0], f"{found[-1][1]}{glue}{line.strip()}".strip())
    if found:
        yield begin, found


def read(text: str) -> Iterator[Draft | Fault]:
    """The records, in order."""
    return drafts(records(text), _read)


def _read(draft: Draft, record: Record) -> list[str]:
    notes = []
    values = dict(record)
    kinds.put(draft, values.get("0"), KINDS)
    for tag, value in record:
        if TAGS.put(draft, tag, value):
            continue
        if tag == "Z":
            notes += value.splitlines()
        elif tag == "J":  # a journal's name, unless there is a newspaper's
            draft.put("publication.short_name" if "B" in values else "publication.name", value)
    dates.put(draft, "published", values.get("8") or values.get("D"))
    dates.put(draft, "accessed", values.get("["))
    return notes
