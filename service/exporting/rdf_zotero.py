"""Zotero RDF: the Zotero item in Zotero's own RDF vocabulary, which its clients take first over unAPI."""

from lxml import etree

from service.exporting import zotero
from service.exporting.reference import Reference
from service.exporting.xml import PREFIXES, chain, document, node, qname

CLASSES = {
    "newspaperArticle": ("bib:Article", "bib:Newspaper"),
    "magazineArticle": ("bib:Article", "bib:Periodical"),
    "blogPost": ("bib:Document", "z:Blog"),
    "webpage": ("bib:Document", "z:Website"),
    "tvBroadcast": ("bib:Recording", ""),
    "interview": ("bib:Interview", ""),
    "artwork": ("bib:Illustration", ""),
}
"""The class of the item and of what it is part of."""

CONTAINERS = ("publicationTitle", "blogTitle", "websiteTitle")
LITERALS = (
    ("title", "dc:title"),
    ("abstractNote", "dcterms:abstract"),
    ("date", "dc:date"),
    ("language", "z:language"),
    ("shortTitle", "z:shortTitle"),
    ("edition", "prism:edition"),
    ("pages", "bib:pages"),
    ("rights", "dc:rights"),
    ("programTitle", "z:programTitle"),
    ("websiteType", "dc:type"),
    ("interviewMedium", "dcterms:medium"),
    ("artworkMedium", "dcterms:medium"),
    ("extra", "dc:description"),
    ("url", "dc:identifier/dcterms:URI/rdf:value"),
)
BIBLIO = {"author", "contributor", "editor"}
SPACES: dict[str | None, str] = {
    name: PREFIXES[name] for name in ("rdf", "z", "dcterms", "dc", "bib", "foaf", "prism", "vcard")
}


def build(reference: Reference) -> etree._Element:
    """One item; its address in the document is its key, so that two items of one URL stay two."""
    item = zotero.item(reference)
    kind, container = CLASSES[item["itemType"]]
    root = etree.Element(qname(kind), {qname("rdf:about"): f"#{reference.key}"}, nsmap=SPACES)
    node(root, "z:itemType", item["itemType"])
    _container(root, item, container)
    _publisher(root, item)
    sequences: dict[str, etree._Element] = {}
    for creator in item["creators"]:
        group = f"{'bib' if creator['creatorType'] in BIBLIO else 'z'}:{creator['creatorType']}s"
        if group not in sequences:
            sequences[group] = chain(root, f"{group}/rdf:Seq")
        person = chain(sequences[group], "rdf:li/foaf:Person")
        node(person, "foaf:surname", creator.get("lastName") or creator["name"])
        if "firstName" in creator:
            node(person, "foaf:givenName", creator["firstName"])
    for tag in item["tags"]:
        node(root, "dc:subject", tag["tag"])
    for field, path in LITERALS:
        if field in item:
            chain(root, path, item[field])
    if "accessDate" in item:
        # Zotero takes dateSubmitted for the date of an undated item
        node(root, "dcterms:dateSubmitted" if "date" in item else "z:accessDate", item["accessDate"])
    return root


def _container(root: etree._Element, item: dict[str, str], kind: str) -> None:
    """The section, then the newspaper or site, each part of the next."""
    if "section" in item:
        root = chain(root, "dcterms:isPartOf/bib:Part")
        node(root, "dc:title", item["section"])
    title = next((item[field] for field in CONTAINERS if field in item), None)
    if kind and (title or "ISSN" in item):
        whole = chain(root, f"dcterms:isPartOf/{kind}")
        if title:
            node(whole, "dc:title", title)
        if "ISSN" in item:
            node(whole, "dc:identifier", f"ISSN {item['ISSN']}")


def _publisher(root: etree._Element, item: dict[str, str]) -> None:
    name, place = item.get("publisher") or item.get("network"), item.get("place")
    if name or place:
        organization = chain(root, "dc:publisher/foaf:Organization")
        if place:
            chain(organization, "vcard:adr/vcard:Address/vcard:locality", place)
        if name:
            node(organization, "foaf:name", name)


write = document("rdf:RDF", build, SPACES)
