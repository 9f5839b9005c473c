"""/articles over HTTP, on both databases: what a client sees of the library."""

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from schemas.article import Article
from schemas.library import StoredArticle
from service import exporting
from service.http.app import create_app
from service.http.pages import downloads
from service.http.settings import Settings
from service.http.tokens import new_token
from tests.articles import FULL, SEED
from tests.serving import shared

TEXT = "Harbour library to reopen\n\nBy Ana Ruiz\n\nThe harbour library opens in March. 평양 北京\n"
PATCH = {"Content-Type": "application/merge-patch+json"}


@pytest.fixture
def client(library_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Any]]:
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", library_url)
    with TestClient(create_app(Settings(warm=()))) as opened:
        yield opened


@pytest.fixture
def seed(client: TestClient[Any]) -> dict[str, Any]:
    """The seed article as stored."""
    answer = client.post("/articles", content=msgspec.json.encode(SEED), headers={"Content-Type": "application/json"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def post(client: TestClient[Any], body: Any, media_type: str = "application/json", **more: Any) -> Any:
    content = body if isinstance(body, str | bytes) else msgspec.json.encode(body)
    return client.post("/articles", content=content, headers={"Content-Type": media_type, **more})


def test_create_read_correct_cite_delete(client):
    created = post(client, TEXT, "text/plain; charset=utf-8")
    assert created.status_code == 201, created.text
    name, tag = created.json()["id"], created.headers["etag"]
    assert created.headers["location"] == f"/articles/{name}"
    again = post(client, TEXT, "text/plain; charset=utf-8")
    assert (again.status_code, again.json(), again.headers["etag"]) == (200, created.json(), tag)
    read = client.get(f"/articles/{name}")
    assert (read.status_code, read.json(), read.headers["etag"]) == (200, created.json(), tag)
    assert client.get(f"/articles/{name}", headers={"If-None-Match": tag}).status_code == 304
    assert client.head(f"/articles/{name}").headers["etag"] == tag
    change = {"headline": "Harbour library opens again", "publication": {"name": "The Harbour Post"}}
    corrected = client.patch(f"/articles/{name}", json=change, headers={**PATCH, "If-Match": tag})
    assert corrected.status_code == 200, corrected.text
    body = corrected.json()
    assert (body["headline"], body["revision"]) == ("Harbour library opens again", 2)
    assert body["corrected"] == ["/headline", "/publication/name"]
    assert body["evidence"]["/headline"] == [{"source": "given", "rule": "correction", "confidence": 1.0}]
    assert corrected.headers["etag"] != tag
    late = client.patch(f"/articles/{name}", json={"headline": "x"}, headers={**PATCH, "If-Match": tag})
    assert (late.status_code, late.headers["etag"]) == (412, corrected.headers["etag"])
    tag = corrected.headers["etag"]
    citation = client.get(f"/articles/{name}/citation", params={"style": "modern-language-association"})
    assert citation.text.startswith("Ruiz, Ana. “Harbour Library Opens Again.” The Harbour Post")
    parsed = client.post(f"/articles/{name}/reparse", headers={"If-Match": tag})
    assert parsed.status_code == 200, parsed.text
    assert parsed.json()["headline"] == "Harbour library opens again"
    assert client.delete(f"/articles/{name}", headers={"If-Match": tag}).status_code == 412
    gone = client.delete(f"/articles/{name}", headers={"If-Match": parsed.headers["etag"]})
    assert (gone.status_code, gone.content) == (204, b"")
    for answer in (client.get(f"/articles/{name}"), client.delete(f"/articles/{name}", headers={"If-Match": "*"})):
        assert (answer.status_code, answer.json()["field"]) == (404, "id")


def test_every_change_needs_a_condition(client, seed):
    path = f"/articles/{seed['id']}"
    for answer in (
        client.patch(path, json={}, headers=PATCH),
        client.delete(path),
        client.post(f"{path}/reparse"),
    ):
        assert (answer.status_code, answer.json()["field"]) == (428, "If-Match")
    for condition in ('W/"1.1"', '"x", "y"', '""'):
        assert client.delete(path, headers={"If-Match": condition}).status_code == 412
    for condition in ("x", '"x" "y"', "'x'"):
        assert client.delete(path, headers={"If-Match": condition}).status_code == 400
    tag = client.get(f"{path}.ris").headers["etag"]
    assert client.delete(path, headers={"If-Match": f'"other", {tag}'}).status_code == 204


def test_every_way_to_send_an_article(client):
    page = "<html><body><h1>Harbour library to reopen</h1><p>By Ana Ruiz</p></body></html>"
    for body, media_type in (
        (TEXT, "text/plain"),
        (page, "text/html"),
        ({"text": TEXT + "b", "url": "https://example.org/a"}, "application/json"),
        ({"html": page, "url": "https://example.org/b"}, "application/json"),
        (SEED, "application/json"),
        ("text=By+Ana+Ruiz", "application/x-www-form-urlencoded"),
    ):
        answer = post(client, body, media_type)
        assert answer.status_code == 201, answer.text
        assert answer.json()["id"] in answer.headers["location"]
    for body, media_type, status in (
        ("", "text/plain", 400),
        ([SEED, SEED], "application/json", 400),
        (b"\xff", "application/json", 400),
        ("x", "image/png", 415),
        ({"headline": 7}, "application/json", 400),
        ({"id": "x", "headline": "y"}, "application/json", 400),
    ):
        assert post(client, body, media_type).status_code == status, (body, media_type)


def test_reference_files(client):
    one = "TY  - NEWS\nTI  - Parade expected\nAU  - Lee, Michael\nER  - \n"
    for media_type in ("application/x-research-info-systems", "text/plain", "application/x-www-form-urlencoded"):
        answer = post(client, one, media_type)
        assert answer.status_code in {200, 201}, answer.text
        assert (answer.json()["headline"], answer.json()["authors"][0]["family"]) == ("Parade expected", "Lee")
    both = post(client, one + "TY  - NEWS\nTI  - Another\nER  - \n", "application/x-research-info-systems")
    assert [json.loads(line)["status"] for line in both.text.splitlines()] == [200, 201]
    broken = post(client, "nonsense\n" + one, "application/x-research-info-systems").text.splitlines()
    assert [json.loads(line)["status"] for line in broken] == [200, 400]
    item = {"id": "x", "type": "article-newspaper", "title": "An item", "author": [{"family": "Ruiz"}]}
    single = post(client, item)
    assert (single.status_code, single.json()["headline"]) == (201, "An item")
    several = post(client, [item, {**item, "title": "B"}], "application/vnd.citationstyles.csl+json")
    assert [json.loads(line)["status"] for line in several.text.splitlines()] == [200, 201]
    assert post(client, b"\xff", "application/x-bibtex").status_code == 400


def test_a_page_is_known_by_its_address(library_url, monkeypatch):
    visits: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            text = "The harbour library will open again in March, the council decided on Tuesday night. " * 5
            page = f"<html><body><h1>Harbour library to reopen</h1><p>By Ana Ruiz</p><p>{text}</p>{len(visits)}</body></html>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args: Any) -> None:
            pass

    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{site.server_port}/news/library"
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", library_url)
    monkeypatch.setenv("TEARSHEET_FETCH_ALLOW", f"127.0.0.1:{site.server_port}")
    with TestClient(create_app(Settings(warm=()))) as client:
        first = post(client, {"url": address})
        assert first.status_code == 201, first.text
        assert first.json()["origin"]["fetched"]
        again = post(client, {"url": address})
        assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
        assert client.post("/articles", params={"url": address}).json()["id"] == first.json()["id"]
        assert post(client, {"url": address + "/other"}).status_code == 201
        parsed = client.post(f"/articles/{first.json()['id']}/reparse", headers={"If-Match": "*"})
        assert (parsed.status_code, parsed.json()["headline"]) == (200, first.json()["headline"])
        assert parsed.json()["url"] == first.json()["url"]
    assert len(visits) == 4
    site.shutdown()
    site.server_close()


def test_a_record_of_another_library_keeps_its_id(client, seed):
    client.delete(f"/articles/{seed['id']}", headers={"If-Match": "*"})
    answer = post(client, seed)
    assert (answer.status_code, answer.json()["id"]) == (201, seed["id"])
    cited = client.post("/cite", json=seed, headers={"Accept": "application/json"})
    assert cited.json()["item"]["id"] == seed["id"]


def test_corrections_that_make_no_sense(client, seed):
    path, condition = f"/articles/{seed['id']}", {**PATCH, "If-Match": "*"}
    for change, status, field in (
        ({"headline": 7}, 400, "/headline"),
        ({"evidence": {}}, 400, None),
        ({"revision": 3}, 400, None),
        ([], 400, ""),
        ({"publication": {"name": None}}, 409, None),
    ):
        answer = client.patch(path, json=change, headers=condition)
        assert answer.status_code == status, answer.text
        assert field is None or answer.json()["field"] == field
    assert client.patch(path, json={}, headers={"If-Match": "*"}).status_code == 415
    assert client.patch(path, content=b"\xff", headers=condition).status_code == 400
    assert client.get(path).json() == seed
    assert client.post(f"{path}/reparse", headers={"If-Match": "*"}).status_code == 409, "given, not parsed"


def test_lists_and_searches(client, seed):
    post(client, TEXT, "text/plain")
    for query, found in (
        ({}, 2),
        ({"q": "parade"}, 1),
        ({"q": "평양"}, 1),
        ({"q": "北京 library"}, 1),
        ({"q": ""}, 2),
        ({"author": "Lee, Michael", "publication": "korea joongang daily"}, 1),
        ({"agency": "yonhap", "has-photo": "true"}, 1),
        ({"has-photo": "false"}, 1),
        ({"language": "en", "kind": "article-newspaper", "q": "parade"}, 1),
        ({"from": "2023", "to": "2024-01"}, 0),
        ({"ids": seed["id"]}, 1),
        ({"ids": "000000000000"}, 0),
    ):
        answer = client.get("/articles", params=query)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["articles"]) == found, query
    for query, field in (
        ({"has-photo": "maybe"}, "has-photo"),
        ({"from": "yesterday"}, "from"),
        ({"sort": "size"}, "sort"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"nonsense": "1"}, "nonsense"),
        ({"ids": "x"}, "ids"),
        ({"since": "2023"}, "since"),
    ):
        answer = client.get("/articles", params=query)
        assert (answer.status_code, answer.json()["field"]) == (400, field), query
    assert client.get("/articles", params={"cursor": "x"}).status_code == 404
    listed = client.get("/articles", headers={"Accept": "text/html,*/*;q=0.8"})
    assert listed.headers["content-type"] == "application/json"


