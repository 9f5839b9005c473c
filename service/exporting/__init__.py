"""Articles as files for reference managers: one registry of formats, one file for each."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from msgspec import Struct

from schemas.article import Article
from service.errors import UnknownName
from service.exporting import (
    biblatex,
    bibtex,
    bookmarks,
    citation_cff,
    coins,
    csl_json,
    csv,
    endnote_xml,
    hayagriva,
    mods,
    ninjs,
    nitf,
    rdf_bibliontology,
    rdf_dc,
    rdf_zotero,
    refer,
    refworks_tagged,
    ris,
    schema_org,
    tei,
    wikipedia,
    zotero,
)
from service.exporting.reference import Write, references


class Format(Struct, frozen=True):
    """A row of the registry.

    `aliases` are the names other services use for the same format; `server_type` is the media type that
    translation-server gives it, where that is another (a reference manager's link needs `media_type`).
    """

    name: str
    title: str
    media_type: str
    extension: str
    write: Write
    aliases: tuple[str, ...] = ()
    server_type: str | None = None


_ROWS = (
    Format("bibtex", "BibTeX", "application/x-bibtex", "bib", bibtex.write),
    Format("biblatex", "biblatex", "application/x-bibtex", "bib", biblatex.write),
    Format("ris", "RIS", "application/x-research-info-systems", "ris", ris.write),
    Format(
        "csl-json",
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        "json",
        csl_json.write,
        ("csljson",),
        "application/json",
    ),
    Format("zotero", "Zotero items (JSON)", "application/json", "json", zotero.write, ("zotero-json",)),
    Format("rdf_zotero", "Zotero RDF", "application/rdf+xml", "rdf", rdf_zotero.write, ("zotero-rdf",)),
    Format("endnote_xml", "EndNote XML", "text/xml", "xml", endnote_xml.write, ("endnote-xml", "endnote")),
    Format(
        "refer",
        "Refer (EndNote import)",
        "application/x-endnote-refer",
        "enw",
        refer.write,
        ("enw",),
        "application/x-research-info-systems",
    ),
    Format("refworks_tagged", "RefWorks tagged", "text/plain", "txt", refworks_tagged.write, ("refworks",)),
    Format("mods", "MODS", "application/mods+xml", "mods", mods.write),
    Format("tei", "TEI biblStruct", "text/xml", "tei", tei.write),
    Format("csv", "CSV", "text/csv", "csv", csv.write),
    Format("coins", "COinS", "text/html", "html", coins.write),
    Format("bookmarks", "Netscape bookmarks", "text/html", "html", bookmarks.write),
    Format(
        "schema-org",
        "schema.org JSON-LD",
        "application/ld+json",
        "jsonld",
        schema_org.write,
        ("schema.org", "schema_org", "json-ld", "jsonld"),
    ),
    Format("rdf_dc", "Dublin Core (RDF)", "application/rdf+xml", "rdf", rdf_dc.write, ("dublin-core", "dc")),
    Format(
        "rdf_bibliontology",
        "Bibliographic Ontology (RDF)",
        "application/rdf+xml",
        "rdf",
        rdf_bibliontology.write,
        ("bibo",),
    ),
    Format("wikipedia", "Wikipedia citation templates", "text/x-wiki", "wiki", wikipedia.write, ("cite-news",)),
    Format("ninjs", "ninjs 3.0", "application/json", "json", ninjs.write),
    Format("nitf", "NITF", "application/nitf+xml", "xml", nitf.write),
    Format("hayagriva", "Hayagriva YAML", "application/yaml", "yaml", hayagriva.write, ("hayagriva-yaml",)),
    Format(
        "citation-cff",
        "CITATION.cff references",
        "application/yaml",
        "cff",
        citation_cff.write,
        ("citation.cff", "cff"),
    ),
)

FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}
"""Every format by its name."""

_BY_NAME = {name: row for row in _ROWS for name in (row.name, *row.aliases)}


def find(name: str) -> Format:
    """The format of this name or alias; UnknownName, with the names near it, where there is none."""
    row = _BY_NAME.get(name.lower())
    if row is None:
        near = tuple(get_close_matches(name.lower(), _BY_NAME, n=5))
        raise UnknownName(f"There is no format {name!r}.", field="format", near=near)
    return row


def export(articles: Iterable[Article], format: str) -> Iterator[str]:  # noqa: A002 (the request's own word)
    """The articles in one format, in pieces as they come; joined they are the file, in UTF-8 once encoded."""
    return find(format).write(references(articles))
