"""Errata of published styles: each is still needed, and mends what it says."""

from typing import Any

import pytest

from service.rendering import cite, compiled
from service.rendering.errata import errata
from service.rendering.style_files import Package

ITEM = {"id": "a", "type": "article-newspaper", "title": "Ferry sails again", "URL": "https://example.org/ferry"}
ACCESSED = {"accessed": {"date-parts": [[2026, 11, 24]]}}


def test_each_is_needed() -> None:
    files = [path.read_bytes() for path in Package().folder.glob("*.csl")]
    assert errata()
    for pattern, _ in errata():
        assert any(pattern.search(xml) for xml in files)


@pytest.mark.parametrize("style", ["apa", "apa-single-spaced"])
@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({}, "Ferry sails again. (n.d.). https://example.org/ferry"),
        (ACCESSED, "Ferry sails again. (n.d.). Retrieved November 24, 2026, from https://example.org/ferry"),
    ],
)
def test_retrieved_goes_with_its_date(style: str, known: dict[str, Any], printed: str) -> None:
    [citation] = cite(compiled(style), [{**ITEM, **known}])
    assert citation.entry == printed


def test_what_compares_engines_has_the_file_as_it_is() -> None:
    [citation] = cite(compiled("apa", compat=True), [ITEM])
    assert citation.entry is not None
    assert "Retrieved https" in citation.entry