def test_pages_link_to_one_another(client):
    lines = b"".join(json.dumps({"headline": f"News {n}"}).encode() + b"\n" for n in range(7))
    post(client, lines, "application/x-ndjson")
    seen, path = [], "/articles?q=news&limit=3&sort=created"
    while path:
        answer = client.get(path)
        seen += [a["headline"] for a in answer.json()["articles"]]
        link = answer.headers.get("link")
        assert (link is None) == ("next" not in answer.json())
        path = link[1 : link.index(">")] if link else None
    assert seen == [f"News {n}" for n in range(7)]


def test_a_record_in_every_form(client):
    name = post(client, FULL).json()["id"]
    for path, article in ((f"/articles/{name}", FULL), (f"/articles/{name}/photos/1", None)):
        answer = client.get(path)
        alternates = answer.headers["link"]
        tags = {answer.headers["etag"]}
        for file in downloads(path, "x"):
            got = client.get(file.href)
            assert got.status_code == 200, file
            assert got.headers["content-type"].partition(";")[0] == file.media_type.partition(";")[0]
            assert file.href in alternates
            assert 'attachment; filename="' in got.headers["content-disposition"]
            tags.add(got.headers["etag"])
            assert client.get(file.href, headers={"If-None-Match": got.headers["etag"]}).status_code == 304
        assert len(tags) == len(exporting.FORMATS) + 1
        assert client.get(f"{path}.json").json() == answer.json()
        page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert client.get(f"{path}.html").text == page.text
        bibliography = client.get(path, headers={"Accept": "text/x-bibliography; style=ieee"})
        assert bibliography.text == client.get(f"{path}/citation", params={"style": "ieee"}).text
        assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
        assert client.get(f"{path}.exe").status_code == 404
        csl = client.get(path, headers={"Accept": "application/vnd.citationstyles.csl+json, text/html;q=0.9"})
        assert csl.json()[0]["type"] == ("graphic" if article is None else "article-newspaper")


