"""unAPI, version 1: a page names the records in it, and any program can have them in the format it likes best.

`/unapi` lists the formats, `/unapi?id=ID` those of a record (300), `/unapi?id=ID&format=NAME` is the record. Zotero
prefers, in this order: rdf_zotero, rdf_bibliontology, mods, ris, refer, bibtex, rdf_dc; the names are its own.
"""

from typing import Any
from xml.sax.saxutils import quoteattr

from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler

from schemas.drop_in import UnapiQuery
from service import exporting
from service.http.cite import in_utf8
from service.http.query import read_query
from service.http.records import Record
from service.http.shelf import shelf_for

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


@get("/unapi", name="unapi")
async def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The formats; the formats of a record (300, as unAPI has it); or the record in one of them."""
    query = read_query(request, UnapiQuery)
    if query.id is None:
        return Response(formats(), media_type=MEDIA_TYPE)
    row = find(query.format) if query.format is not None else None
    shelf, library = shelf_for(request)
    article_id, photos, number = query.id.partition("/photos/")
    record = Record.of(await shelf.run(library.get, article_id))
    if photos:
        record = record.photograph(number)
    headers = {"Cache-Control": "private, no-cache"}
    if row is None:
        return Response(formats(query.id), status_code=300, media_type=MEDIA_TYPE, headers=headers)
    file = "".join(exporting.export([record.article], row.name)).encode()
    return Response(file, media_type=in_utf8(row.media_type), headers=headers)


ROUTES: list[ControllerRouterHandler] = [answer]
