"""A stored article, or a photograph of one, in the form that is asked for: JSON, page, reference file or citation."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from markupsafe import Markup

from schemas.article import Article
from schemas.request import CiteQuery
from service import exporting
from service.http import cite as citing
from service.http import pages, preconditions
from service.http.body import HTML, JSON, TEXT
from service.http.chain import Wish, cite_as
from service.http.negotiation import choose
from service.http.photographs import NoSuchPhotograph, photograph
from service.http.running import run
from service.library import Stored


@dataclass(frozen=True)
class Record:
    """What stands at an address: `article` is exported, `work` is cited (it carries the id), `json` is the answer."""

    path: str
    stem: str
    tag: str
    article: Article
    work: Article
    json: bytes
    stored: Stored
    number: int | None = None

    @classmethod
    def of(cls, stored: Stored) -> "Record":
        """The record of a stored article."""
        return cls(
            path=f"/articles/{stored.id}",
            stem=stored.id,
            tag=stored.tag,
            article=stored.article,
            work=stored.record(),
            json=stored.json(),
            stored=stored,
        )

    def photograph(self, number: str) -> "Record":
        """The record of one of its photographs."""
        if not (number.isascii() and number.isdigit() and len(number) <= 4):
            raise NoSuchPhotograph("photographs are counted from 1", "number")
        n = int(number)
        picture = photograph(self.article, n)
        return Record(
            path=f"{self.path}/photos/{n}",
            stem=f"{self.stem}-photos-{n}",
            tag=self.tag,
            article=picture,
            work=picture,
            json=msgspec.json.encode(picture),
            stored=self.stored,
            number=n,
        )

    def page(self) -> bytes:
        """The record as HTML, with its citation in the styles most asked for."""
        cited = [
            pages.Cited(title, Markup(cite_as([self.work], Wish(style), "html")[0]))  # noqa: S704 - the processor escapes
            for style, title in pages.STYLES
        ]
        if self.number is None:
            return pages.article_page(self.article, self.stored.id, cited)
        return pages.photograph_page(self.stored.article, self.stored.id, self.number, cited)

    def links(self) -> str:
        """The header Link: this record in every other form (RFC 8288)."""
        downloads = pages.downloads(self.path, self.stem)
        alternates = [(self.path, HTML), *((row.href, row.media_type) for row in downloads)]
        return ", ".join(f'<{href}>; rel="alternate"; type="{kind.partition(";")[0]}"' for href, kind in alternates)


class Form(NamedTuple):
    """The form of a record that the address names: a reference format or a media type; neither leaves it to Accept."""

    format: str | None = None
    media_type: str | None = None


@cache
def offers() -> tuple[str, ...]:
    """What can be had of a record by Accept, JSON first."""
    return (JSON, HTML, *(kind for kind in citing.offers() if kind not in {JSON, HTML}))


def form_of(suffix: str) -> Form:
    """What `.ris`, `.bib`, `.json` … ask for; UnknownName where no format has this extension or name."""
    if suffix in _PLAIN:
        return Form(media_type=_PLAIN[suffix])
    return Form(format=_by_extension().get(suffix) or exporting.find(suffix).name)


_PLAIN = {"json": JSON, "html": HTML, "txt": TEXT}
"""Suffixes that are no format's alone: the article itself, its page, its citation."""


@cache
def _by_extension() -> dict[str, str]:
    main = [exporting.FORMATS[name] for name in pages.MAIN]
    return {row.extension: row.name for row in reversed([*main, *exporting.FORMATS.values()])}


async def represent(request: Request[Any, Any, Any], record: Record, form: Form) -> Response[bytes]:
    """The record in the form its address names, else as Accept asks for it; 304 where the client has it already."""
    headers = {"Vary": "Accept", "Cache-Control": "private, no-cache", "Link": record.links()}
    wanted = None
    if form.format is not None:
        row = exporting.find(form.format)
        headers["Content-Disposition"] = f'attachment; filename="{record.stem}.{row.extension}"'
        wanted = citing.asked(request, CiteQuery(format=row.name))
    else:
        chosen = form.media_type or choose(request.headers.get("accept"), offers()).media_type
        if chosen not in {JSON, HTML}:
            wanted = citing.asked(request, CiteQuery(output="text" if form.media_type else None))
    if wanted is None and chosen == JSON:
        name = ""
    elif wanted is None:
        name = "html"
    else:
        name = wanted.format or "/".join((wanted.output, wanted.wish.style, wanted.wish.locale or ""))
    headers["ETag"] = preconditions.written(record.tag, quote(name, safe="/"))
    if preconditions.unchanged(request, headers["ETag"]):
        return Response(b"", status_code=304, headers=headers)
    if wanted is not None:
        work = record.article if wanted.format else record.work
        body = await run("export" if wanted.format else "render", False, citing.answer, (work,), wanted, one=True)
        return Response(body, media_type=citing.in_utf8(wanted.media_type), headers=headers)
    if chosen == JSON:
        return Response(record.json, media_type=JSON, headers=headers)
    headers["Content-Security-Policy"] = pages.policy()
    return Response(await run("render", True, record.page), media_type=HTML, headers=headers)
