"""Query strings, read strictly."""

from typing import Any, Literal

import pytest

from schemas.base import Base
from schemas.request import CiteQuery, FetchAndCiteQuery, StylesQuery
from service.errors import BadInput
from service.http.query import parse_query


class Query(Base, frozen=True, kw_only=True, rename="kebab"):
    has_photo: bool | None = None
    sort: Literal["new", "old"] | None = None
    limit: int | None = None
    infer: tuple[Literal["dates"], ...] = ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (b"", Query()),
        (b"has-photo=true&sort=old&limit=7&infer=dates", Query(has_photo=True, sort="old", limit=7, infer=("dates",))),
        (b"has-photo=0&infer=", Query(has_photo=False)),
    ],
)
def test_parameters_become_fields(query: bytes, expected: Query) -> None:
    assert parse_query(query, Query) == expected


def test_text_is_text() -> None:
    read = parse_query(b"style=null&url=https%3A%2F%2Fa.example%2F%3Fq%3D%ED%95%9C&locale=%2B", CiteQuery)
    assert (read.style, read.url, read.locale) == ("null", "https://a.example/?q=한", "+")
    assert parse_query(b"q=a+b%20c", StylesQuery).q == "a b c"


@pytest.mark.parametrize(
    ("query", "kind", "field", "told"),
    [
        (b"style=a&style=b", CiteQuery, "style", "twice"),
        (b"stile=a", CiteQuery, "stile", "known: style"),
        (b"output=pdf", CiteQuery, "output", "markdown"),
        (b"output=null", CiteQuery, "output", "one of"),
        (b"style=" + b"a" * 201, CiteQuery, "style", "200"),
        (b"style=", CiteQuery, "style", "length"),
        (b"url=ftp://a.example", CiteQuery, "url", "matching"),
        (b"url=https://a.example/?a=1&b=2", CiteQuery, "b", "%26"),
        (b"infer=author", CiteQuery, "infer", "dates"),
        (b"infer=dates,dates", CiteQuery, "infer", "length"),
        (b"style=apa", FetchAndCiteQuery, "url", "required"),
        (b"limit=ten", StylesQuery, "limit", "int"),
        (b"limit=0", StylesQuery, "limit", ">= 1"),
        (b"has-photo=null", Query, "has-photo", "no sense"),
        (b"limit=NULL", Query, "limit", "no sense"),
        (b"q=%FF", StylesQuery, "query", "UTF-8"),
        (b"q=\xff", StylesQuery, "query", "UTF-8"),
        (b"&".join([b"q=1"] * 101), StylesQuery, "query", "100"),
    ],
)
def test_what_has_no_sense_is_named(query: bytes, kind: Any, field: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_query(query, kind)
    assert caught.value.field == field
    assert told in caught.value.reason
