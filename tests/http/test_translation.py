"""The endpoints of Zotero's translation-server, row by row, over a socket; and its faults, not copied."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.asking import STORY, Answer, ask
from tests.reading.misbehaving import Site, answer
from tests.serving import Served, serving

TITLES = ["Harbour library to reopen in March", "Council votes on the new bridge", "Orchestra plays in the old mill"]
LISTING = (
    "<title>News</title><body><h1>News</h1>"
    + "".join(f'<article><h2><a href="/story{n}">{t}</a></h2><p>Teaser.</p></article>' for n, t in enumerate(TITLES))
    + "</body>"
).encode()
ITEM: dict[str, Any] = {
    "key": "QC4UENZT",
    "version": 0,
    "itemType": "newspaperArticle",
    "title": "Parade in the capital",
    "creators": [
        {"firstName": "Anna", "lastName": "van der Berg", "creatorType": "author"},
        {"name": "Reuters Staff", "creatorType": "author"},
        {"firstName": "Ida", "lastName": "Holm", "creatorType": "contributor"},
    ],
    "tags": [{"tag": "parade"}],
    "publicationTitle": "The Example Courier",
    "date": "2018-06-11",
    "url": "https://courier.example/parade",
    "accessDate": "2026-11-24T18:40:55Z",
    "rights": "© 2018 Courier",
    "pages": "1-B2",
    "extra": "A note of my own",
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    server = Site(
        {
            "/story": answer(STORY),
            "/news": answer(LISTING),
            "/picture": answer(b"\xff\xd8\xff", Content_Type="image/jpeg"),
        }
    )
    for n, title in enumerate(TITLES):
        server.paths[f"/story{n}"] = answer(STORY.replace(TITLES[0].encode(), title.encode()))
    yield server
    server.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("translation") / "log"
    with serving(log, TEARSHEET_WARM="", TEARSHEET_FETCH_ALLOW="127.0.0.1:*", TEARSHEET_CORS_ORIGINS="*") as running:
        yield running


def post(service: Served, path: str, body: bytes | str | object, kind: str = "text/plain") -> Answer:
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return ask(service.url + path, data, Content_Type=kind)


def items(got: Answer) -> list[dict[str, Any]]:
    assert (got.status, got.headers["content-type"]) == (200, "application/json; charset=utf-8"), got.body
    found = json.loads(got.body)
    assert isinstance(found, list)
    return found


def refused(got: Answer, status: int, words: str) -> None:
    assert (got.status, got.headers["content-type"], got.body.decode()) == (status, "text/plain; charset=utf-8", words)


# POST /web


@pytest.mark.parametrize("query", ["", "?single=1"])
def test_web_gives_the_items_of_a_page(service: Served, site: Site, query: str) -> None:
    (item,) = items(post(service, f"/web{query}", site.url("/story")))
    assert re.fullmatch("[2-9A-Z]{8}", item["key"])
    assert item["version"] == 0
    assert item["itemType"] == "newspaperArticle"
    assert item["title"] == TITLES[0]
    assert item["creators"] == [{"firstName": "Ana", "lastName": "Ruiz", "creatorType": "author"}]
    assert item["publicationTitle"] == "The Example Courier"
    assert item["date"].startswith("2023-09-03")
    assert item["url"] == site.url("/story")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["accessDate"])
    assert item["tags"] == []


def test_web_offers_a_choice_where_a_page_lists_several(service: Served, site: Site) -> None:
    got = post(service, "/web", site.url("/news"))
    choice = json.loads(got.body)
    assert (got.status, got.headers["content-type"]) == (300, "application/json; charset=utf-8")
    assert choice["url"] == site.url("/news")
    assert choice["items"] == {"0": TITLES[0], "1": TITLES[1], "2": TITLES[2]}
    chosen = post(service, "/web", {**choice, "items": {"1": TITLES[1], "2": TITLES[2]}}, "application/json")
    assert [item["title"] for item in items(chosen)] == TITLES[1:]
    assert {item["itemType"] for item in items(chosen)} == {"newspaperArticle"}


def test_web_names_the_chosen_pages_that_it_could_not_read(service: Served, site: Site) -> None:
    gone = "A page that has gone"
    site.paths["/half"] = answer(
        LISTING.replace(b"/story1", "/gone-é".encode()).replace(TITLES[1].encode(), gone.encode())
    )
    choice = {"url": site.url("/half"), "session": "abc", "items": {"0": TITLES[0], "1": gone}}
    got = post(service, "/web", choice, "application/json")
    assert [item["title"] for item in items(got)] == TITLES[:1]
    assert got.headers["tearsheet-left-out"] == f"<{site.url('/gone-%C3%A9')}>"
    assert post(service, "/web", choice | {"items": {"1": gone}}, "application/json").status == 400


def test_web_takes_a_listing_for_one_item_where_one_is_asked_for(service: Served, site: Site) -> None:
    assert len(items(post(service, "/web?single=1", site.url("/news")))) == 1


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"session": None}, 400, "'session' not provided"),
        ({"url": None}, 400, "URL not provided"),
        ({"items": None}, 400, "'items' not provided"),
        ({"items": {}}, 400, "No items specified"),
        ({"items": {"0": "Another title"}}, 409, "Items specified do not match items available"),
        ({"items": {"0": 7}}, 409, "Items specified do not match items available"),
        ({"items": {str(n): "x" for n in range(51)}}, 400, "More than 50 items specified"),
    ],
)
def test_web_refuses_other_selections(
    service: Served, site: Site, change: dict[str, Any], status: int, words: str
) -> None:
    choice = {"url": site.url("/news"), "session": "abc", "items": {"0": TITLES[0]}} | change
    refused(post(service, "/web", choice, "application/json"), status, words)


def test_web_refuses_as_that_server_does(service: Served, site: Site) -> None:
    refused(post(service, "/web", "no address"), 400, "URL not provided")
    refused(post(service, "/web", ""), 400, "POST data not provided")
    refused(post(service, "/web", site.url("/nowhere")), 400, "Remote page not found")
    refused(post(service, "/web", site.url("/story"), "text/html"), 415, "Unsupported Media Type")
    refused(
        post(service, "/web", site.url("/story"), "application/x-www-form-urlencoded"), 415, "Unsupported Media Type"
    )
    refused(post(service, "/web", [], "application/json"), 400, "'session' not provided")
    for body in ("{", "[" * 100_000):
        assert post(service, "/web", body, "application/json").status == 400
    got = post(service, "/web", site.url("/picture"))
    assert (got.status, got.body.decode().partition(":")[0]) == (502, "An error occurred retrieving the document")


def test_web_opens_no_private_address(service: Served, site: Site) -> None:
    for url in ("http://127.0.0.2/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://10.0.0.1/"):
        got = post(service, "/web", url)
        assert got.status == 403
        assert got.headers["content-type"] == "text/plain; charset=utf-8"


# POST /search


def test_search_takes_an_address(service: Served, site: Site) -> None:
    (item,) = items(post(service, "/search", f" {site.url('/story')}\n"))
    assert item["itemType"] == "newspaperArticle"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10.1234/nothing.here", "No items returned from any translator"),
        ("978-3-16-148410-0", "No items returned from any translator"),
        ("arXiv:1501.00001", "No items returned from any translator"),
        ("12345678", "No items returned from any translator"),
        ("words of a title", "No identifiers found"),
    ],
)
def test_search_finds_nothing_elsewhere(service: Served, text: str, words: str) -> None:
    refused(post(service, "/search", text), 501, words)


def test_search_finds_what_the_library_holds_by_its_doi(service: Served) -> None:
    article = {"headline": "Held here", "doi": "10.5555/held.here", "authors": [{"given": "Ana", "family": "Ruiz"}]}
    assert ask(f"{service.url}/articles", json.dumps(article).encode(), Content_Type="application/json").status == 201
    (item,) = items(post(service, "/search", "https://doi.org/10.5555/HELD.here"))
    assert item["title"] == "Held here"


def test_search_refuses_as_that_server_does(service: Served) -> None:
    refused(post(service, "/search", ""), 400, "POST data not provided")
    refused(post(service, "/search", "{}", "application/json"), 415, "Unsupported Media Type")


# POST /export

TYPES = {
    "bibtex": "application/x-bibtex", "biblatex": "application/x-bibtex", "ris": "application/x-research-info-systems",
    "refer": "application/x-research-info-systems", "csljson": "application/json", "csv": "text/csv",
    "mods": "application/mods+xml", "rdf_zotero": "application/rdf+xml", "rdf_bibliontology": "application/rdf+xml",
    "rdf_dc": "application/rdf+xml", "endnote_xml": "text/xml", "tei": "text/xml", "coins": "text/html",
    "bookmarks": "text/html", "refworks_tagged": "text/plain", "wikipedia": "text/x-wiki",
}  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_export_gives_every_format_under_its_type(service: Served, name: str) -> None:
    got = post(service, f"/export?format={name}", [ITEM], "application/json")
    assert (got.status, got.headers["content-type"].partition(";")[0]) == (200, TYPES[name])
    assert b"Parade in the capital" in got.body.replace(b"{", b"").replace(b"}", b"").replace(b"+", b" ")


def test_export_refuses_as_that_server_does(service: Served) -> None:
    words = "Input must be an array of items as JSON"
    for path in ("/export", "/export?format=", "/export?format=none"):
        refused(post(service, path, [ITEM], "application/json"), 400, "Invalid format specified")
    for body in ({}, [], [{}], [7], "ITEM", 7, None, ITEM):
        refused(post(service, "/export?format=ris", json.dumps(body), "application/json"), 400, words)
    refused(post(service, "/export?format=ris", "", "application/json"), 400, "POST data not provided")
    refused(post(service, "/export?format=ris", [ITEM], "text/plain"), 415, "Unsupported Media Type")
    assert post(service, "/export?format=ris", "[", "application/json").status == 400


def test_export_leaves_notes_and_attachments_out(service: Served) -> None:
    note = {"key": "AAAAAAAA", "itemType": "note", "note": "<p>x</p>", "parentItem": "QC4UENZT"}
    got = post(service, "/export?format=csljson", [ITEM, note], "application/json")
    assert len(json.loads(got.body)) == 1


def exported(service: Served, name: str, **changes: Any) -> str:
    return post(service, f"/export?format={name}", [ITEM | changes], "application/json").body.decode()


def test_faults_of_that_server_are_not_copied_on_the_way_out(service: Served) -> None:
    assert "pages=1-B2" in re.sub(r"\s*=\s*", "=", exported(service, "wikipedia")).replace("–", "-")
    assert "–1-B2" not in exported(service, "wikipedia")
    year = json.loads(exported(service, "csljson"))[0]["issued"]["date-parts"][0][0]
    assert (year, type(year)) == (2018, int)
    ris = exported(service, "ris")
    for kept in ("© 2018 Courier", "Holm, Ida", "A note of my own"):
        assert kept in ris, kept
    assert "2018-06-11" in exported(service, "bibtex") or "11" in exported(service, "bibtex")
    for kind in ("newspaperArticle", "journalArticle", "somethingElse"):
        assert "@" in exported(service, "bibtex", itemType=kind)
    assert "@misc" not in exported(service, "bibtex", itemType="journalArticle")


# POST /import

FILES = {
    "bibtex": (
        "@article{a, title={Parade}, author={van der Berg, Anna}, journal={The Courier}, year={2018}}",
        "9cb70025-a888-4a29-a210-93ec52da40d4",
    ),
    "ris": (
        "TY  - NEWS\r\nTI  - Parade\r\nAU  - van der Berg, Anna\r\nT2  - The Courier\r\nPY  - 2018\r\nER  - \r\n",
        "32d59d2d-b65a-4da4-b0a3-bdd3cfb979e7",
    ),
    "csljson": (
        '[{"id": "a", "type": "article-newspaper", "title": "Parade", "container-title": "The Courier",'
        ' "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der", "suffix": "Jr."}],'
        ' "issued": {"date-parts": [[2018]]}}]',
        "bc03b4fe-436d-4a1f-ba59-de4d2d7a63f7",
    ),
    "one csljson object": (
        '{"id": "a", "type": "article-newspaper", "title": "Parade", "container-title": "The Courier",'
        ' "author": [{"family": "van der Berg", "given": "Anna"}], "issued": {"date-parts": [[2018]]}}',
        "bc03b4fe-436d-4a1f-ba59-de4d2d7a63f7",
    ),
    "refer": (
        "%0 Newspaper Article\n%T Parade\n%A van der Berg, Anna\n%B The Courier\n%D 2018\n",
        "881f60f2-0802-411a-9228-ce5f47b64c7d",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_import_reads_every_kind_of_file(service: Served, name: str) -> None:
    text, translator = FILES[name]
    got = post(service, "/import", text)
    (item,) = items(got)
    assert got.headers["zotero-translator-id"] == translator
    assert item["title"] == "Parade"
    assert item["creators"][0]["lastName"] == "van der Berg"
    if name == "csljson":
        assert item["creators"][0]["firstName"] == "Anna, Jr."
    assert item["date"].startswith("2018")


@pytest.mark.parametrize("name", ["mods", "rdf_zotero", "endnote_xml", "ris", "csljson", "refer", "biblatex"])
def test_what_is_exported_is_imported(service: Served, name: str) -> None:
    (item,) = items(post(service, "/import", exported(service, name)))
    assert item["title"] == ITEM["title"]
    assert item["creators"][0] == ITEM["creators"][0]
    assert {"name": "Reuters Staff", "creatorType": "author"} in item["creators"]
    assert "A note of my own" in item["extra"].splitlines()
    assert item["date"] == ITEM["date"]


def test_import_refuses_what_is_no_file(service: Served) -> None:
    for text in ("", "words", "<html></html>", "[]"):
        got = post(service, "/import", text)
        assert (got.status, got.headers["content-type"]) == (400, "text/plain; charset=utf-8")
        assert got.body.startswith(b"No suitable translators found")


# The JavaScript client


def node_client() -> Path:
    """zotero-translation-client of npm, installed once into the user's cache."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not here")
    folder = (
        Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        / "tearsheet-tests"
        / "zotero-translation-client-5.0.1"
    )
    if not (folder / "node_modules" / "zotero-translation-client").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        got = subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), "zotero-translation-client@5.0.1"],
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        if got.returncode != 0:
            pytest.skip("zotero-translation-client cannot be installed")
    return folder


