"""Bodies that no client sends on purpose, to every endpoint that stands in for another server: none gives a 500."""

import pytest

from tests.asking import ask
from tests.serving import Served

BODIES = [
    b"", b"\xff\xfe", b"\x00" * 100, b"[" * 100_000, b'{"a":' * 50_000, b'{"items": [NaN]}', b'"\\ud800"', b"[1e999]",
    b"null", b"true", b'[{"itemType": [1]}]',
    b'[{"itemType": "newspaperArticle", "title": "\\u0000", "creators": [[1]], "tags": {"a": 1}, "date": 5}]',
    '[{"itemType": "newspaperArticle"}]'.encode("utf-16"), b"TY  - \xff\xff\r\nER  - ", b"%0 \x00", b"@article{",
    b"@article{a, title={" + b"{" * 50_000, b"<mods><mods><mods>",
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><mods>&x;</mods>',
    b'{"items": {"a": {"id": "a", "type": "book"}}, "itemIDs": [[1]]}',
    b'{"items": [{"id": "a", "type": "book"}], "citationClusters": [{"citationItems": [{"id": [1]}]}]}',
    b'{"items": [{"id": "a", "type": "book"}], "citationClusters": [{"citationItems": [{"id": "a"}], "properties": '
    b'{"noteIndex": 1e9}}]}',
]  # fmt: skip

TYPES = ["text/plain", "application/json", "text/plain; charset=klingon", "application/json; charset=utf-16", "/"]


@pytest.mark.parametrize(
    "path",
    ["/web", "/search", "/import", "/export?format=ris", "/export?format=rdf_zotero", "/bibliography?citations=1"],
)
def test_no_body_gives_a_fault(served: Served, path: str) -> None:
    for kind in TYPES:
        for body in BODIES:
            got = ask(served.url + path, body, Content_Type=kind)
            assert got.status < 500 or got.status == 501, (kind, body[:60], got.body[:200])


@pytest.mark.parametrize("query", ["id=%00", "id=%ff", "id=a&format=%00", "id=" + "a" * 300, "id=../../x", "id=a&id=b"])
def test_no_id_gives_a_fault(served: Served, query: str) -> None:
    assert ask(f"{served.url}/unapi?{query}").status in {400, 404}
