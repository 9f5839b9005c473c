"""Articles as files for reference managers: one registry of formats, one file for each."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from schemas.article import Article
from schemas.base import Base
from service.errors import UnknownName
from service.exporting import biblatex, bibtex, csl_json, ris
from service.exporting.reference import Write, references


class Format(Base, frozen=True, kw_only=True):
    """A row of the registry. `aliases` are the names other services use for the same format."""

    name: str
    title: str
    media_type: str
    extension: str
    write: Write
    aliases: tuple[str, ...] = ()


_ROWS = (
    Format(name="bibtex", title="BibTeX", media_type="application/x-bibtex", extension="bib", write=bibtex.write),
    Format(name="biblatex", title="biblatex", media_type="application/x-bibtex", extension="bib", write=biblatex.write),
    Format(
        name="ris",
        title="RIS",
        media_type="application/x-research-info-systems",
        extension="ris",
        write=ris.write,
    ),
    Format(
        name="csl-json",
        title="CSL-JSON",
        media_type="application/vnd.citationstyles.csl+json",
        extension="json",
        write=csl_json.write,
        aliases=("csljson",),
    ),
)

FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}
"""Every format by its name."""

_BY_NAME = {name: row for row in _ROWS for name in (row.name, *row.aliases)}


def find(name: str) -> Format:
    """The format of this name or alias; UnknownName, with the names near it, where there is none."""
    row = _BY_NAME.get(name.lower())
    if row is None:
        near = tuple(get_close_matches(name.lower(), _BY_NAME, n=5))
        raise UnknownName(f"There is no format {name!r}.", field="format", near=near)
    return row


def export(articles: Iterable[Article], format: str) -> Iterator[str]:  # noqa: A002 (the request's own word)
    """The articles in one format, in pieces as they come; joined they are the file, in UTF-8 once encoded."""
    return find(format).write(references(articles))
