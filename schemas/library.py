"""The library's structs: an article as stored, what it was made from, a question to the library and its answers."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.article import Article, Kind
from schemas.base import Address, Base, Language, Line
from schemas.problem import Problem
from schemas.request import CiteOutput, Infer, Name

ArticleId = Annotated[str, Meta(pattern=r"^[0-9a-hjkmnp-tv-z]{12,52}$(?!\n)")]
"""The first characters of the fingerprint: the same document has the same id in every library."""

Fingerprint = Annotated[str, Meta(pattern=r"^[0-9a-hjkmnp-tv-z]{52}$(?!\n)")]
"""SHA-256 of what the article was made from, in Crockford's base 32 (lower case)."""

Timestamp = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z$(?!\n)")]
"""RFC 3339, in UTC."""

Sort = Literal[
    "created", "-created", "modified", "-modified", "published", "-published", "headline", "-headline", "relevance"
]
"""What a list is sorted by, `-` for descending; `relevance` goes with a search: hits in the headline first."""


class Origin(Base, frozen=True, kw_only=True):
    """The document an article was parsed from; `kept` tells whether it is stored and can be parsed again."""

    media_type: Line
    charset: Line | None = None
    url: Address | None = None
    fetched: bool = False
    size: Annotated[int, Meta(ge=0)]
    kept: bool = False


class StoredArticle(Article, frozen=True, kw_only=True):
    """An article with its place in the library: the article's own fields, and these beside them.

    `corrected` lists the JSON Pointers that a person has set; they survive a re-parse.
    """

    id: ArticleId
    fingerprint: Fingerprint
    revision: Annotated[int, Meta(ge=1)]
    created: Timestamp
    modified: Timestamp
    corrected: tuple[Line, ...] = ()
    origin: Origin | None = None

    def article(self) -> Article:
        """The article without its place in the library."""
        return Article(**{name: getattr(self, name) for name in Article.__struct_fields__})


class ArticlePage(Base, frozen=True, kw_only=True):
    """One page of a list; `next` is the cursor of the page after it, absent on the last."""

    articles: tuple[StoredArticle, ...]
    next: str | None = None


class Query(Base, frozen=True, kw_only=True):
    """A question to the library: every condition given must hold.

    `q` is a full-text search (words, "phrases", prefix*, -without); names match without regard to case, accents and
    the order of given and family name; `since` and `until` are ISO 8601 dates as precise as the asker likes.
    """

    q: str | None = None
    publication: str | None = None
    author: str | None = None
    agency: str | None = None
    language: str | None = None
    kind: str | None = None
    has_photo: bool | None = None
    since: str | None = None
    until: str | None = None
    ids: tuple[str, ...] | None = None
    sort: Sort | None = None


class ImportAnswer(Base, frozen=True, kw_only=True):
    """The answer to one line of a bulk import: the article's id, or what was wrong with the line (counted from 1)."""

    line: int
    status: int
    id: str | None = None
    problem: Problem | None = None


Day = Annotated[str, Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$(?!\n)")]
"""A year, a month or a day, as ISO 8601 writes it."""

Cursor = Annotated[str, Meta(min_length=1, max_length=4000, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]

MOST_LISTED = 500

NAMES = {"since": "from", "until": "to", "has_photo": "has-photo"}
"""Fields whose name in a query no Python field can have."""


class Filters(Base, frozen=True, kw_only=True, rename=NAMES):
    """What a list of articles is chosen by; every condition given must hold."""

    q: Annotated[str, Meta(max_length=500)] | None = None
    publication: Name | None = None
    author: Name | None = None
    agency: Name | None = None
    language: Language | None = None
    kind: Kind | None = None
    has_photo: bool | None = None
    since: Day | None = None
    until: Day | None = None
    ids: Annotated[tuple[ArticleId, ...], Meta(min_length=1, max_length=MOST_LISTED)] = ()
    sort: Sort | None = None

    def query(self) -> Query:
        """The same as a question to the library."""
        chosen = {name: getattr(self, name) for name in Query.__struct_fields__}
        return Query(**{**chosen, "q": self.q or None, "ids": self.ids or None})


class ListQuery(Filters, frozen=True, kw_only=True, rename=NAMES):
    """The query of GET /articles; with `format` (or a stream of lines) `limit` is counted over all pages."""

    limit: Annotated[int, Meta(ge=1, le=MOST_LISTED)] | None = None
    cursor: Cursor | None = None
    format: Name | None = None


class BibliographyQuery(Filters, frozen=True, kw_only=True, rename=NAMES):
    """The query of GET /articles/citations."""

    style: Name | None = None
    locale: Name | None = None
    output: CiteOutput | None = None
    format: Name | None = None


class CitationQuery(Base, frozen=True, kw_only=True):
    """The query of …/citation."""

    style: Name | None = None
    locale: Name | None = None
    output: CiteOutput | None = None
    format: Name | None = None


class RecordQuery(Base, frozen=True, kw_only=True):
    """The query of a stored article or photograph: a reference format by its name."""

    format: Name | None = None


class ReparseQuery(Base, frozen=True, kw_only=True):
    """The query of …/reparse: what the sender says about the document."""

    language: Language | None = None
    infer: Infer = ()


class Tally(Base, frozen=True, kw_only=True, omit_defaults=False):
    """How many articles have this name."""

    name: Line
    count: Annotated[int, Meta(ge=1)]


class Summary(Base, frozen=True, kw_only=True, omit_defaults=False):
    """What the library holds: how many articles, and the most frequent names of each kind, most first.

    `months` are those of publication, the latest two years that have any, earliest first; an article whose month is
    not known is in none.
    """

    articles: Annotated[int, Meta(ge=0)]
    publications: tuple[Tally, ...]
    agencies: tuple[Tally, ...]
    photographers: tuple[Tally, ...]
    months: tuple[Tally, ...]
