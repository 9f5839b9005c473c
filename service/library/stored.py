"""One stored article as the database gives it: its JSON is put together without being taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import ColumnElement

from schemas.article import Article
from schemas.library import Origin, StoredArticle
from service.library.tables import articles

COLUMNS: tuple[ColumnElement[Any], ...] = (
    articles.c.seq,
    articles.c.id,
    articles.c.fingerprint,
    articles.c.revision,
    articles.c.created,
    articles.c.modified,
    articles.c.article,
    articles.c.corrected,
    articles.c.origin,
)


@dataclass(frozen=True)
class Stored:
    """A row of `articles`. `article_json`, `corrected_json` and `origin_json` are as stored."""

    seq: int
    id: str
    fingerprint: str
    revision: int
    created: str
    modified: str
    article_json: str
    corrected_json: str | None
    origin_json: str | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Stored":
        """From a row of `COLUMNS`; what a row has beyond them is left out."""
        return cls(*row[: len(COLUMNS)])

    @property
    def tag(self) -> str:
        """The entity tag (RFC 9110, 8.8.3) without its quotes: no two states of any article ever share one."""
        return f"{self.seq:x}.{self.revision}"

    @cached_property
    def article(self) -> Article:
        """The article, corrections applied."""
        return msgspec.json.decode(self.article_json, type=Article)

    @cached_property
    def origin(self) -> Origin | None:
        """What it was parsed from, None where it was given as an article."""
        return msgspec.json.decode(self.origin_json, type=Origin) if self.origin_json else None

    def json(self) -> bytes:
        """The JSON of `StoredArticle`."""
        own = (
            f'{{"id":"{self.id}","fingerprint":"{self.fingerprint}","revision":{self.revision},'
            f'"created":"{self.created}","modified":"{self.modified}"'
        )
        if self.corrected_json:
            own += f',"corrected":{self.corrected_json}'
        if self.origin_json:
            own += f',"origin":{self.origin_json}'
        rest = self.article_json[1:]
        return (own + ("" if rest == "}" else ",") + rest).encode()

    def record(self) -> StoredArticle:
        """The same as a struct."""
        return msgspec.json.decode(self.json(), type=StoredArticle)
