"""JSON files read object by object, so that one broken object costs only itself."""

import json
import re
from collections.abc import Iterator
from typing import Any

from service.importing.draft import Fault

DECODER = json.JSONDecoder()
BLANK = re.compile(r"[\s,]*")
NEXT = re.compile(r"^\s*\{", re.MULTILINE)


def objects(text: str) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    """The objects of an array, of lines, or one alone, each with its line; what is broken is a Fault."""
    position = _skip(text, 0)
    if text.startswith("[", position):
        position += 1
    line, counted = 1, 0
    while True:
        position = _skip(text, position)
        if position >= len(text) or text[position] == "]":
            return
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, position = DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield Fault(line, f"not JSON: {error}"[:300])
            following = NEXT.search(text, position + 1)
            if following is None:
                return
            position = following.end() - 1
            continue
        if isinstance(value, dict):
            yield line, value
        else:
            yield Fault(line, "an object is expected here")


def _skip(text: str, position: int) -> int:
    found = BLANK.match(text, position)
    return found.end() if found else position


def text_of(value: Any) -> str | None:
    """A text or a number as text; anything else is nothing."""
    return value if isinstance(value, str) else str(value) if type(value) in (int, float) else None


def texts(value: Any) -> list[str]:
    """One text or several, as a list."""
    found = value if isinstance(value, list) else [value]
    return [text for text in map(text_of, found) if text]
