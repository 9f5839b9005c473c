"""Reference files that are sent: known by their media type or their beginning, their articles read."""

import msgspec

from schemas.article import Article
from service import importing
from service.errors import BadInput

FILE_TYPES = frozenset(media_type for row in importing.READERS for media_type in row.media_types)
"""Media types of the reference files that are read."""


def read_reference_file(body: bytes, media_type: str | None) -> importing.Imported | None:
    """The articles of a reference file, and what could not be read of it; None where the body is no such file."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if media_type is None:
            return None
        raise BadInput(f"the file is not UTF-8 (byte {error.start})", "body") from error
    name = importing.sniff(text, media_type)
    if name is None:
        return None
    imported = importing.read(text, name)
    if media_type is not None and media_type.endswith("xml") and not (imported.articles or imported.warnings):
        raise BadInput(f"the file holds nothing of the format {name}", "body")
    return imported


def articles_of_file(body: bytes, media_type: str | None) -> tuple[Article, ...]:
    """The articles of a reference file; none where the body is no such file.

    What could not be read of it, each with its line, are warnings of the first. A file of a stated type that has no
    article is BadInput.
    """
    imported = read_reference_file(body, media_type)
    if imported is None or not imported.articles:
        if media_type is None:
            return ()
        reasons = " ".join(warning.message for warning in imported.warnings[:10]) if imported else ""
        raise BadInput(reasons or "the file holds no entry", "body")
    first, *others = imported.articles
    return (msgspec.structs.replace(first, warnings=first.warnings + imported.warnings), *others)
