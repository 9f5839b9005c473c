"""Query strings, read strictly: a parameter that is unknown, comes twice or has no sense is named, never ignored."""

from functools import cache, lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

import msgspec

from schemas.base import Base
from service.errors import BadInput

if TYPE_CHECKING:  # the command line reads bodies too, without the framework
    from litestar import Request

Q = TypeVar("Q", bound=Base)

KEPT_BYTES = 512
"""Longest query whose reading is kept: most clients ask with the same few, and those that differ name addresses."""


def read_query(request: "Request[Any, Any, Any]", kind: type[Q]) -> Q:
    """The query of a request as the struct `kind`; a field that is a tuple takes its values separated by commas."""
    return parse_query(request.scope["query_string"], kind)


def parse_query(query: bytes, kind: type[Q]) -> Q:
    """The same from the bytes of the query."""
    read = _parsed if len(query) <= KEPT_BYTES else _parsed.__wrapped__
    return cast("Q", read(query, kind))  # a cached function has no type variables


@lru_cache(512)
def _parsed(query: bytes, kind: type[Base]) -> Base:
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError as error:
        raise BadInput("the query is not UTF-8", "query") from error
    except ValueError as error:
        raise BadInput("the query has more than 100 parameters", "query") from error
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for name, text in pairs:
        if name not in hints:
            known = ", ".join(hints) or "none"
            reason = f"there is no parameter {name[:100]!r} here; known: {known}"
            if "url" in values:
                reason += " (an & within url is written %26)"
            raise BadInput(reason, name[:100])
        if name in values:
            raise BadInput(f"the parameter {name} is given twice", name)
        values[name] = _read(name, text, hints[name])
    try:
        return msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _bad_query(str(error), hints) from error


def _read(name: str, text: str, hint: Any) -> str | list[str]:
    """The text of a parameter, or its parts; a word that is not among those listed is refused here.

    The decoder would take the word `null` for nothing at all, where a parameter that is no text may be absent.
    """
    many = get_origin(hint) is tuple
    parts = [part for part in text.split(",") if part] if many else [text]
    if (choices := _choices(hint)) and not set(parts) <= set(choices):
        raise BadInput(f"one of: {', '.join(choices)}", name)
    if text.strip().lower() == "null" and not _may_be_text(hint):
        raise BadInput(f"{text!r} has no sense here", name)
    return parts if many else text


@cache
def _hints(kind: type[Base]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(kind)}


def _bad_query(message: str, hints: dict[str, Any]) -> BadInput:
    reason, _, path = message.partition(" - at `$.")
    name = path.rstrip("`").partition("[")[0] or None
    if name is None:  # a required parameter is missing: the message names it
        name = next((name for name in hints if f"`{name}`" in message), None)
        reason = f"the parameter {name} is required" if name else reason
    return BadInput(reason, name)


def _may_be_text(hint: Any) -> bool:
    return hint is str or any(_may_be_text(part) for part in get_args(hint) if part is not None)


def _choices(hint: Any) -> tuple[str, ...]:
    """The words that a parameter may take, where they are listed."""
    if get_origin(hint) is Literal:
        return tuple(map(str, get_args(hint)))
    if get_origin(hint) in {tuple, UnionType, Union}:
        return tuple(choice for part in get_args(hint) for choice in _choices(part))
    return ()
