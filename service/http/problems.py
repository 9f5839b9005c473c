"""Errors → RFC 9457 problem details: the one place where HTTP status codes are given to what can go wrong."""

import logging
from typing import Any, NamedTuple

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from schemas.problem import Problem
from service import errors, library
from service.http import photographs, preconditions, shelf, tokens
from service.reading import fetch

MEDIA_TYPE = "application/problem+json"

logger = logging.getLogger("tearsheet")


class Kind(NamedTuple):
    """A row of the table below; `name` makes the stable problem type, explained at /docs#problem-NAME."""

    name: str
    status: int
    title: str
    meaning: str


KINDS: dict[type[Exception], Kind] = {
    errors.UnsupportedType: Kind(
        "unsupported-type", 415, "Unsupported media type", "The body is of a type that is not read here."
    ),
    errors.TooLarge: Kind("too-large", 413, "Too large", "The body or the document is over a stated limit."),
    errors.BadInput: Kind("bad-input", 400, "Bad input", "A parameter or the body cannot be understood."),
    errors.UnknownName: Kind(
        "unknown-name", 404, "No such name", "There is no style, locale or format of the name asked for."
    ),
    errors.BrokenStyle: Kind("broken-style", 400, "Broken style", "The CSL style cannot be read or is not valid."),
    errors.FetchError: Kind("fetch-failed", 502, "The page could not be fetched", "The address gave no usable page."),
    fetch.NotAllowed: Kind("fetch-not-allowed", 403, "Not fetched from here", "The address is not one to fetch from."),
    fetch.FetchingOff: Kind("fetching-off", 403, "Fetching is off", "Pages are not fetched here; send the saved page."),
    fetch.Busy: Kind("fetch-busy", 503, "Too many fetches", "Too many pages are being fetched; ask again."),
    fetch.TooSlow: Kind("fetch-too-slow", 504, "Too slow", "The page did not come within the time allowed."),
    fetch.Unreachable: Kind(
        "fetch-unreachable", 502, "Unreachable", "No connection to the site could be made or kept."
    ),
    fetch.BadTls: Kind("fetch-bad-tls", 502, "Bad TLS", "The site's certificate or its TLS cannot be trusted."),
    fetch.BrokenAnswer: Kind("fetch-broken", 502, "Broken answer", "What the site sent is not valid HTTP."),
    fetch.TooManyRedirects: Kind("fetch-redirects", 502, "Too many redirects", "A redirect loop, or too long a chain."),
    fetch.NotFoundThere: Kind("fetch-not-found", 404, "No such page", "The site has no such page, or no longer."),
    fetch.RemoteFault: Kind("fetch-remote-fault", 502, "The site failed", "The site itself answered with a fault."),
    fetch.BlockedBySite: Kind("fetch-blocked", 502, "Blocked by the site", "The site does not let the page be read."),
    fetch.RemoteTooLarge: Kind("fetch-too-large", 502, "Page too large", "The page is over the limit for pages."),
    fetch.NotHtml: Kind("fetch-not-html", 502, "Not a page", "What stands at the address is no page to read."),
    fetch.NeedsScripts: Kind(
        "fetch-needs-scripts", 502, "Needs scripts", "Almost no text until scripts have run; send the saved page."
    ),
    errors.LibraryError: Kind(
        "library-failed", 503, "The library could not do it", "The store of articles is away or cannot be used."
    ),
    library.NoSuchArticle: Kind("no-such-article", 404, "No such article", "The library has no article of this id."),
    library.Changed: Kind(
        "changed", 412, "The article has changed", "If-Match names another state of the article; read it again."
    ),
    library.Conflict: Kind(
        "conflict", 409, "Does not fit the article", "The correction cannot be made to the article as it stands."
    ),
    library.SourceNotKept: Kind(
        "source-not-kept", 409, "Document not kept", "The article's document is not stored, so it cannot be read again."
    ),
    library.LibraryFull: Kind("library-full", 507, "The library is full", "No room is left; nothing was stored."),
    library.LibraryBusy: Kind("library-busy", 503, "The library is busy", "Others hold it; nothing was stored."),
    shelf.LibraryOff: Kind("library-off", 404, "No library here", "The service runs without a library."),
    photographs.NoSuchPhotograph: Kind(
        "no-such-photograph", 404, "No such photograph", "The article has fewer photographs."
    ),
    preconditions.ConditionNeeded: Kind(
        "condition-needed", 428, "If-Match needed", "A change names the state of the article that it is made to."
    ),
    tokens.TokenNeeded: Kind("token-needed", 401, "Token needed", "The library is written, or read, with a token."),
    tokens.NotFromHere: Kind("not-from-here", 403, "Not from here", "The library is closed to this request."),
}
"""Error → kind; an error without a row takes that of its nearest ancestor."""

