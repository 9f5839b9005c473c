"""Request bodies, read strictly: bytes of a stated type → a document, or works to be cited; nothing is guessed at.

The framework's own decoding takes "7" for a number, ignores Content-Type and answers broken UTF-8 with 500, so bodies
are decoded here: media type first (415), then UTF-8 and JSON, then the structs, with the place of each fault named.
"""

import json
import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

import msgspec

from schemas.article import Article
from schemas.csl import Item
from schemas.library import StoredArticle
from schemas.request import (
    MOST_WORKS,
    ArticleSelection,
    HtmlSource,
    ItemSelection,
    Selection,
    Source,
    TextSource,
    UrlSource,
    Work,
)
from service.errors import BadInput, UnsupportedType
from service.http.negotiation import read_media_type

if TYPE_CHECKING:  # the command line reads bodies too, without the framework
    from litestar import Request

T = TypeVar("T")
W = TypeVar("W", bound=Work)

TEXT = "text/plain"
HTML = "text/html"
JSON = "application/json"
CSL_JSON = "application/vnd.citationstyles.csl+json"
FORM = "application/x-www-form-urlencoded"

AS_IS = {
    JSON: JSON,
    CSL_JSON: JSON,
    TEXT: TEXT,
    HTML: HTML,
}
"""Content-Type → how the body is read. A form and no type at all are looked at (see `read_body`)."""

_SOURCE_FIELDS = frozenset({"text", "html", "url", "language", "infer"})
_BARE = re.compile(rb'[\x00-\x20"<>{}\[\]\\^`|\x7f-\xff]')
_JSON_START = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{\]])')
_BOM = b"\xef\xbb\xbf"
_MEMBER = re.compile(r"(?:unknown|required) field `(.*)`")
_POINTER = re.compile(r"\.(\w[\w-]*)|\[(\d+|\.\.\.)\]")


class Raw(msgspec.Struct, frozen=True):
    """A document as bytes. `media_type` None leaves the reader to tell text from HTML."""

    body: bytes
    media_type: str | None
    charset: str | None


Body = Raw | Source | Selection | Work | tuple[Work, ...]


async def read_body(request: "Request[Any, Any, Any]", *, works: bool, url: str | None = None) -> Body:
    """The body of a request; `works` says whether articles, CSL-JSON items and selections are taken too.

    Where there is no body but a `url` in the query, that page is the document.

    curl sends every body that is given no type as a form. A form encoder leaves no spaces, line breaks, quotes or
    brackets bare, so a body of that type that holds one was pasted: it is read as a body without a type is, as JSON
    where it begins as JSON does and else as a document. A real form holds the same fields as JSON does.
    """
    header = request.headers.get("content-type")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        raise UnsupportedType(
            f"bodies in Content-Encoding {encoding[:100]} are not read; send it as it is", "Content-Encoding"
        )
    media = read_media_type(header) if header is not None else None
    if header is not None and media is None:
        raise UnsupportedType(f"Content-Type {header[:100]!r} is not a media type", "Content-Type")
    name = media.name if media else None
    charset = media.parameters.get("charset") if media else None
    read = [*AS_IS, FORM] if works else [kind for kind in (*AS_IS, FORM) if kind != CSL_JSON]
    if name is not None and name not in read:
        raise UnsupportedType(
            f"{name} is not read here; send one of: {', '.join(read)}, or a reference file", "Content-Type"
        )
    body = await request.body()
    if not body:
        if url is not None:
            return UrlSource(url=url)
        raise BadInput("the body is empty", "body")
    if name == FORM and not _BARE.search(body):
        return _read_form(body)
    how = AS_IS[name] if name in AS_IS else (JSON if looks_like_json(body) else None)
    if name == FORM and how is None and _one_long_line(body) and "curl/" in request.headers.get("user-agent", ""):
        raise BadInput("the text has no line breaks: curl -d removes them, --data-binary sends it as it is", "body")
    if how == JSON:
        if charset is not None and charset.strip().lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise UnsupportedType(f"JSON is UTF-8, not {charset[:100]}", "Content-Type")
        value = decode_json(body)
        return understand_items(value) if works and name == CSL_JSON else understand(value, works=works)
    return Raw(body, how, charset)


def _one_long_line(body: bytes) -> bool:
    """No document of this length is one line, but for HTML."""
    return len(body) > 300 and b"\n" not in body and b"<" not in body


def looks_like_json(body: bytes) -> bool:
    """Whether bytes of no stated type begin as a JSON object, or an array of them, does; `[YONHAP]` does not."""
    return _JSON_START.match(body.removeprefix(_BOM)) is not None


