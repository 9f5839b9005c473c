"""Fetching from real servers: what goes right, how long and how large it may be, the service's own limits."""

import asyncio
import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Sequence

import brotli
import pytest
import trustme

from service.errors import BadInput, FetchError
from service.reading.fetch import (
    BrokenAnswer,
    Busy,
    Fetcher,
    FetchingOff,
    FetchSettings,
    Page,
    RemoteTooLarge,
    TooSlow,
)
from tests.reading.fetching import CHUNKED, HEAD, LOCAL, fetch, named, trusting
from tests.reading.misbehaving import PAGE, Handler, Site, answer, raw, redirect

# What goes right


def test_a_page_comes_back_whole(site: Site) -> None:
    site.paths["/a"] = answer()
    page = fetch(site.url("/a#part"))
    assert (page.url, page.body, page.media_type, page.charset, page.status) == (
        site.url("/a"),
        PAGE,
        "text/html",
        "utf-8",
        200,
    )
    assert page.fetched.tzinfo is not None
    (request,) = site.seen
    assert request.headers["host"] == f"127.0.0.1:{site.port}"
    assert request.headers["user-agent"].startswith("Tearsheet/")
    assert "accept-language" not in request.headers
    assert "cookie" not in request.headers


def test_the_user_agent_names_a_contact(site: Site) -> None:
    site.paths["/a"] = answer()
    fetch(site.url("/a"), FetchSettings(allow=LOCAL.allow, contact="https://library.example/tearsheet"))
    assert site.seen[0].headers["user-agent"].endswith("citation; +https://library.example/tearsheet)")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("ko-KR, ko;q=0.9", "ko-KR, ko;q=0.9"),
        ("*", "*"),
        ("de\r\nX-Evil: 1", None),
        ("ä", None),
        ("x" * 500, None),
        ("", None),
    ],
)
def test_accept_language_is_passed_on(site: Site, given: str, sent: str | None) -> None:
    site.paths["/a"] = answer()
    fetch(site.url("/a"), language=given)
    assert site.seen[0].headers.get("accept-language") == sent
    assert "x-evil" not in site.seen[0].headers


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_every_coding_that_is_asked_for_is_read(site: Site, coding: str, body: bytes) -> None:
    site.paths["/a"] = answer(body, Content_Encoding=coding)
    assert fetch(site.url("/a")).body == PAGE


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        ('TEXT/HTML; Charset="EUC-KR"', "text/html", "euc-kr"),
        ("application/xhtml+xml;charset=iso-8859-1", "application/xhtml+xml", "iso-8859-1"),
        ("text/plain; charset=utf-8; format=flowed", "text/plain", "utf-8"),
        ("text/html; charset=no-such-charset", "text/html", None),
        ("", "text/html", None),
    ],
)
def test_media_type_and_charset_are_the_sites(site: Site, header: str, media_type: str, charset: str | None) -> None:
    site.paths["/a"] = answer(Content_Type=header)
    page = fetch(site.url("/a"))
    assert (page.media_type, page.charset) == (media_type, charset)


def test_chunked_bodies_and_bodies_until_close_are_read(site: Site) -> None:
    site.paths["/chunked"] = raw(CHUNKED, b"%x\r\n%s\r\n" % (len(PAGE), PAGE), b"0\r\n\r\n")
    site.paths["/close"] = raw(HEAD + b"\r\n", PAGE)
    assert fetch(site.url("/chunked")).body == fetch(site.url("/close")).body == PAGE


def test_http2_is_spoken_where_the_site_speaks_it(tls_site: Callable[..., Site], authority: trustme.CA) -> None:
    site = tls_site("news.test", h2=True)
    site.paths["/a"] = answer(gzip.compress(PAGE), Content_Encoding="gzip")
    settings = FetchSettings(allow=("news.test:*",), timeout=5)
    page = fetch(
        site.url("/a", "news.test"), settings, resolver=named(news_test="127.0.0.1"), tls=trusting(authority), times=3
    )
    assert page.body == PAGE
    assert [request.headers["http"] for request in site.seen] == ["2"] * 3
    assert site.seen[0].headers[":authority"] == f"news.test:{site.port}"


