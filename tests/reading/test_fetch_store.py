"""The pages kept between fetches: checked again, bounded, kept as the site asks."""

import asyncio
import socket

import pytest

from service.reading.fetch import (
    Fetcher,
    FetchSettings,
)
from tests.reading.fetching import LOCAL, fetch
from tests.reading.misbehaving import PAGE, Request, Site, answer


def test_an_unchanged_page_is_not_sent_twice(site: Site) -> None:
    def handle(connection: socket.socket, request: Request) -> None:
        same = (
            request.headers.get("if-none-match") == '"v1"' and request.headers.get("if-modified-since") == "yesterday"
        )
        answer(b"" if same else PAGE, "304 Not Modified" if same else "200 OK", ETag='"v1"', Last_Modified="yesterday")(
            connection, request
        )

    site.paths["/a"] = handle
    page = fetch(site.url("/a"), times=3)
    assert (page.body, page.status, len(site.seen)) == (PAGE, 200, 3)
    assert "if-none-match" not in site.seen[0].headers
    assert site.seen[2].headers["if-none-match"] == '"v1"'


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({"Cache_Control": "max-age=60"}, 1),
        ({"Cache_Control": "public, s-maxage=60, max-age=0"}, 1),
        ({"Cache_Control": "max-age=60", "Age": "60"}, 2),
        ({"Cache_Control": "no-cache, max-age=60"}, 2),
        ({"Cache_Control": "no-store, max-age=60"}, 2),
        ({"Cache_Control": "private, max-age=60"}, 2),
        ({"Cache_Control": "max-age=60", "Vary": "*"}, 2),
        ({"Cache_Control": "max-age=banana"}, 2),
        ({}, 2),
    ],
)
def test_the_sites_word_on_caching_is_kept(site: Site, headers: dict[str, str], asked: int) -> None:
    site.paths["/a"] = answer(**headers)
    fetch(site.url("/a"), times=2)
    assert len(site.seen) == asked


def test_a_changed_page_replaces_the_kept_one(site: Site) -> None:
    def handle(connection: socket.socket, request: Request) -> None:
        answer(PAGE + b"%d" % request.number, ETag=f'"{request.number}"')(connection, request)

    site.paths["/a"] = handle
    assert fetch(site.url("/a"), times=3).body == PAGE + b"2"


def test_languages_are_kept_apart(site: Site) -> None:
    site.paths["/a"] = answer(Cache_Control="max-age=60")

    async def go() -> None:
        async with Fetcher(LOCAL) as fetcher:
            for language in ("de", "fr", "de"):
                await fetcher.fetch(site.url("/a"), language)

    asyncio.run(go())
    assert [request.headers["accept-language"] for request in site.seen] == ["de", "fr"]


def test_the_store_is_bounded(site: Site) -> None:
    for n in range(12):
        site.paths[f"/{n}"] = answer(PAGE, Cache_Control="max-age=60")
    site.paths["/big"] = answer(PAGE * 20, Cache_Control="max-age=60")

    async def go() -> None:
        settings = FetchSettings(allow=LOCAL.allow, cache_bytes=len(PAGE) * 5)
        async with Fetcher(settings) as fetcher:
            for path in [*(f"/{n}" for n in range(12)), "/big", "/11", "/0"]:
                await fetcher.fetch(site.url(path))
            assert len(fetcher.store) <= 5
            assert fetcher.store.held <= settings.cache_bytes

    asyncio.run(go())
    assert [request.path for request in site.seen[12:]] == ["/big", "/0"]
