"""The application: routes gathered, errors and observation wired, what must be ready warmed in the background."""

import asyncio
import gc
import logging
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from anyio import to_thread
from litestar import Litestar
from litestar.config.cors import CORSConfig
from litestar.types import ControllerRouterHandler

from service import parsing, reading, rendering
from service.errors import TearsheetError
from service.http import (
    articles,
    bibliography,
    catalogue,
    cite,
    docs,
    frontpage,
    operations,
    parse,
    refusing,
    translation,
    unapi,
)
from service.http.log import configure_logging
from service.http.observe import Observed
from service.http.settings import Settings, read_settings
from service.http.shelf import shelved
from service.reading.fetch import Fetcher, FetchSettings
from service.rendering import registry

logger = logging.getLogger("tearsheet")

ANY_ARTICLE = (
    b"Harbour reopens\n\nBy Ida Holm\n\nOSLO (AP) - The harbour opened on Sunday, 3 September 2023. (AP Photo/Jo Dee)\n"
)
"""Read once at start, so that the tables of names, agencies and publications are there for the first who asks."""

ROUTES: list[ControllerRouterHandler] = [
    *parse.ROUTES,
    *cite.ROUTES,
    *articles.ROUTES,
    *translation.ROUTES,
    *bibliography.ROUTES,
    *unapi.ROUTES,
    *catalogue.ROUTES,
    *operations.ROUTES,
    *docs.ROUTES,
    *frontpage.ROUTES,
]


def create_app(settings: Settings | None = None) -> Litestar:
    """The service as an ASGI application; without `settings` those of the environment, with logging set up."""
    own_process = settings is None
    if settings is None:
        settings = read_settings()
        configure_logging(settings.log_level)
    _complete_types()
    app = Litestar(
        route_handlers=ROUTES,
        exception_handlers=refusing.HANDLERS,
        request_max_body_size=settings.max_body,
        cors_config=_cors(settings.cors_origins),
        openapi_config=None,
        logging_config=None,
        lifespan=[_fetching, shelved, _warmed],
    )
    app.state.settings = settings
    app.state.own_process = own_process
    app.state.checks = {}
    methods: dict[str, frozenset[str]] = defaultdict(frozenset)
    for route in app.routes:
        methods[route.path_format] |= frozenset(map(str, route.methods))
    app.asgi_handler = Observed(app.asgi_handler, methods)
    return app


def _complete_types(known: type[msgspec.Struct] = msgspec.Struct) -> None:
    """Has msgspec look through every type of ours while there is one thread.

    It does so at first use otherwise, and a second thread that uses the type meanwhile kills the process
    (msgspec 0.22: a segmentation fault in `convert`).
    """
    for kind in known.__subclasses__():
        if kind.__module__.partition(".")[0] in {"schemas", "service"}:
            msgspec.json.Decoder(kind)
        _complete_types(kind)


def _cors(origins: tuple[str, ...]) -> CORSConfig | None:
    if not origins:
        return None
    return CORSConfig(
        allow_origins=list(origins),
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Accept", "Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Request-Id"],
        expose_headers=["ETag", "Link", "Location", "X-Request-Id", "Zotero-Translator-ID"],
        max_age=86_400,
    )


@asynccontextmanager
async def _fetching(app: Litestar) -> AsyncIterator[None]:
    """One fetcher for the event loop of this process."""
    async with Fetcher(FetchSettings.of(os.environ)) as fetcher:
        app.state.fetcher = fetcher
        yield


@asynccontextmanager
async def _warmed(app: Litestar) -> AsyncIterator[None]:
    """Makes the common styles ready while the first requests are already served; ready once they are."""
    waiting = list(app.state.settings.warm)
    app.state.checks["styles"] = lambda: f"styles being made ready: {', '.join(waiting)}" if waiting else None

    def tables() -> None:
        for media_type in ("text/plain", "text/html"):
            parsing.parse(reading.read(ANY_ARTICLE, media_type=media_type))

    async def warm() -> None:
        await to_thread.run_sync(tables)
        for name in app.state.settings.warm:
            try:
                await to_thread.run_sync(rendering.compiled, name)
            except TearsheetError as error:
                logger.warning("style not warmed", extra={"style": name, "reason": error.reason})
            waiting.remove(name)
        await to_thread.run_sync(registry.warm)  # broken files of one's own are named in the log now, not at first use
        if app.state.own_process:
            # What is there now stays: looking through all of it for garbage held up requests for 150 ms at a time.
            gc.collect()
            gc.freeze()

    task = asyncio.create_task(warm())
    try:
        yield
    finally:
        task.cancel()