def test_tls_keeps_the_name_though_the_address_is_pinned(tls_site: Callable[..., Site], authority: trustme.CA) -> None:
    site = tls_site("xn--bcher-kva.test")
    site.paths["/a"] = answer()
    settings = FetchSettings(allow=("127.0.0.1:*",), timeout=5)
    resolver = named(**{"xn--bcher-kva_test": "127.0.0.1"})
    assert fetch(site.url("/a", "bücher.test"), settings, resolver=resolver, tls=trusting(authority)).body == PAGE
    assert site.seen[0].headers["host"] == f"xn--bcher-kva.test:{site.port}"


def test_an_authority_of_ones_own_is_trusted_from_a_file(tls_site: Callable[..., Site], authority: trustme.CA) -> None:
    site = tls_site("127.0.0.1")
    site.paths["/a"] = answer()
    with authority.cert_pem.tempfile() as path:
        assert fetch(site.url("/a"), FetchSettings(allow=LOCAL.allow, ca_file=path)).body == PAGE


# Time


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(raw(b"", pause=0.7), id="says nothing"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", pause=0.02, forever=True), id="head drips"),
        pytest.param(raw(CHUNKED, b"1\r\n<\r\n", pause=0.02, forever=True), id="body drips"),
        pytest.param(raw(HEAD + b"Content-Length: 5000\r\n\r\n<h1>", pause=0.7), id="body stops"),
        pytest.param(raw(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01, forever=True), id="continue without end"),
        pytest.param(
            lambda connection, request: (
                time.sleep(0.12),
                redirect("/slow")(connection, request),
            ),
            id="slow redirects",
        ),
    ],
)
def test_the_time_for_the_whole_fetch_is_limited(site: Site, handler: Handler) -> None:
    site.paths["/slow"] = handler
    started = time.monotonic()
    with pytest.raises(TooSlow) as caught:
        fetch(site.url("/slow"), FetchSettings(allow=LOCAL.allow, timeout=0.4, max_redirects=50))
    assert time.monotonic() - started < 10
    assert caught.value.limit == 0.4


def test_a_slow_name_server_is_too_slow() -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(30)
        return []

    with pytest.raises(TooSlow):
        fetch("http://news.example/", FetchSettings(timeout=0.2), resolver=never)


def test_a_dead_address_does_not_cost_the_whole_time(site: Site) -> None:
    site.paths["/a"] = answer()
    settings = FetchSettings(allow=("news.test:*",), timeout=5)
    closed = socket.create_server(("127.0.0.3", 0))
    closed.close()
    page = fetch(site.url("/a", "news.test"), settings, resolver=named(news_test="::1 127.0.0.1"))
    assert page.body == PAGE


# Size


NOTHING_FOREVER = raw(
    CHUNKED[:-2] + b"Content-Encoding: gzip\r\n\r\n",
    b"0a\r\n" + gzip.compress(b"")[:10] + b"\r\n",
    b"1388\r\n" + b"\x00\x00\x00\xff\xff" * 1000 + b"\r\n",
    forever=True,
)


def bomb(megabytes: int) -> bytes:
    return gzip.compress(b"<p>" + b"a" * 1_000_000 * megabytes, 9)


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(raw(CHUNKED, b"4000\r\n" + b"a" * 0x4000 + b"\r\n", forever=True), id="body without end, chunked"),
        pytest.param(raw(HEAD + b"\r\n", b"a" * 16384, forever=True), id="body without end, no length"),
        pytest.param(answer(b"<p>", length=100_001), id="length announced over the limit"),
        pytest.param(answer(b"<p>", length=10**18), id="absurd length"),
        pytest.param(answer(bomb(20), Content_Encoding="gzip"), id="gzip bomb"),
        pytest.param(answer(zlib.compress(b"a" * 20_000_000, 9), Content_Encoding="deflate"), id="deflate bomb"),
        pytest.param(answer(brotli.compress(b"a" * 20_000_000), Content_Encoding="br"), id="brotli bomb"),
        pytest.param(answer(b"a" * 100_001), id="one byte over"),
        pytest.param(NOTHING_FOREVER, id="compressed nothing without end"),
    ],
)  # fmt: skip
def test_the_size_of_a_page_is_limited(site: Site, handler: Handler) -> None:
    site.paths["/big"] = handler
    with pytest.raises(RemoteTooLarge) as caught:
        fetch(site.url("/big"))
    assert caught.value.limit == 100_000


