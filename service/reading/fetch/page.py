"""The page that fetching gives back."""

from datetime import datetime

from schemas.base import Base


class Page(Base, frozen=True, kw_only=True):
    """What stood at an address: `url` after redirects, `body` decompressed but not decoded, `fetched` in UTC.

    `charset` is what the site's Content-Type says, None where it says nothing; `status` is the site's.
    """

    url: str
    body: bytes
    media_type: str
    charset: str | None = None
    status: int
    fetched: datetime
