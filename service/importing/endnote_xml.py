"""EndNote XML: every `record`, its texts with or without `style` elements round them."""

from collections.abc import Iterator

from lxml import etree

from service.importing import dates, kinds, names
from service.importing.draft import Draft, Fault, unfold
from service.importing.refer import KINDS
from service.importing.xml import all_of, first, text, tree

NUMBERS = {
    "23": "Newspaper Article",
    "19": "Magazine Article",
    "56": "Blog",
    "12": "Web Page",
    "21": "Film or Broadcast",
    "26": "Personal Communication",
    "2": "Artwork",
    "17": "Journal Article",
}
TAGS = (
    ("titles/title", "headline"),
    ("titles/secondary-title", "publication.name"),
    ("titles/alt-title", "publication.short_name"),
    ("titles/short-title", "short_title"),
    ("titles/translated-title", "original_title"),
    ("pages", "page"),
    ("edition", "edition"),
    ("pub-location", "publication.place"),
    ("publisher", "publication.publisher"),
    ("electronic-resource-num", "doi"),
    ("work-type", "genre"),
    ("custom1", "column"),
    ("abstract", "abstract"),
    ("language", "language"),
    ("urls/web-urls/url", "url"),
    ("urls/related-urls/url", "url"),
)
CREATORS = (
    ("authors", "authors"),
    ("secondary-authors", "editors"),
    ("tertiary-authors", "contributors"),
    ("subsidiary-authors", "translators"),
    ("translated-authors", "translators"),
)
LISTS = (("section", "section", " > "), ("isbn", "publication.issn", ","), ("auth-address", "emails", ","))


def read(source: str) -> Iterator[Draft | Fault]:
    """The records, in order."""
    root, faults = tree(source)
    yield from faults
    for record in root.iter("record"):
        yield _draft(record)


def _draft(record: etree._Element) -> Draft:
    draft = Draft(record.sourceline or 1)
    kind = next(all_of(record, "ref-type"), None)
    written = (kind.get("name") or NUMBERS.get(text(kind), text(kind))) if kind is not None else ""
    kinds.put(draft, written, KINDS)
    for path, target in TAGS:
        if target not in draft.values:
            draft.put(target, first(record, path))
    for group, target in CREATORS:
        for author in all_of(record, f"contributors/{group}/author"):
            draft.person(target, names.inverted(text(author)))
    for path, target, between in LISTS:
        for part in first(record, path).split(between):
            draft.add(target, part)
    for keyword in all_of(record, "keywords/keyword"):
        draft.add("keywords", text(keyword))
    dates.put(draft, "published", first(record, "dates/pub-dates/date") or first(record, "dates/year"))
    if "dates.published.edtf" not in draft.values:
        dates.put(draft, "published", first(record, "dates/year"))
    dates.put(draft, "accessed", first(record, "access-date"))
    draft.rest, others = unfold(line for line in first(record, "notes").splitlines() if line.strip())
    draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
    return draft
