"""/articles: the library over HTTP. Create, list, search, read, correct, re-parse, delete, cite, import and export."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec
from anyio import to_thread
from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath
from litestar.response import Stream
from litestar.types import ASGIApp, ControllerRouterHandler

from schemas.article import Article
from schemas.csl import Item
from schemas.document import Hints
from schemas.library import BibliographyQuery, CitationQuery, ListQuery, RecordQuery, ReparseQuery
from schemas.request import ArticleSelection, ItemSelection, NoQuery, ParseQuery, UrlSource
from service import exporting
from service.errors import BadInput, TooLarge, UnsupportedType
from service.http import preconditions
from service.http.body import HTML, JSON, Raw, decode_json, read_body
from service.http.bulk import NDJSON, Bulk, Line
from service.http.cite import asked, in_utf8, respond
from service.http.negotiation import choose, read_media_type
from service.http.parse import hints_of
from service.http.query import read_query
from service.http.records import Form, Record, form_of, represent
from service.http.running import LONG_DOCUMENT, file_sent, run
from service.http.shelf import Shelf, shelf_for
from service.http.shelving import entry_of_document, entry_of_work, shelve_file, shelve_lines
from service.importing import Imported
from service.library import Entry, Library, NoSuchArticle, Stored

MERGE_PATCH = "application/merge-patch+json"

A_PAGE = 50
"""Articles on a page of a list where the client asks for no number."""

MOST_CITED = 1000
"""Articles in one bibliography; sorting and telling apart need all of them at once."""

_PIECE = 64_000  # bytes of a stream that are put together before they are sent

Asked = Request[Any, Any, Any]


@post("/articles", name="create_article", status_code=201)
async def create(request: Asked) -> Response[Any]:
    """Store what is sent: 201 with the new article, 200 with the one the same document has made before."""
    shelf, library = shelf_for(request, write=True)
    query = read_query(request, ParseQuery)
    media = read_media_type(request.headers.get("content-type", ""))
    if media is not None and media.name == NDJSON:
        return _import(request, shelf, library)
    if file := await file_sent(request):
        return await _file(shelf, library, file)
    body = await read_body(request, works=True, url=query.url)
    if isinstance(body, tuple | ArticleSelection | ItemSelection):
        raise BadInput(f"one article at a time as JSON; many are sent as {NDJSON}, one a line", "body")
    if isinstance(body, Article | Item):
        entry = entry_of_work(body)
    elif isinstance(body, UrlSource):
        hints = hints_of(query)
        infer = "dates" in body.infer or hints.infer_dates
        entry = await _fetched(request, body.url, body.language or hints.language, infer)
    else:
        size = len(body.body) if isinstance(body, Raw) else LONG_DOCUMENT
        entry = await run("parse", size >= LONG_DOCUMENT, entry_of_document, body, hints_of(query))
    stored, created = await shelf.run(library.add, entry)
    return _told(stored, 201 if created else 200, {"Location": f"/articles/{stored.id}"})


async def _file(shelf: Shelf, library: Library, file: Imported) -> Response[Any]:
    """The answer to a reference file: that of its one article, or a line for each of its entries."""
    if len(file.articles) == 1 and not file.warnings:
        stored, created = await shelf.run(library.add, Entry(file.articles[0]))
        return _told(stored, 201 if created else 200, {"Location": f"/articles/{stored.id}"})
    answers = await shelf.run(shelve_file, library, file)
    return Response(b"".join(answers), status_code=200, media_type=NDJSON)


async def _fetched(request: Asked, url: str, language: str | None, infer_dates: bool) -> Entry:
    page = await request.app.state.fetcher.fetch(url, request.headers.get("accept-language"))
    raw = Raw(page.body, page.media_type, page.charset)
    hints = Hints(url=page.url, language=language, infer_dates=infer_dates)
    return await run("parse", True, entry_of_document, raw, hints, fetched=True)


def _import(request: Asked, shelf: Shelf, library: Library) -> Bulk:
    async def shelve(lines: list[Line], first: int) -> list[bytes]:
        return await shelf.run(shelve_lines, library, lines, first)

    return Bulk(shelve, request.app.state.settings.max_body, early="content-length" not in request.headers)


@get("/articles", name="list_articles")
async def list_(request: Asked) -> Response[Any]:
    """A page of the articles that were asked for; as lines of JSON or as a reference file, all of them."""
    shelf, library = shelf_for(request)
    query = read_query(request, ListQuery)
    formats = {row.media_type.partition(";")[0]: row.name for row in reversed(exporting.FORMATS.values())}
    del formats[HTML]  # of the formats in HTML none is a list to be read: a browser is better served with JSON
    if query.format is not None:
        name = exporting.find(query.format).name
    else:
        chosen = choose(request.headers.get("accept"), [JSON, NDJSON, *formats]).media_type
        if chosen == JSON:
            return await _page(request, shelf, library, query)
        name = formats.get(chosen, NDJSON)
    found = islice(library.every(query.query(), cursor=query.cursor), query.limit)
    if name == NDJSON:
        pieces: Iterable[bytes] = (stored.json() + b"\n" for stored in found)
        media_type = NDJSON
    else:
        pieces = (piece.encode() for piece in exporting.export((stored.article for stored in found), name))
        media_type = in_utf8(exporting.FORMATS[name].media_type)
    first = await shelf.run(_gathered, pieces := iter(pieces))  # what is wrong with the question is told by a problem
    return Stream(_streamed(first, pieces), media_type=media_type, headers={"Vary": "Accept"})


async def _page(request: Asked, shelf: Shelf, library: Library, query: ListQuery) -> Response[bytes]:
    page = await shelf.run(library.find, query.query(), limit=query.limit or A_PAGE, cursor=query.cursor)
    body = b'{"articles":[' + b",".join(stored.json() for stored in page.articles) + b"]"
    headers = {"Vary": "Accept", "Cache-Control": "private, no-cache"}
    if page.next is not None:
        body += b',"next":' + msgspec.json.encode(page.next)
        rest = "&".join(
            part for part in request.scope["query_string"].decode().split("&") if part and part[:7] != "cursor="
        )
        headers["Link"] = f'</articles?{rest + "&" if rest else ""}cursor={page.next}>; rel="next"'
    return Response(body + b"}", media_type=JSON, headers=headers)


def _gathered(pieces: Iterator[bytes]) -> bytes:
    """The next pieces put together; empty at the end."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= _PIECE:
            break
    return bytes(gathered)


