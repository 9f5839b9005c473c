"""A document as read: decoded text (or a page taken apart), before anything is understood."""

from typing import Any, Literal

from msgspec import Struct

from schemas.base import Base

# What an element's markup says of it, one bit each; the first are named and ordered as in page_hints.toml.
BREADCRUMB, NAVIGATION, FURNITURE, AUTHOR, DATE, CAPTION, CREDIT, HEADLINE, KICKER, DECK, BODY, SECTION, COMMENT = (
    1 << n for n in range(13)
)
ENDING, OFFSCREEN, ARTICLE, FIGURE, LINKED, FLAT = (1 << n for n in range(13, 19))
"""ENDING: the foot of an article. OFFSCREEN: for screen readers alone, or not shown at all. FLAT: furniture whose text
is kept and whose inner elements are not."""
AWAY = NAVIGATION | FURNITURE | BREADCRUMB | COMMENT
"""Where no field of the article stands (unless it is a breadcrumb's)."""


class Element(Struct, gc=False):
    """One visible element of a page, in document order; positional, since a page has thousands.

    `says` are the bits of its own markup, `parent` is the index of the parent element (-1 for the first), `last` the
    index of its last descendant (its own index where it has none), `start` and `end` the code points of the document's
    text that it covers.
    """

    tag: str
    attributes: dict[str, str | None]
    parent: int
    last: int
    start: int
    end: int
    says: int = 0


class Tagged(Struct, frozen=True, gc=False):
    """A `meta` or `link` element: its lower-cased name, property, itemprop or rel, and its content or href."""

    name: str
    value: str


class Data(Struct, frozen=True):
    """One object of a page's structured data, in the shape of JSON-LD whatever it was written in.

    `path` says where it stands: `script[2]`, or the path of the element that opens a microdata or RDFa item.
    """

    source: Literal["json-ld", "microdata"]
    path: str
    value: dict[str, Any]


class Page(Struct, frozen=True):
    """What stands in a page besides its text. `states` holds the scripts that may carry the only copy of a field."""

    title: str | None = None
    elements: tuple[Element, ...] = ()
    metas: tuple[Tagged, ...] = ()
    links: tuple[Tagged, ...] = ()
    data: tuple[Data, ...] = ()
    states: tuple[str, ...] = ()


class Document(Base, frozen=True, kw_only=True):
    """`text` is the decoded body exactly as sent (kind `text`) or the page's visible text (kind `html`)."""

    kind: Literal["text", "html"] = "text"
    text: str
    url: str | None = None
    language: str | None = None
    page: Page | None = None


class Hints(Base, frozen=True, kw_only=True):
    """What the sender knows: the page's address and language, and whether dates may be inferred from the text."""

    url: str | None = None
    language: str | None = None
    infer_dates: bool = False
