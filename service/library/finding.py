"""Lists and searches: a query becomes one indexed statement a page, whatever the size of the library.

Two ways lead to a page. Where a condition holds for few articles, those are taken and sorted; where every condition
holds for many, the articles are walked in the order asked for and each is tried, which soon fills a page. SQLite is
told which way to go (it keeps no such statistics by itself); PostgreSQL's planner decides alone.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, cast, exists, func, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY

from schemas.library import Query
from service.errors import UnknownName
from service.library.filing import days, term
from service.library.stored import COLUMNS, Stored
from service.library.tables import articles, search, terms
from service.library.words import Clause, clauses, key, postgresql_search, sqlite_search

FEW = 2000  # as many articles are fetched and sorted in a few milliseconds
MOST_ON_A_PAGE = 500

_ORDER: dict[str, ColumnElement[Any]] = {
    "created": articles.c.seq,
    "modified": articles.c.modified,
    "published": articles.c.published,
    "headline": articles.c.headline,
}


class Page(NamedTuple):
    """Articles in order, and the cursor of the page after them, None on the last."""

    articles: list[Stored]
    next: str | None


class _Place(NamedTuple):
    """Where a page ended: the order it was in, the value and the number of its last article.

    `phase` 1 is the second half of a search by relevance, whose hits are not in the headline.
    """

    sort: str
    phase: int
    value: str | int
    seq: int

    def written(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(list(self))).rstrip(b"=").decode()

    @classmethod
    def read(cls, cursor: str, sort: str) -> "_Place":
        try:
            raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            place = cls(*msgspec.json.decode(raw, type=tuple[str, int, str | int, int]))
        except (UnicodeEncodeError, binascii.Error, msgspec.MsgspecError) as error:
            raise UnknownName("this is no cursor that the library gave", "cursor") from error
        if place.sort != sort or isinstance(place.value, int) != (sort in {"created", "relevance"}):
            raise UnknownName("the cursor belongs to a list in another order", "cursor")
        if place.phase not in {0, 1} or not 0 <= place.seq < 1 << 63 or "\0" in str(place.value):
            raise UnknownName("this is no cursor that the library gave", "cursor")
        return place


def order_of(query: Query) -> str:
    """The order of a query's list: as asked, else the best hits of a search first, else the newest additions first."""
    if query.sort == "relevance" or query.sort is None:
        return "relevance" if query.q is not None else "-created"
    return query.sort


def find(connection: Connection, query: Query, limit: int, cursor: str | None) -> Page:
    """One page of at most `limit` articles after `cursor`."""
    order = order_of(query)
    descending, name = order.startswith("-") or order == "relevance", order.lstrip("-")
    place = _Place.read(cursor, name) if cursor else None
    asked = clauses(query.q) if query.q is not None else None
    if asked == () or query.ids == ():
        return Page([], None)
    found: list[Stored] = []
    value_of = "seq" if name in {"created", "relevance"} else name
    phases: Sequence[int] = (0, 1) if name == "relevance" else (0,)
    ended: list[_Place] = []
    for phase in phases:
        if place and phase < place.phase:
            continue
        after = place if place and phase == place.phase else None
        headline = None if name != "relevance" else phase == 0
        statement = _statement(connection, query, asked, name, descending=descending, headline=headline, after=after)
        rows = list(connection.execute(statement.limit(limit + 1 - len(found))))
        for row in rows:
            found.append(Stored.of(row))
            ended.append(_Place(name, phase, row[0] if value_of == "seq" else row[-1], row[0]))
        if len(found) > limit:
            return Page(found[:limit], ended[limit - 1].written())
    return Page(found, None)


