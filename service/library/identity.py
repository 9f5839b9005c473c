"""Who an article is: the fingerprint of what it was made from, and the short id cut from it."""

import base64
import hashlib
from urllib.parse import urlsplit

import msgspec

from schemas.article import Article
from service.library.source import Source

_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")
"""To the digits of Crockford's base 32: nothing to misread, nothing to escape in a URL."""

_SHORTEST = 12  # 60 bits: one chance in 58 million of a clash among 200,000 articles; a clash takes one character more


def fingerprint(article: Article, source: Source | None) -> str:
    """52 characters that are the same for the same document.

    A fetched page is known by its address (its canonical one where that names a page of the same host): pages change
    with every visit. A document that was sent is known by its bytes and address, whatever its line ends. An article
    that was given is known by its fields, without evidence, warnings and the day it was accessed.
    """
    digest = hashlib.sha256()
    if source is None:
        dates = msgspec.structs.replace(article.dates, accessed=None)
        bare = msgspec.structs.replace(article, evidence={}, warnings=(), dates=dates)
        digest.update(b"article\0" + msgspec.json.encode(bare))
    elif source.fetched and source.url:
        digest.update(b"address\0" + _address(article, source.url).encode("utf-8", "surrogatepass"))
    else:
        address = (source.url or "").encode("utf-8", "surrogatepass")
        digest.update(f"document\0{source.media_type}\0".encode() + address + b"\0")
        digest.update(source.body.replace(b"\r\n", b"\n").strip())
    return base64.b32encode(digest.digest()).rstrip(b"=").translate(_CROCKFORD).decode()


def short(mark: str, longer: int = 0) -> str:
    """The id of a fingerprint; `longer` characters more where another article has the shorter one."""
    return mark[: _SHORTEST + longer]


def _address(article: Article, fetched: str) -> str:
    try:
        canonical, visited = urlsplit(article.url or ""), urlsplit(fetched)
    except ValueError:
        return fetched
    same_host = canonical.netloc.lower() == visited.netloc.lower()
    chosen = canonical if same_host and canonical.path.strip("/") else visited
    return chosen._replace(scheme=chosen.scheme.lower(), netloc=chosen.netloc.lower(), fragment="").geturl()