BY_STATUS: dict[int, Kind] = {
    404: Kind("not-found", 404, "Not found", "There is nothing at this path."),
    405: Kind("method-not-allowed", 405, "Method not allowed", "The path exists; the header Allow names its methods."),
    406: Kind(
        "not-acceptable", 406, "Not acceptable", "None of the types asked for can be had; the detail lists them."
    ),
    413: KINDS[errors.TooLarge],
    500: Kind("internal", 500, "Internal error", "A fault of the service; the log holds it under the request's id."),
    503: Kind("not-ready", 503, "Not ready", "The service is starting or stopping; ask again in a moment."),
}
"""What the framework or the operations answer by status alone."""


class NotAcceptable(errors.BadInput):
    """None of the media types of the header Accept can be had; `reason` lists what can."""


class NotReady(errors.TearsheetError):
    """The service is starting or stopping."""


KINDS[NotAcceptable] = BY_STATUS[406]
KINDS[NotReady] = BY_STATUS[503]


def kinds() -> tuple[Kind, ...]:
    """Every kind of problem once, for the documentation."""
    return tuple({kind.name: kind for kind in [*KINDS.values(), *BY_STATUS.values()]}.values())


def kind_of(error: Exception) -> Kind:
    """The row of an error, or that of its nearest ancestor in the tree."""
    for cls in type(error).__mro__:
        if cls in KINDS:
            return KINDS[cls]
    return BY_STATUS[500]


def problem_of(error: errors.TearsheetError) -> Problem:
    """The problem that an error of ours makes; also what a line of a batch answers."""
    kind = kind_of(error)
    near = getattr(error, "near", ())
    line = getattr(error, "line", None)
    detail = error.reason
    if near and near[0] not in detail:
        detail += "; near: " + ", ".join(near)
    if line is not None:
        detail += f" (line {line})"
    return Problem(
        type=f"/docs#problem-{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        field=error.field,
        reason=error.reason,
    )


def response_of(problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A problem as an answer."""
    extra = {"Retry-After": "1"} if problem.status == 503 else {}
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **extra, **(headers or {})},
    )


def _instance(request: Request[Any, Any, Any]) -> str | None:
    request_id = request.scope.get("state", {}).get("request_id")
    return f"urn:tearsheet:request:{request_id}" if request_id else None


def on_error(request: Request[Any, Any, Any], error: errors.TearsheetError) -> Response[bytes]:
    """An error of ours."""
    after = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(after)} if after is not None else {}
    if isinstance(error, tokens.TokenNeeded):
        headers["WWW-Authenticate"] = 'Bearer realm="library"'
    if isinstance(error, library.Changed):
        headers["ETag"] = preconditions.written(error.current)
    return response_of(msgspec.structs.replace(problem_of(error), instance=_instance(request)), headers)


def on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework itself refuses: no route, no such method, too large a body."""
    kind = BY_STATUS.get(error.status_code)
    if kind is None:
        kind = BY_STATUS[500] if error.status_code >= 500 else KINDS[errors.BadInput]._replace(status=error.status_code)
    if kind.status >= 500:
        logger.error("framework error", exc_info=error)
    details = {
        404: f"there is nothing at {request.scope['path']}",
        405: f"{request.scope['method']} is not a method of this path",
        413: "the body is larger than this service reads",
    }
    detail = details.get(error.status_code) or (str(error.detail) if kind.status < 500 else kind.meaning)
    return response_of(
        Problem(
            type=f"/docs#problem-{kind.name}",
            title=kind.title,
            status=kind.status,
            detail=detail,
            reason=detail,
            field="body" if kind.status == 413 else None,
            instance=_instance(request),
        ),
        dict(error.headers or {}),
    )


def on_anything(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of the service: logged whole, told without its insides."""
    logger.error("internal error", exc_info=error)
    kind = BY_STATUS[500]
    return response_of(
        Problem(
            type=f"/docs#problem-{kind.name}",
            title=kind.title,
            status=500,
            detail=kind.meaning,
            instance=_instance(request),
        )
    )


HANDLERS: dict[int | type[Exception], Any] = {
    errors.TearsheetError: on_error,
    HTTPException: on_http_exception,
    Exception: on_anything,
}
