"""TEI P5: a `listBibl` of `biblStruct`, the article as analytic, the newspaper as monogr; the rest in notes."""

from lxml import etree

from schemas.article import Creator
from service.exporting.names import first, is_person
from service.exporting.reference import Places, Reference, lines
from service.exporting.xml import PREFIXES, document, node, qname
from service.exporting.zotero import TYPES

TITLES = (("title", "main"), ("subtitle", "sub"), ("short_title", "short"), ("original_title", "original"))
MONOGRAPH = (("container", "main"), ("container_short", "short"))
SCOPES = (("section", "section"), ("column", "column"), ("page", "page"))
DATES = (("published", "published"), ("modified", "modified"), ("accessed", "accessed"), ("archived", "archived"))
ADDRESSES = (("url", "URL"), ("archive_url", "archive"), ("doi", "DOI"))
PLACES = Places(
    values=(*(name for name, _ in (*TITLES, *MONOGRAPH, *SCOPES, *ADDRESSES)), "publisher", "place", "edition", "issn"),
    parts=("author", "editor", "translator", "contributor"),
    dates=tuple(name for name, _ in DATES),
    exact_date=lambda when: not when.season and when.unsure in ("", "~"),
)


def build(reference: Reference) -> etree._Element:
    """One biblStruct, in the order its content model asks for."""
    values = reference.values
    attributes = {"type": TYPES[reference.article.kind], qname("xml:id"): reference.key}
    root = etree.Element(qname("tei:biblStruct"), attributes, nsmap={None: PREFIXES["tei"]})
    analytic = node(root, "tei:analytic")
    for field, kind in TITLES:
        if field in values:
            node(analytic, "tei:title", values[field], level="a", type=kind)
    for part, creator in reference.creators:
        _responsible(analytic, part, creator)
    if "language" in values:
        node(analytic, "tei:textLang", mainLang=values["language"])
    monograph = node(root, "tei:monogr")
    for field, kind in MONOGRAPH:
        if field in values or kind == "main":  # monogr needs a title
            node(monograph, "tei:title", values.get(field), level="j", type=kind)
    publication = reference.article.publication
    for issn in publication.issn if publication else ():
        node(monograph, "tei:idno", issn, type="ISSN")
    if "edition" in values:
        node(monograph, "tei:edition", values["edition"])
    imprint = node(monograph, "tei:imprint")
    for field, tag in (("place", "pubPlace"), ("publisher", "publisher")):
        if field in values:
            node(imprint, f"tei:{tag}", values[field])
    for field, kind in DATES:
        if when := reference.dates.get(field):
            doubt = {"cert": "low"} if when.unsure else {}
            node(imprint, "tei:date", when.stamp, type=kind, when=when.stamp, **doubt)
    if "published" not in reference.dates:
        node(imprint, "tei:date")  # imprint may not be empty
    for field, unit in SCOPES:
        if field in values:
            node(imprint, "tei:biblScope", values[field], unit=unit)
    for field, kind in ADDRESSES:
        if field in values:
            node(root, "tei:idno", values[field], type=kind)
    rest = {path: value for path, value in PLACES.rest(reference).items() if path != "language"}
    for line in lines(rest):
        node(root, "tei:note", line)
    return root


def _responsible(analytic: etree._Element, part: str, creator: Creator) -> None:
    """Author and editor have elements of their own; the others are editors with a role."""
    holder = node(analytic, f"tei:{'author' if part == 'author' else 'editor'}")
    if part not in ("author", "editor"):
        holder.set("role", part)
    if not is_person(creator):
        node(holder, "tei:orgName", creator.literal or creator.native or creator.printed)
        return
    person = node(holder, "tei:persName")
    parts = (
        ("forename", first(creator)),
        ("nameLink", creator.particle),
        ("surname", creator.family or creator.given),
        ("genName", creator.suffix),
    )
    for tag, text in parts:
        if text:
            node(person, f"tei:{tag}", text)
    if creator.email:
        node(holder, "tei:email", creator.email)


write = document("tei:listBibl", build, {None: PREFIXES["tei"]})
