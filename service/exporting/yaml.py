"""YAML in its plainest dress: block mappings and lists, every text a JSON string (which YAML 1.2 reads as it is)."""

from collections.abc import Iterator
from typing import Any

import msgspec


def block(value: dict[str, Any], indent: int = 0) -> Iterator[str]:
    """The lines of a mapping; values are texts, numbers, mappings, or lists of texts or mappings."""
    pad = " " * indent
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield f"{pad}{name}:"
            yield from block(inner, indent + 2)
        elif isinstance(inner, list):
            yield f"{pad}{name}:"
            for item in inner:
                yield from _item(item, indent + 2)
        else:
            yield f"{pad}{name}: {scalar(inner)}"


def _item(item: Any, indent: int) -> Iterator[str]:
    pad = " " * indent
    if isinstance(item, dict):
        for n, line in enumerate(block(item, indent + 2)):
            yield line if n else f"{pad}- {line.lstrip(' ')}"
    else:
        yield f"{pad}- {scalar(item)}"


def scalar(value: str | int) -> str:
    """A JSON string or number; DEL and the C1 line break, which JSON lets through, are escaped."""
    return msgspec.json.encode(value).decode().replace("\x7f", "\\x7f").replace("\x85", "\\N")
