"""A CSL-JSON item as people send it: the CSL 1.0.2 data model, typed, for validating input; renderers take plain dicts.

Names, types and the two forms of a date are those of the CSL data schema (csl-data.json of CSL 1.0.2). What that schema
leaves open is bounded here: lengths, the number of names, date parts that must be numbers.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from schemas.base import Base

ItemType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]

Text = Annotated[str, Meta(max_length=20_000)]
"""A text variable; may hold the markup CSL knows (<i>, <b>, <sup>, <sub>, <span class="nocase">)."""

Word = Annotated[str, Meta(max_length=2000)]

Number = Word | int | float
"""A number variable: “3”, 3, “xii”, “3rd ed.”."""

Flag = Annotated[str, Meta(max_length=64)] | int | bool
"""What the data schema allows for yes and no: true, 1, "true", and for circa any word."""

Part = Annotated[int, Meta(ge=-9999, le=9999)] | Annotated[str, Meta(max_length=8, pattern=r"^(-?[0-9]{1,4})?$(?!\n)")]
"""A year, month or day. Citation managers write them as strings too, and an empty one for a missing part."""

EdtfString = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[-0-9XYES~?%./:TZ+]+$(?!\n)")]
"""An EDTF date or interval (ISO 8601-2): 2023-09-03, 2023-09~, 2023-21, 2023-09-01/2023-09-03."""


class Name(Base, frozen=True, kw_only=True, rename="kebab"):
    """A name variable's element: a person in parts, or `literal` for an institution."""

    family: Word | None = None
    given: Word | None = None
    dropping_particle: Word | None = None
    non_dropping_particle: Word | None = None
    suffix: Word | None = None
    comma_suffix: Flag | None = None
    static_ordering: Flag | None = None
    literal: Word | None = None
    parse_names: Flag | None = None


class Date(Base, frozen=True, kw_only=True, rename="kebab"):
    """The object form of a date: one date or the two ends of a range in `date-parts`; or `edtf`, `literal`, `raw`."""

    date_parts: (
        Annotated[tuple[Annotated[tuple[Part, ...], Meta(min_length=1, max_length=3)], ...], Meta(max_length=2)] | None
    ) = None
    season: Annotated[int, Meta(ge=1, le=24)] | Word | None = None
    circa: Flag | None = None
    literal: Word | None = None
    raw: Word | None = None
    edtf: EdtfString | None = None


Names = Annotated[tuple[Name, ...], Meta(max_length=1000)]

DateVariable = Date | EdtfString

_AS_WRITTEN = {
    "journal_abbreviation": "journalAbbreviation",
    "short_title": "shortTitle",
    "archive_collection": "archive_collection",
    "archive_location": "archive_location",
    **{name: name.upper() for name in ("doi", "isbn", "issn", "pmcid", "pmid", "url")},
}


def _csl_name(field: str) -> str:
    return _AS_WRITTEN.get(field, field.replace("_", "-"))


class Item(Base, frozen=True, kw_only=True, rename=_csl_name):
    """One CSL-JSON item. `type` and `id` are required; unknown keys are refused, extras belong in `custom`."""

    id: Annotated[str, Meta(min_length=1, max_length=500)] | int
    type: ItemType
    citation_key: Word | None = None
    categories: Annotated[tuple[Word, ...], Meta(max_length=500)] | None = None
    language: Annotated[str, Meta(max_length=64)] | None = None
    journal_abbreviation: Word | None = None
    short_title: Word | None = None

    author: Names | None = None
    chair: Names | None = None
    collection_editor: Names | None = None
    compiler: Names | None = None
    composer: Names | None = None
    container_author: Names | None = None
    contributor: Names | None = None
    curator: Names | None = None
    director: Names | None = None
    editor: Names | None = None
    editorial_director: Names | None = None
    executive_producer: Names | None = None
    guest: Names | None = None
    host: Names | None = None
    illustrator: Names | None = None
    interviewer: Names | None = None
    narrator: Names | None = None
    organizer: Names | None = None
    original_author: Names | None = None
    performer: Names | None = None
    producer: Names | None = None
    recipient: Names | None = None
    reviewed_author: Names | None = None
    script_writer: Names | None = None
    series_creator: Names | None = None
    translator: Names | None = None

    accessed: DateVariable | None = None
    available_date: DateVariable | None = None
    event_date: DateVariable | None = None
    issued: DateVariable | None = None
    original_date: DateVariable | None = None
    submitted: DateVariable | None = None

    abstract: Text | None = None
    annote: Text | None = None
    archive: Word | None = None
    archive_collection: Word | None = None
    archive_location: Word | None = None
    archive_place: Word | None = None
    authority: Word | None = None
    call_number: Word | None = None
    chapter_number: Number | None = None
    citation_label: Word | None = None
    citation_number: Number | None = None
    collection_number: Number | None = None
    collection_title: Text | None = None
    container_title: Text | None = None
    container_title_short: Text | None = None
    dimensions: Word | None = None
    division: Word | None = None
    doi: Word | None = None
    edition: Number | None = None
    event: Text | None = None
    event_place: Word | None = None
    event_title: Text | None = None
    first_reference_note_number: Number | None = None
    genre: Text | None = None
    isbn: Word | None = None
    issn: Word | None = None
    issue: Number | None = None
    jurisdiction: Word | None = None
    keyword: Text | None = None
    locator: Number | None = None
    medium: Word | None = None
    note: Text | None = None
    number: Number | None = None
    number_of_pages: Number | None = None
    number_of_volumes: Number | None = None
    original_publisher: Word | None = None
    original_publisher_place: Word | None = None
    original_title: Text | None = None
    page: Number | None = None
    page_first: Number | None = None
    part: Number | None = None
    part_number: Number | None = None
    part_title: Text | None = None
    pmcid: Word | None = None
    pmid: Word | None = None
    printing: Number | None = None
    publisher: Word | None = None
    publisher_place: Word | None = None
    references: Text | None = None
    reviewed_genre: Word | None = None
    reviewed_title: Text | None = None
    scale: Word | None = None
    section: Word | None = None
    source: Word | None = None
    status: Word | None = None
    supplement: Number | None = None
    supplement_number: Number | None = None
    title: Text | None = None
    title_short: Text | None = None
    translated_title: Text | None = None
    translated_title_short: Text | None = None
    url: Annotated[str, Meta(max_length=8192)] | None = None
    version: Number | None = None
    volume: Number | None = None
    volume_title: Text | None = None
    volume_title_short: Text | None = None
    year_suffix: Word | None = None
    custom: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The item as renderers take it: CSL-JSON names, absent variables left out, `id` a string."""
        item: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        item["id"] = str(item["id"])
        return item
