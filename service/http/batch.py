"""Many documents at once: NDJSON in, an answer a line out, in order, streaming, all cores busy, memory bounded.

A line is `{"id", "text" | "html", "url"?, "language"?, "infer"?}`, its answer `{"id", "article"}` or
`{"id", "problem"}`.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from queue import Queue
from threading import Thread
from typing import Any, BinaryIO

import msgspec

from schemas.problem import Problem
from schemas.request import HtmlSource, TextSource
from service.errors import BadInput, TearsheetError, TooLarge
from service.http.body import decode_json, understand
from service.http.documents import read_article
from service.http.problems import kind_of, problem_of

LONGEST_LINE = 20_000_000
"""Bytes of a line; a longer one is answered with a problem. With the window below this bounds the memory."""

WINDOW = 8
"""Lines that wait for a core or for their turn to be written, a core."""


def lines(stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[bytes | TooLarge]:
    """The lines of a stream without the empty ones; of a line that is too long only the fact, so that memory holds."""
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = stream.readline(longest)
            yield TooLarge(f"a line is over {longest} bytes", "line")
        elif line := line.strip():
            yield line


def answer(line: bytes) -> bytes:
    """One line in, one line out; never an exception, since one bad document must not stop a million good ones."""
    name: Any = None
    try:
        value = decode_json(line)
        if not isinstance(value, dict):
            raise BadInput("a line is an object with id and text or html", "")
        name = value.pop("id", None)
        source = understand(value, works=False)
        if not isinstance(source, TextSource | HtmlSource):
            raise BadInput("a line of a batch holds text or html; pages are not fetched here", "/url")
        article = msgspec.json.encode(read_article(source))
        return msgspec.json.encode({"id": name, "article": msgspec.Raw(article)})
    except TearsheetError as error:
        return refusal(name, problem_of(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours is the line's problem, told as such, and the batch goes on
        kind = kind_of(error)
        detail = f"{kind.meaning} {type(error).__name__}: {error}"
        return refusal(name, Problem(type=kind.type, title=kind.title, status=kind.status, detail=detail[:2000]))


def refusal(name: Any, problem: Problem) -> bytes:
    """The line that says why there is no article."""
    return msgspec.json.encode({"id": name, "problem": problem})


def parse_batch(incoming: Iterable[bytes | TooLarge], workers: int | None = None) -> Iterator[bytes]:
    """Answers in the order of the lines; each is given as soon as it and all before it are there.

    A thread of its own reads on while answers are waited for, as far as the window goes; so a sender who waits for
    the answer to a line before sending the next gets it.
    """
    workers = workers or os.cpu_count() or 1
    waiting: Queue[tuple[bytes | None, Future[bytes] | bytes] | BaseException | None] = Queue(workers * WINDOW)
    # spawned, not forked: a fork of a process with threads can inherit a lock that nobody will ever release
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))

    def feed() -> None:
        try:
            for line in incoming:
                if isinstance(line, TooLarge):
                    waiting.put((None, refusal(None, problem_of(line))))
                else:
                    waiting.put((line, pool.submit(answer, line)))
        except BaseException as error:  # noqa: BLE001 - handed to the consumer, who raises it
            waiting.put(error)
        waiting.put(None)

    Thread(target=feed, daemon=True).start()
    try:
        while (entry := waiting.get()) is not None:
            if isinstance(entry, BaseException):
                raise entry
            yield entry[1] if isinstance(entry[1], bytes) else entry[1].result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
