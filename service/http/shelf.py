"""The application's library: opened at start, watched while it runs, asked on threads."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from litestar import Litestar, Request

from service.errors import LibraryError, TearsheetError
from service.http.observe import timed
from service.http.tokens import Access, read_access
from service.library import Library, database_url

logger = logging.getLogger("tearsheet")

P = ParamSpec("P")
R = TypeVar("R")

OFF = "off"
"""As TEARSHEET_DATABASE_URL: a service without a library."""

THREADS = 8
"""Questions to the library at a time, in a process: as many as it keeps connections."""

WATCHED_EVERY = 5.0  # seconds

AWAITED = 3.0
"""Seconds that a start waits for the library: the first request after it must not find a new file without tables."""


class LibraryOff(LibraryError):
    """The service runs without a library."""


class Shelf:
    """The library of one application, who may use it, and what keeps it from being ready."""

    def __init__(self, library: Library | None, access: Access) -> None:
        self.library = library
        self.access = access
        self.trouble: str | None = None if library is None else "the library is being opened"
        self.looked = asyncio.Event()
        self._limiter = CapacityLimiter(THREADS)

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """A step that waits for the disk or the database."""
        with timed("library"):
            return await to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self._limiter)

    async def watch(self, library: Library) -> None:
        """Open the library, and notice when it goes away and comes back."""
        look = library.start
        while True:
            trouble = None
            try:
                await to_thread.run_sync(look, abandon_on_cancel=True)
                look = library.ready
            except TearsheetError as error:
                trouble = error.reason
            if trouble != self.trouble:
                level = logging.WARNING if trouble else logging.INFO
                logger.log(level, trouble or "the library is ready", extra={"database": library.backend})
                self.trouble = trouble
            self.looked.set()
            await asyncio.sleep(WATCHED_EVERY)


@asynccontextmanager
async def shelved(app: Litestar) -> AsyncIterator[None]:
    """The library for the lifetime of the application; without one at hand the rest of the service works."""
    settings = app.state.settings
    access = read_access(settings.host, settings.cors_origins)
    url = database_url()
    library = None if url == OFF else Library(url)
    shelf = app.state.shelf = Shelf(library, access)
    app.state.checks["library"] = lambda: shelf.trouble
    if library is None:
        yield
        return
    if access.open:
        logger.info("no TEARSHEET_TOKENS: anyone on this machine may write to the library, no one else reaches it")
    elif not access.hashes:
        logger.warning("no TEARSHEET_TOKENS, and others can reach this address: the library is closed")
    watching = asyncio.create_task(shelf.watch(library))
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(shelf.looked.wait(), AWAITED)
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await to_thread.run_sync(library.close)


def shelf_for(request: Request[Any, Any, Any], *, write: bool = False) -> tuple[Shelf, Library]:
    """The shelf and its library for a request that may use it."""
    shelf: Shelf = request.app.state.shelf
    if shelf.library is None:
        raise LibraryOff("this service runs without a library")
    shelf.access.allow(request, write=write)
    return shelf, shelf.library
