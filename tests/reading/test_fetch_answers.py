"""What a site answers in the page's place: broken answers, statuses, challenges, shells for scripts."""

import gzip

import pytest

from service.reading.fetch import (
    BlockedBySite,
    BrokenAnswer,
    FetchFailure,
    NeedsScripts,
    NotFoundThere,
    NotHtml,
    RemoteFault,
)
from tests.reading.fetching import CHUNKED, HEAD, fetch, named
from tests.reading.misbehaving import PAGE, Handler, Site, answer, raw, redirect

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
