"""Errors → answers: what the application does with whatever is raised while it serves a request."""

import logging
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from schemas.problem import Problem
from service import library
from service.errors import TearsheetError
from service.http import preconditions, tokens
from service.http.problems import BY_STATUS, Kind, problem_of

MEDIA_TYPE = "application/problem+json"

logger = logging.getLogger("tearsheet")


def response_of(request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str]) -> Response[bytes]:
    """A problem as an answer; its instance is the request as the log knows it."""
    request_id = request.scope.get("state", {}).get("request_id")
    if request_id:
        problem = msgspec.structs.replace(problem, instance=f"urn:tearsheet:request:{request_id}")
    again = {"Retry-After": "1"} if problem.status == 503 else {}
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **again, **headers},
    )


def on_error(request: Request[Any, Any, Any], error: TearsheetError) -> Response[bytes]:
    """An error of ours."""
    after = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(after)} if after is not None else {}
    if isinstance(error, tokens.TokenNeeded):
        headers["WWW-Authenticate"] = 'Bearer realm="library"'
    if isinstance(error, library.Changed):
        headers["ETag"] = preconditions.written(error.current)
    return response_of(request, problem_of(error), headers)


def on_http_exception(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework itself refuses: no route, no such method, too large a body."""
    kind = BY_STATUS.get(error.status_code) or BY_STATUS[500 if error.status_code >= 500 else 400]
    if kind.status >= 500:
        return on_anything(request, error)
    details = {
        404: f"there is nothing at {request.scope['path']}",
        405: f"{request.scope['method']} is not a method of this path",
        413: "the body is larger than this service reads",
    }
    detail = details.get(kind.status) or str(error.detail)
    problem = _told(kind, detail, "body" if kind.status == 413 else None)
    return response_of(request, problem, dict(error.headers or {}))


def on_anything(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of the service: logged whole, told without its insides."""
    logger.error("internal error", exc_info=error)
    return response_of(request, _told(BY_STATUS[500], BY_STATUS[500].meaning), {})


def _told(kind: Kind, detail: str, field: str | None = None) -> Problem:
    return Problem(type=kind.type, title=kind.title, status=kind.status, detail=detail, reason=detail, field=field)


HANDLERS: dict[int | type[Exception], Any] = {
    TearsheetError: on_error,
    HTTPException: on_http_exception,
    Exception: on_anything,
}
