"""What people send: a document in one of three ways, or works to be cited together."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.article import Article
from schemas.base import Base, Language
from schemas.csl import Item

WebAddress = Annotated[
    str, Meta(min_length=10, max_length=8192, pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\x00-\x20]+$(?!\n)")
]
"""The address of a page, http or https."""

Text = Annotated[str, Meta(min_length=1)]
"""A whole document; how long it may be is the body limit's business."""

Infer = Annotated[tuple[Literal["dates"], ...], Meta(max_length=1)]
"""What may be concluded from the text where nothing is printed; every conclusion is flagged, with its basis."""

StyleText = Annotated[str, Meta(min_length=1, max_length=1_000_000, extra_json_schema={"format": "csl-style"})]
"""A CSL style, whole, as text."""


class TextSource(Base, frozen=True, kw_only=True):
    """A document as text, as select-all and copy gives it."""

    text: Text
    url: WebAddress | None = None
    language: Language | None = None
    infer: Infer = ()


class HtmlSource(Base, frozen=True, kw_only=True):
    """A document as HTML, such as a saved page; with `url` it reads as if it had been fetched."""

    html: Text
    url: WebAddress | None = None
    language: Language | None = None
    infer: Infer = ()


class UrlSource(Base, frozen=True, kw_only=True):
    """A page to be fetched."""

    url: WebAddress
    language: Language | None = None
    infer: Infer = ()


Source = TextSource | HtmlSource | UrlSource

Work = Article | Item
"""What can be cited: an article of ours or a CSL-JSON item."""

MOST_WORKS = 10_000


class ArticleSelection(Base, frozen=True, kw_only=True):
    """Articles to be cited together, in a style of the sender's own where `csl` is given."""

    articles: Annotated[tuple[Article, ...], Meta(min_length=1, max_length=MOST_WORKS)]
    csl: StyleText | None = None


class ItemSelection(Base, frozen=True, kw_only=True):
    """CSL-JSON items to be cited together, in a style of the sender's own where `csl` is given."""

    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=MOST_WORKS)]
    csl: StyleText | None = None


Selection = ArticleSelection | ItemSelection

Name = Annotated[str, Meta(min_length=1, max_length=200)]
"""The name of a style, a locale or a format, or part of one."""

CiteOutput = Literal["text", "json", "html", "markdown", "rtf", "latex"]


Markup = Literal["text", "html", "markdown", "rtf", "latex"]
"""How the strings of a JSON answer are marked up."""


class ParseQuery(Base, frozen=True, kw_only=True):
    """What the query of /parse may say about the document in the body."""

    url: WebAddress | None = None
    language: Language | None = None
    infer: Infer = ()


class CiteQuery(Base, frozen=True, kw_only=True):
    """What the query of POST /cite may say: about the document, and about the citation wanted."""

    style: Name | None = None
    locale: Name | None = None
    output: CiteOutput | None = None
    format: Name | None = None
    markup: Markup | None = None
    photos: bool = False
    url: WebAddress | None = None
    language: Language | None = None
    infer: Infer = ()


class FetchAndCiteQuery(Base, frozen=True, kw_only=True):
    """The query of GET /cite: the same, with the page's address."""

    url: WebAddress
    style: Name | None = None
    locale: Name | None = None
    output: CiteOutput | None = None
    format: Name | None = None
    language: Language | None = None
    infer: Infer = ()


class StylesQuery(Base, frozen=True, kw_only=True):
    """What /styles is asked for: words of a name, and the most styles to list."""

    q: Annotated[str, Meta(max_length=200)] = ""
    limit: Annotated[int, Meta(ge=1, le=1000)] = 100


class NoQuery(Base, frozen=True, kw_only=True):
    """The query of an operation that takes no parameter."""
