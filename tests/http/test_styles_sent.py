"""A style sent with the items: what is wrong with it is a problem that names where it was sent and the line in it."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.http.app import create_app
from service.http.settings import Settings

ITEM = {"id": "a", "type": "article-newspaper", "title": "A title"}
ROOT = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'


def style(inside: str) -> str:
    return f"{ROOT}\n{inside}\n</style>"


BROKEN = {
    "not XML": ("my style", "not well-formed", 1),
    "cut off": (f"{ROOT}\n<citation>\n", "not well-formed", 3),
    "another root": ("<html/>", "not a CSL style", 1),
    "no citation": (style(""), "citation", 1),
    "a macro that is not there": (style('<citation><layout><text macro="a"/></layout></citation>'), "no macro 'a'", 2),
    "a macro that calls itself": (
        style('<macro name="a"><text macro="a"/></macro>\n<citation><layout><text macro="a"/></layout></citation>'),
        "calls itself",
        2,
    ),
    "entities": (f"<!DOCTYPE style [<!ENTITY a 'a'>]>{style('')}", "document type", None),
    "a parent that is not there": (
        style('<info><link rel="independent-parent" href="http://www.zotero.org/styles/of-nobody"/></info>'),
        "of-nobody",
        None,
    ),
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(Settings(warm=()))) as opened:
        yield opened


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize(("path", "member"), [("/cite", "csl"), ("/bibliography", "styleXml")])
def test_a_broken_style_is_told_of_where_it_was_sent(
    client: TestClient[Litestar], path: str, member: str, name: str
) -> None:
    text, reason, line = BROKEN[name]
    answer = client.post(path, json={"items": [ITEM], member: text})
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == "/docs#problem-broken-style"
    assert problem["field"] == f"/{member}"
    assert reason in problem["reason"]
    if line is not None:
        assert f"(line {line})" in problem["detail"]


def test_a_locale_that_is_not_there_is_no_fault_of_the_style(client: TestClient[Litestar]) -> None:
    good = style('<citation><layout><text variable="title"/></layout></citation>')
    assert client.post("/cite", json={"items": [ITEM], "csl": good}).text == "A title\n"
    answer = client.post("/cite?locale=xx-XX", json={"items": [ITEM], "csl": good})
    assert (answer.status_code, answer.json()["field"]) == (404, "locale")
