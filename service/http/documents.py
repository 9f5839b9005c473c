"""Chains the rooms before the article, for the API and the command line: body → document → article.

Apart from what cites it, so that a process which only parses need not load the styles' machinery.
"""

from schemas.article import Article
from schemas.document import Document, Hints
from schemas.request import HtmlSource, Source, TextSource
from service import parsing, reading
from service.http.body import HTML, TEXT, Raw

NO_HINTS = Hints()


def hinted(source: Source, hints: Hints) -> Hints:
    """What the sender knows: what the document says about itself goes before `hints`."""
    return Hints(
        url=source.url or hints.url,
        language=source.language or hints.language,
        infer_dates="dates" in source.infer or hints.infer_dates,
    )


def read_document(source: Raw | TextSource | HtmlSource, hints: Hints = NO_HINTS) -> tuple[Document, Article]:
    """A document, and the article in it. What the document says about itself goes before `hints`."""
    if isinstance(source, Raw):
        body, media_type, charset = source.body, source.media_type, source.charset
    else:
        hints = hinted(source, hints)
        text, media_type = (source.text, TEXT) if isinstance(source, TextSource) else (source.html, HTML)
        body, charset = text.encode(), "utf-8"
    document = reading.read(body, media_type=media_type, charset=charset, url=hints.url)
    return document, parsing.parse(document, hints)


def read_article(source: Raw | TextSource | HtmlSource, hints: Hints = NO_HINTS) -> Article:
    """A document → the article in it."""
    return read_document(source, hints)[1]
