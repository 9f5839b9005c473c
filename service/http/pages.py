"""The HTML of a stored article and of each of its photographs: to be read, and to be picked up by reference managers.

No scripts, nothing from elsewhere: the picture itself is linked, not shown, so that reading a record tells no one.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from schemas.article import Article, Creator, DateValue
from service import exporting
from service.http.embedded import day, head
from service.http.photographs import photograph

TEMPLATES = Path(__file__).parent / "templates"

STYLES = (
    ("apa", "APA"),
    ("chicago-author-date", "Chicago, author-date"),
    ("chicago-notes-bibliography", "Chicago, notes and bibliography"),
    ("modern-language-association", "MLA"),
)
"""Styles that a page shows the citation in, with the names people know them by."""


MAIN = ("ris", "rdf_zotero", "bibtex", "biblatex", "refer", "endnote_xml", "csl-json", "wikipedia")
"""Formats that are offered first. RIS before BibTeX, which cannot carry a newspaper article into Zotero."""


class Cited(NamedTuple):
    """A citation on a page: the style's name, and the entry as HTML from the processor."""

    title: str
    html: Markup


class Download(NamedTuple):
    """A file of the record: exactly the type that reference managers look for, and the name it is saved under."""

    title: str
    media_type: str
    href: str
    file_name: str


class Fact(NamedTuple):
    """A row of the table of what is known; `links` where the values are addresses."""

    label: str
    values: tuple[str, ...]
    links: bool = False


class Printed(NamedTuple):
    """A date for machines and for people."""

    machine: str
    text: str


def article_page(article: Article, article_id: str, citations: Sequence[Cited] = ()) -> bytes:
    """The page of an article."""
    return _page(article, article_id, f"/articles/{article_id}", article_id, citations)


def photograph_page(article: Article, article_id: str, n: int, citations: Sequence[Cited] = ()) -> bytes:
    """The page of the n-th photograph (from 1) of an article; raises NoSuchPhotograph."""
    record = photograph(article, n)
    path = f"/articles/{article_id}/photos/{n}"
    return _page(record, article_id, path, f"{article_id}/photos/{n}", citations)


def downloads(path: str, stem: str) -> Iterator[Download]:
    """The files of a record at `path`. A telling extension is its first format's; others are named."""
    taken = {"html", "json", "txt", "xml", "yaml"}
    main = [exporting.FORMATS[name] for name in MAIN]
    for row in main + [row for row in exporting.FORMATS.values() if row.name not in MAIN]:
        href = f"{path}.{row.extension}"
        if row.extension in taken:
            href += f"?format={row.name}"
        taken.add(row.extension)
        yield Download(row.title, row.media_type, href, f"{stem}.{row.extension}")


