"""Where a field was read from, and what the reader was unsure about."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.base import Base, Line, Passage

Source = Literal["text", "json-ld", "microdata", "meta", "dom", "url", "table", "given"]

Confidence = Annotated[float, Meta(ge=0, le=1)]


class Evidence(Base, frozen=True, kw_only=True):
    """One place a field's value stands in.

    `start` and `end` count code points of the document's text, so that `text[start:end] == quote`; where the source is
    not running text, `path` names the place (a CSS-like path, a meta tag's name, a JSON-LD pointer).
    """

    source: Source
    start: Annotated[int, Meta(ge=0)] | None = None
    end: Annotated[int, Meta(ge=0)] | None = None
    path: Line | None = None
    quote: Passage | None = None
    rule: Line
    confidence: Confidence


class Warning(Base, frozen=True, kw_only=True):
    """Something the reader of an answer should know: `code` is stable, `field` a JSON Pointer, `message` for people."""

    code: Annotated[str, Meta(min_length=1, max_length=64)]
    field: Annotated[str, Meta(max_length=256)] = ""
    message: Passage
