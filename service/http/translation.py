"""Zotero's translation-server, answered as it answers: /web, /search, /import and /export.

For clients that know only it: its statuses, its errors in plain text, its header. What it gets wrong is not copied:
pages of news come as newspaper articles with their creators, no private address is opened, and nothing is lost on the
way through a format.
"""

import asyncio
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response, post
from litestar.exceptions import HTTPException
from litestar.types import ControllerRouterHandler

from schemas.article import Article, DateValue
from schemas.document import Hints
from schemas.library import Query
from service import exporting, importing
from service.errors import BadInput, FetchError, TearsheetError, UnknownName, UnsupportedType
from service.http.body import JSON, TEXT, Raw, decode_json
from service.http.documents import read_article
from service.http.negotiation import read_media_type
from service.http.observe import timed
from service.http.problems import kind_of
from service.http.refusing import on_anything
from service.http.running import LONG_DOCUMENT, run
from service.http.shelf import shelf_for
from service.reading.encoding import decode
from service.reading.fetch import NotFoundThere, Page
from service.reading.listing import Listed, read_listing

Asked = Request[Any, Any, Any]

MOST_SELECTED = 50
"""Articles of a listing that are fetched for one request."""

TRANSLATORS = {
    "bibtex": "9cb70025-a888-4a29-a210-93ec52da40d4",
    "csl-json": "bc03b4fe-436d-4a1f-ba59-de4d2d7a63f7",
    "endnote_xml": "eb7059a4-35ec-4961-a915-3cf58eb9784b",
    "mods": "0e2235e7-babf-413c-9acf-f27cce5f059c",
    "rdf_zotero": "5e3ad958-ac79-463d-812b-a86a9235c28f",
    "refer": "881f60f2-0802-411a-9228-ce5f47b64c7d",
    "ris": "32d59d2d-b65a-4da4-b0a3-bdd3cfb979e7",
}
"""Format → the id of the Zotero translator that reads it, for the header Zotero-Translator-ID."""

LEFT_OUT = "Tearsheet-Left-Out"
"""The header that names the chosen pages that could not be read."""

_URL = re.compile(r"https?:", re.IGNORECASE)
_OF_A_URL = "%:/?#[]@!$&'()*+,;="  # every other character is written in percent signs (RFC 3986)
_URL_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+[^\s<>\".,;:)\]]")
_OTHER_IDENTIFIER = re.compile(
    r"\b(?:97[89][-\s]?)?(?:\d[-\s]?){9}[\dXx]\b|\barXiv:\s*\S+|^\s*(?:pmid:)?\s*\d{1,8}\s*$", re.IGNORECASE
)


def _text(status: int, words: str) -> Response[bytes]:
    return Response(words.encode(), status_code=status, media_type=TEXT)


