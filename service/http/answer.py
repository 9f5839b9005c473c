"""A whole answer, sent as it is."""

from functools import lru_cache

from litestar.types import Receive, Scope, Send


class Answer:
    """A body of a media type, to be negotiated again by caches; an ASGI application, as handlers may return one.

    The framework's own Response looks for cookies, encoders and the case of headers, which takes longer than all else
    that is done to an answer that is ready.
    """

    __slots__ = ("body", "headers")

    def __init__(self, body: bytes, media_type: str) -> None:
        self.body = body
        self.headers = [*_headers(media_type), (b"content-length", b"%d" % len(body))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as ASGI calls it
        """Send it."""
        await send({"type": "http.response.start", "status": 200, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


@lru_cache(64)
def _headers(media_type: str) -> tuple[tuple[bytes, bytes], ...]:
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    return (b"content-type", media_type.encode()), (b"vary", b"Accept")
