"""The command line: the same verbs as the API (`tearsheet VERB`, or `python -m service VERB`)."""

import argparse
import asyncio
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast, get_args
from urllib.parse import urlencode

import msgspec

from schemas.article import Article
from schemas.csl import Item
from schemas.document import Hints
from schemas.request import ArticleSelection, CiteOutput, HtmlSource, ItemSelection, TextSource, UrlSource, Work
from service.errors import BadInput, TearsheetError
from service.http.body import HTML, TEXT, Body, Raw, decode_json, looks_like_json, understand
from service.http.documents import read_article

if TYPE_CHECKING:
    from io import BufferedReader

    from service.library import Library

TYPES = {"text": TEXT, "html": HTML}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a verb; the exit code is 0, or 2 for input that cannot be used, with the reason on standard error."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except TearsheetError as error:
        where = f"{error.field}: " if error.field else ""
        near = getattr(error, "near", ())
        hint = f" (near: {', '.join(near)})" if near and near[0] not in error.reason else ""
        print(f"tearsheet: {where}{error.reason}{hint}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # whoever read our output has gone; closing standard output again at exit must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    made = argparse.ArgumentParser(
        prog="tearsheet", description="Reads a news article as a person has it; gives typed metadata and citations."
    )
    verbs = made.add_subparsers(metavar="VERB", required=True)

    verb = verbs.add_parser("serve", help="serve the API")
    verb.add_argument("--host", help="address to listen on (127.0.0.1)")
    verb.add_argument("--port", type=int, help="port to listen on (8000)")
    verb.add_argument("--workers", type=int, metavar="N", help="processes that serve (1)")
    verb.set_defaults(run=_serve)

    verb = verbs.add_parser("parse", help="print the article of a document as JSON")
    _takes_document(verb)
    verb.add_argument(
        "--batch", action="store_true", help='NDJSON in, a line {"id", "text" | "html"} a document; NDJSON out'
    )
    verb.add_argument("--workers", type=int, metavar="N", help="processes of a batch (one a core)")
    verb.set_defaults(run=_parse)

    verb = verbs.add_parser("cite", help="print the citation of a document, an Article or CSL-JSON items")
    _takes_document(verb)
    verb.add_argument("--style", default="apa", help="id or alias of a CSL style (apa)")
    verb.add_argument("--csl", type=Path, metavar="FILE", help="a CSL style of your own")
    verb.add_argument("--locale", help="language of the citation, such as de-DE (the style's)")
    verb.add_argument("--output", choices=get_args(CiteOutput), default="text", help="form of the citation (text)")
    verb.add_argument("--format", help="a reference format instead, such as bibtex")
    verb.set_defaults(run=_cite)

    verb = verbs.add_parser("styles", help="list the styles of a name")
    verb.add_argument("query", nargs="?", default="", metavar="QUERY")
    verb.add_argument("--limit", type=int, default=100, metavar="N", help="most styles to list (100)")
    verb.set_defaults(run=_styles)

    verb = verbs.add_parser("formats", help="list the reference formats")
    verb.set_defaults(run=_formats)

    verb = verbs.add_parser("import", help="store articles in the library: NDJSON (one a line) or a reference file")
    verb.add_argument("document", nargs="?", default="-", metavar="FILE|-", help="standard input where none is named")
    verb.add_argument("--quiet", action="store_true", help="print only the lines that were refused, and the sum")
    verb.set_defaults(run=_import)

    verb = verbs.add_parser("export", help="print the articles of the library, as NDJSON or in a reference format")
    verb.add_argument("--format", help="a reference format instead of NDJSON, such as ris")
    for name in ("q", "publication", "author", "agency", "language", "kind", "from", "to", "sort"):
        verb.add_argument(f"--{name}", help=f"as ?{name}= of /articles")
    verb.set_defaults(run=_export)

    verb = verbs.add_parser("migrate", help="bring the library's tables to the version of this program")
    verb.set_defaults(run=_migrate)

    verb = verbs.add_parser("token", help="make a token: prints it, and what TEARSHEET_TOKENS holds of it")
    verb.set_defaults(run=_token)
    return made


