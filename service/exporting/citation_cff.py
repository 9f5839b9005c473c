"""The `references` of a CITATION.cff file (Citation File Format 1.2.0)."""

from typing import Any

from schemas.article import Creator
from service.exporting.names import Roles, first, is_person, last
from service.exporting.reference import Places, Reference, lines, strung
from service.exporting.schema_org import some
from service.exporting.yaml import block

TYPES = {
    "article-newspaper": "newspaper-article",
    "article-magazine": "magazine-article",
    "post-weblog": "blog",
    "webpage": "website",
    "broadcast": "video",
    "interview": "personal-communication",
    "graphic": "art",
}
FIELDS = (
    ("title", "title"),
    ("container", "journal"),
    ("section", "section"),
    ("edition", "edition"),
    ("doi", "doi"),
    ("url", "url"),
    ("abstract", "abstract"),
    ("rights", "copyright"),
    ("genre", "medium"),
    ("page", "start"),
)
PEOPLE: Roles = (
    ("author", "authors"),
    ("editor", "editors"),
    ("translator", "translators"),
)
DATES = (("published", "date-published"), ("accessed", "date-accessed"))
PLACES = Places(
    values=(*(name for name, _ in FIELDS), "publisher", "place", "short_title"),
    several=("keywords",),
    parts=("author", "editor", "translator"),
    dates=tuple(name for name, _ in DATES),
    exact_date=lambda when: bool(when.day) and when.exact,
)


def person(creator: Creator) -> dict[str, str]:
    """A person in CFF's parts, or an entity."""
    if not is_person(creator):
        return some(name=last(creator), email=creator.email)
    return some(
        **{
            "family-names": creator.family or creator.given,
            "given-names": first(creator),
            "name-particle": creator.particle,
            "name-suffix": creator.suffix,
            "alias": creator.native,
            "email": creator.email,
        }
    )


def fields(reference: Reference) -> dict[str, Any]:
    """One reference; type, title and authors are required, so the newspaper stands in for a missing author."""
    values, published = reference.values, reference.dates.get("published")
    authors = [person(creator) for creator in reference.by("author")]
    whole = {"name": values.get("container") or values.get("publisher") or "Unknown"}
    people = {
        target: [person(creator) for creator in reference.by(part)] for part, target in PEOPLE if part != "author"
    }
    rest = PLACES.rest(reference)
    publication = reference.article.publication
    return some(
        type=TYPES[reference.article.kind],
        title=values.get("title") or "Untitled",
        authors=authors or [whole],
        **people,
        **{target: values[field] for field, target in FIELDS[1:] if field in values},
        publisher=(
            some(name=values.get("publisher") or values.get("container"), city=values.get("place"))
            if "publisher" in values or ("place" in values and "container" in values)
            else None
        ),
        issn=publication.issn[0] if publication and publication.issn else None,
        languages=[primary] if (primary := values.get("language", "").partition("-")[0].lower()) else None,
        abbreviation=values.get("short_title"),
        keywords=list(reference.article.keywords),
        year=published.year if published else None,
        month=published.month if published else None,
        **{target: when.day_text for name, target in DATES if (when := reference.dates.get(name)) and when.day},
        notes="\n".join(lines(rest)),
    )


def entry(reference: Reference) -> str:
    """One list item."""
    return "\n".join(block({"references": [fields(reference)]})).removeprefix("references:\n") + "\n"


write = strung(entry, "references:\n")
