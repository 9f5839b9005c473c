"""From an address to a citation, over a socket: the page is fetched, or the problem says why not."""

import json
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator

import pytest

from tests.asking import STORY, ask
from tests.reading.misbehaving import Handler, Site, answer, raw, redirect
from tests.serving import ROOT, Served, serving


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    server = Site({"/story": answer(STORY)})
    yield server
    server.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("urls") / "log"
    with serving(
        log,
        TEARSHEET_WARM="apa",
        TEARSHEET_FETCH_ALLOW="127.0.0.1:*",
        TEARSHEET_FETCH_TIMEOUT="1",
        TEARSHEET_FETCH_MAX_BYTES="50000",
        TEARSHEET_FETCH_CACHE_BYTES="0",
    ) as running:
        yield running


def quoted(url: str) -> str:
    return urllib.parse.quote(url, safe="")


def test_every_way_of_naming_an_address_gives_what_the_saved_page_gives(service: Served, site: Site) -> None:
    url = site.url("/story")
    saved = ask(
        f"{service.url}/parse",
        json.dumps({"html": STORY.decode(), "url": url}).encode(),
        Content_Type="application/json",
    )
    assert saved.status == 200
    assert json.loads(saved.body)["headline"] == "Harbour library to reopen in March"
    ways = [
        ask(f"{service.url}/parse?url={quoted(url)}", b""),
        ask(f"{service.url}/parse?url={quoted(url)}", b"", Content_Type="text/plain"),
        ask(f"{service.url}/parse", json.dumps({"url": url}).encode(), Content_Type="application/json"),
        ask(f"{service.url}/parse", f"url={quoted(url)}".encode()),
    ]
    for way in ways:
        assert (way.status, json.loads(way.body)) == (200, json.loads(saved.body))


def test_a_page_is_cited_in_one_call(service: Served, site: Site) -> None:
    url = site.url("/story")
    cited = ask(f"{service.url}/cite?url={quoted(url)}")
    assert cited.headers["content-type"] == "text/plain; charset=utf-8"
    assert cited.body.decode().startswith("Ruiz, A. (2023, September 3). Harbour library to reopen in March.")
    posted = ask(f"{service.url}/cite?url={quoted(url)}", b"")
    assert posted.body == cited.body
    bibtex = ask(f"{service.url}/cite?url={quoted(url)}&format=bibtex")
    assert b"@article{ruiz_harbour_2023," in bibtex.body


def test_a_page_that_is_sent_is_not_fetched(service: Served, site: Site) -> None:
    before = len(site.seen)
    got = ask(f"{service.url}/parse?url={quoted(site.url('/story'))}", STORY, Content_Type="text/html")
    assert got.status == 200
    assert len(site.seen) == before


def test_the_readers_languages_are_passed_on(service: Served, site: Site) -> None:
    ask(f"{service.url}/cite?url={quoted(site.url('/story'))}", Accept_Language="ko, en;q=0.5")
    assert site.seen[-1].headers["accept-language"] == "ko, en;q=0.5"


def test_a_charset_that_only_the_header_names_is_used(service: Served, site: Site) -> None:
    page = f"<title>x</title><h1>북한 열병식에 대표단 참석 전망</h1><p>{'서울에서 열린 회의에서 밝혔다. ' * 40}</p>"
    site.paths["/korean"] = answer(page.encode("euc-kr"), Content_Type="text/html; charset=EUC-KR")
    got = ask(f"{service.url}/parse?url={quoted(site.url('/korean'))}", b"")
    assert json.loads(got.body)["headline"] == "북한 열병식에 대표단 참석 전망"


FAILURES: dict[str, tuple[Handler, int, str]] = {
    "not found": (answer(b"<h1>No</h1>", "404 Not Found"), 404, "fetch-not-found"),
    "gone": (answer(b"<h1>No</h1>", "410 Gone"), 404, "fetch-not-found"),
    "blocked": (answer(b"<h1>No</h1>", "403 Forbidden"), 502, "fetch-blocked"),
    "challenge": (answer(b"<title>Just a moment...</title><p>Wait</p>"), 502, "fetch-blocked"),
    "fault": (answer(b"<h1>Oh</h1>", "500 Internal Server Error"), 502, "fetch-remote-fault"),
    "too large": (answer(b"x" * 60_000), 502, "fetch-too-large"),
    "no page": (answer(b"%PDF-1.7", Content_Type="application/pdf"), 502, "fetch-not-html"),
    "scripts": (answer(b"<div id=root></div><script src=a.js></script>"), 502, "fetch-needs-scripts"),
    "slow": (raw(b"HTTP/1.1 200 OK\r\n", pause=1.5), 504, "fetch-too-slow"),
    "broken": (raw(b"SSH-2.0-x\r\n"), 502, "fetch-broken"),
    "loop": (redirect("/loop"), 502, "fetch-redirects"),
    "inside": (redirect("http://10.0.0.1/"), 403, "fetch-not-allowed"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_every_failure_is_a_problem_of_its_own(service: Served, site: Site, name: str) -> None:
    handler, status, kind = FAILURES[name]
    site.paths[f"/{name.replace(' ', '-')}"] = handler
    got = ask(f"{service.url}/cite?url={quoted(site.url('/' + name.replace(' ', '-')))}")
    problem = json.loads(got.body)
    assert (got.status, problem["status"], problem["type"]) == (status, status, f"/docs#problem-{kind}")
    assert got.headers["content-type"] == "application/problem+json"
    assert problem["field"] == "url"
    assert problem["reason"]


@pytest.mark.parametrize(
    ("url", "status", "kind"),
    [
        ("http://127.0.0.2/", 403, "fetch-not-allowed"),
        ("http://169.254.169.254/latest/meta-data/", 403, "fetch-not-allowed"),
        ("http://0x7f.1/", 403, "fetch-not-allowed"),
        ("http://user:secret@127.0.0.1/", 403, "fetch-not-allowed"),
        ("http://printer.local/", 502, "fetch-unreachable"),
        ("ftp://example.com/", 400, "bad-input"),
        ("file:///etc/passwd", 400, "bad-input"),
        ("example.com", 400, "bad-input"),
        ("", 400, "bad-input"),
    ],
)
def test_what_is_not_fetched(service: Served, url: str, status: int, kind: str) -> None:
    got = ask(f"{service.url}/cite?url={quoted(url)}")
    assert (got.status, json.loads(got.body)["type"]) == (status, f"/docs#problem-{kind}")


def test_where_fetching_is_off_a_saved_page_still_works(served: Served) -> None:
    url = "https://www.example.com/story"
    off = ask(f"{served.url}/cite?url={quoted(url)}")
    assert (off.status, json.loads(off.body)["type"]) == (403, "/docs#problem-fetching-off")
    page = json.dumps({"html": STORY.decode(), "url": url}).encode()
    assert ask(f"{served.url}/cite", page, Content_Type="application/json").body.startswith(b"Ruiz, A. (2023")


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environ},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_the_command_line_fetches_too(site: Site) -> None:
    allowed = {"TEARSHEET_FETCH_ALLOW": "127.0.0.1:*"}
    cited = run("cite", site.url("/story"), **allowed)
    assert cited.stdout.startswith(b"Ruiz, A. (2023, September 3). Harbour library"), cited.stderr
    parsed = run("parse", site.url("/story"), **allowed)
    assert json.loads(parsed.stdout)["authors"][0]["family"] == "Ruiz"
    refused = run("cite", site.url("/story"))
    assert refused.returncode == 2
    assert b"127.0.0.1" in refused.stderr