async def _streamed(first: bytes, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = await to_thread.run_sync(_gathered, pieces)


@get("/articles/{article_id:str}", name="read_article")
async def read(request: Asked, article_id: FromPath[str]) -> Response[bytes]:
    """An article: as JSON, as a page, as a reference file (by Accept, `format` or a suffix), or cited."""
    record, form = await _record(request, article_id)
    return await represent(request, record, form)


@get("/articles/{article_id:str}/photos/{number:str}", name="read_photo")
async def read_photo(request: Asked, article_id: FromPath[str], number: FromPath[str]) -> Response[bytes]:
    """A photograph of an article, counted from 1, as a record of its own."""
    number, dot, suffix = number.partition(".")
    record, form = await _record(request, f"{article_id}.{suffix}" if dot else article_id)
    return await represent(request, record.photograph(number), form)


@get("/articles/{article_id:str}/citation", name="cite_article")
async def cite(request: Asked, article_id: FromPath[str]) -> ASGIApp:
    """The citation of an article."""
    return await _cited(request, await _stored(request, article_id))


@get("/articles/{article_id:str}/photos/{number:str}/citation", name="cite_photo")
async def cite_photo(request: Asked, article_id: FromPath[str], number: FromPath[str]) -> ASGIApp:
    """The citation of a photograph of an article."""
    return await _cited(request, (await _stored(request, article_id)).photograph(number))


async def _cited(request: Asked, record: Record) -> ASGIApp:
    wanted = asked(request, read_query(request, CitationQuery))
    return await respond((record.work if wanted.format is None else record.article,), wanted, one=True)


@get("/articles/citations", name="cite_articles")
async def cite_many(request: Asked) -> ASGIApp:
    """One bibliography, in the style's order, of the articles named or of all that answer a question."""
    shelf, library = shelf_for(request)
    query = read_query(request, BibliographyQuery)
    wanted = asked(request, query)
    found = await shelf.run(lambda: list(islice(library.every(query.query()), MOST_CITED + 1)))
    if len(found) > MOST_CITED:
        raise TooLarge(f"more than {MOST_CITED} articles answer; narrow the question", "q")
    if missing := set(query.ids) - {stored.id for stored in found}:
        raise NoSuchArticle(f"not among the articles asked for: {', '.join(sorted(missing)[:5])}", "ids")
    works = [stored.article if wanted.format else stored.record() for stored in found]
    return await respond(works, wanted, one=False)


@get("/articles/summary", name="summarise_articles")
async def summarise(request: Asked) -> Response[bytes]:
    """What the library holds, counted by publication, agency, photographer and month."""
    shelf, library = shelf_for(request)
    read_query(request, NoQuery)
    return Response(msgspec.json.encode(await shelf.run(library.summary)), media_type=JSON)


@patch("/articles/{article_id:str}", name="correct_article")
async def correct(request: Asked, article_id: FromPath[str]) -> Response[bytes]:
    """Correct an article by a JSON Merge Patch; what is corrected survives a re-parse."""
    shelf, library = shelf_for(request, write=True)
    read_query(request, NoQuery)
    expected = await _expected(request, shelf, library, article_id)
    media = read_media_type(request.headers.get("content-type", ""))
    if media is None or media.name != MERGE_PATCH:
        raise UnsupportedType(f"a correction is sent as {MERGE_PATCH}", "Content-Type")
    change = decode_json(await request.body())
    if not isinstance(change, Mapping):
        raise BadInput("a merge patch of an article is an object", "")
    return _told(await shelf.run(library.correct, article_id, change, expected), 200)


@post("/articles/{article_id:str}/reparse", name="reparse_article", status_code=200)
async def reparse(request: Asked, article_id: FromPath[str]) -> Response[bytes]:
    """Read the stored document again, with the parser of today; corrections stay."""
    shelf, library = shelf_for(request, write=True)
    query = read_query(request, ReparseQuery)
    expected = await _expected(request, shelf, library, article_id)
    source = await shelf.run(library.source, article_id)
    hints = Hints(url=source.url, language=query.language, infer_dates="dates" in query.infer)
    raw = Raw(source.body, source.media_type, source.charset)
    entry = await run("parse", True, entry_of_document, raw, hints)
    return _told(await shelf.run(library.reparse, article_id, entry, expected), 200)


@delete("/articles/{article_id:str}", name="delete_article", status_code=204)
async def remove(request: Asked, article_id: FromPath[str]) -> Response[None]:
    """Take an article out of the library."""
    shelf, library = shelf_for(request, write=True)
    read_query(request, NoQuery)
    await shelf.run(library.delete, article_id, await _expected(request, shelf, library, article_id))
    return Response(None, status_code=204)


async def _expected(request: Asked, shelf: Shelf, library: Library, article_id: str) -> frozenset[str] | None:
    """What If-Match says; that it is missing matters only where there is an article to be changed."""
    try:
        return preconditions.expected(request)
    except preconditions.ConditionNeeded:
        await shelf.run(library.get, article_id)
        raise


async def _stored(request: Asked, article_id: str) -> Record:
    shelf, library = shelf_for(request)
    return Record.of(await shelf.run(library.get, article_id))


async def _record(request: Asked, name: str) -> tuple[Record, Form]:
    """The record that a path names, and the form of it that a suffix or `format` names; `format` counts for more."""
    query = read_query(request, RecordQuery)
    article_id, dot, suffix = name.partition(".")
    form = Form(format=query.format) if query.format or not dot else form_of(suffix)
    return await _stored(request, article_id), form


def _told(stored: Stored, status: int, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    return Response(
        stored.json(),
        status_code=status,
        media_type=JSON,
        headers={"ETag": preconditions.written(stored.tag), "Cache-Control": "private, no-cache", **(headers or {})},
    )


ROUTES: list[ControllerRouterHandler] = [
    create,
    list_,
    cite_many,
    summarise,
    read,
    correct,
    remove,
    reparse,
    cite,
    read_photo,
    cite_photo,
]