def _takes_document(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "document", nargs="?", default="-", metavar="FILE|URL|-", help="standard input where none is named"
    )
    verb.add_argument("--type", choices=sorted(TYPES), help="what the document is, where that cannot be seen")
    verb.add_argument("--url", help="the page's address")
    verb.add_argument("--language", help="the page's language, such as ko")
    verb.add_argument("--infer", choices=["dates"], help="conclude a date from the text where none is printed")


def _serve(options: argparse.Namespace) -> None:
    from service.http.server import serve  # noqa: PLC0415 - other verbs start without the web server
    from service.http.settings import read_settings  # noqa: PLC0415 - for the server alone

    serve(read_settings(host=options.host, port=options.port, workers=options.workers))


def _parse(options: argparse.Namespace) -> None:
    if options.batch:
        from service.http.batch import lines, parse_batch  # noqa: PLC0415 - starts processes

        with _opened(options.document) as stream:
            for answer in parse_batch(lines(stream), options.workers):
                sys.stdout.buffer.write(answer + b"\n")
                sys.stdout.buffer.flush()
        return
    source = _source(options, works=False)
    if isinstance(source, tuple):
        articles = source
    elif isinstance(source, Raw | TextSource | HtmlSource | UrlSource):
        articles = (_article(source, _hints(options)),)
    else:
        raise BadInput("a document is expected")
    _print(msgspec.json.format(msgspec.json.encode(articles if len(articles) > 1 else articles[0])))


def _cite(options: argparse.Namespace) -> None:
    from service.http.chain import Wish, works_of  # noqa: PLC0415 - brings every format and style
    from service.http.cite import Asked, answer  # noqa: PLC0415 - likewise

    csl = _read_file(options.csl).decode("utf-8", "replace") if options.csl else None
    source = _source(options, works=True)
    works: tuple[Work, ...]
    one = isinstance(source, Article | Item)
    if isinstance(source, ArticleSelection | ItemSelection):
        works, csl = works_of(source), csl or source.csl
    elif isinstance(source, Article | Item):
        works = (source,)
    elif isinstance(source, Raw | TextSource | HtmlSource | UrlSource):
        works, one = (_article(source, _hints(options)),), True
    else:
        works = source
    wish = Wish(options.style, options.locale, csl)
    body = answer(works, Asked(options.format, options.output, "", wish), one=one)
    _print(msgspec.json.format(body) if options.output == "json" and not options.format else body)


def _styles(options: argparse.Namespace) -> None:
    from service.rendering import registry  # noqa: PLC0415 - brings the styles

    for info in registry.search(options.query, options.limit):
        _print(f"{info.id}\t{info.error or info.title}".encode())


def _formats(_: argparse.Namespace) -> None:
    from service import exporting  # noqa: PLC0415 - brings every format

    for row in exporting.FORMATS.values():
        _print(f"{row.name}\t{row.media_type}\t{row.title}".encode())


def _import(options: argparse.Namespace) -> int:
    from service.http.files import file_of  # noqa: PLC0415 - brings every format that is read
    from service.http.shelving import shelve_file, shelve_stream  # noqa: PLC0415 - brings the library

    counts: dict[str, int] = {"new": 0, "known": 0, "refused": 0}
    with _library() as library, _opened(options.document) as stream:
        head = cast("BufferedReader", stream).peek(1)[:1]
        file = file_of(stream.read()) if head not in {b"{", b""} else None
        answers = shelve_file(library, file) if file else shelve_stream(library, stream)
        for answer in answers:
            status = msgspec.json.decode(answer)["status"]
            counts["new" if status == 201 else "known" if status == 200 else "refused"] += 1
            if status >= 400 or not options.quiet:
                _print(answer)
    print(", ".join(f"{count} {name}" for name, count in counts.items()), file=sys.stderr)
    return 1 if counts["refused"] else 0