def decode_json(body: bytes) -> Any:
    """JSON as untyped values; whole floats become integers, as JSON Schema counts them."""
    try:
        return _DECODER.decode(body.removeprefix(_BOM))
    except UnicodeDecodeError as error:
        raise BadInput(f"the body is not UTF-8 (byte {error.start})", "body") from error
    except RecursionError as error:
        raise BadInput("the body is nested too deeply", "body") from error
    except msgspec.MsgspecError as error:
        raise BadInput(f"the body is not JSON: {_json_fault(body, error)}", "body") from error


def _json_fault(body: bytes, error: Exception) -> str:
    """What is wrong and where; the fast decoder does not always say, the slow one does."""
    if len(body) > 1_000_000:
        return str(error)
    try:
        json.loads(body)
    except json.JSONDecodeError as slow:
        return f"{slow.msg} (line {slow.lineno}, column {slow.colno})"
    except (ValueError, RecursionError):
        return str(error)
    return "a lone surrogate" if re.search(rb"\\u[dD][89a-fA-F]", body) else str(error)


def _number(text: str) -> float | int:
    value = float(text)
    if math.isinf(value):
        raise msgspec.ValidationError(f"{text[:50]} is too large a number")
    return int(value) if value.is_integer() else value


_DECODER = msgspec.json.Decoder(float_hook=_number)


def understand(value: Any, *, works: bool) -> Body:
    """Decoded JSON → what it is: a source, and, where `works` are taken, articles, items or a selection of them.

    What tells them apart: an array; `articles` or `items`; `text` or `html`; `type`, which CSL requires and an Article
    does not have; `url` with nothing but hints beside it; all else is an Article.
    """
    if isinstance(value, list) and works:
        return _many(value, _work)
    if not isinstance(value, dict):
        raise BadInput("an object is expected" + (", or an array of articles or items" if works else ""), "")
    if "text" in value or ("html" not in value and not works and "url" not in value):
        return convert(value, TextSource)
    if "html" in value:
        return convert(value, HtmlSource)
    if not works or (isinstance(value.get("url"), str) and value.keys() <= _SOURCE_FIELDS):
        return convert(value, UrlSource)
    if "articles" in value:
        return convert(value, ArticleSelection)
    if "items" in value or "csl" in value:
        return convert(value, ItemSelection)
    return _work(value)


def understand_items(value: Any) -> Item | tuple[Item, ...]:
    """Decoded JSON that is said to be CSL-JSON: an item or an array of them."""
    if isinstance(value, list):
        return _many(value, lambda row, at: convert(row, Item, at))
    return convert(value, Item)


def _many(values: list[Any], read: Callable[[Any, str], W]) -> tuple[W, ...]:
    if not 1 <= len(values) <= MOST_WORKS:
        raise BadInput(f"an array holds 1 to {MOST_WORKS} articles or items, not {len(values)}", "")
    return tuple(read(row, f"/{n}") for n, row in enumerate(values))


def _work(value: Any, at: str = "") -> Work:
    if isinstance(value, dict) and "type" in value:
        return convert(value, Item, at)
    if isinstance(value, dict) and "fingerprint" in value:
        return convert(value, StoredArticle, at)
    try:
        return convert(value, Article, at)
    except BadInput as error:
        if isinstance(value, dict) and value.keys() & {"title", "container-title", "issued", "author", "id"}:
            raise BadInput(
                "a CSL-JSON item needs `type` (and an Article has `headline` and `authors`)", f"{at}/type"
            ) from error
        raise


def convert(value: Any, kind: type[T], at: str = "") -> T:
    """Untyped values as a struct, strictly; the fault's place is a JSON Pointer below `at`."""
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        pointer = "".join(f"/{key or index}" for key, index in _POINTER.findall(path.rstrip("`")))
        if named := _MEMBER.search(reason):
            pointer += f"/{named[1]}"
        raise BadInput(f"{reason} ({_named(kind)})", at + pointer) from error
    except RecursionError as error:
        raise BadInput("the body is nested too deeply", at or "body") from error


def _named(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))


def _read_form(body: bytes) -> Source:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=10
        )
    except ValueError as error:
        raise BadInput(
            "the form cannot be read; a document is sent with Content-Type: text/plain or text/html", "body"
        ) from error
    values: dict[str, Any] = {}
    for name, text in pairs:
        if name not in _SOURCE_FIELDS:
            raise BadInput(
                f"the form has no field {name[:100]!r}; known: {', '.join(sorted(_SOURCE_FIELDS))}. "
                "A document is sent with Content-Type: text/plain or text/html",
                name[:100],
            )
        if name in values:
            raise BadInput(f"the field {name} is given twice", name)
        if text:  # a form in a browser sends the fields that were left empty too
            values[name] = text.split(",") if name == "infer" else text
    if not values.keys() & {"text", "html", "url"}:
        raise BadInput("one of the fields text, html and url is needed", "body")
    read = understand(values, works=False)
    if not isinstance(read, TextSource | HtmlSource | UrlSource):  # pragma: no cover - `works` is off
        raise BadInput("a form holds a document or its address", "body")
    return read
