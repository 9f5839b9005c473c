"""The outermost layer of every request: its id, HEAD, the access log and the metrics, 404s and faults included."""

import logging
import re
import secrets
import time
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from types import TracebackType

import prometheus_client
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter, Gauge, Histogram

access = logging.getLogger("tearsheet.access")

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request being served, for every line that is logged about it."""

_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("tearsheet_requests", "Requests answered.", ["method", "route", "status"])
DURATION = Histogram("tearsheet_request_seconds", "Time from request to answer.", ["method", "route"], buckets=_SECONDS)
RUNNING = Gauge("tearsheet_requests_running", "Requests being served now.", multiprocess_mode="livesum")
STEPS = Histogram(
    "tearsheet_step_seconds", "Time of one step: fetch, parse, render, export.", ["step"], buckets=_SECONDS
)
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

# The labels are few and known (see `Observed`), and finding a labelled metric takes longer than counting with it.
_requests = cache(REQUESTS.labels)
_duration = cache(DURATION.labels)
_steps = cache(STEPS.labels)


class timed:  # noqa: N801 - a context manager, as those of contextlib are named
    """Measures a step of a request."""

    __slots__ = ("start", "step")

    def __init__(self, step: str) -> None:
        self.step = step

    def __enter__(self) -> None:
        self.start = time.perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _steps(self.step).observe(time.perf_counter() - self.start)


class Observed:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, methods: Mapping[str, frozenset[str]]) -> None:
        self.app = app
        self.methods = methods
        """Path → its methods. The framework's own answer to OPTIONS forgets those of a path's later handlers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (or the lifespan, which passes through)."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        name = given.decode() if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = name
        token = request_id.set(name)
        asked = scope["method"]
        head = asked == "HEAD"
        if head:
            scope["method"] = "GET"  # the answer to HEAD is that to GET without its body (RFC 9110, section 9.3.2)
        path = scope["path"]
        status = 500
        sent = 0
        start = time.perf_counter()

        async def observed(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *((key, allow(value) if key == b"allow" else value) for key, value in message["headers"]),
                    (b"x-request-id", name.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            elif message["type"] == "http.response.body":
                if head:
                    message["body"] = b""
                sent += len(message.get("body", b""))
            await send(message)

        def allow(listed: bytes) -> bytes:
            methods = self.methods.get(scope.get("path_template", ""), frozenset(listed.decode().split(", ")))
            return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods)).encode()

        RUNNING.inc()
        try:
            await self.app(scope, receive, observed)
        finally:
            RUNNING.dec()
            seconds = time.perf_counter() - start
            route = scope.get("path_template") or "unmatched"
            method = asked if asked in METHODS else "other"
            _requests(method, route, str(status)).inc()
            _duration(method, route).observe(seconds)
            if access.isEnabledFor(logging.INFO):
                access.info(
                    "request",
                    extra={
                        "method": asked,
                        "path": path,
                        "route": route,
                        "status": status,
                        "milliseconds": round(seconds * 1000, 2),
                        "bytes": sent,
                    },
                )
            request_id.reset(token)
