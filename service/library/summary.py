"""What the library holds, counted: articles by publication, agency, photographer and month."""

from collections.abc import Callable, Iterator

import msgspec
from sqlalchemy import Connection, func, select

from schemas.article import Article
from schemas.library import Summary, Tally
from service.library.filing import photographers_of, term
from service.library.tables import articles, terms
from service.library.words import key

MOST_NAMES = 15
MOST_MONTHS = 24
_ASKED = 2000
"""The most frequent terms that are looked at: those of every field together, and of every spelling of a name."""

_decoder = msgspec.json.Decoder(Article)


def _publications(article: Article) -> Iterator[str]:
    if article.publication:
        yield article.publication.name


def _agencies(article: Article) -> Iterator[str]:
    yield from (agency.name for agency in article.agencies)
    for photo in article.photos:
        yield from photo.agencies


_NAMES: dict[str, Callable[[Article], Iterator[str]]] = {
    "publication": _publications,
    "agency": _agencies,
    "photographer": photographers_of,
}


def summary(connection: Connection) -> Summary:
    """The counts, from the rows the lists are filtered by."""
    tallies = _tallies(connection)
    return Summary(
        articles=connection.execute(select(func.count()).select_from(articles)).scalar_one(),
        publications=tuple(tallies["publication"][:MOST_NAMES]),
        agencies=tuple(tallies["agency"][:MOST_NAMES]),
        photographers=tuple(tallies["photographer"][:MOST_NAMES]),
        months=_months(connection),
    )


def _tallies(connection: Connection) -> dict[str, list[Tally]]:
    """A term is a number; which name it stands for is read from an article that has it."""
    count = func.count()
    frequent = (
        select(terms.c.term, count.label("count"), func.min(terms.c.seq).label("seq"))
        .group_by(terms.c.term)
        .order_by(count.desc())
        .limit(_ASKED)
        .subquery()
    )
    rows = connection.execute(
        select(frequent.c.term, frequent.c["count"], articles.c.article)
        .join(articles, articles.c.seq == frequent.c.seq)
        .order_by(frequent.c["count"].desc(), frequent.c.term)
    )
    found: dict[str, list[Tally]] = {field: [] for field in _NAMES}
    for wanted, number, body in rows:
        article = _decoder.decode(body)
        for field, names in _NAMES.items():
            name = next((name for name in names(article) if term(field, key(name)) == wanted), None)
            if name is not None:
                found[field].append(Tally(name=name, count=number))
    return found


def _months(connection: Connection) -> tuple[Tally, ...]:
    month = func.substr(articles.c.published, 1, 7).label("month")
    rows = connection.execute(
        select(month, func.count())
        .where(articles.c.published != "", func.substr(articles.c.published_end, 1, 7) == month)
        .group_by(month)
        .order_by(month.desc())
        .limit(MOST_MONTHS)
    )
    return tuple(Tally(name=name, count=number) for name, number in rows)[::-1]
