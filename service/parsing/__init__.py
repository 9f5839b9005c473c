"""Document → Article."""

from schemas.article import Article
from schemas.document import Document, Hints
from service.parsing.page import parse_page
from service.parsing.plain import parse_plain


def parse(document: Document, hints: Hints | None = None) -> Article:
    """The article of a document, with evidence for every field; never fails for what a document holds."""
    if document.kind == "text":
        return parse_plain(document, hints or Hints())
    return parse_page(document, hints or Hints())
