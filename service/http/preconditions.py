"""Entity tags and the conditions that stand on them (RFC 9110, sections 8.8.3 and 13.1; RFC 6585, section 3)."""

import re
from typing import Any

from litestar import Request

from service.errors import BadInput, TearsheetError

_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,|$)')


class ConditionNeeded(TearsheetError):
    """A change without If-Match: it could overwrite what another has changed meanwhile."""


def written(tag: str, representation: str = "") -> str:
    """A tag as the header ETag has it; one resource's representations differ behind a semicolon."""
    return f'"{tag};{representation}"' if representation else f'"{tag}"'


def expected(request: Request[Any, Any, Any]) -> frozenset[str] | None:
    """The tags of If-Match, None for `*`; whichever representation the client has seen counts. Weak tags never do."""
    header = request.headers.get("if-match", "")
    if not header.strip():
        raise ConditionNeeded("a change needs If-Match with the ETag of the article, or *", "If-Match")
    if header.strip() == "*":
        return None
    return frozenset(tag.partition(";")[0] for weak, tag in _tags(header, "If-Match") if not weak)


def unchanged(request: Request[Any, Any, Any], tag: str) -> bool:
    """Whether If-None-Match says that the client has this representation already; `tag` as `written`."""
    header = request.headers.get("if-none-match")
    if header is None:
        return False
    return header.strip() == "*" or any(f'"{known}"' == tag for _, known in _tags(header, "If-None-Match"))


def _tags(header: str, name: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(header):
        match = _TAG.match(header, place)
        if match is None:
            raise BadInput("entity tags stand in double quotes, separated by commas", name)
        found.append((match[1] or "", match[2]))
        place = match.end()
    return found
