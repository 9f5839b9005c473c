"""What came back, judged: a page, or one of the many things that sites answer instead."""

import codecs
import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from schemas.base import Base
from service.reading.fetch.errors import (
    BlockedBySite,
    BrokenAnswer,
    FetchFailure,
    NeedsScripts,
    NotFoundThere,
    NotHtml,
    RemoteFault,
)
from service.reading.fetch.page import Page
from service.tables import read_table

PAGES = {"text/html", "application/xhtml+xml", "text/plain"}
"""Media types that an article can be read from."""

LITTLE_TEXT = 1500
"""Code points of visible text under which a page may be a challenge or a consent wall."""

ALMOST_NO_TEXT = 200
"""Code points of visible text under which a page with scripts is a shell for them."""

# Signatures of what is sent under the name of a page but is none (WHATWG MIME Sniffing, section 6).
BINARY = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00",
)

# Said of the source as bytes: these decide for most pages, which then need not be parsed here.
_TITLE = re.compile(rb"<title[^>]*>([^<]*)", re.IGNORECASE)
_ARTICLE = re.compile(
    rb'"@type"\s*:\s*(?:\[[^\]]{0,200})?"(?:https?://schema\.org/)?\w*(?:Article|Posting)"'
    rb"|article:published_time|property=[\"']?og:type[\"']?\s+content=[\"']?article\b"
)


class BlockedPage(Base, frozen=True, kw_only=True):
    """A row of the table: the name of a kind of page and what it is recognised by, all in lower case."""

    name: str
    hosts: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()


class BlockedPages(Base, frozen=True, kw_only=True):
    """service/data/blocked_pages.toml."""

    pages: tuple[BlockedPage, ...]


def media_type_of(header: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, in lower case; a charset Python does not know is left out."""
    parts = [part.strip() for part in header.split(";")]
    charset = None
    for part in parts[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()
            try:
                codecs.lookup(charset)
            except (LookupError, ValueError):
                charset = None
    return parts[0].lower() or None, charset


def refuse_type(url: str, media_type: str | None) -> None:
    """Raise NotHtml for a type that holds no article; an absent one is judged by the body."""
    if media_type is not None and media_type not in PAGES:
        raise NotHtml(f"there is no page at this address but {media_type}", url, media_type)


def refuse_binary(url: str, media_type: str | None, body: bytes) -> str:
    """The media type of a body, HTML where it is not named and looks so; raises NotHtml for anything but text."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(BINARY) or (media_type is None and not head.startswith(b"<")):
        raise NotHtml("there is no page at this address but another kind of file", url, media_type)
    return media_type or "text/html"


def failure_of_status(status: int, url: str, headers: Mapping[str, str], body: bytes) -> FetchFailure:
    """What a status other than success means."""
    if status < 400:
        return BrokenAnswer(f"the site answered with status {status} but no page and no place to go", url)
    wish = headers.get("retry-after", "")
    retry_after = int(wish) if wish.isascii() and wish.isdigit() and len(wish) < 7 else None
    sign = blocked_by(url, headers, body)
    if sign is None and status in {404, 410}:
        return NotFoundThere("the site has no page at this address", url, status, retry_after)
    if sign is None and 500 <= status < 600:
        return RemoteFault(f"the site answered with an error of its own ({status})", url, status, retry_after)
    seen = sign or f"status {status}"
    return BlockedBySite(f"the site does not let this service have the page ({seen})", url, status, seen, retry_after)


def failure_of_page(page: Page, headers: Mapping[str, str]) -> FetchFailure | None:
    """Why a page that came with success is no article all the same, None for one that may be."""
    if page.media_type == "text/plain":
        return None
    sign = blocked_by(page.url, headers, page.body)
    if sign is not None:
        return BlockedBySite(f"the site showed {sign} in the page’s place", page.url, page.status, sign)
    if _ARTICLE.search(page.body) or b"<script" not in page.body.lower():
        return None  # it can be cited from its metadata, though its text may come by script
    if len(visible_text(page.body, page.charset)) >= ALMOST_NO_TEXT:
        return None
    return NeedsScripts(
        "the page has almost no text until its scripts have run; send it as saved by a browser", page.url
    )


def blocked_by(url: str, headers: Mapping[str, str], body: bytes) -> str | None:
    """The name of the challenge or consent page that this is, None for any other page."""
    table: tuple[BlockedPage, ...] = read_table("blocked_pages.toml", BlockedPages).pages
    host = url.partition("://")[2].partition("/")[0].partition("?")[0].partition(":")[0].lower()
    for row in table:
        if host in row.hosts or any(name in headers for name in row.headers):
            return row.name
    if _ARTICLE.search(body):
        return None
    source = body.lower()
    title = _TITLE.search(source)
    beginning = " ".join(title[1].decode("utf-8", "replace").split()) if title else ""
    found = None
    for row in table:
        if (beginning and beginning.startswith(row.titles)) or any(sign.encode() in source for sign in row.markers):
            found = row.name
            break
    return found if found and len(visible_text(body)) < LITTLE_TEXT else None


def visible_text(body: bytes, charset: str | None = None) -> str:
    """Text of a page that a reader without scripts would see, spaces collapsed; decoded well enough to be counted."""
    tree = LexborHTMLParser(body.decode(charset or "utf-8", errors="replace"))
    for node in tree.css("script, style, noscript, template, svg, iframe"):
        node.decompose()
    return " ".join(tree.body.text(separator=" ").split()) if tree.body is not None else ""