def test_photographs(client, seed):
    path = f"/articles/{seed['id']}/photos"
    assert client.get(f"{path}/1").json()["kind"] == "graphic"
    assert "Photograph" in client.get(f"{path}/1/citation").text
    chicago = client.get(f"{path}/1/citation", params={"style": "chicago-author-date", "output": "json"}).json()
    assert chicago["item"]["type"] == "graphic"
    for number in ("0", "2", "x", "-1", "99999", "1.2.3"):
        assert client.get(f"{path}/{number}").status_code == 404, number
    assert client.get(f"{path}/2/citation").status_code == 404


def test_one_sorted_bibliography(client, seed):
    other = post(client, {"headline": "A first headline", "authors": [{"given": "Zoe", "family": "Abel"}]}).json()
    ids = f"{seed['id']},{other['id']}"
    answer = client.get("/articles/citations", params={"ids": ids, "style": "modern-language-association"})
    assert [line.split(",")[0] for line in answer.text.splitlines()] == ["Abel", "Lee"]
    whole = client.get("/articles/citations", params={"output": "json"}).json()
    assert [entry["item"]["id"] for entry in whole["entries"]] == [other["id"], seed["id"]]
    assert client.get("/articles/citations", params={"q": "nothing at all"}).status_code == 200
    missing = client.get("/articles/citations", params={"ids": f"{ids},000000000000"})
    assert (missing.status_code, missing.json()["field"]) == (404, "ids")
    assert client.get("/articles/citations", params={"format": "ris"}).text.count("ER  - ") == 2


