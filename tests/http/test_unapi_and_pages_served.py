"""unAPI and the pages of the library, over a socket: what a reference manager asks for, in its order."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import html5lib
import msgspec
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from service import exporting
from tests.articles import FULL
from tests.asking import Answer, ask
from tests.serving import Served, serving


class Kept(NamedTuple):
    """A service with one article in its library."""

    service: Served
    id: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    log = tmp_path_factory.mktemp("unapi") / "log"
    with serving(log, TEARSHEET_WARM="apa", TEARSHEET_FETCH="off") as service:
        made = ask(f"{service.url}/articles", msgspec.json.encode(FULL), Content_Type="application/json")
        assert made.status == 201, made.body
        yield Kept(service, json.loads(made.body)["id"])


def get(kept: Kept, path: str, **headers: str) -> Answer:
    return ask(kept.service.url + path.format(id=kept.id), **headers)


def test_unapi_walks_from_the_page_to_the_record(kept: Kept) -> None:
    """The page names a server and a record; the server lists formats; each can be had, under the type listed."""
    page = LexborHTMLParser(get(kept, "/articles/{id}", Accept="text/html").body)
    server = page.css_first("link[rel=unapi-server]").attributes["href"]
    record = page.css_first("abbr.unapi-id").attributes["title"]
    assert (server, record) == ("/unapi", kept.id)
    listed = get(kept, f"{server}?id={record}")
    assert (listed.status, listed.headers["content-type"].partition(";")[0]) == (300, "application/xml")
    rows = {node.get("name"): node.get("type") for node in etree.fromstring(listed.body)}
    assert len(rows) == len(exporting.FORMATS)
    assert {"rdf_zotero", "rdf_bibliontology", "mods", "ris", "refer", "bibtex", "rdf_dc"} <= rows.keys()
    for name, media_type in rows.items():
        got = get(kept, f"{server}?id={record}&format={name}")
        assert (got.status, got.headers["content-type"].partition(";")[0]) == (200, media_type)
        assert got.body == get(kept, f"{server}?id={record}&format={name}").body  # links are asked for twice


def test_unapi_without_a_record_lists_every_format(kept: Kept) -> None:
    got = get(kept, "/unapi")
    assert got.status == 200
    assert etree.fromstring(got.body).tag == "formats"


def test_zotero_rdf_carries_the_newspaper_article(kept: Kept) -> None:
    rdf = get(kept, "/unapi?id={id}&format=rdf_zotero").body.decode()
    for said in ("newspaperArticle", "Reuters and Partners Staff", "The Odesa Courier", "grain", "<foaf:surname>"):
        assert said in rdf, said


def test_a_photograph_is_a_record_of_its_own(kept: Kept) -> None:
    page = get(kept, "/articles/{id}/photos/1", Accept="text/html")
    record = LexborHTMLParser(page.body).css_first("abbr.unapi-id").attributes["title"]
    assert record == f"{kept.id}/photos/1"
    assert get(kept, f"/unapi?id={record}").status == 300
    ris = get(kept, f"/unapi?id={record}&format=ris").body.decode()
    assert ris.startswith("TY  - ART")
    assert "AU  - Hlyna, Petro" in ris


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/unapi?id=nothing", 404),
        ("/unapi?id=nothing&format=ris", 404),
        ("/unapi?id={id}&format=none", 404),
        ("/unapi?id={id}/photos/9", 404),
        ("/unapi?id={id}/photos/x&format=ris", 404),
        ("/unapi?id=", 400),
    ],
)
def test_unapi_refuses(kept: Kept, path: str, status: int) -> None:
    got = get(kept, path)
    assert (got.status, got.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("path", ["/articles/{id}", "/articles/{id}/photos/1", "/articles/{id}/photos/2"])
def test_pages_are_served_valid_and_closed(kept: Kept, path: str) -> None:
    got = get(kept, path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (got.status, got.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert got.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "Accept" in got.headers["vary"]
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(got.body)
    assert parser.errors == []
    assert LexborHTMLParser(got.body).css("dl.citations dd")


def test_every_link_of_a_page_leads_to_a_file_of_its_type_and_name(kept: Kept) -> None:
    page = get(kept, "/articles/{id}", Accept="text/html")
    for node in LexborHTMLParser(page.body).css("a[download]"):
        got = get(kept, str(node.attributes["href"]), Accept="text/html")
        assert got.status == 200
        assert got.headers["content-type"].partition(";")[0] == node.attributes["type"]
        name = re.search('filename="([^"]+)"', got.headers["content-disposition"])
        assert name is not None
        assert name[1] == node.attributes["download"]
    linked = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', page.headers["link"])
    assert {media_type for _, media_type in linked} >= {row.media_type for row in exporting.FORMATS.values()}


@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("text/x-bibliography", "text/x-bibliography", "van der Berg, A."),
        ("text/x-bibliography; style=modern-language-association", "text/x-bibliography", "van der Berg, Anna"),
        ("text/x-bibliography; style=apa; locale=de-DE, */*;q=0.1", "text/x-bibliography", "van der Berg, A."),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json", "["),
        ("application/x-bibtex;q=0.5, text/csv;q=0.9", "text/csv", '"Key"'),
        ("application/ld+json", "application/ld+json", "{"),
        ("application/rdf+xml", "application/rdf+xml", "<"),
        ("image/png, application/x-bibtex;q=0.1", "application/x-bibtex", "@article"),
        ("*/*", "application/json", "{"),
    ],
)  # fmt: skip
def test_content_is_negotiated_as_doi_services_do(kept: Kept, accept: str, media_type: str, begins: str) -> None:
    got = get(kept, "/articles/{id}", Accept=accept)
    assert (got.status, got.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert got.body.decode().startswith(begins)
    assert got.headers["vary"] == "Accept"
    posted = ask(f"{kept.service.url}/cite", msgspec.json.encode(FULL), Accept=accept, Content_Type="application/json")
    if accept != "*/*":
        assert (posted.status, posted.headers["content-type"].partition(";")[0]) == (200, media_type)


@pytest.mark.parametrize("path", ["/articles/{id}", "/articles/{id}/photos/1"])
def test_what_cannot_be_had_is_refused_with_what_can(kept: Kept, path: str) -> None:
    got = get(kept, path, Accept="image/png, application/x-bibtex;q=0")
    problem = json.loads(got.body)
    assert (got.status, problem["type"]) == (406, "/docs#problem-not-acceptable")
    for row in exporting.FORMATS.values():
        assert row.media_type in problem["detail"]


def test_the_record_comes_back_whole(kept: Kept) -> None:
    got = json.loads(get(kept, "/articles/{id}").body)
    assert got["headline"] == FULL.headline
    assert len(got["photos"]) == len(FULL.photos)
