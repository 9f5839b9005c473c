"""Zotero items (schema 41), as translation-server answers them; the rest in `extra`, a `name: value` line each."""

from hashlib import blake2b
from typing import Any

import msgspec

from schemas.article import Creator, Kind
from service.exporting.dates import Moment
from service.exporting.names import Part, first, is_person, last
from service.exporting.reference import Places, Reference, lines, strung

TYPES: dict[Kind, str] = {
    "article-newspaper": "newspaperArticle",
    "article-magazine": "magazineArticle",
    "post-weblog": "blogPost",
    "webpage": "webpage",
    "broadcast": "tvBroadcast",
    "interview": "interview",
    "graphic": "artwork",
}
COMMON = (
    ("title", "title"),
    ("abstract", "abstractNote"),
    ("language", "language"),
    ("short_title", "shortTitle"),
    ("url", "url"),
    ("rights", "rights"),
)
FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "newspaperArticle": (
        ("container", "publicationTitle"),
        ("place", "place"),
        ("publisher", "publisher"),
        ("edition", "edition"),
        ("section", "section"),
        ("page", "pages"),
        ("issn", "ISSN"),
    ),
    "magazineArticle": (("container", "publicationTitle"), ("page", "pages"), ("issn", "ISSN")),
    "blogPost": (("container", "blogTitle"), ("genre", "websiteType")),
    "webpage": (("container", "websiteTitle"), ("genre", "websiteType")),
    "tvBroadcast": (("container", "programTitle"), ("place", "place"), ("publisher", "network")),
    "interview": (("genre", "interviewMedium"),),
    "artwork": (("genre", "artworkMedium"),),
}
CREATORS: dict[str, dict[Part, str]] = {
    "newspaperArticle": {"author": "author", "contributor": "contributor", "translator": "translator"},
    "magazineArticle": {"author": "author", "contributor": "contributor", "translator": "translator"},
    "blogPost": {"author": "author", "contributor": "contributor"},
    "webpage": {"author": "author", "contributor": "contributor", "translator": "translator"},
    "tvBroadcast": {"author": "scriptwriter", "contributor": "contributor"},
    "interview": {"author": "interviewee", "contributor": "contributor", "translator": "translator"},
    "artwork": {"author": "artist", "contributor": "contributor"},
}
"""Zotero drops a creator whose type the item type does not know: those go to `extra`."""

EXTRA_NAMES = {"doi": "DOI", "original_title": "Original Title", "genre": "Genre"}
"""Lines of `extra` that Zotero itself understands have its own names."""

ALPHABET = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
MEDIUM = "Photograph"


def exact(creator: Creator) -> bool:
    """Two fields carry given and family; particle and suffix do not come back from them."""
    if creator.literal:
        return not is_person(creator)
    return bool(creator.family and creator.given and not creator.particle and not creator.suffix)


PLACES = {
    kind: Places(
        values=tuple(name for name, _ in (*COMMON, *FIELDS[item_type])),
        several=("keywords",),
        parts=tuple(CREATORS[item_type]),
        dates=("published", "accessed"),
        exact_name=exact,
        exact_date=lambda when: when.exact or (bool(when.time) and not when.unsure),
    )
    for kind, item_type in TYPES.items()
}


def key(reference: Reference) -> str:
    """Eight of Zotero's letters, always the same for the same article in the same place."""
    text = f"{reference.key} {reference.values.get('url')} {reference.values.get('title')}"
    number = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    letters = ""
    for _ in range(8):
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters


def name(creator: Creator, creator_type: str) -> dict[str, str]:
    """Two fields for a person (the particle with the family name, the suffix with the given), one for the rest."""
    if not is_person(creator) or not first(creator):
        return {"name": last(creator), "creatorType": creator_type}
    given = ", ".join(filter(None, (first(creator), creator.suffix)))
    return {"firstName": given, "lastName": last(creator), "creatorType": creator_type}


def extra(reference: Reference) -> str:
    """What the item type has no field for."""
    rest = PLACES[reference.article.kind].rest(reference)
    note = rest.pop("note", "")  # what stands in `extra` without a name
    named = lines({EXTRA_NAMES.get(path, path): value for path, value in rest.items()})
    return "\n".join([*named, *filter(None, [note])])


def date(when: Moment) -> str:
    """ISO; Zotero has no way to say doubt, so that stands in `extra`."""
    return when.stamp


def item(reference: Reference) -> dict[str, Any]:
    """One item."""
    item_type = TYPES[reference.article.kind]
    found: dict[str, Any] = {"key": key(reference), "version": 0, "itemType": item_type}
    known = CREATORS[item_type]
    found["creators"] = [name(creator, known[part]) for part, creator in reference.creators if part in known]
    found["tags"] = [{"tag": keyword} for keyword in reference.article.keywords]
    for field, target in (*COMMON, *FIELDS[item_type]):
        if field in reference.values:
            found[target] = reference.values[field]
    if item_type == "artwork":
        found.setdefault("artworkMedium", MEDIUM)
    if published := reference.dates.get("published"):
        found["date"] = date(published)
    if accessed := reference.dates.get("accessed"):
        found["accessDate"] = date(accessed)
    if text := extra(reference):
        found["extra"] = text
    return found


def entry(reference: Reference) -> str:
    """The item as JSON text."""
    return msgspec.json.format(msgspec.json.encode(item(reference)).decode(), indent=2)


write = strung(entry, "[\n", ",\n", "\n]\n")
