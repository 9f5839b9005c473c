"""What can be asked for: styles, locales and formats."""

from typing import Any

import msgspec
from anyio import to_thread
from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from schemas.base import Base, Line
from schemas.request import NoQuery, StylesQuery
from schemas.style import StyleInfo
from service import exporting
from service.http.body import JSON
from service.http.cite import OUTPUTS
from service.http.negotiation import choose
from service.http.query import read_query
from service.rendering import registry


class StyleList(Base, frozen=True, kw_only=True, omit_defaults=False):
    """The styles found, best first."""

    styles: tuple[StyleInfo, ...]


class LocaleList(Base, frozen=True, kw_only=True, omit_defaults=False):
    """The locales that terms and dates are known in, as BCP 47 tags."""

    locales: tuple[Line, ...]


class FormatInfo(Base, frozen=True, kw_only=True):
    """A reference format, or an output of the citation: its name, what it is called, its media type and extension."""

    name: Line
    title: Line
    media_type: Line
    extension: Line | None = None


class FormatList(Base, frozen=True, kw_only=True, omit_defaults=False):
    """What `format` and `output` can be."""

    formats: tuple[FormatInfo, ...]
    outputs: tuple[FormatInfo, ...]


OUTPUT_TITLES = {
    "text": "Plain text",
    "json": "Every form of the citation, and the CSL item",
    "html": "HTML",
    "markdown": "Markdown",
    "rtf": "Rich text",
    "latex": "LaTeX",
}


@get("/styles", name="styles")
async def styles(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Styles whose id, alias or title has every word of `q`; without it the well-known ones and one's own."""
    query = read_query(request, StylesQuery)
    choose(request.headers.get("accept"), [JSON])
    # the first search reads the head of every style, some tenths of a second: not on the event loop
    found = await to_thread.run_sync(registry.search, query.q, query.limit)
    return _json(StyleList(styles=found))


@get("/styles/{style_id:str}", name="style")
async def style(request: Request[Any, Any, Any], style_id: FromPath[str]) -> Response[bytes]:
    """One style, by its id or an alias."""
    read_query(request, NoQuery)
    choose(request.headers.get("accept"), [JSON])
    return _json(registry.find(style_id).info)


@get("/locales", name="locales")
async def locales(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The languages citations can be set in."""
    read_query(request, NoQuery)
    choose(request.headers.get("accept"), [JSON])
    return _json(LocaleList(locales=registry.locales()))


@get("/formats", name="formats")
async def formats(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The reference formats and the outputs of a citation."""
    read_query(request, NoQuery)
    choose(request.headers.get("accept"), [JSON])
    return _json(listed_formats())


def listed_formats() -> FormatList:
    """Every format and output, in the order of their registry."""
    return FormatList(
        formats=tuple(
            FormatInfo(name=row.name, title=row.title, media_type=row.media_type, extension=row.extension)
            for row in exporting.FORMATS.values()
        ),
        outputs=tuple(
            FormatInfo(name=name, title=OUTPUT_TITLES[name], media_type=media_type)
            for name, media_type in OUTPUTS.items()
        ),
    )


def _json(value: Any) -> Response[bytes]:
    return Response(msgspec.json.encode(value), media_type=JSON)


ROUTES: list[ControllerRouterHandler] = [styles, style, locales, formats]
