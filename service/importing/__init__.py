"""Reference files to articles: what a file is, and what is in it; a broken entry costs itself and no other."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from schemas.article import Article
from schemas.base import Base
from schemas.evidence import Warning
from service.errors import BadInput, TooLarge, UnknownName
from service.importing import (
    bibtex,
    csl_json,
    endnote_xml,
    mods,
    ninjs,
    nitf,
    rdf_zotero,
    refer,
    ris,
    schema_org,
    zotero,
)
from service.importing.draft import Draft, Fault, settle

ENTRY_LIMIT = 50_000
"""Entries, good and broken, that one file may hold: what a reference manager's largest libraries come to."""

WARNING_LIMIT = 1000
HEAD = 20_000
"""Characters that are looked at to tell what a file is."""


class Reader(Struct, frozen=True):
    """A row of the registry: a format's name, its media types, how its beginning looks, and who reads it."""

    name: str
    media_types: tuple[str, ...]
    looks: re.Pattern[str]
    read: Callable[[str], Iterator[Draft | Fault]]


class Imported(Base, frozen=True, kw_only=True):
    """The articles of a file, what could not be read of it (each with its line), and the format it was in."""

    articles: tuple[Article, ...] = ()
    warnings: tuple[Warning, ...] = ()
    format: str


def _look(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


READERS = (
    Reader("ris", ("application/x-research-info-systems",), _look(r"\A[\s\ufeff]*TY\s{1,3}-"), ris.read),
    Reader("refer", ("application/x-endnote-refer",), _look(r"\A[\s\ufeff]*%[0A-Z] "), refer.read),
    Reader("schema-org", ("application/ld+json",), _look(r'"@(context|graph|type)"\s*:'), schema_org.read),
    Reader("zotero", ("application/vnd.zotero.items+json",), _look(r'"itemType"\s*:'), zotero.read),
    Reader("ninjs", (), _look(r'"uri"\s*:'), ninjs.read),
    Reader(
        "csl-json",
        ("application/vnd.citationstyles.csl+json",),
        _look(r'"(type|title|id)"\s*:'),
        csl_json.read,
    ),
    Reader(
        "rdf_zotero",
        ("application/rdf+xml",),
        _look(r"zotero\.org/namespaces/export|purl\.org/net/biblio"),
        rdf_zotero.read,
    ),
    Reader("mods", ("application/mods+xml",), _look(r"loc\.gov/mods/|<mods\b"), mods.read),
    Reader("endnote_xml", (), _look(r"<records>|<ref-type\b"), endnote_xml.read),
    Reader("nitf", ("application/nitf+xml",), _look(r"<nitf\b"), nitf.read),
    Reader(
        "bibtex",
        ("application/x-bibtex", "text/x-bibtex"),
        _look(r"^[ \t\ufeff]*@[ \t]*[A-Za-z]+[ \t]*[{(]"),
        bibtex.read,
    ),
)
"""Every format that can be read, in the order in which their looks are tried."""

ALIASES = {"biblatex": "bibtex", "csljson": "csl-json", "enw": "refer", "jsonld": "schema-org", "json-ld": "schema-org"}
_BY_NAME = {row.name: row for row in READERS}


def sniff(text: str, media_type: str | None = None) -> str | None:
    """The format that a media type or the file's beginning names; None for anything else.

    JSON formats are looked for in JSON only, XML formats in XML only, so that no running text is taken for a file.
    """
    named = (media_type or "").partition(";")[0].strip().lower()
    for row in READERS:
        if named in row.media_types:
            return row.name
    head = text[:HEAD]
    start = head.lstrip("\ufeff \t\r\n")[:1]
    for row in READERS:
        kind = {"[": "json", "{": "json", "<": "xml"}.get(start, "text")
        if kind == _kind(row) and row.looks.search(head):
            return row.name
    return None


def _kind(row: Reader) -> str:
    if row.name in ("schema-org", "zotero", "ninjs", "csl-json"):
        return "json"
    return "xml" if row.name in ("rdf_zotero", "mods", "endnote_xml", "nitf") else "text"


def read(text: str, format: str | None = None) -> Imported:  # noqa: A002 (the request's own word)
    """The articles of a file in `format`, or in the one it looks like.

    UnknownName for a format that is not read, BadInput for a file that is none, TooLarge above ENTRY_LIMIT entries.
    """
    name = sniff(text) if format is None else ALIASES.get(format.lower(), format.lower())
    if name is None:
        raise BadInput("This is no reference file of a kind that is read here.", field="body")
    row = _BY_NAME.get(name)
    if row is None:
        raise UnknownName(f"The format {format!r} is not read.", field="format", near=tuple(_BY_NAME)[:5])
    articles: list[Article] = []
    warnings: list[Warning] = []
    for n, found in enumerate(row.read(text)):
        if n >= ENTRY_LIMIT:
            raise TooLarge(f"More than {ENTRY_LIMIT} entries in one file.", field="body")
        if isinstance(found, Fault):
            warnings.append(Warning(code="import-entry", message=f"Line {found.line}: {found.reason}"))
            continue
        articles.append(settle(found, row.name))
    return Imported(articles=tuple(articles), warnings=tuple(warnings[:WARNING_LIMIT]), format=row.name)
