"""citeproc-js-server's question and its JSON, over a socket."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.asking import Answer, ask
from tests.serving import Served, serving

LEE: dict[str, Any] = {
    "id": "lee", "type": "article-newspaper", "title": "Parade in the capital",
    "container-title": "The Example Courier",
    "author": [{"family": "Lee", "given": "Michael"}], "issued": {"date-parts": [[2023, 9, 3]]},
    "URL": "https://courier.example/parade?a=1&b=2",
}  # fmt: skip
BERG: dict[str, Any] = {
    "id": 7, "type": "article-newspaper", "title": "A <quiet> day", "container-title": "The Example Courier",
    "author": [{"family": "Berg", "given": "Anna"}], "issued": {"date-parts": [[2022]]},
}  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("bibliography") / "log"
    with serving(log, TEARSHEET_WARM="apa", TEARSHEET_FETCH="off", TEARSHEET_DATABASE_URL="off") as running:
        yield running


def post(service: Served, query: str, body: Any, kind: str = "application/json") -> Answer:
    return ask(f"{service.url}/bibliography{query}", json.dumps(body).encode(), Content_Type=kind)


def made(service: Served, query: str, body: Any) -> dict[str, Any]:
    got = post(service, query, body)
    assert (got.status, got.headers["content-type"]) == (200, "application/json"), got.body
    return dict(json.loads(got.body))


def test_the_answer_has_the_shape_of_make_bibliography(service: Served) -> None:
    answer = made(service, "?style=apa", {"items": [LEE, BERG]})
    assert answer.keys() == {"bibliography"}
    parameters, entries = answer["bibliography"]
    assert parameters == {
        "maxoffset": 0, "entryspacing": 0, "linespacing": 2, "hangingindent": True, "second-field-align": False,
        "entry_ids": [["7"], ["lee"]], "bibliography_errors": [], "done": True,
        "bibstart": '<div class="csl-bib-body">\n', "bibend": "</div>",
    }  # fmt: skip
    assert entries == [
        '  <div class="csl-entry">Berg, A. (2022). A &#60;quiet&#62; day. <i>The Example Courier</i>.</div>\n',
        '  <div class="csl-entry">Lee, M. (2023, September 3). Parade in the capital. <i>The Example Courier</i>. '
        "https://courier.example/parade?a=1&#38;b=2</div>\n",
    ]


@pytest.mark.parametrize("body", [{"items": {"lee": LEE}}, [LEE], {"items": [LEE], "itemIDs": ["lee"]}])
def test_items_come_in_an_array_or_by_id(service: Served, body: Any) -> None:
    assert made(service, "?style=apa", body)["bibliography"][0]["entry_ids"] == [["lee"]]


def test_item_ids_choose_and_order(service: Served) -> None:
    answer = made(service, "?style=ieee", {"items": [LEE, BERG], "itemIDs": [7]})
    assert answer["bibliography"][0]["entry_ids"] == [["7"]]
    assert answer["bibliography"][0]["second-field-align"] == "flush"


def test_citations_are_given_for_clusters_or_for_each_item(service: Served) -> None:
    each = made(service, "?style=apa&citations=1&bibliography=0", {"items": [LEE, BERG]})
    assert each == {"citations": [[0, "(Lee, 2023)"], [1, "(Berg, 2022)"]]}
    clusters = [
        {
            "citationID": "c1", "properties": {"noteIndex": 0},
            "citationItems": [{"id": "lee", "locator": "4", "label": "page"}, {"id": 7}],
        },
        {"citationItems": [{"id": 7, "suppress-author": True, "prefix": "see "}]},
    ]  # fmt: skip
    answer = made(service, "?style=apa&citations=1", {"items": [LEE, BERG], "citationClusters": clusters})
    assert answer["citations"] == [[0, "(Berg, 2022; Lee, 2023, p. 4)", "c1"], [1, "(see 2022)"]]
    assert len(answer["bibliography"][1]) == 2


@pytest.mark.parametrize(
    ("query", "kind", "begins", "ends"),
    [
        ("&responseformat=html", "text/html; charset=utf-8", '<div class="csl-bib-body">\n  <div ', "</div>\n</div>"),
        ("&responseformat=html&outputformat=text", "text/plain; charset=utf-8", "Lee, M.", "b=2\n"),
        ("&responseformat=rtf", "text/rtf; charset=utf-8", "{\\rtf Lee, M.", "}"),
    ],
)  # fmt: skip
def test_the_bibliography_comes_as_one_document_too(
    service: Served, query: str, kind: str, begins: str, ends: str
) -> None:
    got = post(service, f"?style=apa{query}", [LEE])
    assert (got.status, got.headers["content-type"]) == (200, kind)
    assert got.body.decode().startswith(begins)
    assert got.body.decode().endswith(ends)


def test_cite_gives_the_same_html(service: Served) -> None:
    got = ask(f"{service.url}/cite?output=html", json.dumps([LEE, BERG]).encode(), Content_Type="application/json")
    whole = post(service, "?style=apa&responseformat=html", [LEE, BERG])
    assert got.body.decode() == whole.body.decode() + "\n"


def test_addresses_become_links_where_asked(service: Served) -> None:
    entry = made(service, "?style=apa&linkwrap=1", [LEE])["bibliography"][1][0]
    url = "https://courier.example/parade?a=1&#38;b=2"
    assert entry.endswith(f' <a href="{url}">{url}</a></div>\n')


STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id>'
    "<updated>2020-01-01T00:00:00+00:00</updated></info>"
    "<citation><layout><text variable='title'/></layout></citation>{}</style>"
)
TITLE_AND_TERM = (
    "<bibliography><layout><text variable='title'/><text term='accessed' prefix=' / '/></layout></bibliography>"
)


def test_a_posted_style_and_a_locale_are_used(service: Served) -> None:
    body = {"items": [LEE], "styleXml": STYLE.format(TITLE_AND_TERM)}
    answer = made(service, "?outputformat=text&locale=de-DE", body)
    assert answer["bibliography"][1] == ["Parade in the capital / zugegriffen\n"]


def test_a_style_without_a_bibliography_says_so(service: Served) -> None:
    assert made(service, "", {"items": [LEE], "styleXml": STYLE.format("")}) == {"bibliography": False}


def test_what_csl_does_not_know_is_passed_over(service: Served) -> None:
    assert made(service, "?style=apa", [{**LEE, "libraryKey": "X", "multi": {}}])["bibliography"][0]["entry_ids"] == [
        ["lee"]
    ]


@pytest.mark.parametrize(
    ("query", "body", "status", "field"),
    [
        ("?style=no-such-style", [LEE], 404, "style"),
        ("?locale=xx-XX", [LEE], 404, "locale"),
        ("?responseformat=docx", [LEE], 400, "responseformat"),
        ("?bibliography=yes", [LEE], 400, "bibliography"),
        ("?other=1", [LEE], 400, "other"),
        ("", [], 400, "/items"),
        ("", {"items": "x"}, 400, "/items"),
        ("", [{"id": "a"}], 400, "/items/0/type"),
        ("", [7], 400, "/items/0"),
        ("", {"items": [LEE], "itemIDs": ["x"]}, 409, "/itemIDs"),
        ("?citations=1", {"items": [LEE], "citationClusters": [{}]}, 400, "/citationClusters/0"),
        (
            "?citations=1", {"items": [LEE], "citationClusters": [{"citationItems": [{"id": "x"}]}]}, 409,
            "/citationClusters/0/citationItems/0/id",
        ),
        ("", {"items": [LEE], "styleXml": "<style/>"}, 400, None),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_problem(
    service: Served, query: str, body: Any, status: int, field: str | None
) -> None:
    got = post(service, query, body)
    problem = json.loads(got.body)
    assert (got.status, got.headers["content-type"]) == (status, "application/problem+json")
    if field is not None:
        assert problem["field"] == field