def _export(options: argparse.Namespace) -> None:
    from schemas.library import ListQuery  # noqa: PLC0415 - for the library's verbs alone
    from service import exporting  # noqa: PLC0415 - brings every format
    from service.http.query import parse_query  # noqa: PLC0415 - likewise

    names = ("q", "publication", "author", "agency", "language", "kind", "from", "to", "sort")
    chosen = {name: value for name in names if (value := getattr(options, name)) is not None}
    query = parse_query(urlencode(chosen).encode(), ListQuery).query()
    with _library() as library:
        found = library.every(query)
        if options.format is None:
            for stored in found:
                sys.stdout.buffer.write(stored.json() + b"\n")
        else:
            for piece in exporting.export((stored.article for stored in found), options.format):
                sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()


def _migrate(_: argparse.Namespace) -> None:
    from service.library import Library, database_url  # noqa: PLC0415 - for the library's verbs alone
    from service.library.migration import HEAD  # noqa: PLC0415 - for the library's verbs alone

    library = Library(database_url())
    before = library.migrate()
    library.close()
    _print(f"tables: version {before or 'none'} before, {HEAD} now".encode())


def _token(_: argparse.Namespace) -> None:
    from service.http.tokens import new_token  # noqa: PLC0415 - for the library's verbs alone

    token, kept = new_token()
    _print(f"token\t{token}\nTEARSHEET_TOKENS\t{kept}".encode())


@contextlib.contextmanager
def _library() -> Iterator["Library"]:
    """The library of the environment, its tables made or checked."""
    from service.library import Library, database_url  # noqa: PLC0415 - for the library's verbs alone

    library = Library(database_url())
    try:
        library.start()
        yield library
    finally:
        library.close()


def _hints(options: argparse.Namespace) -> Hints:
    return Hints(url=options.url, language=options.language, infer_dates=options.infer == "dates")


def _source(options: argparse.Namespace, *, works: bool) -> Body:
    """What the argument names: a page to be fetched, or a file's bytes understood as a body of the API is."""
    name: str = options.document
    if name.lower().startswith(("http://", "https://")):
        return UrlSource(url=name)
    with _opened(name) as stream:
        body = stream.read()
    if not body:
        raise BadInput("the document is empty", name)
    from service.http.files import articles_of, file_of, is_own_json  # noqa: PLC0415 - brings every format that is read

    if options.type is None and not is_own_json(body) and (file := file_of(body)):
        for warning in file.warnings:
            print(f"tearsheet: {warning.message}", file=sys.stderr)
        return articles_of(file)
    if options.type is None and looks_like_json(body):
        return understand(decode_json(body), works=works)
    kind = options.type or ("html" if name.lower().endswith((".html", ".htm", ".xhtml")) else None)
    return Raw(body, TYPES[kind] if kind else None, None)


def _article(source: Raw | TextSource | HtmlSource | UrlSource, hints: Hints) -> Article:
    if isinstance(source, UrlSource):
        return asyncio.run(_fetched(source.url, hints))
    return read_article(source, hints)


async def _fetched(url: str, hints: Hints) -> Article:
    from service.reading.fetch import Fetcher, FetchSettings  # noqa: PLC0415 - brings the HTTP client

    async with Fetcher(FetchSettings.of(os.environ)) as fetcher:
        page = await fetcher.fetch(url)
    raw = Raw(page.body, page.media_type, page.charset)
    return read_article(raw, Hints(url=page.url, language=hints.language, infer_dates=hints.infer_dates))


@contextlib.contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield cast("BinaryIO", sys.stdin.buffer)
        return
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(name).open("rb"))
        except OSError as error:
            raise BadInput(error.strerror or str(error), name) from error
        yield stream


def _read_file(path: Path) -> bytes:
    with _opened(str(path)) as stream:
        return stream.read()


def _print(body: bytes) -> None:
    sys.stdout.buffer.write(body if body.endswith(b"\n") else body + b"\n")
    sys.stdout.buffer.flush()
