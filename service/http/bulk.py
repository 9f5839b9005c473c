"""Bulk import over HTTP: NDJSON in, an answer a line out.

A body of unknown length (chunked) is a conversation: answers go out while the rest is still coming, so that a client
may wait for each. A body of known length is answered when all of it has come, since proxies stop sending a request
whose answer has begun; the answers wait in a file. Memory is bounded by the longest line and one batch.
"""

import asyncio
from collections.abc import Awaitable, Callable
from tempfile import SpooledTemporaryFile
from typing import Any

from litestar import Response
from litestar.response.base import ASGIResponse
from litestar.types import HTTPResponseStartEvent, Receive, Scope, Send

from service.errors import TooLarge

NDJSON = "application/x-ndjson"

LINES = 1000  # stored in one transaction
_BATCH_BYTES = 4_000_000
_WAITING = 8  # received pieces that wait to be stored
_SPOOLED = 1_000_000  # bytes of answers in memory before they wait in a file
_SENT_AT_ONCE = 64_000
_UNSENT = 64_000_000  # bytes of answers not taken by the client; then no more is read

Line = bytes | TooLarge
Shelve = Callable[[list[Line], int], Awaitable[list[bytes]]]
"""Stores some lines, the first of which has this number, and gives their answers."""


class Cut:
    """Cuts pieces as they come into lines without the empty ones; of one that is too long only the fact is kept."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._begun = b""
        self._skipping = False

    def lines(self, piece: bytes) -> list[Line]:
        """The lines that end in a piece."""
        *whole, begun = (self._begun + piece).split(b"\n")
        found: list[Line] = []
        for line in whole:
            if not self._skipping:
                found += self._line(line)
            self._skipping = False
        if len(begun) > self._longest and not self._skipping:
            found += self._line(begun)
            self._skipping = True
        self._begun = b"" if self._skipping else begun
        return found

    def rest(self) -> list[Line]:
        """The last line, which needs no end."""
        return self._line(self._begun)

    def _line(self, line: bytes) -> list[Line]:
        if len(line) > self._longest:
            return [TooLarge(f"a line is over {self._longest} bytes", "line")]
        return [line] if line.strip() else []


class Bulk(Response[Any]):
    """The answer to a bulk import whose lines are at most `longest` bytes; `early` begins it at once."""

    def __init__(self, shelve: Shelve, longest: int, *, early: bool) -> None:
        super().__init__(content=b"", media_type=NDJSON)
        self._exchange = Exchange(shelve, longest, early=early)

    def to_asgi_response(self, *_: Any, **__: Any) -> ASGIResponse:
        """The framework calls what this gives with receive and send."""
        return self._exchange  # type: ignore[return-value]


class Exchange:
    """One import: pieces received → lines → stored → answers sent."""

    def __init__(self, shelve: Shelve, longest: int, *, early: bool) -> None:
        self._shelve = shelve
        self._longest = longest
        self._spool = None if early else SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 - closed in __call__
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue(_WAITING)
        self._answers: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._unsent = 0
        self._taken = asyncio.Event()

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """The whole exchange; ends early, with everything answered stored, when the client goes away."""
        headers = [(b"content-type", NDJSON.encode()), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
        start: HTTPResponseStartEvent = {"type": "http.response.start", "status": 200, "headers": headers}
        if self._spool is None:
            await send(start)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(receive))
                group.create_task(self._store())
                group.create_task(self._answer(send))
            return
        with self._spool as spool:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(receive))
                group.create_task(self._store())
            await send(start)
            spool.seek(0)
            while piece := spool.read(_SENT_AT_ONCE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _read(self, receive: Receive) -> None:
        while True:
            message = await receive()
            if message["type"] != "http.request":
                break
            if body := message.get("body", b""):
                await self._pieces.put(body)
            if not message.get("more_body", False):
                break
        await self._pieces.put(None)

    async def _store(self) -> None:
        cut, number, ended = Cut(self._longest), 1, False
        while not ended:
            lines: list[Line] = []
            size = 0
            piece = await self._pieces.get()
            while piece is not None:
                lines += cut.lines(piece)
                size += len(piece)
                if size > _BATCH_BYTES or self._pieces.empty():
                    break
                piece = self._pieces.get_nowait()
            if piece is None:
                lines += cut.rest()
                ended = True
            for start in range(0, len(lines), LINES):
                batch = lines[start : start + LINES]
                await self._put(await self._shelve(batch, number))
                number += len(batch)
        await self._answers.put(None)

    async def _put(self, answers: list[bytes]) -> None:
        joined = b"".join(answers)
        if self._spool is not None:
            self._spool.write(joined)
            return
        self._unsent += len(joined)
        await self._answers.put(joined)
        while self._unsent > _UNSENT:
            self._taken.clear()
            await self._taken.wait()

    async def _answer(self, send: Send) -> None:
        while (answer := await self._answers.get()) is not None:
            await send({"type": "http.response.body", "body": answer, "more_body": True})
            self._unsent -= len(answer)
            self._taken.set()
        await send({"type": "http.response.body", "body": b"", "more_body": False})