def test_bulk_in_and_out(client):
    lines = [
        msgspec.json.encode(SEED),
        b'{"headline": 7}',
        b"",
        json.dumps({"id": "mine", "text": TEXT}).encode(),
        b"\xff",
        json.dumps({"id": 3, "article": {"headline": "From a batch"}}).encode(),
        json.dumps({"id": 4, "problem": {"title": "x"}}).encode(),
        json.dumps({"url": "https://example.org"}).encode(),
        b"[]",
        msgspec.json.encode(SEED),
    ]
    answer = post(client, b"\n".join(lines), "application/x-ndjson")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    answers = [json.loads(line) for line in answer.text.splitlines()]
    assert [a["line"] for a in answers] == [*range(1, 10)]
    assert [a["status"] for a in answers] == [201, 400, 201, 400, 201, 400, 400, 400, 200]
    assert answers[0]["id"] == answers[-1]["id"]
    assert answers[1]["problem"]["field"] == "/headline"
    again = [json.loads(line) for line in post(client, b"\n".join(lines), "application/x-ndjson").text.splitlines()]
    assert [a["status"] for a in again if "id" in a] == [200] * 4
    exported = client.get("/articles", headers={"Accept": "application/x-ndjson"})
    records = [msgspec.json.decode(line, type=StoredArticle) for line in exported.content.splitlines()]
    assert len(records) == 3
    for record in records:
        client.delete(f"/articles/{record.id}", headers={"If-Match": "*"})
    back = [json.loads(line) for line in post(client, exported.content, "application/x-ndjson").text.splitlines()]
    assert [a["id"] for a in back] == [record.id for record in records]
    for row in exporting.FORMATS.values():
        file = client.get("/articles", params={"format": row.name})
        assert file.status_code == 200, row.name
        assert file.headers["content-type"].partition(";")[0] == row.media_type.partition(";")[0]
    assert client.get("/articles?format=ris&limit=1").text.count("ER  - ") == 1


