"""Errors → RFC 9457 problem details; HTTP status codes are given in one place, the table service/data/problems.toml."""

from schemas.base import Base
from schemas.problem import Problem
from service.errors import BadInput, TearsheetError
from service.tables import read_table


class Kind(Base, frozen=True, kw_only=True):
    """A row of the table; `name` makes the stable problem type, explained at /docs#problem-NAME.

    `errors` are the classes told so, by name, so that telling a problem needs none of the rooms that raise it.
    `framework` marks what the framework or the operations answer by status alone.
    """

    name: str
    status: int
    title: str
    meaning: str
    errors: tuple[str, ...] = ()
    framework: bool = False

    @property
    def type(self) -> str:
        """The URI reference that names the kind."""
        return f"/docs#problem-{self.name}"


class KindTable(Base, frozen=True, kw_only=True):
    """service/data/problems.toml."""

    kind: tuple[Kind, ...]


KINDS: tuple[Kind, ...] = read_table("problems.toml", KindTable).kind
"""Every kind of problem."""

BY_STATUS = {kind.status: kind for kind in KINDS if kind.framework}
"""What is answered by status alone."""

_BY_ERROR = {name: kind for kind in KINDS for name in kind.errors}


class NotAcceptable(BadInput):
    """None of the media types of the header Accept can be had; `reason` lists what can."""


class NotSent(BadInput):
    """A cite names an item that is not among those sent."""


class NotReady(TearsheetError):
    """The service is starting or stopping."""


def kind_of(error: Exception) -> Kind:
    """The row of an error, or that of its nearest ancestor in the tree."""
    names = (cls.__name__ for cls in type(error).__mro__)
    return next((_BY_ERROR[name] for name in names if name in _BY_ERROR), BY_STATUS[500])


def problem_of(error: TearsheetError) -> Problem:
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
        type=kind.type,
        title=kind.title,
        status=kind.status,
        detail=detail,
        field=error.field,
        reason=error.reason,
    )
