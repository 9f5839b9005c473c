"""What the library holds, counted: articles by publication, agency, photographer and month."""

from collections.abc import Callable, Iterable, Iterator

import msgspec
from sqlalchemy import Connection, func, select

from schemas.article import Article
from schemas.library import Summary, Tally
from service.library.filing import photographers_of
from service.library.tables import articles, terms
from service.library.words import key

MOST_NAMES = 15
MOST_MONTHS = 24
_ASKED = 4 * MOST_NAMES  # a name may be filed in several spellings (native, short, domain); one of them is counted

_decoder = msgspec.json.Decoder(Article)


def _publication(article: Article) -> Iterable[str]:
    return (article.publication.name,) if article.publication else ()


def _agencies(article: Article) -> Iterator[str]:
    yield from (agency.name for agency in article.agencies)
    for photo in article.photos:
        yield from photo.agencies


def summary(connection: Connection) -> Summary:
    """The counts, from the rows the lists are filtered by."""
    return Summary(
        articles=connection.execute(select(func.count()).select_from(articles)).scalar_one(),
        publications=_tallies(connection, "publication", _publication),
        agencies=_tallies(connection, "agency", _agencies),
        photographers=_tallies(connection, "photographer", photographers_of),
        months=_months(connection),
    )


def _tallies(connection: Connection, field: str, names: Callable[[Article], Iterable[str]]) -> tuple[Tally, ...]:
    """Terms are folded for comparing, so the name to show is read from an article that has it."""
    count = func.count().label("count")
    rows = connection.execute(
        select(terms.c.key, count, func.min(terms.c.seq).label("seq"))
        .where(terms.c.field == field)
        .group_by(terms.c.key)
        .order_by(count.desc(), terms.c.key)
        .limit(_ASKED)
    ).all()
    kept = connection.execute(
        select(articles.c.seq, articles.c.article).where(articles.c.seq.in_([r.seq for r in rows]))
    )
    examples = {seq: _decoder.decode(article) for seq, article in kept}
    found = []
    for row in rows:
        shown = next((name for name in names(examples[row.seq]) if key(name) == row.key), None)
        if shown is not None:
            found.append(Tally(name=shown, count=row[1]))
    return tuple(found[:MOST_NAMES])


def _months(connection: Connection) -> tuple[Tally, ...]:
    month = func.substr(articles.c.published, 1, 7).label("month")
    rows = connection.execute(
        select(month, func.count().label("count"))
        .where(articles.c.published != "", func.substr(articles.c.published_end, 1, 7) == month)
        .group_by(month)
        .order_by(month.desc())
        .limit(MOST_MONTHS)
    )
    return tuple(Tally(name=row.month, count=row[1]) for row in rows)[::-1]
