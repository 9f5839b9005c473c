"""CSL-JSON (schema 1.0.2): an array of items; what CSL has no variable for stands in `custom`, in our own names."""

from typing import Any

import msgspec

from schemas.article import Creator
from service.exporting.dates import Moment
from service.exporting.reference import Places, Reference, nested, strung

VARIABLES = (
    ("title", "title"),
    ("short_title", "title-short"),
    ("original_title", "original-title"),
    ("container", "container-title"),
    ("container_short", "container-title-short"),
    ("publisher", "publisher"),
    ("place", "publisher-place"),
    ("genre", "genre"),
    ("edition", "edition"),
    ("page", "page"),
    ("url", "URL"),
    ("doi", "DOI"),
    ("issn", "ISSN"),
    ("language", "language"),
    ("abstract", "abstract"),
    ("note", "note"),
    ("keywords", "keyword"),
    ("column", "section"),
)
"""`section` is the named column: styles print it, so the breadcrumb stays out of it (FACTS: what to set in CSL)."""

NAMES = (
    ("family", "family"),
    ("given", "given"),
    ("particle", "non-dropping-particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)
DATES = (("published", "issued"), ("accessed", "accessed"))


def exact(when: Moment) -> bool:
    """CSL's dates know seasons, but no times, and one kind of doubt for EDTF's three."""
    return not when.time and when.unsure in ("", "~")


PLACES = Places(
    values=tuple(name for name, _ in VARIABLES if name != "column"),  # custom tells it from a section
    parts=("author", "contributor", "editor", "translator"),
    dates=("published", "accessed"),
    exact_date=exact,
)


def name(creator: Creator) -> dict[str, str]:
    """A CSL name object: parts, or `literal` alone."""
    found = {variable: value for member, variable in NAMES if (value := getattr(creator, member))}
    return found or {"literal": creator.native or creator.printed or ""}


def date(when: Moment) -> dict[str, Any]:
    """A CSL date object (date-parts, season, circa); a season stands beside its year."""
    parts = [part for part in (when.year, when.month, when.day) if part is not None]
    return {
        "date-parts": [parts],
        **({"season": when.season - 20} if when.season else {}),
        **({"circa": True} if when.unsure else {}),
    }


def item(reference: Reference) -> dict[str, Any]:
    """One CSL item; type and id always, everything else only where known."""
    found: dict[str, Any] = {"id": reference.key, "type": reference.article.kind}
    found |= {variable: reference.values[name] for name, variable in VARIABLES if name in reference.values}
    for part, creator in reference.creators:
        found.setdefault(part, []).append(name(creator))
    found |= {variable: date(reference.dates[name]) for name, variable in DATES if name in reference.dates}
    custom = PLACES.rest(reference)
    return found | ({"custom": nested(custom)} if custom else {})


def entry(reference: Reference) -> str:
    """The item as JSON text."""
    return msgspec.json.format(msgspec.json.encode(item(reference)).decode(), indent=2)


write = strung(entry, "[\n", ",\n", "\n]\n")
