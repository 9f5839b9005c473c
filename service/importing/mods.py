"""MODS 3: the item, its host, and the photographs that are constituents of it."""

from collections.abc import Iterator

from lxml import etree

from service.importing import dates, kinds, names
from service.importing.draft import Draft, Fault, unfold
from service.importing.xml import all_of, first, local, text, tree
from service.importing.zotero import KINDS as ITEM_TYPES

KINDS = {**ITEM_TYPES, "newspaper": "article-newspaper"}
"""Genres: Zotero writes its item types there."""
RELATORS = {"aut": "authors", "ctb": "contributors", "edt": "editors", "trl": "translators", "cre": "authors"}
ROLES = {"author": "authors", "contributor": "contributors", "editor": "editors", "translator": "translators"}
TITLES = {"abbreviated": "short_title", "translated": "original_title", "alternative": "short_title"}


def read(source: str) -> Iterator[Draft | Fault]:
    """The items, in order."""
    root, faults = tree(source)
    yield from faults
    for element in [root] if local(root) == "mods" else list(all_of(root, "mods")):
        yield _draft(element)


def _draft(mods: etree._Element) -> Draft:
    draft = Draft(mods.sourceline or 1)
    host = next((item for item in all_of(mods, "relatedItem") if item.get("type") == "host"), None)
    _kind(draft, mods, host)
    for info in all_of(mods, "titleInfo"):
        title = " ".join(filter(None, (first(info, "nonSort"), first(info, "title"))))
        draft.put(TITLES.get(info.get("type") or "", "headline"), title)
        draft.put("subtitle", first(info, "subTitle"))
    for name in all_of(mods, "name"):
        draft.person(_role(name), _name(name))
    for keyword in all_of(mods, "subject/topic"):
        draft.add("keywords", text(keyword))
    draft.put("abstract", first(mods, "abstract"))
    draft.put("language", first(mods, "language/languageTerm"))
    for condition in all_of(mods, "accessCondition"):
        draft.put("access" if condition.get("type") == "restriction on access" else "rights", text(condition))
    for identifier in all_of(mods, "identifier"):
        if identifier.get("type") == "doi":
            draft.put("doi", text(identifier))
    for url in all_of(mods, "location/url"):
        kept = url.get("note") == "archived copy"
        draft.put("archive_url" if kept else "url", text(url))
        dates.put(draft, "archived" if kept else "accessed", url.get("dateLastAccessed"))
    for element in (mods, host):
        if element is not None:
            _origin(draft, element)
    if host is not None:
        _host(draft, host)
    photos = [item for item in all_of(mods, "relatedItem") if item.get("type") == "constituent"]
    for n, item in enumerate(photos, 1):
        _photo(draft, f"photos.{n}", item)
    draft.rest, others = unfold(line for note in all_of(mods, "note") for line in text(note).splitlines())
    draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
    return draft


def _kind(draft: Draft, mods: etree._Element, host: etree._Element | None) -> None:
    """Zotero's name among the genres, else the host's genre, else what the type of resource says."""
    genres = [text(genre) for genre in all_of(mods, "genre")]
    hosts = [text(genre) for genre in all_of(host, "genre")] if host is not None else []
    known = [genre for genre in (*genres, *hosts) if genre in KINDS]
    kinds.put(draft, (known or genres or [first(mods, "typeOfResource")])[0], KINDS)
    for genre in genres:
        if genre not in KINDS and known:
            draft.put("genre", genre)


def _role(name: etree._Element) -> str:
    role = first(name, "role/roleTerm").lower()
    return RELATORS.get(role) or ROLES.get(role, "authors")


def _name(name: etree._Element) -> dict[str, str | None]:
    parts = {part.get("type") or "": text(part) for part in all_of(name, "namePart")}
    if "family" in parts and "given" in parts:
        return {"family": parts["family"], "given": parts["given"], "suffix": parts.get("termsOfAddress")}
    whole = parts.get("family") or parts.get("given") or parts.get("") or ""
    if name.get("type") == "personal" and "" in parts:
        return names.inverted(whole) if "," in whole else names.spoken(whole)
    return {"literal": whole}


def _origin(draft: Draft, element: etree._Element) -> None:
    for place in all_of(element, "originInfo/place/placeTerm"):
        if place.get("type") != "code":
            draft.put("publication.place", text(place))
    draft.put("publication.publisher", first(element, "originInfo/publisher"))
    draft.put("edition", first(element, "originInfo/edition"))
    dates.put(draft, "published", first(element, "originInfo/dateIssued") or first(element, "part/date"))
    dates.put(draft, "modified", first(element, "originInfo/dateModified"))


def _host(draft: Draft, host: etree._Element) -> None:
    for info in all_of(host, "titleInfo"):
        draft.put(f"publication.{'short_name' if info.get('type') else 'name'}", first(info, "title"))
    for identifier in all_of(host, "identifier"):
        if identifier.get("type") == "issn":
            draft.add("publication.issn", text(identifier))
    for detail in all_of(host, "part/detail"):
        title = first(detail, "number") or first(detail, "title")
        if detail.get("type") == "section":
            for part in title.split(" > "):
                draft.add("section", part)
        elif detail.get("type") == "column":
            draft.put("column", title)
    for extent in all_of(host, "part/extent"):
        start, end = first(extent, "start"), first(extent, "end")
        draft.put("page", first(extent, "list") or "–".join(filter(None, (start, end if end != start else ""))))


def _photo(draft: Draft, path: str, item: etree._Element) -> None:
    draft.put(f"{path}.description", first(item, "titleInfo/title"))
    draft.put(f"{path}.caption", first(item, "abstract"))
    draft.put(f"{path}.credit", first(item, "note"))
    draft.put(f"{path}.url", first(item, "location/url"))
    draft.put(f"{path}.date.edtf", dates.edtf(first(item, "originInfo/dateCreated")))
    for name in all_of(item, "name"):
        role, parts = first(name, "role/roleTerm"), _name(name)
        if role == "pht":
            draft.person(f"{path}.photographers", parts)
        elif role == "dst":
            draft.put(f"{path}.distributor", parts.get("literal"))
        else:
            draft.add(f"{path}.agencies", parts.get("literal"))
