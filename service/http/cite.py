"""POST /cite and GET /cite?url=: a document, articles or CSL-JSON items in, citations or a reference file out."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

import msgspec
from litestar import Request, get, post
from litestar.types import ASGIApp, ControllerRouterHandler
from msgspec.structs import replace

from schemas.article import Article
from schemas.citation import Output
from schemas.csl import Item
from schemas.evidence import Warning
from schemas.library import BibliographyQuery, CitationQuery
from schemas.request import ArticleSelection, CiteQuery, FetchAndCiteQuery, ItemSelection, Work
from service import exporting
from service.http.answer import Answer
from service.http.body import CSL_JSON, JSON, read_body
from service.http.chain import Wish, cite_as, cite_whole, export, works_of
from service.http.files import articles_of
from service.http.negotiation import choose
from service.http.parse import hints_of
from service.http.photographs import photographs_of
from service.http.query import read_query
from service.http.running import LONG_LIST, article_at, article_from, file_sent, run

BIBLIOGRAPHY = "text/x-bibliography"
"""The type under which DOI services answer a formatted citation; its parameters name the style and the locale."""

OUTPUTS: Mapping[str, str] = {
    "text": "text/plain",
    "json": JSON,
    "html": "text/html",
    "markdown": "text/markdown",
    "rtf": "application/rtf",
    "latex": "application/x-latex",
}
"""`output` → the media type of the answer. The first is what a client that takes anything gets."""


class Asked(NamedTuple):
    """What is wanted: a reference format, or an output of the citation in the style and locale of `wish`."""

    format: str | None
    output: str
    media_type: str
    wish: Wish
    markup: Output = "text"


@cache
def offers() -> dict[str, tuple[str | None, str]]:
    """Media type → (format, output) of everything that Accept can ask for; of two formats the first listed has it."""
    offered: dict[str, tuple[str | None, str]] = {media_type: (None, output) for output, media_type in OUTPUTS.items()}
    offered[BIBLIOGRAPHY] = (None, "text")
    offered["text/rtf"] = (None, "rtf")
    for row in exporting.FORMATS.values():
        offered.setdefault(row.media_type.partition(";")[0], (row.name, "text"))
    return offered


Query = CiteQuery | FetchAndCiteQuery | CitationQuery | BibliographyQuery


def asked(request: Request[Any, Any, Any], query: Query) -> Asked:
    """What the query asks for, `format` before `output`; where it names neither, what Accept does."""
    wish = Wish(query.style or "apa", query.locale)
    if query.format is not None:
        row = exporting.find(query.format)
        return Asked(row.name, "text", row.media_type, wish)
    if query.output is not None:
        return Asked(None, query.output, OUTPUTS[query.output], wish)
    offered = offers()
    chosen = choose(request.headers.get("accept"), offered)
    name, output = offered[chosen.media_type]
    if chosen.media_type == BIBLIOGRAPHY:
        style, locale = chosen.parameters.get("style"), chosen.parameters.get("locale")
        wish = Wish(query.style or style or "apa", query.locale or locale)
        return Asked(None, output, BIBLIOGRAPHY, wish)
    media_type = exporting.FORMATS[name].media_type if name else OUTPUTS[output]
    return Asked(name, output, media_type, wish)


def answer(works: Sequence[Work], asked: Asked, *, one: bool, warnings: tuple[Warning, ...] = ()) -> bytes:
    """The body of the answer; `one` gives a single work's citation as an object, not as a bibliography of one.

    `warnings` are what is to be said of the works besides; JSON has a place for them.
    """
    if asked.format is not None:
        return "".join(export(works, asked.format)).encode()
    if asked.output == "json":
        whole = cite_whole(works, asked.wish, asked.markup)
        told = whole.entries[0] if one else whole
        return msgspec.json.encode(replace(told, warnings=(*warnings, *told.warnings)))
    return compose(cite_as(works, asked.wish, cast("Output", asked.output)), asked.output).encode()


def in_utf8(media_type: str) -> str:
    """A media type with its charset, where it has one to state; the framework states that of text/* itself."""
    name = media_type.partition(";")[0]
    return f"{name}; charset=utf-8" if name.startswith("application/x-") else name


def compose(lines: Sequence[str], output: str) -> str:
    """Entries put together as a document of their format; text has one entry a line."""
    if output == "html":
        entries = "".join(f'  <div class="csl-entry">{line}</div>\n' for line in lines)
        return f'<div class="csl-bib-body">\n{entries}</div>\n'
    if output == "rtf":
        return "{\\rtf1\\ansi\\uc1\n" + "\\par\n".join(lines) + "\n}\n"
    if output in {"latex", "markdown"}:
        return "\n\n".join(lines) + "\n"
    return "".join(f"{line}\n" for line in lines)


async def respond(works: Sequence[Work], asked: Asked, *, one: bool, warnings: tuple[Warning, ...] = ()) -> ASGIApp:
    """The answer, rendered or written on a thread where there is much of it."""
    step = "export" if asked.format else "render"
    long = len(works) > LONG_LIST or asked.wish.csl is not None
    body = await run(step, long, answer, works, asked, one=one, warnings=warnings)
    return Answer(body, in_utf8(asked.media_type))


@post("/cite", name="cite", status_code=200)
async def cite(request: Request[Any, Any, Any]) -> ASGIApp:
    """The citation of a document, an article or an item; of several, or of its photographs, the bibliography."""
    query = read_query(request, CiteQuery)
    wanted = asked(request, query)._replace(markup=query.markup or "text")  # refused before anything is read
    one = False
    works: Sequence[Work]
    file = await file_sent(request, but=CSL_JSON)
    body = articles_of(file) if file else await read_body(request, works=True, url=query.url)
    if isinstance(body, ArticleSelection | ItemSelection):
        works, wanted = works_of(body), wanted._replace(wish=wanted.wish._replace(csl=body.csl))
    elif isinstance(body, tuple):
        works, one = body, file is not None and len(body) == 1  # a file of one entry is cited as a document is
    elif isinstance(body, Article | Item):
        works, one = (body,), True
    else:
        works, one = (await article_from(request, body, hints_of(query)),), True
    if query.photos:
        works, one = photographs_of(works), False
    return await respond(works, wanted, one=one, warnings=file.warnings if file else ())


@get("/cite", name="fetch_and_cite")
async def fetch_and_cite(request: Request[Any, Any, Any]) -> ASGIApp:
    """The citation of the page at an address: fetch, parse and cite in one call."""
    query = read_query(request, FetchAndCiteQuery)
    wanted = asked(request, query)
    article = await article_at(request, query.url, hints_of(query))
    return await respond((article,), wanted, one=True)


ROUTES: list[ControllerRouterHandler] = [cite, fetch_and_cite]
