"""The page people open: a plain form that works without scripts, and its answers as data for the page's scripts."""

import mimetypes
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from markupsafe import Markup

from schemas.article import Article
from schemas.base import Base, Line
from schemas.citation import Citation
from schemas.document import Document, Hints
from schemas.evidence import Evidence, Warning
from schemas.request import Name, NoQuery, UrlSource, WebAddress
from service import exporting
from service.errors import BadInput, TearsheetError, UnknownName, UnsupportedType
from service.http import preconditions, problems
from service.http.body import FORM, HTML, JSON, TEXT, Raw, convert
from service.http.chain import Wish, cite_whole
from service.http.documents import read_document
from service.http.files import file_of
from service.http.negotiation import choose, read_media_type
from service.http.query import read_query
from service.http.running import read_from, run
from service.http.shelf import shelf_for
from service.library import SourceNotKept
from service.rendering import registry
from service.tables import resource

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing of another site is loaded, nothing of a document is run, and no other site shows the page in a frame."""

ASSETS = Path(__file__).parent / "assets"
"""The page's scripts, style sheet and picture; the folder holds nothing else."""

_pages = Environment(
    loader=PackageLoader("service.http"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Shown(Base, frozen=True, kw_only=True):
    """A document as the page shows it: its text, which the evidence's offsets count in."""

    kind: Literal["text", "html"]
    text: str
    url: str | None = None


class Reading(Base, frozen=True, kw_only=True):
    """What was read of one document; `id` and `etag` where it stands in the library."""

    document: Shown | None = None
    article: Article
    id: Line | None = None
    etag: Line | None = None


class Readings(Base, frozen=True, kw_only=True, omit_defaults=False):
    """The answer to a form: one reading a document, several of a reference file."""

    readings: tuple[Reading, ...]
    warnings: tuple[Warning, ...] = ()


NOTHING = Warning(code="nothing-sent", message="Nothing to read: paste a text, give an address or choose a file.")


class PageQuery(Base, frozen=True, kw_only=True):
    """What the page's address may carry: an example or a stored article to open, and how to cite it."""

    example: Name | None = None
    article: Name | None = None
    style: Name | None = None
    locale: Name | None = None


class Example(NamedTuple):
    """A document of seeds/ that is one click away."""

    name: str
    title: str
    language: str | None
    body: bytes
    media_type: str


class Field(NamedTuple):
    """One field as the plain page lists it."""

    label: str
    value: str
    proof: str | None


EXAMPLE_TYPES = {"document.txt": TEXT, "document.html": HTML}


def examples() -> Iterator[Example]:
    """The documents of seeds/, by the name of their folder, each under the headline that is to be read from it."""
    for folder in sorted(path for path in resource("seeds").iterdir() if path.is_dir()):
        for name, media_type in EXAMPLE_TYPES.items():
            if (document := folder / name).is_file():
                headline, language = _headed(folder / "article.json")
                title = headline or folder.name.replace("-", " ").capitalize()
                yield Example(folder.name, title, language, document.read_bytes(), media_type)


def _headed(expected: Path) -> tuple[str | None, str | None]:
    """Headline and language of an article as it stands in seeds/; neither where none stands there."""
    if not expected.is_file():
        return None, None
    article = msgspec.json.decode(expected.read_bytes(), type=Article)
    return article.headline, article.language


def _written(value: Any) -> str:
    """A value of any shape as one line for people."""
    if isinstance(value, Mapping):
        return ", ".join(_written(part) for part in value.values())
    if isinstance(value, list | tuple):
        return "; ".join(_written(part) for part in value)
    return str(value)


def _proof(evidence: Mapping[str, tuple[Evidence, ...]], pointer: str) -> str | None:
    """The best evidence of a field or of any part of it."""
    found = [piece for at, pieces in evidence.items() if f"{at}/".startswith(f"{pointer}/") for piece in pieces]
    if not found:
        return None
    best = max(found, key=lambda piece: piece.confidence)
    return f"{best.source}: {best.rule}, {best.confidence:.0%} sure"


def fields_of(article: Article) -> list[Field]:
    """Every field the article has, in the struct's order, with its evidence."""
    values = msgspec.to_builtins(article)
    return [
        Field(name.replace("_", " ").capitalize(), _written(value), _proof(article.evidence, f"/{name}"))
        for name, value in values.items()
        if name not in {"evidence", "warnings"}
    ]


def forms_of(citation: Citation) -> list[tuple[str, str]]:
    """The forms beside the entry that the style has, with what each is for."""
    in_text = citation.in_text
    forms = (
        ("In text, in brackets", in_text.parenthetical if in_text else None),
        ("In text, as part of a sentence", in_text.narrative if in_text else None),
        ("Note", citation.note),
        ("Short note", citation.short_note),
    )
    return [(label, text) for label, text in forms if text]


def _as_data(value: Any) -> Markup:
    """JSON that stays data inside <script>: no `<` in it can end the element or open a comment (HTML, 4.12.1.3)."""
    return Markup(msgspec.json.encode(value).decode().replace("<", r"\u003c"))  # noqa: S704 - what Markup is for


def _page(
    request: Request[Any, Any, Any],
    readings: tuple[Reading, ...],
    query: PageQuery,
    *,
    warnings: tuple[Warning, ...] = (),
    problem: str | None = None,
    status: int = 200,
) -> Response[bytes]:
    wish = Wish(query.style or "apa", query.locale)
    plain = []
    for reading in readings:
        citation = cite_whole((reading.article,), wish).entries[0]
        plain.append(
            {
                "article": reading.article,
                "citation": citation,
                "forms": forms_of(citation),
                "fields": fields_of(reading.article),
            }
        )
    given = {"readings": readings, "warnings": warnings, "style": wish.style, "locale": wish.locale}
    body = _pages.get_template("frontpage.html").render(
        plain=plain,
        problem=problem or " ".join(warning.message for warning in warnings),
        given=_as_data(given),
        style=wish.style,
        locale=wish.locale,
        examples=list(examples()),
        locales=registry.locales(),
        formats=list(exporting.FORMATS.values()),
        library=request.app.state.shelf.library is not None,
    )
    return Response(body.encode(), status_code=status, media_type=HTML, headers=SECURITY)


@get("/", name="frontpage")
async def frontpage(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The page, empty or with an example or a stored article opened."""
    query = read_query(request, PageQuery)
    readings: tuple[Reading, ...] = ()
    if query.article is not None:
        readings = (await _stored(request, query.article),)
    elif query.example is not None:
        example = next((one for one in examples() if one.name == query.example), None)
        if example is None:
            known = tuple(one.name for one in examples())
            raise UnknownName(f"there is no example {query.example[:100]!r}", "example", known[:5])
        readings = (await _read(request, Sent(example.body, example.media_type, None, query)),)
    return await run("render", bool(readings), _page, request, readings, query)


async def _stored(request: Request[Any, Any, Any], article_id: str) -> Reading:
    """A stored article, with the document it was parsed from where that is kept."""
    shelf, library = shelf_for(request)
    stored = await shelf.run(library.get, article_id)
    known = Reading(article=stored.article, id=stored.id, etag=preconditions.written(stored.tag))
    try:
        source = await shelf.run(library.source, article_id)
    except SourceNotKept:
        return known
    document, _ = await run("parse", True, read_document, Raw(source.body, source.media_type, source.charset))
    return msgspec.structs.replace(known, document=_shown(document))


def _shown(document: Document) -> Shown:
    return Shown(kind=document.kind, text=document.text, url=document.url)


@post("/", name="read_on_frontpage", status_code=200)
async def read_on_frontpage(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A form of the page, or a page that the bookmarklet sends: read, and shown (or, to scripts, told)."""
    read_query(request, NoQuery)
    media_type = choose(request.headers.get("accept"), [HTML, JSON]).media_type
    if request.headers.get("sec-fetch-site") == "cross-site" and not request.app.state.settings.bookmarklet:
        raise BadInput("pages of other sites may not send themselves here (TEARSHEET_BOOKMARKLET)", "Origin")
    if media_type == JSON:
        readings = await _readings(request, await _sent(request))
        return Response(msgspec.json.encode(readings), media_type=JSON, headers={"Vary": "Accept"})
    query = PageQuery()
    try:
        sent = await _sent(request)
        query = sent.query
        answer = await _readings(request, sent)
        return await run("render", True, _page, request, answer.readings, query, warnings=answer.warnings)
    except TearsheetError as error:
        # a person who sent a plain form gets the form back, with the reason, not a JSON problem
        problem = problems.problem_of(error)
        return _page(request, (), query, problem=problem.reason or problem.detail, status=problem.status)


class Sent(NamedTuple):
    """What a form holds: a document or reference file as bytes (none where only an address is sent) and how to cite."""

    body: bytes
    media_type: str | None
    url: str | None
    query: PageQuery


_TYPES = {"html": HTML, "htm": HTML, "xhtml": HTML, "txt": TEXT, "text": TEXT}
_FIELDS = ("text", "url", "file", "style", "locale")


async def _sent(request: Request[Any, Any, Any]) -> Sent:
    header = request.headers.get("content-type", FORM)
    media = read_media_type(header)
    if media is None or media.name not in {FORM, "multipart/form-data"}:
        raise UnsupportedType(f"{header[:100]} is not a form; documents are sent to /parse and /cite", "Content-Type")
    try:
        form = await request.form()
    except (ClientException, ValueError) as error:
        raise BadInput(f"the form cannot be read: {error}", "body") from error
    if unknown := sorted(set(form.keys()) - set(_FIELDS)):
        raise BadInput(f"there is no field {unknown[0][:100]!r} here; known: {', '.join(_FIELDS)}", unknown[0][:100])
    words = {name: value.strip() for name in ("url", "style", "locale") if isinstance(value := form.get(name), str)}
    query = convert({name: words[name] for name in ("style", "locale") if words.get(name)}, PageQuery)
    url = convert(words["url"], cast("Any", WebAddress), "/url") if words.get("url") else None
    upload = form.get("file")
    if isinstance(upload, UploadFile) and (body := await upload.read()):
        return Sent(body, _TYPES.get(upload.filename.rpartition(".")[2].lower()), url, query)
    text = form.get("text")
    return Sent(text.encode(errors="replace") if isinstance(text, str) else b"", None, url, query)


async def _readings(request: Request[Any, Any, Any], sent: Sent) -> Readings:
    """A reference file gives an article an entry; anything else is one document."""
    if not sent.body.strip() and sent.url is None:
        return Readings(readings=(), warnings=(NOTHING,))
    file = await run("import", True, file_of, sent.body, sent.media_type) if sent.body else None
    if file is not None:
        return Readings(readings=tuple(Reading(article=article) for article in file.articles), warnings=file.warnings)
    return Readings(readings=(await _read(request, sent),))


async def _read(request: Request[Any, Any, Any], sent: Sent) -> Reading:
    if sent.body.strip():
        source: Raw | UrlSource = Raw(sent.body, sent.media_type, None)
    else:
        source = UrlSource(url=cast("str", sent.url))
    document, article = await read_from(request, source, Hints(url=sent.url))
    return Reading(document=_shown(document), article=article)


@get("/charts", name="charts", sync_to_thread=False)
def charts(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What the library holds and how the service does, drawn by a script of the page."""
    read_query(request, NoQuery)
    body = _pages.get_template("charts.html").render()
    return Response(body.encode(), media_type=HTML, headers=SECURITY)


@get("/assets/{name:str}", name="asset", sync_to_thread=False)
def asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A script, style sheet or picture of the page."""
    read_query(request, NoQuery)
    path = ASSETS / name
    if name not in {one.name for one in ASSETS.iterdir()}:
        raise NotFoundException(f"there is no asset {name[:100]!r}")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(path.read_bytes(), media_type=kind, headers={**SECURITY, "Cache-Control": "no-cache"})


ROUTES: list[ControllerRouterHandler] = [frontpage, read_on_frontpage, charts, asset]