SCRIPT = """
const Client = require("zotero-translation-client");
const [service, story, news] = process.argv.slice(1);
(async () => {
  const client = new (Client.default || Client)({ translateURL: service, persist: false });
  const page = await client.translateUrl(story);
  const choice = await client.translateUrl(news);
  const picked = await client.translateUrlItems(news, { "2": choice.items["2"] });
  const searched = await client.translateIdentifier("words", { add: false });
  const imported = await client.translateImport("TY  - NEWS\\nTI  - Parade\\nER  - \\n");
  const files = new (Client.default || Client)({ translateURL: service, persist: false, initialItems: client.items });
  console.log(JSON.stringify({
    page: [page.result, page.items[0].itemType], choice: [choice.result, Object.keys(choice.items).length],
    picked: [picked.result, picked.items[0].title], searched: searched.result, imported: imported.items[0].title,
    csl: client.itemsCSL[0].type, ris: (await files.exportItems("ris")).slice(0, 10),
  }));
})().catch(error => { console.error(error); process.exit(1); });
"""


def test_the_javascript_client_works_unchanged(service: Served, site: Site) -> None:
    folder = node_client()
    got = subprocess.run(
        ["node", "-e", SCRIPT, service.url, site.url("/story"), site.url("/news")],
        cwd=folder, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert got.returncode == 0, got.stderr.decode()
    said = json.loads(got.stdout.decode().strip().splitlines()[-1])
    assert said == {
        "page": ["COMPLETE", "newspaperArticle"], "choice": ["MULTIPLE_CHOICES", 3], "picked": ["COMPLETE", TITLES[2]],
        "searched": "FAILED", "imported": "Parade", "csl": "article-newspaper", "ris": "TY  - NEWS",
    }  # fmt: skip
