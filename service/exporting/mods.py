"""MODS 3.7: the article, its newspaper as host, each photograph as a constituent; the rest in notes."""

import re

from lxml import etree

from schemas.article import Creator, Photo
from service.exporting.names import first, is_person, last
from service.exporting.reference import Places, Reference, lines
from service.exporting.xml import PREFIXES, chain, document, node, qname

GENRES = {
    "article-newspaper": ("newspaperArticle", "newspaper"),
    "article-magazine": ("magazineArticle", "periodical"),
    "post-weblog": ("blogPost", "web site"),
    "webpage": ("webpage", "web site"),
    "broadcast": ("tvBroadcast", "television"),
    "interview": ("interview", ""),
    "graphic": ("artwork", ""),
}
"""Zotero's name for the item, and the MARC genre of its host."""

RELATORS = {"author": "aut", "contributor": "ctb", "editor": "edt", "translator": "trl"}
TITLES = (("short_title", "abbreviated"), ("original_title", "translated"))
TEXTS = (("genre", "genre"), ("abstract", "abstract"), ("rights", "accessCondition"))
PLACES = Places(
    values=(
        *("title", "short_title", "original_title", "genre", "abstract", "rights", "language"),
        *("container", "container_short", "place", "publisher", "edition", "issn", "page", "section", "column"),
        *("url", "doi", "archive_url"),
    ),
    several=("keywords",),
    parts=("author", "contributor", "editor", "translator"),
    dates=("published", "modified", "accessed", "archived"),
    exact_name=lambda creator: not creator.particle,
    exact_date=lambda when: not when.unsure and not when.season,
)

PAGES = re.compile(r"(\d+)[-–](\d+)")


def build(reference: Reference) -> etree._Element:
    """One mods element."""
    values, article = reference.values, reference.article
    root = etree.Element(qname("mods:mods"), {"ID": reference.key}, nsmap={None: PREFIXES["mods"]})
    genre, host_genre = GENRES[article.kind]
    _title(root, values.get("title"))
    for field, kind in TITLES:
        if field in values:
            node(node(root, "mods:titleInfo", type=kind), "mods:title", values[field])
    for part, creator in reference.creators:
        _name(root, creator, RELATORS[part])
    node(root, "mods:typeOfResource", "still image" if article.kind == "graphic" else "text")
    node(root, "mods:genre", genre, authority="local")
    for field, tag in TEXTS:
        if field in values:
            node(root, f"mods:{tag}", values[field])
    if "language" in values:
        node(node(root, "mods:language"), "mods:languageTerm", values["language"], type="code", authority="rfc4646")
    for keyword in article.keywords:
        chain(root, "mods:subject/mods:topic", keyword)
    _host(root, reference, host_genre)
    for photo in article.photos:
        _photo(root, photo)
    if "doi" in values:
        node(root, "mods:identifier", values["doi"], type="doi")
    _locations(root, reference)
    rest = {path: value for path, value in PLACES.rest(reference).items() if not path.startswith("photos.")}
    if rest:
        node(root, "mods:note", "\n".join(lines(rest)))
    return root


def _title(parent: etree._Element, title: str | None) -> None:
    if title:
        node(node(parent, "mods:titleInfo"), "mods:title", title)


def _name(parent: etree._Element, creator: Creator, relator: str) -> None:
    if is_person(creator):
        name = node(parent, "mods:name", type="personal")
        node(name, "mods:namePart", last(creator), type="family")
        if first(creator):
            node(name, "mods:namePart", first(creator), type="given")
        if creator.suffix:
            node(name, "mods:namePart", creator.suffix, type="termsOfAddress")
    else:
        name = node(parent, "mods:name", type="corporate")
        node(name, "mods:namePart", last(creator))
    node(node(name, "mods:role"), "mods:roleTerm", relator, type="code", authority="marcrelator")


def _host(root: etree._Element, reference: Reference, genre: str) -> None:
    values, dates = reference.values, reference.dates
    host = node(root, "mods:relatedItem", type="host")
    _title(host, values.get("container"))
    if "container_short" in values:
        node(node(host, "mods:titleInfo", type="abbreviated"), "mods:title", values["container_short"])
    if genre:
        node(host, "mods:genre", genre, authority="marcgt")
    origin = node(host, "mods:originInfo")
    if "place" in values:
        node(node(origin, "mods:place"), "mods:placeTerm", values["place"], type="text")
    for field in ("publisher", "edition"):
        if field in values:
            node(origin, f"mods:{field}", values[field])
    if "published" in dates:
        node(origin, "mods:dateIssued", dates["published"].stamp, encoding="w3cdtf", keyDate="yes")
    if "modified" in dates:
        node(origin, "mods:dateModified", dates["modified"].stamp, encoding="w3cdtf")
    _keep_if_filled(origin)
    publication = reference.article.publication
    for issn in publication.issn if publication else ():
        node(host, "mods:identifier", issn, type="issn")
    part = node(host, "mods:part")
    for kind in ("section", "column"):
        if kind in values:
            node(node(part, "mods:detail", type=kind), "mods:number", values[kind])
    if "page" in values:
        extent = node(part, "mods:extent", unit="pages")
        found = PAGES.fullmatch(values["page"])
        for tag, text in zip(("start", "end"), found.groups() if found else [values["page"]] * 2, strict=True):
            node(extent, f"mods:{tag}", text)
    _keep_if_filled(part)
    _keep_if_filled(host)


def _keep_if_filled(element: etree._Element) -> None:
    """MODS allows no empty elements."""
    parent = element.getparent()
    if parent is not None and not len(element):
        parent.remove(element)


def _locations(root: etree._Element, reference: Reference) -> None:
    dates = reference.dates
    addresses = (
        ("url", "accessed", {"usage": "primary display"}),
        ("archive_url", "archived", {"note": "archived copy"}),
    )
    for field, seen, attributes in addresses:
        if field in reference.values:
            when = {"dateLastAccessed": dates[seen].stamp} if seen in dates else {}
            node(node(root, "mods:location"), "mods:url", reference.values[field], **attributes, **when)


def _photo(root: etree._Element, photo: Photo) -> None:
    item = node(root, "mods:relatedItem", type="constituent")
    _title(item, photo.description)
    for photographer in photo.photographers:
        _name(item, photographer, "pht")
    for agency in photo.agencies:
        _name(item, Creator(literal=agency), "cre")
    if photo.distributor:
        _name(item, Creator(literal=photo.distributor), "dst")
    node(item, "mods:typeOfResource", "still image")
    if photo.date:
        node(node(item, "mods:originInfo"), "mods:dateCreated", photo.date.edtf, encoding="edtf")
    if photo.caption:
        node(item, "mods:abstract", photo.caption)
    if photo.credit:
        node(item, "mods:note", photo.credit, type="creation/production credits")
    if photo.url:
        node(node(item, "mods:location"), "mods:url", photo.url)


write = document("mods:modsCollection", build, {None: PREFIXES["mods"]})