def test_a_record_of_the_library_is_cited_as_its_article(client, seed):
    record = {**seed, "column": "Harbour\x02 notes"}  # a control character, which no format carries
    article = {name: value for name, value in record.items() if name in Article.__struct_fields__}
    assert set(record) - set(article) >= {"id", "fingerprint", "revision", "created", "modified"}
    for name in exporting.FORMATS:
        of_record = client.post("/cite", json=record, params={"format": name})
        assert of_record.status_code == 200, of_record.text
        assert seed["fingerprint"] not in of_record.text
        assert of_record.text == client.post("/cite", json=article, params={"format": name}).text


def test_a_chunked_import_is_answered_as_it_comes(client):
    lines = [json.dumps({"headline": f"News {n}"}).encode() + b"\n" for n in range(30)]
    cut = [b"".join(lines)[n : n + 7] for n in range(0, len(b"".join(lines)), 7)]
    answer = client.post("/articles", content=iter(cut), headers={"Content-Type": "application/x-ndjson"})
    assert [json.loads(line)["line"] for line in answer.text.splitlines()] == [*range(1, 31)]


def test_a_line_that_is_too_long(library_url, monkeypatch):
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", library_url)
    with TestClient(create_app(Settings(warm=(), max_body=2000))) as client:
        body = b'{"headline":"a"}\n' + b"x" * 5000 + b'\n{"headline":"b"}'
        answers = [json.loads(line) for line in post(client, body, "application/x-ndjson").text.splitlines()]
        assert [a["status"] for a in answers] == [201, 413, 201]
        assert post(client, "x" * 5000, "text/plain").status_code == 413


def test_tokens(library_url, monkeypatch):
    token, hashed = new_token()
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", library_url)
    monkeypatch.setenv("TEARSHEET_TOKENS", f"another-token, {hashed}")
    with TestClient(create_app(Settings(warm=(), host="0.0.0.0"))) as client:
        for header in (None, "", "Bearer", "Bearer wrong", f"Basic {token}", f"Bearer {hashed}", "Bearer é"):
            headers = {"Authorization": header.encode()} if header is not None else {}
            answer = client.post("/articles", json={"headline": "x"}, headers=headers)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="library"'), header
        for known in (token, "another-token"):
            headers = {"Authorization": f"Bearer {known}"}
            assert client.post("/articles", json={"headline": known}, headers=headers).status_code == 201
        name = client.get("/articles").json()["articles"][0]["id"]
        for answer in (
            client.patch(f"/articles/{name}", json={}, headers={**PATCH, "If-Match": "*"}),
            client.delete(f"/articles/{name}", headers={"If-Match": "*"}),
            client.post(f"/articles/{name}/reparse", headers={"If-Match": "*"}),
            post(client, "{}", "application/x-ndjson"),
        ):
            assert answer.status_code == 401
        assert client.get(f"/articles/{name}").status_code == 200
    monkeypatch.setenv("TEARSHEET_READS", "token")
    with TestClient(create_app(Settings(warm=()))) as client:
        for path in ("/articles", f"/articles/{name}", f"/articles/{name}/citation", "/articles/citations"):
            assert client.get(path).status_code == 401
            assert client.get(path, headers={"Authorization": f"bearer {token}"}).status_code == 200
        assert client.get("/styles").status_code == 200


