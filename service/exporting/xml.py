"""XML documents written entry by entry: a root, its namespaces, and one element for each article."""

from collections.abc import Callable, Mapping
from functools import cache

from lxml import etree

from service.exporting.reference import Reference, Write, strung

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "bib": "http://purl.org/net/biblio#",
    "bibo": "http://purl.org/ontology/bibo/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
    "mods": "http://www.loc.gov/mods/v3",
    "tei": "http://www.tei-c.org/ns/1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""Every namespace the formats use, by the prefix their specifications print."""

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@cache
def qname(name: str) -> str:
    """`dc:title` as lxml wants it; a name without a prefix stays as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}" if colon else name


def element(name: str, /, **attributes: str) -> etree._Element:
    """An element that stands alone; attribute names may not have prefixes here."""
    return etree.Element(qname(name), attributes)


def node(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """A child element with its text."""
    child = etree.SubElement(parent, qname(name), attributes)
    if text is not None:
        child.text = text
    return child


def chain(parent: etree._Element, path: str, text: str | None = None) -> etree._Element:
    """Elements one inside the other, `dc:publisher/foaf:Organization`; the last one has the text and is returned."""
    for name in path.split("/"):
        parent = etree.SubElement(parent, qname(name))
    parent.text = text
    return parent


def document(root: str, build: Callable[[Reference], etree._Element], spaces: Mapping[str | None, str]) -> Write:
    """A format whose document is `root` (or `outer/inner`) round what `build` gives; namespaces are declared once."""
    names = root.split("/")
    empty = etree.tostring(etree.Element(qname(names[0]), nsmap=dict(spaces)), encoding="unicode")
    tag, _, declared = empty.removeprefix("<").removesuffix("/>").partition(" ")
    inner = names[1:]
    opening = empty.replace("/>", ">") + "".join(f"<{name}>" for name in inner)
    closing = "".join(f"</{name}>" for name in [*reversed(inner), tag])

    def entry(reference: Reference) -> str:
        built = build(reference)
        etree.indent(built, "  ", level=1)
        text = etree.tostring(built, encoding="unicode", with_tail=False)
        return f"  {text.replace(f' {declared}', '', 1) if declared else text}\n"

    return strung(entry, f"{DECLARATION}{opening}\n", "", f"{closing}\n")