@cache
def policy() -> str:
    """The Content-Security-Policy of the pages: their one style sheet, and nothing else."""
    digest = b64encode(sha256(_css().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _page(article: Article, article_id: str, path: str, unapi_id: str, citations: Sequence[Cited]) -> bytes:
    photo = article.photos[0] if article.kind == "graphic" and article.photos else None
    publication = article.publication
    title = article.headline or (photo and (photo.description or photo.caption)) or "Without a headline"
    text = _template().render(
        title=title,
        subtitle=article.subtitle,
        section=article.section,
        byline=article.byline or _names(article.authors),
        container=publication.name if publication else None,
        date=_printed(article.dates.published),
        language=Markup(' lang="{}"').format(article.language) if article.language else "",
        photo=photo,
        photos=() if photo else article.photos,
        page_url=_web(article.url),
        archive_url=_web(article.archive_url),
        photo_url=_web(photo.url) if photo else None,
        article_id=article_id,
        unapi_id=unapi_id,
        citations=citations,
        main=len(MAIN),
        downloads=tuple(downloads(path, unapi_id.replace("/", "-"))),
        facts=tuple(_facts(article)),
        warnings=article.warnings,
        evidence=article.evidence,
        meta=tuple(head(article)),
        json_ld=_json_ld(article),
        coins=Markup(_file(article, "coins")),  # noqa: S704 - escaped by its writer
        css=Markup(_css()),  # noqa: S704 - a file of ours
    )
    return text.encode("utf-8", "replace")


def _json_ld(article: Article) -> Markup:
    """schema.org metadata; no “<” can end the element they stand in."""
    return Markup(_file(article, "schema-org").replace("<", "\\u003c"))  # noqa: S704 - JSON without “<”


def _file(article: Article, name: str) -> str:
    return "".join(exporting.export([article], name)).strip()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("record.html")


@cache
def _css() -> str:
    return (TEMPLATES / "record.css").read_text(encoding="utf-8")


def _web(url: str | None) -> str | None:
    """An address that may stand in a link: never `javascript:` or the like, which a page may have called its own."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _printed(date: DateValue | None) -> Printed | None:
    if date is None:
        return None
    text = date.edtf.replace("T", " ").rstrip("~?%")
    if date.precision == "season":
        text = f"{('spring', 'summer', 'autumn', 'winter')[int(text[5:7]) - 21]} {text[:4]}"
    return Printed(day(date) or "", f"about {text}" if date.edtf.endswith(("~", "?", "%")) else text)


def _name(creator: Creator) -> str:
    parts = (creator.given, creator.particle, creator.family, creator.suffix)
    name = creator.native or " ".join(filter(None, parts)) or creator.literal or creator.printed or ""
    about = ", ".join(filter(None, (creator.role, creator.job_title, creator.place, creator.email)))
    return f"{name} ({about})" if about else name


def _names(creators: Sequence[Creator]) -> str:
    return ", ".join(map(_name, creators))


_FACTS: tuple[tuple[str, Callable[[Article], Sequence[str | None]]], ...] = (
    ("Short title", lambda a: (a.short_title,)),
    ("Original title", lambda a: (a.original_title,)),
    ("Byline", lambda a: (a.byline,)),
    ("Authors", lambda a: [*map(_name, a.authors)]),
    ("Contributors", lambda a: [*map(_name, a.contributors)]),
    ("Editors", lambda a: [*map(_name, a.editors)]),
    ("Translators", lambda a: [*map(_name, a.translators)]),
    ("E-mail", lambda a: a.emails),
    ("Agencies", lambda a: [f"{agency.name} ({agency.role})" for agency in a.agencies]),
    ("Photographers", lambda a: [*map(_name, a.photos[0].photographers)] if a.kind == "graphic" and a.photos else ()),
    ("Publication", lambda a: (a.publication.name, a.publication.native_name) if a.publication else ()),
    ("Publisher", lambda a: (a.publication.publisher,) if a.publication else ()),
    ("Place", lambda a: (a.publication.place, a.publication.country) if a.publication else ()),
    ("ISSN", lambda a: a.publication.issn if a.publication else ()),
    ("Section", lambda a: (" › ".join(a.section),)),
    ("Column", lambda a: (a.column,)),
    ("Genre", lambda a: (a.genre,)),
    ("Edition", lambda a: (a.edition,)),
    ("Page", lambda a: (a.page,)),
    ("Dateline", lambda a: (a.dateline.text,) if a.dateline else ()),
    ("Published", lambda a: (_text(a.dates.published),)),
    ("Modified", lambda a: (_text(a.dates.modified),)),
    ("Accessed", lambda a: (_text(a.dates.accessed),)),
    ("Archived", lambda a: (_text(a.dates.archived),)),
    ("DOI", lambda a: (a.doi,)),
    ("Language", lambda a: (a.language,)),
    ("Abstract", lambda a: (a.abstract,)),
    ("Keywords", lambda a: a.keywords),
    ("Rights", lambda a: (a.rights,)),
    ("Access", lambda a: (a.access,)),
    ("Note", lambda a: (a.note,)),
)


def _text(date: DateValue | None) -> str | None:
    printed = _printed(date)
    if printed is None or date is None or not date.inferred:
        return printed.text if printed else None
    return f"{printed.text}, inferred" + (f": {date.basis}" if date.basis else "")


def _facts(article: Article) -> Iterator[Fact]:
    for label, read in _FACTS:
        values = tuple(value for value in read(article) if value)
        if values:
            yield Fact(label, values)
    addresses = tuple(filter(None, (_web(article.url), _web(article.archive_url))))
    if addresses:
        yield Fact("Address", addresses, links=True)
