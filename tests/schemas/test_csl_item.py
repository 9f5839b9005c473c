"""The CSL-JSON item: what the data schema allows is accepted and comes back unchanged; the rest is refused."""

import json
from typing import Any

import msgspec
import pytest

from schemas.csl import Item


def made(**variables: Any) -> Item:
    return msgspec.convert({"id": "x", "type": "article-newspaper", **variables}, Item)


def test_an_item_comes_back_as_it_was() -> None:
    item = {
        "id": "x",
        "type": "article-newspaper",
        "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}, {"literal": "Yonhap"}],
        "issued": {"date-parts": [["2023", 9, 3], [2023, 9, 4]], "circa": True},
        "accessed": {"date-parts": [[2026, 11]], "season": "Autumn"},
        "original-date": "1990-05~",
        "title": "A <i>title</i>",
        "title-short": "Title",
        "container-title": "The Port Weekly",
        "archive_location": "ID 1",
        "journalAbbreviation": "Port Wkly",
        "DOI": "10.1000/1",
        "ISSN": "1234-5678",
        "URL": "https://example.org/",
        "page": 3,
        "volume": 1.5,
        "custom": {"any": ["thing"]},
    }
    assert json.loads(json.dumps(msgspec.convert(item, Item).to_dict())) == item


def test_a_number_is_a_valid_id_and_becomes_a_string() -> None:
    assert msgspec.convert({"id": 7, "type": "book"}, Item).to_dict() == {"id": "7", "type": "book"}


@pytest.mark.parametrize("left", ["id", "type"])
def test_id_and_type_are_required(left: str) -> None:
    item = {"id": "x", "type": "book"}
    del item[left]
    with pytest.raises(msgspec.ValidationError, match=f"`{left}`"):
        msgspec.convert(item, Item)


@pytest.mark.parametrize(
    "variables",
    [
        {"headline": "x"},
        {"url": "x"},
        {"container_title": "x"},
        {"type": "newspaper"},
        {"author": [{"name": "x"}]},
        {"author": "Lee"},
        {"issued": {"date-parts": [[2023, 9, 3, 12]]}},
        {"issued": {"date-parts": [[]]}},
        {"issued": {"date-parts": [[1], [2], [3]]}},
        {"issued": {"date-parts": [["soon"]]}},
        {"issued": {"date-parts": [[10**9]]}},
        {"issued": "last week"},
        {"issued": {"year": 2023}},
        {"title": 3},
        {"title": "x" * 20_001},
        {"author": [{"family": "x"}] * 1001},
    ],
)
def test_what_the_data_schema_does_not_know_is_refused(variables: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        made(**variables)
