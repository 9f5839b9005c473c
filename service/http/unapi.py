"""unAPI, version 1: a page names the records in it, and any program can have them in the format it likes best.

`/unapi` lists the formats, `/unapi?id=ID` those of a record (300), `/unapi?id=ID&format=NAME` is the record. Zotero
prefers, in this order: rdf_zotero, rdf_bibliontology, mods, ris, refer, bibtex, rdf_dc; the names are its own.
"""

from xml.sax.saxutils import quoteattr

from service import exporting

MEDIA_TYPE = "application/xml"

NAMES = {"csl-json": "csljson", "schema-org": "schema_org", "citation-cff": "citation_cff"}
"""Our name of a format → the one it has here, where a hyphen would be unknown to unAPI's clients."""


def formats(record: str | None = None) -> bytes:
    """The list of formats, of a record where one is named."""
    rows = "".join(
        f"<format name={quoteattr(NAMES.get(row.name, row.name))} type={quoteattr(row.media_type)}/>"
        for row in exporting.FORMATS.values()
    )
    of = f" id={quoteattr(record)}" if record is not None else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<formats{of}>{rows}</formats>\n'.encode()


def find(name: str) -> exporting.Format:
    """The format of a name unAPI's clients use; UnknownName where there is none."""
    ours = {theirs: ours for ours, theirs in NAMES.items()}
    return exporting.find(ours.get(name, name))
