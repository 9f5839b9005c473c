"""Plain text → Document: nothing is changed, so that evidence can point into the text as it was sent."""

import re

from schemas.document import Document

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<\?xml[^>]{0,200}>\s*<(?:!doctype\s+html|html)|<!--[^>]{0,400}-->\s*<(?:!doctype|html))",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</(?:p|div|span|a|h[1-6]|article|section|ul|li|figure)>", re.IGNORECASE)


def read_text(text: str, *, url: str | None = None) -> Document:
    """A document of kind `text`."""
    return Document(kind="text", text=text, url=url)


def looks_like_html(text: str) -> bool:
    """Whether a text without a media type is a page: it opens as one, or closes several block elements."""
    if _LOOKS_LIKE_HTML.match(text[:4000]):
        return True
    return text.lstrip()[:1] == "<" and len(_TAGS.findall(text[:20_000])) >= 3
