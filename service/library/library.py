"""The library: articles under stable addresses, in SQLite or PostgreSQL through one implementation.

Every method is synchronous and safe to call from any thread; the web server calls them in its worker threads. (An
async driver would bring a second implementation of each database's locking and no speed: a read takes well under a
millisecond and a write waits for the disk either way.)
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from schemas.article import Article
from schemas.library import Origin, Query, StoredArticle, Summary
from service.library import corrections, migration
from service.library.engine import Gate, engine_for
from service.library.errors import Changed, NoSuchArticle, SourceNotKept
from service.library.filing import BODY_READ, Filed, filed
from service.library.finding import MOST_ON_A_PAGE, Page, by_id, find
from service.library.identity import fingerprint, short
from service.library.source import Source, unpacked
from service.library.stored import COLUMNS, Stored
from service.library.summary import summary
from service.library.tables import articles, search, sources, terms
from service.library.words import postgresql_words, sqlite_words, words

EVERYTHING = Query()
_ONE_IMPORT = 0x7EA25EE8  # PostgreSQL's advisory lock of a bulk import's step
BATCH = 1000  # articles stored in one transaction of an import, and read in one step of an export


@dataclass(frozen=True)
class Entry:
    """An article to be stored: with the document it was parsed from and that document's text, where there is one."""

    article: Article
    source: Source | None = None
    text: str = ""

    @classmethod
    def of_record(cls, record: StoredArticle) -> "Entry":
        """An article exported from a library: it keeps its fingerprint, and thereby its id."""
        return _Record(record.article(), record=record)

    @property
    def fingerprint(self) -> str:
        """What the article is known by."""
        return fingerprint(self.article, self.source)

    @property
    def origin(self) -> Origin | None:
        """What will be said of its document."""
        return self.source.origin() if self.source else None

    @property
    def corrected(self) -> tuple[str, ...]:
        """Pointers of the fields that were corrected before it came here."""
        return ()


@dataclass(frozen=True)
class _Record(Entry):
    record: StoredArticle | None = None

    @property
    def fingerprint(self) -> str:
        assert self.record
        return self.record.fingerprint

    @property
    def origin(self) -> Origin | None:
        assert self.record
        return msgspec.structs.replace(self.record.origin, kept=False) if self.record.origin else None

    @property
    def corrected(self) -> tuple[str, ...]:
        assert self.record
        return self.record.corrected


@dataclass(frozen=True)
class Added:
    """What became of an entry: the article's id, and whether it is new or was here already."""

    id: str
    created: bool


