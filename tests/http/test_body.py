"""What a decoded body is taken for, and where its faults are."""

from typing import Any

import pytest

from schemas.article import Article
from schemas.csl import Item
from schemas.request import ArticleSelection, HtmlSource, ItemSelection, TextSource, UrlSource
from service.errors import BadInput
from service.http.body import decode_json, looks_like_json, understand, understand_items

ITEM = {"id": "a", "type": "book", "title": "A title"}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"text": "a"}, TextSource),
        ({"text": "a", "url": "https://a.example/", "language": "ko", "infer": ["dates"]}, TextSource),
        ({"html": "<p>a"}, HtmlSource),
        ({"url": "https://a.example/"}, UrlSource),
        ({"url": "https://a.example/", "language": "ko"}, UrlSource),
        ({"url": "https://a.example/", "headline": "a"}, Article),
        ({"headline": "a"}, Article),
        ({"url": None}, Article),
        ({}, Article),
        (ITEM, Item),
        ({**ITEM, "URL": "https://a.example/"}, Item),
        ([ITEM, {"headline": "a"}], tuple),
        ({"items": [ITEM]}, ItemSelection),
        ({"articles": [{}], "csl": "<style/>"}, ArticleSelection),
    ],
)
def test_what_is_cited_is_told_apart(value: Any, kind: type) -> None:
    assert isinstance(understand(value, works=True), kind)


@pytest.mark.parametrize("value", [{"headline": "a"}, ITEM, [ITEM], {}, {"items": [ITEM]}, None, 1, "text"])
def test_only_documents_are_parsed(value: Any) -> None:
    with pytest.raises(BadInput):
        understand(value, works=False)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"text": "a", "html": "b"}, "/html"),
        ({"text": ""}, "/text"),
        ({"text": "a", "infer": ["all"]}, "/infer/0"),
        ({"text": "a", "language": "a b"}, "/language"),
        ({"authors": [{"given": "A"}, {"giben": "A"}]}, "/authors/1/giben"),
        ({"dates": {"published": {"edtf": "yesterday", "precision": "day"}}}, "/dates/published/edtf"),
        ({"publication": {}}, "/publication/name"),
        ({"evidence": {"/headline": [{"source": "dream"}]}}, "/evidence/.../0/source"),
        ([ITEM, {**ITEM, "issued": {"date-parts": [[2023, "x"]]}}], "/1/issued/date-parts/0/1"),
        ({"items": [{**ITEM, "author": "Lee"}]}, "/items/0/author"),
        ({"title": "a", "author": []}, "/type"),
        ({"type": "book"}, "/id"),
        ([], ""),
    ],
)
def test_the_place_of_a_fault_is_a_pointer(value: Any, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        understand(value, works=True)
    assert caught.value.field == field


def test_csl_json_is_items_only() -> None:
    assert isinstance(understand_items(ITEM), Item)
    assert len(understand_items([ITEM, ITEM])) == 2  # type: ignore[arg-type]
    for value in ({"headline": "a"}, [{"headline": "a"}], {"items": [ITEM]}, []):
        with pytest.raises(BadInput):
            understand_items(value)


def test_numbers_are_those_of_json_schema() -> None:
    assert decode_json(b"[1.0, -0.0, 1e3, 1.5]") == [1, 0, 1000, 1.5]
    assert all(type(value) is int for value in decode_json(b"[1.0, 1e3]"))
    for bad in (b"1e999", b"-1e999", b"NaN", b"Infinity", b"9" * 5000):
        with pytest.raises(BadInput):
            decode_json(bad)


@pytest.mark.parametrize("body", [b"{}", b' \n{"a"', b"[{", b"[]", b"[ [", b'\xef\xbb\xbf{"a": 1}', b'{\n\t"a"'])
def test_json_is_known_by_its_beginning(body: bytes) -> None:
    assert looks_like_json(body)


@pytest.mark.parametrize("body", [b"[YONHAP]", b"{text}", b"text", b'"a"', b"[1]", b"", b"<p>", b"[ Photo ]"])
def test_text_is_not_taken_for_json(body: bytes) -> None:
    assert not looks_like_json(body)