def _statement(
    connection: Connection,
    query: Query,
    asked: tuple[Clause, ...] | None,
    order_name: str,
    *,
    descending: bool,
    headline: bool | None,
    after: _Place | None,
) -> Select[Any]:
    sqlite = connection.dialect.name == "sqlite"
    by_number = order_name in {"created", "relevance"}
    order = articles.c.seq if by_number else _ORDER[order_name]
    conditions = _conditions(query)
    statement = select(*COLUMNS, order.label("place")).select_from(articles)
    few = _scarcest(connection, query) if sqlite else None
    if asked is not None:
        match = _match(sqlite, asked, headline)
        hits = select(search.c.rowid).where(match)
        if by_number:
            # the index gives its hits in the order of their numbers, as many as are asked for
            statement = statement.join(search, search.c.rowid == articles.c.seq).where(match)
            order = search.c.rowid if sqlite and few is None else order
        elif not sqlite or _count(connection, hits) < FEW:
            conditions.append(articles.c.seq.in_(hits))
        else:
            conditions.append(exists().where(match, search.c.rowid == articles.c.seq))
    for wanted in _wanted(query):
        if wanted == few:
            conditions.append(articles.c.seq.in_(select(terms.c.seq).where(terms.c.term == wanted)))
        else:
            conditions.append(_has(wanted))
    if after:
        if by_number:
            conditions.append(order < after.seq if descending else order > after.seq)
        else:
            here, there = tuple_(order, articles.c.seq), tuple_(after.value, after.seq)
            conditions.append(here < there if descending else here > there)
    ordering = [order] if by_number else [order, articles.c.seq]
    return statement.where(*conditions).order_by(*(c.desc() if descending else c.asc() for c in ordering))


def _wanted(query: Query) -> list[int]:
    """The terms an article must have, those that are usually scarcest first, so that most are soon refused."""
    named = {"author": query.author, "agency": query.agency, "publication": query.publication}
    wanted = [term(field, key(value)) for field, value in named.items() if value is not None]
    if query.language is not None:
        wanted.append(term("language", query.language.lower()))
    if query.has_photo:
        wanted.append(_PHOTO)
    if query.kind is not None:
        wanted.append(term("kind", query.kind))
    return wanted


_PHOTO = term("photo", "yes")


def _has(wanted: int) -> ColumnElement[bool]:
    return exists().where(terms.c.term == wanted, terms.c.seq == articles.c.seq)


def _conditions(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.ids is not None:
        conditions.append(articles.c.id.in_(query.ids))
    if query.has_photo is False:
        conditions.append(~_has(_PHOTO))
    if query.since is not None:
        since = days(query.since)[0]
        conditions.append(articles.c.published_end >= since[:10])
        # no date is less precise than a year, so the index can be entered at its beginning
        conditions.append(articles.c.published >= f"{since[:4]}-01-01")
    if query.until is not None:
        conditions.append(articles.c.published <= f"{days(query.until)[1]}~")  # "~" stands behind every time of day
        conditions.append(articles.c.published != "")
    return conditions


def _match(sqlite: bool, asked: tuple[Clause, ...], headline: bool | None) -> ColumnElement[bool]:
    if sqlite:
        return literal_column("search").op("MATCH", is_comparison=True)(sqlite_search(asked, headline))
    everything: ColumnElement[Any] = literal_column("search.everything")
    return everything.op("@@", is_comparison=True)(cast(postgresql_search(asked, headline), TSQUERY))


def _count(connection: Connection, hits: Select[Any]) -> int:
    return connection.execute(select(func.count()).select_from(hits.limit(FEW).subquery())).scalar_one()


def _scarcest(connection: Connection, query: Query) -> int | None:
    """The term that fewest articles have, if they are few."""
    counted = [
        (_count(connection, select(terms.c.seq).where(terms.c.term == wanted)), wanted) for wanted in _wanted(query)
    ]
    fewest, wanted = min(counted, default=(FEW, None))
    return wanted if fewest < FEW else None


def by_id(article_id: str) -> Select[Any]:
    """The statement that reads one article."""
    return select(*COLUMNS).where(articles.c.id == article_id)
