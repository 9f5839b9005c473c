"""Bytes → Document."""

from schemas.document import Document
from service.errors import UnsupportedType
from service.reading.encoding import decoded
from service.reading.html import read_html
from service.reading.text import looks_like_html, read_text

HTML = frozenset({"text/html", "application/xhtml+xml"})
TEXT = frozenset({"text/plain", "text/markdown"})


def read(body: bytes, *, media_type: str | None = None, charset: str | None = None, url: str | None = None) -> Document:
    """The document in a body. `media_type` is text/plain, text/html or None (found out from the body).

    `charset` is what the sender declared, `url` the page's address. Raises UnsupportedType for another media type, an
    unknown charset, or bytes that are no text.
    """
    kind = media_type.split(";")[0].strip().lower() if media_type else None
    if kind and kind not in HTML and kind not in TEXT:
        raise UnsupportedType(
            f"Documents of type {kind[:80]} are not read; send text/plain or text/html.", "Content-Type"
        )
    text, is_utf8 = decoded(body, charset, html=kind in HTML or (kind is None and b"<" in body[:2000]))
    if kind in HTML or (kind is None and looks_like_html(text)):
        # The parser takes UTF-8: to encode again what was just decoded would cost a third of the parse.
        return read_html(body if is_utf8 else text, url=url)
    return read_text(text, url=url)
