"""The library's structs: an article as stored, what it was made from, a question to the library and its answers."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.article import Article
from schemas.base import Address, Base, Line
from schemas.problem import Problem

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
