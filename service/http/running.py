"""What a request runs: steps that are measured, and taken off the event loop where they are long; pages fetched."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from litestar import Request

from schemas.article import Article
from schemas.document import Document, Hints
from schemas.request import Source, UrlSource
from service.http.body import JSON, Raw
from service.http.documents import hinted, read_document
from service.http.files import FILE_TYPES, XML_TYPES, file_of, is_own_json, may_be_file
from service.http.negotiation import read_media_type
from service.http.observe import timed
from service.importing import Imported

P = ParamSpec("P")
R = TypeVar("R")

LONG_DOCUMENT = 32_000
"""Bytes of a document that is read on a thread: from here on others would wait milliseconds for it."""

LONG_LIST = 20
"""Works that are cited on a thread, for the same reason."""

THREADS = 4
"""Steps on threads at a time in a process. They share an interpreter lock: more would only slow each other."""

_limiters: dict[int, CapacityLimiter] = {}


async def run(step: str, long: bool, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """One step; `long` takes it off the event loop."""
    with timed(step):
        if not long:
            return work(*args, **kwargs)
        return await to_thread.run_sync(lambda: work(*args, **kwargs), limiter=_limiter())


def _limiter() -> CapacityLimiter:
    """The limiter of the running event loop (one a process, but tests have many)."""
    import asyncio  # noqa: PLC0415

    loop = id(asyncio.get_running_loop())
    if loop not in _limiters:
        _limiters.clear()
        _limiters[loop] = CapacityLimiter(THREADS)
    return _limiters[loop]


async def read_from(request: Request[Any, Any, Any], source: Raw | Source, hints: Hints) -> tuple[Document, Article]:
    """A document sent, or the page at an address sent, and the article in it."""
    if isinstance(source, UrlSource):
        return await read_at(request, source.url, hinted(source, hints))
    size = (
        len(source.body) if isinstance(source, Raw) else len(getattr(source, "text", "") or getattr(source, "html", ""))
    )
    return await run("parse", size > LONG_DOCUMENT, read_document, source, hints)


async def read_at(request: Request[Any, Any, Any], url: str, hints: Hints) -> tuple[Document, Article]:
    """The page at an address, and the article in it."""
    with timed("fetch"):
        page = await request.app.state.fetcher.fetch(url, request.headers.get("accept-language"))
    raw = Raw(page.body, page.media_type, page.charset)
    hints = Hints(url=page.url, language=hints.language, infer_dates=hints.infer_dates)
    return await run("parse", len(raw.body) > LONG_DOCUMENT, read_document, raw, hints)


async def file_sent(request: Request[Any, Any, Any], *, but: str | None = None) -> Imported | None:
    """The reference file a request brings, if it brings one; what is of the type `but` its asker reads."""
    media = read_media_type(request.headers.get("content-type", ""))
    name = media.name if media else None
    if not may_be_file(name) or (name is not None and name == but):
        return None
    body = await request.body()
    stated = name if name in FILE_TYPES or name in XML_TYPES else None
    if stated is None and is_own_json(body) and (name == JSON or but is not None or body.lstrip().startswith(b"{")):
        return None
    return await run("import", len(body) > LONG_DOCUMENT, file_of, body, stated)


async def article_from(request: Request[Any, Any, Any], source: Raw | Source, hints: Hints) -> Article:
    """The article of a document sent, or of the page at an address sent."""
    return (await read_from(request, source, hints))[1]


async def article_at(request: Request[Any, Any, Any], url: str, hints: Hints) -> Article:
    """The article of the page at an address."""
    return (await read_at(request, url, hints))[1]
