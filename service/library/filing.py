"""How an article is filed: the values the lists filter and sort by, and the words the search finds it by."""

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from schemas.article import Article, Creator
from service.library.words import key, words

BODY_READ = 50_000  # code points of the document's text that the search finds
_HEADLINE_KEPT = 200  # of the folded headline, for sorting
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d)(T.*)?)?)?")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}  # northern; winter as far as its year goes


class Filed(NamedTuple):
    """Columns of `articles`, its rows of `terms`, words of the headline and of the other fields."""

    columns: dict[str, str]
    terms: frozenset[int]
    headline: list[str]
    fields: list[str]


def filed(article: Article) -> Filed:
    """Everything the library needs to find an article again, from its fields."""
    published, published_end = "", ""
    if article.dates.published:
        published, published_end = days(article.dates.published.edtf)
    headline = article.headline or article.original_title or ""
    return Filed(
        {"headline": key(headline)[:_HEADLINE_KEPT], "published": published, "published_end": published_end},
        frozenset(term(field, value) for field, value in _terms(article) if value),
        words(headline),
        words("\n".join(_lines(article))),
    )


@lru_cache(maxsize=20_000)
def term(field: str, value: str) -> int:
    """A value of a field as one number (64 bits of BLAKE2): small to keep and quick to look for."""
    digest = hashlib.blake2b(f"{field}\0{value}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def days(edtf: str) -> tuple[str, str]:
    """First and last day (the first with its time, as printed) that a date can mean: 2023-09 is 01 to 30 September."""
    match = _DATE.match(edtf)
    if not match:
        return "", ""
    year, month, day, time = match.groups()
    if month in _SEASONS:
        first, last = _SEASONS[month]
        return f"{year}-{first:02}-01", f"{year}-{last:02}-{_length(year, last):02}"
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{_length(year, int(month)):02}"
    return f"{year}-{month}-{day}{(time or '').rstrip('~?%')}", f"{year}-{month}-{day}"


def _length(year: str, month: int) -> int:
    return calendar.monthrange(max(1, min(9999, int(year))), month)[1]


def names_of(creator: Creator) -> Iterator[str]:
    """The ways a person is asked for: given and family name either way round, the family name alone, as printed."""
    family = " ".join(part for part in (creator.particle, creator.family) if part)
    if family:
        yield family
        if creator.given:
            yield f"{creator.given} {family}"
            yield f"{family} {creator.given}"
            yield f"{family}{creator.given}"
    for whole in (creator.family, creator.literal, creator.native, creator.printed):
        if whole:
            yield whole


def photographers_of(article: Article) -> Iterator[str]:
    """Who took the pictures, by the names they are credited with."""
    for photo in article.photos:
        for person in photo.photographers:
            parts = " ".join(part for part in (person.given, person.particle, person.family) if part)
            if name := parts or person.literal or person.printed:
                yield name


def _terms(article: Article) -> Iterator[tuple[str, str]]:
    yield "kind", article.kind
    if publication := article.publication:
        named = (publication.name, publication.native_name, publication.short_name, publication.domain)
        yield from (("publication", key(name)) for name in named if name)
    for creator in (*article.authors, *article.contributors):
        yield from (("author", key(name)) for name in names_of(creator))
    for agency in article.agencies:
        yield from (("agency", key(name)) for name in (agency.name, agency.abbreviation) if name)
    for photo in article.photos:
        yield from (("agency", key(name)) for name in photo.agencies)
    yield from (("photographer", key(name)) for name in photographers_of(article))
    if article.language:
        subtags = article.language.lower().split("-")
        yield from (("language", "-".join(subtags[:n])) for n in range(1, len(subtags) + 1))
    if article.photos or article.kind == "graphic":
        yield "photo", "yes"


def _lines(article: Article) -> Iterator[str]:
    """What of an article, beside its headline, a reader may remember of it."""
    people = chain(article.authors, article.contributors, article.editors, article.translators)
    alone: Iterable[Any] = (
        article.short_title, article.subtitle, article.byline, article.column, article.genre, article.edition,
        article.abstract, article.url, article.doi, article.original_title if article.headline else None,
    )  # fmt: skip
    yield from (line for line in alone if line)
    yield from article.keywords
    yield from article.section
    for creator in people:
        yield from (part for part in (creator.printed, creator.native, creator.literal) if part)
        if creator.family:
            yield " ".join(part for part in (creator.given, creator.particle, creator.family) if part)
    for agency in article.agencies:
        yield from (name for name in (agency.name, agency.abbreviation) if name)
    for photo in article.photos:
        yield from (part for part in (photo.caption, photo.credit, photo.description) if part)
    if publication := article.publication:
        named = (publication.name, publication.native_name, publication.place, publication.domain)
        yield from (name for name in named if name)
    if article.dateline:
        yield article.dateline.text
