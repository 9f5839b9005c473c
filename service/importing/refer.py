"""Refer (EndNote's .enw): `%0 Newspaper Article`, a tag a line, records apart by an empty line."""

import re
from collections.abc import Iterator

from service.importing import dates, kinds, names
from service.importing.draft import Draft, Fault, unfold

KINDS = {
    "Newspaper Article": "article-newspaper",
    "Magazine Article": "article-magazine",
    "Blog": "post-weblog",
    "Web Page": "webpage",
    "Film or Broadcast": "broadcast",
    "Personal Communication": "interview",
    "Artwork": "graphic",
}
TAGS = {
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
TAG = re.compile(r"%(\S) ?(.*)")
LINE = re.compile(r"\r\n|\r|\n")


def records(text: str) -> Iterator[tuple[int, list[tuple[str, str]]] | Fault]:
    """The records as tag and value; a line without a tag belongs to the value above it, in a note as a line."""
    found: list[tuple[str, str]] = []
    begin = 0
    for number, line in enumerate(LINE.split(text), 1):
        tag = TAG.match(line)
        if found and (not line.strip() or (tag and tag[1] == "0")):
            yield begin, found
            found = []
        if tag:
            begin = begin if found else number
            found.append((tag[1], tag[2].strip()))
        elif line.strip("\ufeff \t"):
            if found:
                glue = "\n" if found[-1][0] == "Z" else " "
                found[-1] = (found[-1][0], f"{found[-1][1]}{glue}{line.strip()}".strip())
            else:
                yield Fault(number, f"outside any record: {line.strip()[:100]}")
    if found:
        yield begin, found


def read(text: str) -> Iterator[Draft | Fault]:
    """The records, in order."""
    for found in records(text):
        yield found if isinstance(found, Fault) else _draft(*found)


def _draft(line: int, record: list[tuple[str, str]]) -> Draft:
    draft = Draft(line)
    notes = []
    values = dict(record)
    kinds.put(draft, values.get("0"), KINDS)
    for tag, value in record:
        if tag in TAGS:
            draft.put(TAGS[tag], value)
        elif tag in CREATORS:
            draft.person(CREATORS[tag], names.inverted(value))
        elif tag in LISTS:
            path, between = LISTS[tag]
            for part in value.split(between) if between else [value]:
                draft.add(path, part)
        elif tag == "Z":
            notes += value.splitlines()
        elif tag == "J":  # a journal's name, unless there is a newspaper's
            draft.put("publication.short_name" if "B" in values else "publication.name", value)
    dates.put(draft, "published", values.get("8") or values.get("D"))
    dates.put(draft, "accessed", values.get("["))
    draft.rest, others = unfold(notes)
    draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
    return draft
