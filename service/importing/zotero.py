"""Zotero items in JSON, as its web library, its API and translation-server give them."""

from collections.abc import Iterator
from typing import Any

from service.importing import dates, kinds, names
from service.importing.draft import Draft, Fault, unfold
from service.importing.json import objects, text_of

KINDS = {
    "newspaperArticle": "article-newspaper",
    "magazineArticle": "article-magazine",
    "blogPost": "post-weblog",
    "webpage": "webpage",
    "tvBroadcast": "broadcast",
    "interview": "interview",
    "artwork": "graphic",
}
FIELDS = (
    ("title", "headline"),
    ("abstractNote", "abstract"),
    ("language", "language"),
    ("shortTitle", "short_title"),
    ("url", "url"),
    ("rights", "rights"),
    ("publicationTitle", "publication.name"),
    ("blogTitle", "publication.name"),
    ("websiteTitle", "publication.name"),
    ("programTitle", "publication.name"),
    ("place", "publication.place"),
    ("publisher", "publication.publisher"),
    ("network", "publication.publisher"),
    ("edition", "edition"),
    ("pages", "page"),
    ("DOI", "doi"),
    ("websiteType", "genre"),
    ("interviewMedium", "genre"),
    ("artworkMedium", "genre"),
)
CREATORS = {
    "contributor": "contributors",
    "editor": "editors",
    "translator": "translators",
    "interviewer": "contributors",
    "commenter": "contributors",
}
EXTRA_NAMES = {"DOI": "doi", "Original Title": "original_title", "Genre": "genre"}
BREADCRUMB = " > "


def from_item(item: dict[str, Any], line: int = 1) -> Draft:
    """One item as a draft; API answers keep it in `data`."""
    if isinstance(item.get("data"), dict):
        item = item["data"]
    draft = Draft(line)
    kinds.put(draft, text_of(item.get("itemType")), KINDS)
    for field, path in FIELDS:
        draft.put(path, text_of(item.get(field)))
    kinds.drop_medium(draft)
    for part in (text_of(item.get("section")) or "").split(BREADCRUMB):
        draft.add("section", part)
    for part in (text_of(item.get("ISSN")) or "").split(","):
        draft.add("publication.issn", part)
    creators = item.get("creators")
    for creator in creators if isinstance(creators, list) else []:
        if isinstance(creator, dict):
            path = CREATORS.get(text_of(creator.get("creatorType")) or "", "authors")
            whole = text_of(creator.get("name"))
            family, given = text_of(creator.get("lastName")), text_of(creator.get("firstName"))
            draft.person(path, {"literal": whole} if whole else names.two_fields(family, given))
    tags = item.get("tags")
    for tag in tags if isinstance(tags, list) else []:
        draft.add("keywords", text_of(tag.get("tag") if isinstance(tag, dict) else tag))
    dates.put(draft, "published", text_of(item.get("date")))
    if (accessed := text_of(item.get("accessDate"))) != "CURRENT_TIMESTAMP":
        dates.put(draft, "accessed", accessed)
    draft.rest, others = unfold((text_of(item.get("extra")) or "").splitlines(), EXTRA_NAMES)
    draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
    return draft


def read(text: str) -> Iterator[Draft | Fault]:
    """The items, in order; notes and attachments are no items of their own."""
    for found in objects(text):
        if isinstance(found, Fault):
            yield found
            continue
        line, item = found
        item_type = text_of(item.get("itemType")) or text_of((item.get("data") or {}).get("itemType"))
        if item_type in ("note", "attachment", "annotation"):
            continue
        if item_type is None:
            yield Fault(line, "not a Zotero item: no itemType")
        else:
            yield from_item(item, line)