class Library:
    """Stored articles. `url` is `sqlite:///path` or `postgresql://…`; `timeout` seconds are waited for a lock."""

    def __init__(self, url: str, *, timeout: float = 5.0) -> None:
        self._gate = Gate(engine_for(url, timeout), timeout)
        self._sqlite = self._gate.sqlite
        self._insert = sqlite.insert if self._sqlite else postgresql.insert
        self._written = sqlite_words if self._sqlite else postgresql_words

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return "sqlite" if self._sqlite else "postgresql"

    def start(self) -> None:
        """Make a SQLite library ready; MigrationNeeded where a PostgreSQL one is not."""
        if self._sqlite:
            self.migrate()
        else:
            self.ready()

    def migrate(self) -> str | None:
        """Bring the tables to this program's version; returns the version they were at."""
        return migration.migrate(self._gate)

    def ready(self) -> None:
        """Return if the library can be read and its tables are those of this program."""
        migration.check(self._gate)

    def close(self) -> None:
        """Give the connections back."""
        self._gate.engine.dispose()

    # reading

    def get(self, article_id: str) -> Stored:
        """The article of this id, or NoSuchArticle."""
        with self._gate.read() as connection:
            row = connection.execute(by_id(article_id)).one_or_none()
        if row is None:
            raise NoSuchArticle("there is no article of this id", "id")
        return Stored.of(row)

    def source(self, article_id: str) -> Source:
        """The document an article was parsed from, or SourceNotKept."""
        with self._gate.read() as connection:
            row = connection.execute(
                select(articles.c.origin, sources.c.body)
                .select_from(articles)
                .outerjoin(sources, sources.c.seq == articles.c.seq)
                .where(articles.c.id == article_id)
            ).one_or_none()
        if row is None:
            raise NoSuchArticle("there is no article of this id", "id")
        if row.origin is None or row.body is None:
            raise SourceNotKept("the document of this article is not stored")
        return unpacked(msgspec.json.decode(row.origin, type=Origin), row.body)

    def find(self, query: Query = EVERYTHING, *, limit: int = 50, cursor: str | None = None) -> Page:
        """One page of the articles that answer a query."""
        with self._gate.read() as connection:
            return find(connection, query, min(limit, MOST_ON_A_PAGE), cursor)

    def every(self, query: Query = EVERYTHING, *, cursor: str | None = None) -> Iterator[Stored]:
        """All articles that answer a query, a batch in memory at a time.

        Oldest first unless the query says otherwise, so that what is added meanwhile comes at the end. Each batch is
        read by itself: no lock or snapshot is held while the reader is slow.
        """
        if query.sort is None and query.q is None:
            query = msgspec.structs.replace(query, sort="created")
        while True:
            page = self.find(query, limit=BATCH, cursor=cursor)
            yield from page.articles
            if page.next is None:
                return
            cursor = page.next

    def count(self) -> int:
        """How many articles there are."""
        with self._gate.read() as connection:
            return connection.execute(select(func.count()).select_from(articles)).scalar_one()

    def summary(self) -> Summary:
        """What there is, counted."""
        with self._gate.read() as connection:
            return summary(connection)

    # writing

    def add(self, entry: Entry) -> tuple[Stored, bool]:
        """Store an article; the second value is False where the same document was here already."""
        [added] = self.add_all([entry])
        return self.get(added.id), added.created

    def add_all(self, entries: Sequence[Entry]) -> list[Added]:
        """Store articles in one transaction: all or none are on the disk when it returns or raises."""
        marks = [entry.fingerprint for entry in entries]
        fresh = dict(zip(reversed(marks), reversed(entries), strict=True))  # the first of equals is stored
        with self._gate.write() as connection:
            if len(entries) > 1 and not self._sqlite:
                # two imports of the same articles in another order would each wait for the other
                connection.execute(select(func.pg_advisory_xact_lock(_ONE_IMPORT)))
            known = _known(connection, marks)
            new: set[str] = set()
            waiting = {mark: filed(fresh[mark].article) for mark in dict.fromkeys(marks) if mark not in known}
            longer = 0
            while waiting:
                shelved = self._shelve(connection, {mark: fresh[mark] for mark in waiting}, waiting, longer)
                new |= shelved
                known |= {mark: short(mark, longer) for mark in shelved}
                if waiting := {mark: way for mark, way in waiting.items() if mark not in shelved}:
                    known |= _known(connection, list(waiting))  # someone else's since, or another's id in the way
                    waiting = {mark: way for mark, way in waiting.items() if mark not in known}
                longer += 1
        first = dict(zip(reversed(marks), reversed(range(len(marks))), strict=True))
        return [Added(known[mark], mark in new and first[mark] == n) for n, mark in enumerate(marks)]

    def correct(self, article_id: str, patch: Mapping[str, Any], expected: Collection[str] | None) -> Stored:
        """Apply a JSON Merge Patch to the article whose entity tag is one of `expected` (None: whichever it is)."""
        change = corrections.checked(patch)
        with self._gate.write() as connection:
            row = self._held(connection, article_id, expected)
            parsed = msgspec.json.decode(row.parsed or row.article, type=Article)
            patches = _patches(row)
            return self._change(connection, row, parsed, corrections.added(patches, change) if change else patches)

    def reparse(self, article_id: str, entry: Entry, expected: Collection[str] | None) -> Stored:
        """Put a new reading of the article's document in the place of the old one; corrections stay."""
        with self._gate.write() as connection:
            row = self._held(connection, article_id, expected)
            return self._change(connection, row, entry.article, _patches(row), entry.text)

    def delete(self, article_id: str, expected: Collection[str] | None) -> None:
        """Take the article out, its document and corrections with it."""
        with self._gate.write() as connection:
            row = self._held(connection, article_id, expected)
            connection.execute(delete(search).where(search.c.rowid == row.seq))
            connection.execute(delete(articles).where(articles.c.seq == row.seq))

    def _held(self, connection: Connection, article_id: str, expected: Collection[str] | None) -> Any:
        """The row, locked to the end of the transaction; Changed unless it is as the caller expects it."""
        statement = (
            select(*COLUMNS, articles.c.parsed, articles.c.corrections)
            .where(articles.c.id == article_id)
            .with_for_update()
        )
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise NoSuchArticle("there is no article of this id", "id")
        tag = Stored.of(row).tag
        if expected is not None and tag not in expected:
            raise Changed("the article has changed since it was read", "If-Match", current=tag)
        return row

    def _change(
        self, connection: Connection, row: Any, parsed: Article, patches: Sequence[Any], text: str | None = None
    ) -> Stored:
        article, pointers = corrections.corrected(parsed, patches) if patches else (parsed, ())
        values: dict[str, Any] = {
            "article": _json(article),
            "parsed": _json(parsed) if patches else None,
            "corrections": _json(patches) if patches else None,
            "corrected": _json(pointers) if pointers else None,
        }
        if all(getattr(row, name) == value for name, value in values.items()) and text is None:
            return Stored.of(row)
        way = filed(article)
        values |= way.columns | {"revision": row.revision + 1, "modified": _now()}
        connection.execute(update(articles).where(articles.c.seq == row.seq).values(values))
        connection.execute(delete(terms).where(terms.c.seq == row.seq))
        _file(connection, {row.seq: way})
        found = {"headline": self._written(way.headline), "fields": self._written(way.fields)}
        if text is not None:
            found["body"] = self._written(words(text[:BODY_READ]))
        connection.execute(update(search).where(search.c.rowid == row.seq).values(found))
        return Stored.of(connection.execute(by_id(row.id)).one())

    def _shelve(
        self, connection: Connection, fresh: Mapping[str, Entry], ways: Mapping[str, Filed], longer: int
    ) -> set[str]:
        """Insert what is not there; the fingerprints of what was. Another's id in the way leaves one out."""
        now = _now()
        rows = []
        for mark, entry in fresh.items():
            row = {"id": short(mark, longer), "fingerprint": mark, "revision": 1, "created": now, "modified": now}
            row |= ways[mark].columns | {"article": _json(entry.article), "parsed": None, "corrections": None}
            row |= {"corrected": None, "origin": _json(entry.origin) if entry.origin else None}
            if entry.corrected:
                patch = corrections.patch_of(entry.article, entry.corrected)
                row |= {"parsed": row["article"], "corrections": _json([patch]), "corrected": _json(entry.corrected)}
            rows.append(row)
        statement = self._insert(articles).on_conflict_do_nothing().returning(articles.c.fingerprint, articles.c.seq)
        numbers = {row.fingerprint: row.seq for row in connection.execute(statement, rows)}
        _file(connection, {numbers[mark]: ways[mark] for mark in numbers})
        found = [
            (
                number,
                self._written(ways[mark].headline),
                self._written(ways[mark].fields),
                self._written(words(fresh[mark].text[:BODY_READ])),
            )
            for mark, number in numbers.items()
        ]
        _insert_all(connection, (search.c.rowid, search.c.headline, search.c.fields, search.c.body), found)
        bodies = [
            {"seq": number, "body": source.packed()}
            for mark, number in numbers.items()
            if (source := fresh[mark].source) and source.kept
        ]
        if bodies:
            connection.execute(insert(sources), bodies)
        return set(numbers)


def _known(connection: Connection, marks: Sequence[str]) -> dict[str, str]:
    rows = connection.execute(
        select(articles.c.fingerprint, articles.c.id).where(articles.c.fingerprint.in_(set(marks)))
    )
    return {row.fingerprint: row.id for row in rows}


def _file(connection: Connection, ways: Mapping[int, Filed]) -> None:
    rows = [(term, number) for number, way in ways.items() for term in way.terms]
    _insert_all(connection, (terms.c.term, terms.c.seq), rows)


def _insert_all(connection: Connection, columns: Sequence[Column[Any]], rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows of plain values, given to the driver as they are: looking at every value takes longer than storing it."""
    if rows:
        statement = insert(columns[0].table).values({column: bindparam(column.name) for column in columns})
        written = statement.compile(dialect=connection.dialect)
        names = [column.name for column in columns]
        given = rows if written.positional else [dict(zip(names, row, strict=True)) for row in rows]
        connection.exec_driver_sql(str(written), list(given))


def _patches(row: Any) -> list[corrections.Patch]:
    return msgspec.json.decode(row.corrections, type=list[dict[str, Any]]) if row.corrections else []


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
