"""Fetched pages kept for a while, so that asking for the same article again costs its site little or nothing."""

import time
from collections import OrderedDict
from collections.abc import Mapping

from schemas.base import Base
from service.reading.fetch.page import Page

LONGEST_FRESH = 3600.0
"""Seconds for which a page is at most taken as fresh: newsrooms correct articles, whatever their caches promise."""

MOST_PAGES = 2000

Key = tuple[str, str]
"""URL and Accept-Language: all that differs between this service's requests."""


class Stored(Base, frozen=True, kw_only=True):
    """A page, what to ask its site with, and until when (seconds of time.monotonic) it need not be asked."""

    page: Page
    etag: str | None = None
    last_modified: str | None = None
    fresh_until: float = 0.0

    def conditions(self) -> dict[str, str]:
        """Headers of the conditional request (RFC 9110, 13.1)."""
        return {
            name: value
            for name, value in (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
            if value is not None
        }


def storable(page: Page, headers: Mapping[str, str]) -> Stored | None:
    """The page as it may be kept by a cache shared between callers (RFC 9111), None where it may not or need not be."""
    orders = cache_orders(headers.get("cache-control", ""))
    if "no-store" in orders or "private" in orders or headers.get("vary", "").strip() == "*":
        return None
    fresh_for = 0.0 if "no-cache" in orders else _seconds(orders.get("s-maxage", orders.get("max-age", "")))
    fresh_for = min(max(fresh_for - _seconds(headers.get("age", "")), 0.0), LONGEST_FRESH)
    stored = Stored(
        page=page,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        fresh_until=time.monotonic() + fresh_for,
    )
    return stored if fresh_for or stored.conditions() else None


def cache_orders(header: str) -> dict[str, str]:
    """Directives of a Cache-Control header, by name in lower case."""
    parts = (part.strip().partition("=") for part in header.split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in parts if name.strip()}


def _seconds(value: str) -> float:
    return float(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0.0


class PageStore:
    """Pages by key, the least recently used dropped first; holds at most `limit` bytes of bodies."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0
        self._pages: OrderedDict[Key, Stored] = OrderedDict()

    def get(self, key: Key) -> Stored | None:
        """What is kept under a key, and mark it as used."""
        found = self._pages.get(key)
        if found is not None:
            self._pages.move_to_end(key)
        return found

    def put(self, key: Key, stored: Stored) -> None:
        """Keep a page; one over a quarter of the store is not worth its place."""
        self.drop(key)
        if len(stored.page.body) * 4 > self.limit:
            return
        self._pages[key] = stored
        self.held += len(stored.page.body)
        while self.held > self.limit or len(self._pages) > MOST_PAGES:
            self.drop(next(iter(self._pages)))

    def drop(self, key: Key) -> None:
        """Forget what is kept under a key."""
        found = self._pages.pop(key, None)
        if found is not None:
            self.held -= len(found.page.body)

    def __len__(self) -> int:
        return len(self._pages)
