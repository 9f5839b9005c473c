"""A document as read: decoded text (or a page taken apart), before anything is understood."""

from typing import Literal

from schemas.base import Base


class Document(Base, frozen=True, kw_only=True):
    """`text` is the decoded body exactly as sent (kind `text`) or the page's visible text (kind `html`)."""

    kind: Literal["text", "html"] = "text"
    text: str
    url: str | None = None
    language: str | None = None


class Hints(Base, frozen=True, kw_only=True):
    """What the sender knows: the page's address and language, and whether dates may be inferred from the text."""

    url: str | None = None
    language: str | None = None
    infer_dates: bool = False
