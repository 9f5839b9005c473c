"""Out and in again: six formats give back the same article; what they lose is written in docs/formats.md."""

import re

import msgspec
import pytest
from hypothesis import given, settings

from schemas.article import Article, Creator
from service.exporting import export
from service.exporting.names import reading_order
from service.importing import read, sniff
from tests.articles import FULL, PHOTOGRAPH, SEED, articles, varied

FORMATS = ("csl-json", "zotero", "rdf_zotero", "ris", "biblatex", "bibtex")
PARTS = ("authors", "contributors", "editors", "translators")


def bare(article: Article) -> Article:
    """Without what no reference format carries: evidence, warnings, and a printed name that is the name."""

    def plain(creator: Creator) -> Creator:
        return msgspec.structs.replace(creator, printed=None) if creator.printed == reading_order(creator) else creator

    people = {part: tuple(map(plain, getattr(article, part))) for part in PARTS}
    return msgspec.structs.replace(article, evidence={}, warnings=(), **people)


def folded(article: Article) -> Article:
    """The losses of formats of lines: a line break in a text becomes a blank."""
    if article.abstract:
        return msgspec.structs.replace(article, abstract=re.sub(r"[ \n]+", " ", article.abstract))
    return article


def there_and_back(found: list[Article], name: str) -> list[Article]:
    text = "".join(export(found, name))
    assert sniff(text) == ("bibtex" if name == "biblatex" else name)
    imported = read(text, name)
    assert imported.warnings == ()
    assert [article.warnings for article in imported.articles] == [()] * len(found)
    return [bare(article) for article in imported.articles]


def expected(article: Article, name: str) -> Article:
    return bare(article) if name in ("csl-json", "zotero", "rdf_zotero") else folded(bare(article))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("article", [SEED, FULL, PHOTOGRAPH], ids=["seed", "full", "photograph"])
def test_examples_come_back(name: str, article: Article) -> None:
    assert there_and_back([article], name) == [expected(article, name)]


@pytest.mark.parametrize("name", FORMATS)
def test_three_hundred_articles_come_back(name: str) -> None:
    found = varied(300)
    for before, after in zip(found, there_and_back(found, name), strict=True):
        assert after == expected(before, name)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=15, deadline=None)
@given(article=articles())
def test_any_article_comes_back(name: str, article: Article) -> None:
    assert there_and_back([article], name) == [expected(article, name)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_field_says_that_it_was_given(name: str) -> None:
    article = read("".join(export([FULL], name)), name).articles[0]
    source = "bibtex" if name == "biblatex" else name
    assert {evidence.rule for found in article.evidence.values() for evidence in found} == {f"import:{source}"}
    assert {evidence.source for found in article.evidence.values() for evidence in found} == {"given"}
    assert {"/headline", "/authors", "/publication", "/dates", "/url"} <= set(article.evidence)


@pytest.mark.parametrize("name", FORMATS)
def test_blanks_of_other_scripts_come_back(name: str) -> None:
    article = Article(
        headline="10\u00a0% of\u3000新聞 zero\u200bwidth",
        authors=(Creator(given="太\u3000郎", family="山\u00a0田"), Creator(literal="山田\u3000太郎")),
        abstract="un\u202fdeux\u200fשלום",
    )
    assert there_and_back([article], name) == [article]
