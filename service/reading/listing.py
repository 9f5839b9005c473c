"""Pages that list several articles (a front page, a section, a search result): which articles, under which titles.

A page is a listing where it names no article of its own, holds no running text, and has at least three headlines that
link to other pages of the same site. Article pages list others too, beside their own text.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.base import Base

FEWEST = 3
MOST = 200
RUNNING_TEXT = 600
"""Characters in three or more paragraphs beside each other from which on they are an article's text."""

LONG_TEXT = 400
"""Characters in one element, those of its children apart, that no teaser has."""

SHORTEST_TITLE = 15
SHORTEST_CJK_TITLE = 6

_ARTICLE_DATA = re.compile(r'"@type"\s*:\s*"(?:https?://schema\.org/)?\w*(?:Article|Posting)"')
_LIST_DATA = re.compile(r'"@type"\s*:\s*"(?:https?://schema\.org/)?(?:ItemList|CollectionPage|SearchResultsPage)"')
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HEADLINES = "h1 a[href], h2 a[href], h3 a[href], h4 a[href], article a[href]"
_HEADINGS = ("h1", "h2", "h3", "h4")


class Listed(Base, frozen=True, kw_only=True):
    """An article that a page lists."""

    url: str
    title: str


def read_listing(markup: str | bytes, url: str) -> tuple[Listed, ...]:
    """The articles that the page at `url` lists, in its order; none where the page is an article itself."""
    tree = LexborHTMLParser(markup)
    if _names_an_article(tree) or _runs_on(tree):
        return ()
    found = {listed.url: listed for listed in _headlines(tree, url)}
    return tuple(found.values())[:MOST] if len(found) >= FEWEST else ()


def _names_an_article(tree: LexborHTMLParser) -> bool:
    if tree.css_first('meta[property="article:published_time"], meta[name="citation_title"]') is not None:
        return True
    data = " ".join(node.text(deep=True) for node in tree.css('script[type="application/ld+json"]'))
    articles = len(_ARTICLE_DATA.findall(data))
    if articles and not _LIST_DATA.search(data):
        return articles < FEWEST
    kind = tree.css_first('meta[property="og:type"]')
    return kind is not None and kind.attributes.get("content") == "article" and not articles


def _runs_on(tree: LexborHTMLParser) -> bool:
    """Whether three paragraphs or more of running text stand beside each other, or a long one anywhere."""
    beside: dict[Any, list[int]] = {}
    for paragraph in tree.css("p"):
        parent = paragraph.parent
        if parent is not None:
            beside.setdefault(parent.mem_id, []).append(len(_own_words(paragraph)))
    if any(len(sizes) >= 3 and sum(sizes) >= RUNNING_TEXT for sizes in beside.values()):
        return True
    return any(len(node.text(deep=False).strip()) >= LONG_TEXT for node in tree.css("p, div, td, span, font, section"))


def _own_words(node: LexborNode) -> str:
    """Text of a paragraph without that of its links: lists of links are often paragraphs too."""
    linked = sum(len(link.text()) for link in node.css("a"))
    text = " ".join(node.text().split())
    return text[: max(0, len(text) - linked)]


def _headlines(tree: LexborHTMLParser, url: str) -> Iterator[Listed]:
    here = urlsplit(url)
    seen: set[str] = set()
    for link in tree.css(f"{_HEADLINES}, a[href] h2, a[href] h3, a[href] h4"):
        anchor = link if link.tag == "a" else _anchor_around(link)
        if anchor is None or _in_furniture(anchor):
            continue
        address = urldefrag(urljoin(url, (anchor.attributes.get("href") or "").strip())).url
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not _same_site(parts.netloc, here.netloc):
            continue
        title = _title(anchor)
        shortest = SHORTEST_CJK_TITLE if _CJK.search(title) else SHORTEST_TITLE
        if address in seen or len(title) < shortest or parts.path.strip("/") in {"", here.path.strip("/")}:
            continue
        seen.add(address)
        yield Listed(url=address, title=title[:500])


def _title(anchor: LexborNode) -> str:
    """The heading inside a link where it has one (a link may span picture, kicker and teaser), else its text."""
    heading = anchor.css_first(", ".join(_HEADINGS))
    return " ".join((heading or anchor).text(separator=" ").split())


def _anchor_around(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag != "a":
        parent = parent.parent
    return parent


def _in_furniture(node: LexborNode) -> bool:
    """Whether a link stands in navigation, footer or header of the page; the header of a teaser is none."""
    around = []
    parent = node.parent
    while parent is not None:
        around.append(parent.tag)
        parent = parent.parent
    teaser = "article" in around or "section" in around
    return not {"nav", "footer", "aside"}.isdisjoint(around) or ("header" in around and not teaser)


def _same_site(host: str, other: str) -> bool:
    """Whether one host is the other or below it, `www.` apart: example.com lists pages of sport.example.com."""
    one, two = (name.lower().removeprefix("www.") for name in (host, other))
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")