def test_without_tokens_only_this_machine(sqlite_url, monkeypatch):
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", sqlite_url)
    with TestClient(create_app(Settings(warm=(), host="0.0.0.0"))) as client:
        for answer in (client.post("/articles", json={"headline": "x"}), client.get("/articles")):
            assert (answer.status_code, answer.json()["field"]) == (403, "Authorization")
        assert client.post("/parse", content="x", headers={"Content-Type": "text/plain"}).status_code == 200
    with TestClient(create_app(Settings(warm=()))) as client:
        evil = {"Origin": "https://evil.example", "Content-Type": "text/plain"}
        assert client.post("/articles", content="x", headers=evil).status_code == 403
        own = {"Origin": str(client.base_url), "Content-Type": "text/plain"}
        assert client.post("/articles", content="x", headers=own).status_code == 201


def test_a_service_without_a_library(monkeypatch, tmp_path):
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", "off")
    with TestClient(create_app(Settings(warm=()))) as client:
        assert client.get("/articles").status_code == 404
        assert client.get("/readyz").status_code == 200


def test_a_library_that_is_away(monkeypatch, tmp_path):
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with TestClient(create_app(Settings(warm=()))) as client:
        assert client.get("/articles").status_code == 503
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["field"]) == (503, "library")
        assert client.post("/parse", content="x", headers={"Content-Type": "text/plain"}).status_code == 200


def test_tables_that_are_behind(bare_url, monkeypatch):
    monkeypatch.setenv("TEARSHEET_DATABASE_URL", bare_url)
    with TestClient(create_app(Settings(warm=()))) as client:
        if bare_url.startswith("postgresql"):
            answer = client.get("/articles")
            assert answer.status_code == 503
            assert "tearsheet migrate" in answer.json()["reason"]
        else:
            for _ in range(100):
                if client.get("/readyz").status_code == 200:
                    break
            assert client.get("/articles").status_code == 200


def test_a_full_and_a_busy_library(sqlite_url, monkeypatch):
    import sqlite3

    from sqlalchemy import event

    monkeypatch.setenv("TEARSHEET_DATABASE_URL", sqlite_url)
    app = create_app(Settings(warm=()))
    with TestClient(app) as client:
        library = app.state.shelf.library
        event.listen(
            library._gate.engine, "checkout", lambda c, *_: c.execute("PRAGMA max_page_count = 60; ").fetchall()
        )
        kept = []
        while True:
            answer = post(client, f"{len(kept)} " + os.urandom(8000).hex(), "text/plain")
            if answer.status_code != 201:
                break
            kept.append(answer.json()["id"])
        assert (answer.status_code, answer.json()["type"]) == (507, "/docs#problem-library-full")
        lines = "\n".join(json.dumps({"text": os.urandom(8000).hex()}) for _ in range(9))
        told = [json.loads(line) for line in post(client, lines, "application/x-ndjson").text.splitlines()]
        assert {t["status"] for t in told} == {507}
        assert library.count() == len(kept) > 1
        library._gate.timeout = 0.1
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            with library._gate._writer:
                answer = post(client, "text", "text/plain")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert client.get(f"/articles/{kept[0]}").status_code == 200
            other.execute("ROLLBACK")
        other.close()


def test_the_seed_document(client):
    text = shared("seeds").joinpath("korea-joongang-daily.txt") if shared("seeds").is_dir() else None
    texts = [text] if text and text.exists() else sorted(shared("seeds").glob("*.txt"))
    if not texts:
        pytest.skip("no seed text beside the checkout")
    answer = post(client, texts[0].read_bytes(), "text/plain")
    assert answer.status_code == 201
    assert client.get("/articles", params={"q": "parade"}).json()["articles"][0]["id"] == answer.json()["id"]


def test_articles_are_articles_everywhere(client, seed):
    own = {"id", "fingerprint", "revision", "created", "modified", "corrected", "origin"}
    article = {name: value for name, value in seed.items() if name not in own}
    assert msgspec.convert(article, Article) == SEED
