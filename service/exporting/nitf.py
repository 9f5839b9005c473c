"""NITF 3.6 (IPTC News Industry Text Format): `nitf` for one article, `nitf-collection` round several."""

from collections.abc import Iterable, Iterator
from itertools import chain as joined

from lxml import etree

from schemas.article import Creator, Photo
from service.exporting.names import first, is_person, last
from service.exporting.reference import Places, Reference, lines
from service.exporting.xml import DECLARATION, chain, node

PUBDATA = (
    ("container", "name"),
    ("section", "position.section"),
    ("page", "position.sequence"),
    ("edition", "edition.name"),
    ("issn", "issn"),
    ("url", "ex-ref"),
)
HEADLINES = (("title", "hl1"), ("subtitle", "hl2"))
PUBLICATION_TYPES = {"broadcast": "audio", "webpage": "web", "post-weblog": "web"}
PLACES = Places(
    typed=False,
    values=(*(name for name, _ in (*PUBDATA, *HEADLINES)), "rights", "abstract", "doi", "publisher"),
    several=("keywords",),
    dates=("published", "modified"),
    exact_date=lambda when: not when.season and not when.unsure,
)


def build(reference: Reference) -> etree._Element:
    """One nitf document, elements in the order its DTD asks for."""
    article, values, dates = reference.article, reference.values, reference.dates
    language = {"{http://www.w3.org/XML/1998/namespace}lang": article.language} if article.language else {}
    root = etree.Element("nitf", language)
    head = node(root, "head")
    node(head, "title", values.get("title", ""))
    data = node(head, "docdata")
    node(data, "doc-id", **{"id-string": article.doi or reference.key})
    for line in lines({path: text for path, text in PLACES.rest(reference).items() if not path.startswith(DRAWN)}):
        node(data, "ed-msg", info=line)
    if "published" in dates:
        node(data, "date.issue", norm=dates["published"].stamp)
    if "modified" in dates:
        node(data, "date.release", norm=dates["modified"].stamp)
    if article.rights:
        node(data, "doc.copyright", holder=values.get("publisher") or values.get("container", ""))
        node(data, "doc.rights", owner=article.rights)
    if article.keywords:
        words = node(data, "key-list")
        for keyword in article.keywords:
            node(words, "keyword", key=keyword)
    found = {name: values[field] for field, name in PUBDATA if field in values}
    if "published" in dates:
        found["date.publication"] = dates["published"].stamp
    node(head, "pubdata", type=PUBLICATION_TYPES.get(article.kind, "print"), **found)
    body = node(root, "body")
    _body_head(node(body, "body.head"), reference)
    content = node(body, "body.content")
    for photo in article.photos:
        _photo(content, photo)
    return root


DRAWN = ("language", "byline", "dateline.text", "dateline.place", "photos.", "agencies.")
"""What the body shows by elements of its own."""


def _body_head(head: etree._Element, reference: Reference) -> None:
    """Headlines, byline, distributor, dateline, abstract."""
    article, values = reference.article, reference.values
    headlines = node(head, "hedline")
    for field, tag in HEADLINES:
        if field in values or tag == "hl1":
            node(headlines, tag, values.get(field, ""))
    if article.byline and not article.authors:
        node(head, "byline", article.byline)
    for n, creator in enumerate(article.authors):
        line = node(head, "byline")
        if n == 0 and article.byline:
            line.text = f"{article.byline} "
        _person(line, creator)
    for agency in article.agencies:
        chain(head, "distributor/org", agency.name).set("value", agency.role)
    if article.dateline:
        line = node(head, "dateline", article.dateline.text)
        if article.dateline.place:
            node(line, "location", article.dateline.place)
    if article.abstract:
        chain(head, "abstract/p", article.abstract)


def _person(line: etree._Element, creator: Creator) -> None:
    """A person's name in parts, or an organisation; title and place after it."""
    if is_person(creator):
        person = node(line, "person")
        for tag, text in (
            ("name.given", first(creator)),
            ("name.family", last(creator)),
            ("name.suffix", creator.suffix),
        ):
            if text:
                node(person, tag, text)
    else:
        node(line, "org", last(creator))
    if title := creator.job_title or creator.role:
        node(line, "byttl", title)
    if creator.place:
        node(line, "location", creator.place)


def _photo(content: etree._Element, photo: Photo) -> None:
    """An image: its address, caption, and the credit as printed with its makers."""
    media = node(content, "media", **{"media-type": "image"})
    source = {"source": photo.url} if photo.url else {}
    node(media, "media-reference", photo.description, **source)
    if photo.caption:
        chain(media, "media-caption/p", photo.caption)
    if photo.credit or photo.photographers or photo.agencies or photo.distributor:
        producer = node(media, "media-producer", photo.credit)
        for creator in photo.photographers:
            _person(producer, creator)
        for name in photo.agencies:
            node(producer, "org", name)
        if photo.distributor:
            node(producer, "org", photo.distributor, value="distributor")
    if photo.date:
        node(media, "media-metadata", name="date", value=photo.date.edtf)


def write(found: Iterable[Reference]) -> Iterator[str]:
    """NITF knows no collection: one article is a document, several stand in a root of our own."""
    references = iter(found)
    head = [reference for _, reference in zip(range(2), references, strict=False)]
    several = len(head) != 1
    yield DECLARATION + ("<nitf-collection>\n" if several else "")
    for reference in joined(head, references):
        built = build(reference)
        etree.indent(built, "  ", level=1 if several else 0)
        yield ("  " if several else "") + etree.tostring(built, encoding="unicode", with_tail=False) + "\n"
    if several:
        yield "</nitf-collection>\n"
