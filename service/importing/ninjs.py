"""ninjs 1 to 3 (IPTC News in JSON): one object or several."""

from collections.abc import Iterator
from typing import Any

from service.importing import dates, names
from service.importing.draft import Draft, Fault, unfold
from service.importing.json import objects, text_of, texts

KINDS = {"picture": "graphic", "graphic": "graphic", "video": "broadcast", "audio": "broadcast"}
HEADLINES = {"main": "headline", "sub": "subtitle", "short": "short_title", "original": "original_title"}
PARTS = {"author": "authors", "contributor": "contributors", "editor": "editors", "translator": "translators"}
PROPERTIES = (("by", "byline"), ("byline", "byline"), ("language", "language"), ("copyrightNotice", "rights"))
IDENTIFIERS = {"doi": "doi", "archive": "archive_url"}
ROLES = ("byline", "dateline", "photo", "source")


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def from_object(thing: dict[str, Any], line: int = 1) -> Draft:
    """One news object as a draft."""
    draft = Draft(line)
    draft.values["kind"] = KINDS.get(text_of(thing.get("type")) or "", "article-newspaper")
    draft.put("headline", text_of(thing.get("headline")))  # ninjs 1
    for headline in rows(thing.get("headlines")):
        target = HEADLINES.get(text_of(headline.get("role")) or "main", "headline")
        if target not in draft.values:
            draft.put(target, text_of(headline.get("value")))
    for name, path in (*PROPERTIES, ("copyrightnotice", "rights"), ("usageTerms", "access")):
        draft.put(path, text_of(thing.get(name)))
    for row in rows(thing.get("descriptions")):
        draft.put("abstract", text_of(row.get("value")))
    for person in rows(thing.get("people")):
        if path := PARTS.get(text_of(person.get("rel")) or "", ""):
            contacts = [
                text_of(row.get("value")) for row in rows(person.get("contactInfo")) if row.get("type") == "email"
            ]
            draft.person(path, names.spoken(text_of(person.get("name")) or "") | {"email": next(iter(contacts), None)})
    n = 0
    for source in rows(thing.get("infoSources") or thing.get("infosources")):
        role, party = text_of(source.get("role")) or "", text_of(source.get("name"))
        if role == "publication":
            draft.put("publication.name", party)
        elif party:
            n += 1
            draft.put(f"agencies.{n}.name", party)
            draft.put(f"agencies.{n}.role", role if role in ROLES else "source")
    for subject in rows(thing.get("subjects")):
        rel = text_of(subject.get("rel"))
        draft.add("section" if rel == "section" else "keywords", text_of(subject.get("name")))
    draft.put("genre", next((text_of(row.get("name")) for row in rows(thing.get("genres"))), None))
    for other in rows(thing.get("altIds")):
        if path := IDENTIFIERS.get(text_of(other.get("role")) or "", ""):
            draft.put(path, text_of(other.get("value")))
    dates.put(draft, "published", text_of(thing.get("firstCreated") or thing.get("firstcreated")))
    dates.put(draft, "modified", text_of(thing.get("versionCreated") or thing.get("versioncreated")))
    uri = text_of(thing.get("uri")) or ""
    draft.put("url", uri if uri.startswith(("http://", "https://")) else None)
    for number, picture in enumerate(rows(thing.get("associations")), 1):
        _photo(draft, f"photos.{number}", picture)
    draft.rest, others = unfold((text_of(thing.get("edNote")) or "").splitlines())
    located = text_of(thing.get("located"))
    if located and "dateline.text" in draft.rest:
        draft.rest["dateline.place"] = located
    draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
    return draft


def _photo(draft: Draft, path: str, picture: dict[str, Any]) -> None:
    for row in rows(picture.get("descriptions")):
        member = "description" if row.get("role") == "description" else "caption"
        draft.put(f"{path}.{member}", text_of(row.get("value")))
    draft.put(f"{path}.credit", text_of(picture.get("by")))
    for person in rows(picture.get("people")):
        if person.get("rel") == "photographer":
            draft.person(f"{path}.photographers", names.spoken(text_of(person.get("name")) or ""))
    for source in rows(picture.get("infoSources")):
        if source.get("role") == "distributor":
            draft.put(f"{path}.distributor", text_of(source.get("name")))
        else:
            draft.add(f"{path}.agencies", text_of(source.get("name")))
    links = [link for row in rows(picture.get("renditions")) for link in texts(row.get("href"))]
    draft.put(f"{path}.url", next(iter(links), None))
    draft.put(f"{path}.date.edtf", dates.edtf(text_of(picture.get("contentCreated")) or ""))


def read(text: str) -> Iterator[Draft | Fault]:
    """The objects, in order."""
    for found in objects(text):
        if isinstance(found, Fault):
            yield found
        elif "uri" not in found[1]:
            yield Fault(found[0], "not a ninjs object: no uri")
        else:
            yield from_object(found[1], found[0])
