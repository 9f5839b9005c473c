"""Bibliographic Ontology (BIBO) in RDF/XML: bibo:Article in a bibo:Newspaper, contributors as foaf:Person."""

from lxml import etree

from service.exporting.names import Roles, first, is_person, last
from service.exporting.reference import Reference
from service.exporting.xml import PREFIXES, chain, document, node, qname

CLASSES = {
    "article-newspaper": ("bibo:Article", "bibo:Newspaper"),
    "article-magazine": ("bibo:Article", "bibo:Magazine"),
    "post-weblog": ("bibo:Article", "bibo:Website"),
    "webpage": ("bibo:Webpage", "bibo:Website"),
    "broadcast": ("bibo:AudioVisualDocument", "bibo:Website"),
    "interview": ("bibo:Interview", "bibo:Periodical"),
    "graphic": ("bibo:Image", "bibo:Website"),
}
RELATIONS: Roles = (
    ("author", "dcterms:creator"),
    ("editor", "bibo:editor"),
    ("translator", "bibo:translator"),
    ("contributor", "dcterms:contributor"),
)
PROPERTIES = (
    ("title", "dcterms:title"),
    ("short_title", "bibo:shortTitle"),
    ("subtitle", "dcterms:alternative"),
    ("original_title", "dcterms:isVersionOf"),
    ("genre", "dcterms:type"),
    ("access", "dcterms:accessRights"),
    ("archive_url", "dcterms:hasVersion"),
    ("abstract", "dcterms:abstract"),
    ("language", "dcterms:language"),
    ("rights", "dcterms:rights"),
    ("page", "bibo:pages"),
    ("edition", "bibo:edition"),
    ("section", "bibo:section"),
    ("doi", "bibo:doi"),
    ("url", "bibo:uri"),
)
DATES = (("published", "dcterms:date"), ("modified", "dcterms:modified"))
SPACES: dict[str | None, str] = {name: PREFIXES[name] for name in ("rdf", "dcterms", "bibo", "foaf")}


def build(reference: Reference) -> etree._Element:
    """One document."""
    values, publication = reference.values, reference.article.publication
    kind, container = CLASSES[reference.article.kind]
    root = etree.Element(qname(kind), {qname("rdf:about"): f"#{reference.key}"}, nsmap=SPACES)
    for part, relation in RELATIONS:
        for creator in reference.by(part):
            if is_person(creator):
                person = chain(root, f"{relation}/foaf:Person")
                node(person, "foaf:surname", last(creator))
                if first(creator):
                    node(person, "foaf:givenName", first(creator))
            else:
                chain(root, f"{relation}/foaf:Organization/foaf:name", last(creator))
    for field, name in PROPERTIES:
        if field in values:
            node(root, name, values[field])
    for field, name in DATES:
        if field in reference.dates:
            node(root, name, reference.dates[field].stamp)
    for keyword in reference.article.keywords:
        node(root, "dcterms:subject", keyword)
    if publication:
        whole = chain(root, f"dcterms:isPartOf/{container}")
        node(whole, "dcterms:title", publication.name)
        for issn in publication.issn:
            node(whole, "bibo:issn", issn)
        if publication.publisher:
            chain(whole, "dcterms:publisher/foaf:Organization/foaf:name", publication.publisher)
    return root


write = document("rdf:RDF", build, SPACES)
