"""Fetching through redirects, names and certificates: nothing inside is reached, nothing unchecked is trusted."""

import asyncio
import socket
from collections.abc import Callable, Sequence

import pytest
import trustme

from service.reading.fetch import (
    BadTls,
    BrokenAnswer,
    Fetcher,
    FetchFailure,
    FetchSettings,
    NotAllowed,
    TooManyRedirects,
    Unreachable,
)
from tests.reading.fetching import LOCAL, fetch, named, trusting
from tests.reading.misbehaving import PAGE, Request, Site, answer, redirect

# Redirects


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed(site: Site, status: str) -> None:
    site.paths["/a"] = redirect("b/../c?d=ü#e", status)
    site.paths["/c?d=%C3%BC"] = answer()
    assert fetch(site.url("/a")).url == site.url("/c?d=%C3%BC")


@pytest.mark.parametrize(
    "location", ["/loop", "http://127.0.0.1:{port}/loop", "/loop?{n}"], ids=["to itself", "absolute", "ever new"]
)
def test_redirect_loops_end(site: Site, location: str) -> None:
    def handle(connection: socket.socket, request: Request) -> None:
        redirect(location.format(port=site.port, n=len(site.seen)))(connection, request)

    for n in range(20):
        site.paths[f"/loop?{n}"] = handle
    site.paths["/loop"] = handle
    with pytest.raises(TooManyRedirects):
        fetch(site.url("/loop"), FetchSettings(allow=LOCAL.allow, max_redirects=4))
    assert len(site.seen) == 5


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2:{port}/", "//127.0.0.2:{port}/", "http://2130706433:{port}/", "http://[::1]:{port}/",
        "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/",
        "http://user@127.0.0.1:{port}/", "http://127.0.0.1.:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
        "\\\\127.0.0.2\\x",
        "http://192.168.0.1:{port}/", "data:text/html,<h1>x</h1>", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_each_redirect_is_checked(site: Site, location: str) -> None:
    site.paths["/a"] = redirect(location.format(port=site.port))
    with pytest.raises(NotAllowed):
        fetch(site.url("/a"))
    assert len(site.seen) == 1


def test_a_redirect_to_a_name_with_a_private_address_is_refused(site: Site) -> None:
    site.paths["/a"] = redirect(f"http://inside.example:{site.port}/secret")
    settings = FetchSettings(allow=("front.test:*",), timeout=5)
    with pytest.raises(NotAllowed) as caught:
        fetch(
            site.url("/a", "front.test"), settings, resolver=named(front_test="127.0.0.1", inside_example="127.0.0.1")
        )
    assert caught.value.url == site.url("/secret", "inside.example")
    assert [request.path for request in site.seen] == ["/a"]


def test_cookies_live_for_one_fetch_only(site: Site) -> None:
    def handle(connection: socket.socket, request: Request) -> None:
        if "cookie" in request.headers:
            answer()(connection, request)
        else:
            redirect("/wall", Set_Cookie="seen=1; Path=/")(connection, request)

    site.paths["/wall"] = handle
    assert fetch(site.url("/wall"), times=2).body == PAGE
    assert [request.headers.get("cookie") for request in site.seen] == [None, "seen=1", None, "seen=1"]


# Names and addresses


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0",
     "169.254.169.254", "100.64.0.1"],
)  # fmt: skip
def test_names_that_lead_inside_are_refused(address: str) -> None:
    with pytest.raises(NotAllowed):
        fetch("http://news.example/", FetchSettings(timeout=5), resolver=named(news_example=address))


def test_of_mixed_answers_only_the_checked_ones_are_used(site: Site) -> None:
    site.paths["/a"] = answer()
    settings = FetchSettings(allow=("127.0.0.2:*",), timeout=5)
    fetch(site.url("/a", "news.test"), settings, resolver=named(news_test="127.0.0.1 10.0.0.1 127.0.0.2"))
    assert [request.came_to for request in site.seen] == ["127.0.0.2"]


def test_rebinding_finds_nothing_between_check_and_connect(site: Site) -> None:
    """The name changes its answer at every lookup, from an allowed address to a forbidden one."""
    site.paths["/a"] = answer()
    lookups: list[str] = []

    async def rebinding(host: str, port: int) -> Sequence[str]:
        lookups.append("127.0.0.2" if len(lookups) % 2 == 0 else "127.0.0.1")
        return lookups[-1:]

    async def go() -> None:
        async with Fetcher(
            FetchSettings(allow=("127.0.0.2:*",), timeout=5, cache_bytes=0), resolver=rebinding
        ) as fetcher:
            await fetcher.fetch(site.url("/a", "rebind.test"))
            assert lookups == ["127.0.0.2"]
            with pytest.raises(NotAllowed):
                await fetcher.fetch(site.url("/a", "rebind.test"))

    asyncio.run(go())
    assert [request.came_to for request in site.seen] == ["127.0.0.2"]


def test_the_allow_list_opens_no_other_port(site: Site) -> None:
    with pytest.raises(NotAllowed):
        fetch(site.url("/a"), FetchSettings(allow=("127.0.0.1", f"127.0.0.1:{site.port + 1}")))
    assert site.seen == []


def test_without_an_allow_list_nothing_local_is_reached(site: Site) -> None:
    with pytest.raises(NotAllowed):
        fetch(site.url("/a"), FetchSettings())
    with pytest.raises(NotAllowed):
        fetch("http://127.0.0.1/", FetchSettings())
    assert site.seen == []


@pytest.mark.parametrize("answers", ["", "nonsense"])
def test_a_name_without_addresses_is_unreachable(answers: str) -> None:
    with pytest.raises(Unreachable):
        fetch("http://news.example/", FetchSettings(timeout=5), resolver=named(news_example=answers))


def test_an_unknown_name_and_a_closed_port_are_unreachable(site: Site) -> None:
    with pytest.raises(Unreachable):
        fetch("http://no-such.example/", FetchSettings(timeout=5), resolver=named())
    port = site.port
    site.close()
    with pytest.raises(Unreachable) as caught:
        fetch(f"http://127.0.0.1:{port}/a")
    assert caught.value.url == f"http://127.0.0.1:{port}/a"


def test_a_reset_connection_is_unreachable(site: Site) -> None:
    def reset(connection: socket.socket, request: Request) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    site.paths["/reset"] = reset
    with pytest.raises(FetchFailure) as caught:
        fetch(site.url("/reset"))
    assert isinstance(caught.value, Unreachable | BrokenAnswer)


# TLS


def test_bad_certificates_are_refused(tls_site: Callable[..., Site], authority: trustme.CA) -> None:
    from datetime import UTC, datetime, timedelta

    stranger = tls_site("127.0.0.1", signed_by=trustme.CA())
    foreign = tls_site("other.example")
    yesterday = datetime.now(UTC) - timedelta(days=1)
    expired = tls_site("127.0.0.1", not_before=yesterday - timedelta(days=9), not_after=yesterday)
    for server, word in ((stranger, "issuer"), (foreign, "mismatch"), (expired, "expired")):
        server.paths["/a"] = answer()
        with pytest.raises(BadTls, match=word):
            fetch(server.url("/a"), tls=trusting(authority))
        assert server.seen == []


def test_plain_http_behind_https_is_bad_tls(site: Site) -> None:
    def shout(connection: socket.socket, request: Request) -> None:
        raise AssertionError

    site.paths["/a"] = shout
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    async def go() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, sock=listener)
        async with server, Fetcher(LOCAL) as fetcher:
            with pytest.raises(BadTls):
                await fetcher.fetch(f"https://127.0.0.1:{port}/a")

    asyncio.run(go())
