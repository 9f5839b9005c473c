"""Reference files among what is sent: told by their media type or their beginning, read as the articles they hold."""

import re

from msgspec.structs import replace

from schemas.article import Article
from schemas.request import MOST_WORKS
from service import importing
from service.errors import BadInput
from service.http.body import FORM, JSON, TEXT, looks_like_json
from service.importing import Imported

FILE_TYPES = frozenset(media_type for row in importing.READERS for media_type in row.media_types)
"""Media types that name a format."""

XML_TYPES = frozenset({"text/xml", "application/xml"})
"""Media types that reference managers give XML of every format."""

_UNSAID = frozenset({None, TEXT, FORM, JSON})
_HEAD = 20_000
_BIBTEX = re.compile(r"\s*[@%]")
_FOREIGN = re.compile(rb'"(?:itemType|@context|@graph|@type|uri)"\s*:')
"""A member that Zotero's items, JSON-LD or ninjs have and neither an Article nor a CSL-JSON item."""


def file_of(body: bytes, media_type: str | None = None) -> Imported | None:
    """The articles of a reference file and what could not be read of it; None for a body of another kind.

    A media type in FILE_TYPES is believed. Without one a body is a file only if it begins as one does and an article
    can be read from it: a page about BibTeX is a page. BadInput for a file of a stated type that is not UTF-8, or XML
    of no known format.
    """
    name: str | None = None
    if media_type is None:
        head = body[:_HEAD].decode("utf-8", "ignore")
        name = importing.sniff(head)
        if name is None or (name == "bibtex" and not _BIBTEX.match(head.lstrip("\ufeff"))):
            return None
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if media_type is None:
            return None
        raise BadInput(f"the file is not UTF-8 (byte {error.start})", "body") from error
    if media_type is not None:
        name = importing.sniff(text, media_type)
    if name is None:
        if media_type in XML_TYPES:
            raise BadInput("the XML is of no reference format that is read here", "body")
        return None
    found = importing.read(text, name)
    if found.articles or (media_type is not None and found.warnings):
        return found
    if media_type is not None and media_type.endswith("xml"):
        raise BadInput(f"the file holds nothing of the format {name}", "body")
    return found if media_type is not None else None


def may_be_file(media_type: str | None) -> bool:
    """Whether a body of this type may be a reference file; its beginning decides where the type names no format."""
    return media_type in FILE_TYPES | XML_TYPES | _UNSAID


def is_own_json(body: bytes) -> bool:
    """JSON that is no other program's: articles, CSL-JSON items, a selection of them, a document."""
    return looks_like_json(body) and not _FOREIGN.search(body)


def articles_of(file: Imported) -> tuple[Article, ...]:
    """The articles of a file; what could not be read of it, each fault with its line, are warnings of the first.

    BadInput, with the faults, for a file that has none.
    """
    if not file.articles:
        raise BadInput(" ".join(w.message for w in file.warnings[:10]) or "the file holds no entry", "body")
    if len(file.articles) > MOST_WORKS:
        raise BadInput(f"{MOST_WORKS} articles at most are answered together, not {len(file.articles)}", "body")
    first, *others = file.articles
    return (replace(first, warnings=(*first.warnings, *file.warnings)), *others)
