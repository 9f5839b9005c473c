"""Fetching against real servers that misbehave in every way a site can."""

import asyncio
import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Sequence

import brotli
import httpx2
import pytest
import trustme

from service.errors import BadInput, FetchError
from service.reading.fetch import (
    BadTls,
    BlockedBySite,
    BrokenAnswer,
    Busy,
    Fetcher,
    FetchFailure,
    FetchingOff,
    FetchSettings,
    NeedsScripts,
    NotAllowed,
    NotFoundThere,
    NotHtml,
    Page,
    RemoteFault,
    RemoteTooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from service.reading.fetch.connection import Resolver, system_resolver
from tests.reading.misbehaving import PAGE, Handler, Request, Site, answer, raw, redirect

LOCAL = FetchSettings(allow=("127.0.0.1:*",), timeout=5, max_bytes=100_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_site(authority: trustme.CA) -> Iterator[Callable[..., Site]]:
    started: list[Site] = []

    def start(*names: str, h2: bool = False, signed_by: trustme.CA = authority, **options: object) -> Site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        signed_by.issue_cert(*names, **options).configure_cert(context)  # type: ignore[arg-type]
        context.set_alpn_protocols(["h2", "http/1.1"] if h2 else ["http/1.1"])
        started.append(Site(tls=context))
        return started[-1]

    yield start
    for server in started:
        server.close()


def named(**names: str) -> Resolver:
    """A resolver of the test's own; underscores stand for dots."""
    known = {name.replace("_", "."): addresses.split() for name, addresses in names.items()}

    async def resolve(host: str, port: int) -> Sequence[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return known[host]

    return resolve


def fetch(
    url: str,
    settings: FetchSettings = LOCAL,
    *,
    resolver: Resolver = system_resolver,
    tls: ssl.SSLContext | None = None,
    times: int = 1,
    language: str | None = None,
) -> Page:
    async def go() -> Page:
        async with Fetcher(settings, resolver=resolver, tls=tls) as fetcher:
            for _ in range(times - 1):
                await fetcher.fetch(url, language)
            return await fetcher.fetch(url, language)

    return asyncio.run(go())


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = httpx2.create_ssl_context()
    authority.configure_trust(context)
    return context


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
    assert time.monotonic() - started < 2
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


# Broken answers


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(answer(length=len(PAGE) + 50), id="shorter than its length"),
        pytest.param(raw(CHUNKED, b"100\r\n<h1>"), id="chunk cut short"),
        pytest.param(raw(CHUNKED, b"zz\r\n<h1>\r\n"), id="chunk of no length"),
        pytest.param(raw(b""), id="closes at once"),
        pytest.param(raw(b"SSH-2.0-OpenSSH_9.2\r\n"), id="another protocol"),
        pytest.param(raw(b"HTTP/1.1 banana\r\n\r\n"), id="status is no number"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n"), id="header without end"),
        pytest.param(raw(HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<h1>ab"), id="two lengths"),
        pytest.param(raw(HEAD + b"Content-Length: -5\r\n\r\n<h1>"), id="negative length"),
        pytest.param(answer(b"no gzip at all" * 9, Content_Encoding="gzip"), id="not gzip"),
        pytest.param(answer(b"no brotli at all" * 9, Content_Encoding="br"), id="not brotli"),
        pytest.param(answer(b"no deflate at all" * 9, Content_Encoding="deflate"), id="not deflate"),
        pytest.param(answer(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip"), id="compressed twice"),
        pytest.param(answer(PAGE, Content_Encoding="compress"), id="unknown coding"),
        pytest.param(answer(b""), id="empty"),
        pytest.param(answer(b" \n "), id="blank"),
        pytest.param(answer(b"", "204 No Content"), id="no content"),
        pytest.param(answer(b"", "304 Not Modified"), id="not modified though not asked"),
        pytest.param(answer(b"", "302 Found"), id="redirect to nowhere"),
        pytest.param(redirect("http://[::1/"), id="redirect to no address"),
        pytest.param(answer(b"x", Content_Encoding="x-unknown"), id="coding nobody asked for"),
    ],
)
def test_broken_answers_are_named_so(site: Site, handler: Handler) -> None:
    site.paths["/broken"] = handler
    with pytest.raises(BrokenAnswer) as caught:
        fetch(site.url("/broken"))
    assert caught.value.url == site.url("/broken")


def test_bytes_after_the_announced_length_are_left_alone(site: Site) -> None:
    site.paths["/a"] = answer(PAGE + b"HTTP/1.1 200 OK\r\n\r\nsmuggled", length=len(PAGE))
    assert fetch(site.url("/a"), times=2).body == PAGE


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


# What a site answers in the page's place


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 Not Found", NotFoundThere), ("410 Gone", NotFoundThere), ("400 Bad Request", BlockedBySite),
        ("401 Unauthorized", BlockedBySite), ("402 Payment Required", BlockedBySite), ("403 Forbidden", BlockedBySite),
        ("406 Not Acceptable", BlockedBySite), ("429 Too Many Requests", BlockedBySite),
        ("451 Unavailable", BlockedBySite), ("500 Error", RemoteFault), ("502 Bad Gateway", RemoteFault),
        ("503 Unavailable", RemoteFault), ("999 Denied", BlockedBySite),
    ],
)  # fmt: skip
def test_statuses(site: Site, status: str, kind: type[FetchFailure]) -> None:
    site.paths["/a"] = answer(b"<h1>Sorry</h1>", status, Retry_After="120")
    with pytest.raises(kind) as caught:
        fetch(site.url("/a"))
    assert type(caught.value) is kind
    assert (caught.value.status, caught.value.retry_after) == (int(status[:3]), 120)  # type: ignore[attr-defined]


CHALLENGES = {
    "cloudflare title": answer(b"<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>"),
    "cloudflare 403": answer(b"<title>Attention Required! | Cloudflare</title>", "403 Forbidden"),
    "cloudflare header": answer(PAGE, cf_mitigated="challenge"),
    "cloudflare 503": answer(b"<title>Just a moment...</title><p>wait</p>", "503 Service Unavailable"),
    "challenge as 404": answer(b"<title>Just a moment...</title><p>wait</p>", "404 Not Found"),
    "datadome": answer(b"<script src='https://geo.captcha-delivery.com/c.js'></script><p>Please enable JS</p>"),
    "imperva": answer(b"<html><script src='/_Incapsula_Resource?x=1'></script></html>"),
    "akamai": answer(b"<title>Access Denied</title><p>You don't have permission to access this on this server.</p>"),
    "human": answer(b"<div id='px-captcha'></div><p>Press and hold</p>"),
    "turnstile": answer(b'<div class="cf-turnstile"></div><p>Verify</p>'),
    "consent title": answer("<title>Datenschutz-Einstellungen – Beispiel</title><p>Wir nutzen Cookies.</p>".encode()),
    "consent marker": answer(b'<title>News</title><div class="purwall-x">Subscribe or agree</div>'),
}


@pytest.mark.parametrize("handler", CHALLENGES.values(), ids=CHALLENGES)
def test_challenge_and_consent_pages_are_recognised(site: Site, handler: Handler) -> None:
    site.paths["/a"] = handler
    with pytest.raises(BlockedBySite) as caught:
        fetch(site.url("/a"))
    assert "page" in caught.value.sign or "check" in caught.value.sign


def test_a_redirect_to_a_consent_host_is_recognised(site: Site) -> None:
    site.paths["/a"] = redirect(f"http://consent.yahoo.com:{site.port}/v2/collectConsent")
    site.paths["/v2/collectConsent"] = answer()
    with pytest.raises(BlockedBySite, match="Yahoo"):
        fetch(site.url("/a"), resolver=named(consent_yahoo_com="127.0.0.1"))


ORDINARY = {
    "scripts of a bot check on an ordinary page": PAGE.replace(
        b"</body>",
        b"<p>"
        + b"More of the story. " * 90
        + b"</p><script src='/cdn-cgi/challenge-platform/h/b/x.js'></script></body>",
    ),
    "a story about a bot check": PAGE.replace(
        b"Harbour reopens<", b"Access denied: how bot checks shut readers out<"
    ).replace(b"</body>", b"<p>" + b"More of the story. " * 90 + b"</p></body>"),
    "short page without scripts": b"<h1>Headline</h1><p>By Jane Doe</p>",
    "shell that describes an article": b'<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
    "shell that names its time": b"<script src=a.js></script><meta property=article:published_time content=2026-01-01>",
}


@pytest.mark.parametrize("body", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_pages_are_not_taken_for_blocked_ones(site: Site, body: bytes) -> None:
    site.paths["/a"] = answer(body)
    assert fetch(site.url("/a")).body == body


@pytest.mark.parametrize(
    "body",
    [
        b"<title>News</title><body><div id=root></div><script src=/app.js></script>",
        b"<body><noscript>"
        + b"You need to enable JavaScript to run this app. " * 20
        + b"</noscript><script>start()</script>",
        b"<body><style>" + b"a{b:c}" * 900 + b"</style><div>Loading</div><script>" + b"var a=1;" * 900 + b"</script>",
    ],
)
def test_a_shell_for_scripts_is_named_so(site: Site, body: bytes) -> None:
    site.paths["/a"] = answer(body)
    with pytest.raises(NeedsScripts):
        fetch(site.url("/a"))


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("application/pdf", b"%PDF-1.7 x"), ("image/jpeg", b"\xff\xd8\xff x"), ("application/json", b"{}"),
        ("video/mp4", b"x"),
        ("application/octet-stream", PAGE), ("text/html", b"%PDF-1.7 x"), ("text/html", b"\x89PNG\r\n x"), ("", b"{}"),
        ("application/rss+xml", b"<rss/>"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_not_read(site: Site, header: str, body: bytes) -> None:
    site.paths["/a"] = answer(body, Content_Type=header)
    with pytest.raises(NotHtml) as caught:
        fetch(site.url("/a"))
    assert caught.value.media_type == (header or None)


# The store


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


# The service's own limits


def test_one_host_is_not_crowded(site: Site) -> None:
    site.paths["/a"] = lambda connection, request: (time.sleep(0.05), answer()(connection, request))

    async def go() -> None:
        async with Fetcher(FetchSettings(allow=LOCAL.allow, per_host=2, timeout=5)) as fetcher:
            await asyncio.gather(*(fetcher.fetch(site.url("/a")) for _ in range(8)))

    asyncio.run(go())
    assert (site.busiest, len(site.seen)) == (2, 8)


def test_a_host_that_keeps_its_slots_leaves_others_alone_and_is_busy(site: Site) -> None:
    site.paths["/slow"] = raw(b"", pause=0.7)
    site.paths["/a"] = answer()

    async def go() -> None:
        settings = FetchSettings(allow=("slow.test:*", "quick.test:*"), per_host=1, timeout=0.5)
        async with Fetcher(settings, resolver=named(slow_test="127.0.0.1", quick_test="127.0.0.1")) as fetcher:
            slow, busy, quick = await asyncio.gather(
                fetcher.fetch(site.url("/slow", "slow.test")),
                fetcher.fetch(site.url("/slow", "slow.test")),
                fetcher.fetch(site.url("/a", "quick.test")),
                return_exceptions=True,
            )
            assert isinstance(slow, TooSlow)
            assert isinstance(busy, Busy)
            assert isinstance(quick, Page)
            assert (await fetcher.fetch(site.url("/a", "quick.test"))).body == PAGE

    asyncio.run(go())
    assert [request.path for request in site.seen].count("/a") == 2


def test_slots_and_connections_come_back_after_failures(site: Site) -> None:
    site.paths |= {"/slow": raw(b"", pause=0.6), "/broken": raw(b"x"), "/a": answer()}

    async def go() -> None:
        settings = FetchSettings(allow=LOCAL.allow, at_once=3, per_host=3, timeout=0.3)
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
