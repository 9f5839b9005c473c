"""A document as it was sent or fetched, kept so that a better parser can read it again."""

import zlib

from schemas.base import Base
from schemas.library import Origin

LARGEST = 4_000_000  # bytes; a longer document is parsed but not kept


class Source(Base, frozen=True, kw_only=True):
    """The bytes, what they are (`text/plain` or `text/html`), and the address they came from."""

    body: bytes
    media_type: str
    charset: str | None = None
    url: str | None = None
    fetched: bool = False

    @property
    def kept(self) -> bool:
        """Whether the library stores it."""
        return len(self.body) <= LARGEST

    def origin(self) -> Origin:
        """What the stored article says about it."""
        return Origin(
            media_type=self.media_type,
            charset=self.charset,
            url=self.url,
            fetched=self.fetched,
            size=len(self.body),
            kept=self.kept,
        )

    def packed(self) -> bytes:
        """The body as stored."""
        return zlib.compress(self.body, 6)


def unpacked(origin: Origin, packed: bytes) -> Source:
    """The document again; `packed` was made by this program from at most `LARGEST` bytes."""
    body = zlib.decompressobj().decompress(packed, LARGEST)
    return Source(
        body=body, media_type=origin.media_type, charset=origin.charset, url=origin.url, fetched=origin.fetched
    )
