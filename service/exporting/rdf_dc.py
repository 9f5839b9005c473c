"""Dublin Core in RDF/XML: the fifteen elements and the terms that refine them; the container as dcterms:isPartOf."""

from lxml import etree

from service.exporting.names import inverted
from service.exporting.reference import Reference
from service.exporting.xml import PREFIXES, document, node, qname

TERMS = (
    ("title", "dc:title"),
    ("short_title", "dcterms:alternative"),
    ("subtitle", "dcterms:alternative"),
    ("original_title", "dcterms:isVersionOf"),
    ("container", "dcterms:isPartOf"),
    ("column", "dcterms:isPartOf"),
    ("byline", "dcterms:provenance"),
    ("dateline", "dcterms:spatial"),
    ("container", "dc:source"),
    ("publisher", "dc:publisher"),
    ("language", "dc:language"),
    ("abstract", "dcterms:abstract"),
    ("rights", "dc:rights"),
    ("access", "dcterms:accessRights"),
    ("genre", "dc:type"),
    ("url", "dc:identifier"),
    ("archive_url", "dcterms:hasVersion"),
)
DATES = (("published", "dc:date"), ("modified", "dcterms:modified"))
SPACES: dict[str | None, str] = {name: PREFIXES[name] for name in ("rdf", "dc", "dcterms")}


def build(reference: Reference) -> etree._Element:
    """One rdf:Description."""
    article, values = reference.article, reference.values
    root = etree.Element(qname("rdf:Description"), {qname("rdf:about"): f"#{reference.key}"}, nsmap=SPACES)
    node(root, "dc:type", "StillImage" if article.kind == "graphic" else "Text")
    for part, creator in reference.creators:
        node(root, "dc:creator" if part == "author" else "dc:contributor", inverted(creator))
    for field, term in TERMS:
        if field in values:
            node(root, term, values[field])
    for field, term in DATES:
        if field in reference.dates:
            node(root, term, reference.dates[field].stamp)
    for keyword in (*article.section, *article.keywords):
        node(root, "dc:subject", keyword)
    if "doi" in values:
        node(root, "dc:identifier", f"doi:{values['doi']}")
    if article.publication:
        for issn in article.publication.issn:
            node(root, "dcterms:isPartOf", f"urn:ISSN:{issn}")
    for agency in article.agencies:
        node(root, "dc:contributor", agency.name)
    where = [values[field] for field in ("container", "place", "edition", "page") if field in values]
    if len(where) > 1:
        node(root, "dcterms:bibliographicCitation", ", ".join(where))
    for photo in article.photos:
        if told := [text for text in (photo.caption, photo.description, photo.credit, photo.url) if text]:
            node(root, "dcterms:hasPart", " – ".join(told))
    return root


write = document("rdf:RDF", build, SPACES)
