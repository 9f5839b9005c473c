"""What the reference formats share of an article: its single values under one name each, and what those leave over."""

import re
from typing import Any

import msgspec

from schemas.article import Article
from service.exporting.dates import Moment, moment
from service.exporting.names import Part

PATHS: dict[str, str] = {
    "title": "headline",
    "short_title": "short_title",
    "subtitle": "subtitle",
    "original_title": "original_title",
    "byline": "byline",
    "container": "publication.name",
    "container_short": "publication.short_name",
    "publisher": "publication.publisher",
    "place": "publication.place",
    "country": "publication.country",
    "domain": "publication.domain",
    "column": "column",
    "genre": "genre",
    "edition": "edition",
    "page": "page",
    "dateline": "dateline.text",
    "url": "url",
    "archive_url": "archive_url",
    "doi": "doi",
    "language": "language",
    "abstract": "abstract",
    "rights": "rights",
    "access": "access",
    "note": "note",
}
"""The names exporters' tables use, and the path of the article's field that each one gives whole."""

JOINED: dict[str, tuple[str, str]] = {
    "section": ("section", " > "),
    "keywords": ("keywords", ", "),
    "issn": ("publication.issn", ", "),
    "emails": ("emails", ", "),
}
"""Fields of several values that most formats have one place for, and what stands between the values there."""

PARTS: dict[Part, str] = {
    "author": "authors",
    "contributor": "contributors",
    "editor": "editors",
    "translator": "translators",
}

FOLD = re.compile(r"[ ]*[\t\n\v\f\r\x85\u2028\u2029][\s]*|  +")
IMPOSSIBLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say (section 2.2), and the C1 controls it discourages."""


def fold(text: str) -> str:
    """One line: line breaks, tabs and runs of blanks become one blank; NBSP and other scripts' blanks stay."""
    if text.isprintable() and "  " not in text:  # nearly every value: no need for the expression
        return text.strip(" ")
    return FOLD.sub(" ", text).strip(" ")


def leaves(article: Article) -> dict[str, str]:
    """Every value of the article by its path: `{"authors.1.family": "Lee", …}`; evidence and warnings left out."""
    bare = (
        msgspec.structs.replace(article, evidence={}, warnings=()) if article.evidence or article.warnings else article
    )
    found: dict[str, str] = {}
    for name, value in msgspec.to_builtins(bare).items():
        _gather(name, value, found)
    return found


def _gather(path: str, value: Any, found: dict[str, str]) -> None:
    if isinstance(value, str):
        found[path] = value
    elif isinstance(value, dict):
        for name, inner in value.items():
            _gather(f"{path}.{name}", inner, found)
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value, 1):
            _gather(f"{path}.{n}", inner, found)
    else:
        found[path] = str(value).lower()


def cleaned(article: Article, found: dict[str, str]) -> Article:
    """The article without what no format can carry (control characters, lone surrogates); `found` are its leaves."""
    texts = " ".join(found.values())
    if texts.isprintable() or not IMPOSSIBLE.search(texts):
        return article
    return msgspec.convert(
        _clean(msgspec.to_builtins(msgspec.structs.replace(article, evidence={}, warnings=()))), Article
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return IMPOSSIBLE.sub("", value) or "\ufffd"
    if isinstance(value, dict):
        return {name: _clean(inner) for name, inner in value.items()}
    return list(map(_clean, value)) if isinstance(value, list | tuple) else value


def title(article: Article) -> str | None:
    """The headline; for a photograph without one, its description, else its caption."""
    if article.headline or article.kind != "graphic" or not article.photos:
        return article.headline
    photo = article.photos[0]
    return photo.description or photo.caption


def values(article: Article, found: dict[str, str]) -> dict[str, str]:
    """The article's single values by the names of `PATHS` and `JOINED`; `found` are its leaves."""
    result = {name: found[path] for name, path in PATHS.items() if path in found}
    if "title" not in result and (text := title(article)):
        result["title"] = text
    publication = article.publication
    several = (
        ("section", article.section),
        ("keywords", article.keywords),
        ("issn", publication.issn if publication else ()),
        ("emails", article.emails),
    )
    for name, texts in several:
        if texts:
            result[name] = JOINED[name][1].join(texts)
    return result


def moments(article: Article) -> dict[str, Moment]:
    """The article's dates, taken apart, by their names: published, modified, accessed, archived."""
    dates = article.dates
    named = (
        ("published", dates.published),
        ("modified", dates.modified),
        ("accessed", dates.accessed),
        ("archived", dates.archived),
    )
    return {name: moment(date) for name, date in named if date}