def _json(value: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    return Response(value, status_code=status, media_type=f"{JSON}; charset=utf-8", headers=headers)


def _on_error(_: Asked, error: TearsheetError) -> Response[bytes]:
    """Errors as that server words them, in plain text; where it says only 500, the status says more."""
    if isinstance(error, NotFoundThere):
        return _text(400, "Remote page not found")
    if isinstance(error, UnsupportedType):
        return _text(415, "Unsupported Media Type")
    if isinstance(error, FetchError):
        return _text(kind_of(error).status, f"An error occurred retrieving the document: {error.reason}")
    return _text(kind_of(error).status, error.reason)


def _on_framework(request: Asked, error: HTTPException) -> Response[bytes]:
    if error.status_code >= 500:
        return on_anything(request, error)
    return _text(error.status_code, "Payload Too Large" if error.status_code == 413 else str(error.detail))


AS_TEXT: dict[int | type[Exception], Any] = {TearsheetError: _on_error, HTTPException: _on_framework}


def _type_of(request: Asked) -> str:
    media = read_media_type(request.headers.get("content-type", ""))
    return media.name if media else ""


@post("/web", name="translate_web", status_code=200, exception_handlers=AS_TEXT)
async def web(request: Asked) -> Response[bytes]:
    """A page's address → the items on it; several articles → 300 and a choice, which is answered by a selection."""
    kind = _type_of(request)
    if kind not in {TEXT, JSON}:
        raise UnsupportedType("text/plain or application/json is read here", "Content-Type")
    body = await request.body()
    if not body.strip():
        return _text(400, "POST data not provided")
    if kind == JSON:
        return await _selected(request, decode_json(body))
    url = decode(body, "utf-8").strip()
    if not _URL.match(url):
        return _text(400, "URL not provided")
    return await _translated(request, url, single=_asks(request, "single"))


async def _translated(request: Asked, url: str, *, single: bool) -> Response[bytes]:
    page = await _fetched(request, url)
    if not single:
        listed = await _listed(page)
        if listed:
            choice = {
                "url": url,
                "session": hashlib.blake2b(url.encode(), digest_size=8).hexdigest()[:15],
                "items": {str(n): each.title for n, each in enumerate(listed)},
            }
            return _json(msgspec.json.encode(choice), 300)
    return _json(_items([await _article(page)]))


async def _selected(request: Asked, data: Any) -> Response[bytes]:
    """The articles chosen from a listing. Nothing is kept between the two requests: the page is read again.

    So any process can answer, and a client may take its time; a title that has gone from the page meanwhile is a 409.
    """
    if not isinstance(data, dict) or not isinstance(data.get("session"), str):
        return _text(400, "'session' not provided")
    url, chosen = data.get("url"), data.get("items")
    if not isinstance(url, str) or not _URL.match(url):
        return _text(400, "URL not provided")
    if not isinstance(chosen, dict):
        return _text(400, "'items' not provided")
    if not chosen:
        return _text(400, "No items specified")
    if len(chosen) > MOST_SELECTED:
        return _text(400, f"More than {MOST_SELECTED} items specified")
    listed = await _listed(await _fetched(request, url))
    by_title = {each.title: each for each in listed}
    if not all(isinstance(title, str) and title in by_title for title in chosen.values()):
        return _text(409, "Items specified do not match items available")
    urls = [by_title[title].url for title in dict.fromkeys(chosen.values())]
    pages = await asyncio.gather(*(_fetched(request, url) for url in urls), return_exceptions=True)
    got = [page for page in pages if isinstance(page, Page)]
    for error in pages:
        if isinstance(error, BaseException) and not (got and isinstance(error, FetchError)):
            raise error
    left_out = [url for url, page in zip(urls, pages, strict=True) if not isinstance(page, Page)]
    # the body is an array of items, as its clients expect: what is missing from it can only be told beside it
    headers = {LEFT_OUT: ", ".join(f"<{quote(url, safe=_OF_A_URL)}>" for url in left_out)} if left_out else None
    return _json(_items([await _article(page) for page in got]), headers=headers)


async def _fetched(request: Asked, url: str) -> Page:
    with timed("fetch"):
        page: Page = await request.app.state.fetcher.fetch(url, request.headers.get("accept-language"))
    return page


async def _listed(page: Page) -> tuple[Listed, ...]:
    if page.media_type == TEXT:
        return ()
    return await run("parse", True, _listing, page)


def _listing(page: Page) -> tuple[Listed, ...]:
    return read_listing(decode(page.body, page.charset, html=True), page.url)


async def _article(page: Page) -> Article:
    """The article of a page, with the moment of reading it: that server's items say when they were fetched."""
    raw = Raw(page.body, page.media_type, page.charset)
    article = await run("parse", len(page.body) > LONG_DOCUMENT, read_article, raw, Hints(url=page.url))
    accessed = DateValue(edtf=page.fetched.strftime("%Y-%m-%dT%H:%M:%SZ"), precision="time")
    dates = msgspec.structs.replace(article.dates, accessed=accessed)
    return msgspec.structs.replace(article, dates=dates, url=article.url or page.url)


def _items(articles: Iterable[Article]) -> bytes:
    return "".join(exporting.export(articles, "zotero")).encode()


@post("/search", name="translate_search", status_code=200, exception_handlers=AS_TEXT)
async def search(request: Asked) -> Response[bytes]:
    """An identifier → its items: the address of a page, or a DOI that the library holds."""
    if not _type_of(request).startswith("text/"):
        raise UnsupportedType("text/plain is read here", "Content-Type")
    text = decode(await request.body() or b"", "utf-8").strip()
    if not text:
        return _text(400, "POST data not provided")
    doi = _DOI.search(text)
    if doi is not None:
        found = await _by_doi(request, doi[0])
        if found:
            return _json(_items(found))
    url = _URL_IN_TEXT.search(text)
    if url is not None:
        return await _translated(request, url[0], single=True)
    known = doi is not None or _OTHER_IDENTIFIER.search(text)
    return _text(501, "No items returned from any translator" if known else "No identifiers found")


async def _by_doi(request: Asked, doi: str) -> list[Article]:
    try:
        shelf, library = shelf_for(request)
        page = await shelf.run(library.find, Query(q=f'"{doi}"'), limit=50)
    except TearsheetError:
        return []  # no library for this reader: nothing is known here by its DOI
    return [stored.article for stored in page.articles if (stored.article.doi or "").lower() == doi.lower()]


@post("/import", name="translate_import", status_code=200, exception_handlers=AS_TEXT)
async def import_(request: Asked) -> Response[bytes]:
    """A reference file in any format that is read → Zotero items."""
    body = await request.body()
    media = read_media_type(request.headers.get("content-type", ""))
    text = decode(body, media.parameters.get("charset") if media else None) if body else ""
    name = importing.sniff(text, media.name if media else None)
    if name is None:
        return _text(400, "No suitable translators found")
    try:
        items = await run("import", len(body) > LONG_DOCUMENT, _imported, text, name)
    except BadInput as error:
        return _text(400, f"No suitable translators found: {error.reason}")
    return _json(items, headers={"Zotero-Translator-ID": TRANSLATORS[name]} if name in TRANSLATORS else None)


def _imported(text: str, name: str) -> bytes:
    return _items(importing.read(text, name).articles)


@post("/export", name="translate_export", status_code=200, exception_handlers=AS_TEXT)
async def export(request: Asked) -> Response[bytes]:
    """Zotero items → a reference file."""
    if _type_of(request) != JSON:
        raise UnsupportedType("application/json is read here", "Content-Type")
    body = await request.body()
    if not body.strip():
        return _text(400, "POST data not provided")
    try:
        row = exporting.find(request.query_params.get("format", ""))
    except UnknownName:
        return _text(400, "Invalid format specified")
    items = decode_json(body)
    if not isinstance(items, list) or not items or not all(map(_is_item, items)):
        return _text(400, "Input must be an array of items as JSON")
    works = [item for item in items if item["itemType"] not in {"note", "attachment", "annotation"}]
    file = await run("export", len(body) > LONG_DOCUMENT, _exported, works, row.name)
    return Response(file, media_type=_in_utf8(row.server_type or row.media_type))


def _in_utf8(media_type: str) -> str:
    """A type with its charset; of text the framework says it."""
    return media_type if media_type.startswith("text/") else f"{media_type}; charset=utf-8"


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("itemType"), str) and bool(value["itemType"])


def _exported(items: list[Any], name: str) -> bytes:
    articles = importing.read(msgspec.json.encode(items).decode(), "zotero").articles if items else ()
    return "".join(exporting.export(articles, name)).encode()


def _asks(request: Asked, name: str) -> bool:
    """Whether a switch of the query is on: as in JavaScript, any value but none."""
    return bool(request.query_params.get(name))


ROUTES: list[ControllerRouterHandler] = [web, search, import_, export]
