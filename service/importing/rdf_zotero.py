"""Zotero RDF, as Zotero and this service write it: resources inside each other or pointed at by rdf:resource."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from service.importing.draft import Draft, Fault
from service.importing.xml import all_of, local, text, tree
from service.importing.zotero import from_item

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LITERALS = {
    "title": "title",
    "abstract": "abstractNote",
    "date": "date",
    "dateSubmitted": "accessDate",
    "accessDate": "accessDate",
    "language": "language",
    "shortTitle": "shortTitle",
    "edition": "edition",
    "pages": "pages",
    "rights": "rights",
    "description": "extra",
    "programTitle": "programTitle",
    "medium": "artworkMedium",
    "interviewMedium": "interviewMedium",
    "artworkMedium": "artworkMedium",
    "type": "websiteType",
}
CLASSES = {"Newspaper": "newspaperArticle", "Periodical": "magazineArticle", "Blog": "blogPost", "Website": "webpage"}
CONTAINERS = {"newspaperArticle": "publicationTitle", "magazineArticle": "publicationTitle", "blogPost": "blogTitle"}


def read(source: str) -> Iterator[Draft | Fault]:
    """The items, in order: whatever has a z:itemType, or is part of a newspaper, periodical, blog or site."""
    root, faults = tree(source)
    yield from faults
    about = {element.get(f"{RDF}about"): element for element in root if element.get(f"{RDF}about")}
    for element in root:
        item_type = next((text(child) for child in element if local(child) == "itemType"), None)
        if item_type in ("attachment", "note"):
            continue
        item = _item(element, about, item_type)
        if item is not None:
            yield from_item(item, element.sourceline or 1)


def _target(element: etree._Element, about: dict[str | None, etree._Element]) -> list[etree._Element]:
    """What a property holds: the elements inside it, or the one it points at."""
    pointed = about.get(element.get(f"{RDF}resource"))
    return [pointed] if pointed is not None else list(element)


def _item(
    element: etree._Element, about: dict[str | None, etree._Element], item_type: str | None
) -> dict[str, Any] | None:
    item: dict[str, Any] = {"creators": [], "tags": []}
    whole: dict[str, str] = {}
    for child in element:
        name = local(child)
        if name in LITERALS and not len(child):
            item.setdefault(LITERALS[name], text(child))
        elif name == "subject":
            item["tags"].append({"tag": text(child)})
        elif name == "isPartOf":
            _part(child, about, item, whole)
        elif name == "publisher":
            _publisher(child, about, item)
        elif name == "identifier":
            _identifier(child, item)
        elif name.endswith("s") and any(True for _ in all_of(child, "Seq/li")):
            item["creators"] += _people(child, name[:-1], about)
    kind = item_type or whole.get("type")
    if kind is None:
        return None
    item["itemType"] = kind
    if "title" in whole:
        item[CONTAINERS.get(kind, "websiteTitle")] = whole["title"]
    return item


def _part(
    holder: etree._Element,
    about: dict[str | None, etree._Element],
    item: dict[str, Any],
    whole: dict[str, str],
    depth: int = 0,
) -> None:
    """A section, or the newspaper, periodical or site itself; a section is part of one of those."""
    for part in _target(holder, about):
        kind = local(part)
        for child in part:
            name = local(child)
            if name == "title":
                if kind == "Part":
                    item["section"] = text(child)
                else:
                    whole["title"] = text(child)
            elif name == "identifier" and text(child).startswith("ISSN "):
                item["ISSN"] = text(child).removeprefix("ISSN ")
            elif name == "isPartOf" and depth < 3:
                _part(child, about, item, whole, depth + 1)
        if kind in CLASSES:
            whole["type"] = CLASSES[kind]


def _publisher(holder: etree._Element, about: dict[str | None, etree._Element], item: dict[str, Any]) -> None:
    for organization in _target(holder, about):
        for child in organization:
            if local(child) == "name":
                item["publisher"] = text(child)
        for place in all_of(organization, "adr/Address/locality"):
            item["place"] = text(place)
    if not len(holder) and text(holder):
        item["publisher"] = text(holder)


def _identifier(holder: etree._Element, item: dict[str, Any]) -> None:
    for value in all_of(holder, "URI/value"):
        item["url"] = text(value)
    literal = text(holder) if not len(holder) else ""
    for prefix in ("ISSN ", "DOI "):
        if literal.startswith(prefix):
            item[prefix.strip()] = literal.removeprefix(prefix)


def _people(
    holder: etree._Element, creator_type: str, about: dict[str | None, etree._Element]
) -> Iterator[dict[str, str]]:
    for place in all_of(holder, "Seq/li"):
        for person in _target(place, about):
            parts = {local(child): text(child) for child in person}
            family = parts.get("surname") or parts.get("name") or ""
            given = parts.get("givenName") or parts.get("givenname")
            names = {"lastName": family, "firstName": given} if given else {"name": family}
            yield names | {"creatorType": creator_type}