def test_a_page_of_exactly_the_limit_is_read(site: Site) -> None:
    site.paths["/a"] = answer(b"a" * 100_000)
    assert len(fetch(site.url("/a")).body) == 100_000


# The service's own limits


def test_one_host_is_not_crowded(site: Site) -> None:
    lock, served = threading.Lock(), [0]

    def slow(connection, request):
        with lock:
            served.append(served[-1] + 1)
        time.sleep(0.05)
        with lock:  # before the answer: with it the next request may come at once
            served.append(served[-1] - 1)
        answer()(connection, request)

    site.paths["/a"] = slow

    async def go() -> None:
        async with Fetcher(FetchSettings(allow=LOCAL.allow, per_host=2, timeout=5)) as fetcher:
            await asyncio.gather(*(fetcher.fetch(site.url("/a")) for _ in range(8)))

    asyncio.run(go())
    assert (max(served), len(site.seen)) == (2, 8)


def test_a_host_that_keeps_its_slots_leaves_others_alone_and_is_busy(site: Site) -> None:
    site.paths["/slow"] = raw(b"", pause=2.5)
    site.paths["/a"] = answer()

    async def go() -> None:
        settings = FetchSettings(allow=("slow.test:*", "quick.test:*"), per_host=1, timeout=2)
        async with Fetcher(settings, resolver=named(slow_test="127.0.0.1", quick_test="127.0.0.1")) as fetcher:
            slow, busy, quick = await asyncio.gather(
                fetcher.fetch(site.url("/slow", "slow.test")),
                fetcher.fetch(site.url("/slow", "slow.test")),
                fetcher.fetch(site.url("/a", "quick.test")),
                return_exceptions=True,
            )
            assert isinstance(slow, TooSlow)
            # The slot comes free in the very moment in which whoever waits for it gives up: it may still be had.
            assert isinstance(busy, Busy | TooSlow)
            assert isinstance(quick, Page)
            async with fetcher._slot_of("slow.test"):
                with pytest.raises(Busy):
                    await fetcher.fetch(site.url("/a", "slow.test"))
            assert (await fetcher.fetch(site.url("/a", "quick.test"))).body == PAGE

    asyncio.run(go())
    assert [request.path for request in site.seen].count("/a") == 2


def test_slots_and_connections_come_back_after_failures(site: Site) -> None:
    site.paths |= {"/slow": raw(b"", pause=1.2), "/broken": raw(b"x"), "/a": answer()}

    async def go() -> None:
        settings = FetchSettings(allow=LOCAL.allow, at_once=3, per_host=3, timeout=1)
        async with Fetcher(settings) as fetcher:
            for path in ("/slow", "/broken", "/slow"):
                got = await asyncio.gather(*(fetcher.fetch(site.url(path)) for _ in range(6)), return_exceptions=True)
                assert all(isinstance(one, TooSlow | Busy | BrokenAnswer) for one in got)
            assert (await fetcher.fetch(site.url("/a"))).body == PAGE

    asyncio.run(go())


def test_fetching_can_be_switched_off(site: Site) -> None:
    with pytest.raises(FetchingOff, match="switched off"):
        fetch(site.url("/a"), FetchSettings(enabled=False, allow=LOCAL.allow))
    assert site.seen == []


@pytest.mark.parametrize("url", ["", "news", "http://"])
def test_what_is_no_address_is_the_callers_fault(url: str) -> None:
    with pytest.raises(BadInput):
        fetch(url)


def test_every_failure_is_a_fetch_error() -> None:
    import service.reading.fetch as face

    failures = [getattr(face, name) for name in face.__all__ if name not in {"FetchSettings", "Fetcher", "Page"}]
    assert len(failures) == 15
    assert all(issubclass(failure, FetchError) for failure in failures)
