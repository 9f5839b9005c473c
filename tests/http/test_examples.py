"""The examples on the front page: one a seed, under the headline that is to be read from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from selectolax.lexbor import LexborHTMLParser

from service.http import frontpage
from service.http.app import create_app
from service.http.settings import Settings
from tests.golden import article_of, names


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Any]]:
    with TestClient(create_app(Settings(warm=()))) as opened:
        yield opened


def test_every_seed_is_an_example_under_its_headline_and_language(client: TestClient[Any]) -> None:
    answer = client.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    links = LexborHTMLParser(answer.text).css(".examples a")
    assert [link.attributes["href"] for link in links] == [f"/?example={name}" for name in names()]
    for name, link in zip(names(), links, strict=True):
        article = article_of(name)
        assert article.headline is not None
        shown = link.text()
        assert link.attributes.get("lang") == article.language
        assert article.headline.startswith(shown.removesuffix("...").rstrip())


def test_an_example_that_is_a_page_opens(client: TestClient[Any]) -> None:
    answer = client.get("/", params={"example": "portuguese-page"}, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "Carvalhal, I." in answer.text


def test_a_seed_without_an_expected_article_goes_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "harbour-page"
    folder.mkdir()
    (folder / "document.html").write_text("<p>Harbour", encoding="utf-8")
    monkeypatch.setattr(frontpage, "resource", lambda name: tmp_path)
    assert [(one.title, one.language) for one in frontpage.examples()] == [("Harbour page", None)]
