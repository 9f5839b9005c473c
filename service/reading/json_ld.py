"""JSON-LD scripts: decoded, repaired where that is safe, unwrapped from arrays and @graph."""

import re
from typing import Any

import msgspec

MOST_NODES = 400
"""Objects kept of one script; listings carry thousands of teasers."""

WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
CONTROL = re.compile(r"[\x00-\x1f]")
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})')
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def read_json_ld(script: str) -> list[dict[str, Any]]:
    """The top-level objects of one script; an empty list where it cannot be read."""
    if not script or script.isspace():
        return []
    value = decode(script)
    if value is None:
        value = decode(repaired(script))
    if value is None:
        value = several(repaired(script))
    return list(unwrapped(value))


def decode(text: str) -> Any:
    """JSON, or nothing; nesting deeper than the decoder allows counts as unreadable."""
    try:
        return msgspec.json.decode(
            text.encode("utf-8", "surrogatepass") if text.isascii() else text.encode("utf-8", "replace")
        )
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def repaired(text: str) -> str:
    """Mend what sites break most: comment wrappers, raw line breaks and bad escapes in strings, trailing commas."""
    text = WRAPPING.sub("", WRAPPING.sub("", text)).strip().rstrip(";")
    pieces, last = [], 0
    for match in STRING.finditer(text):
        pieces.append(TRAILING_COMMA.sub(r"\1", text[last : match.start()]))
        pieces.append(BAD_ESCAPE.sub(r"\\\\", CONTROL.sub(" ", match.group())))
        last = match.end()
    pieces.append(TRAILING_COMMA.sub(r"\1", text[last:]))
    return LONE_SURROGATE.sub("", "".join(pieces)) if "\\ud" in text.lower() else "".join(pieces)


def several(text: str) -> Any:
    """Objects set one after the other (`{…}{…}`, `{…},{…}`), as an array."""
    return decode("[" + re.sub(r"\}\s*,?\s*\{\s*(?=\"@)", "},{", text) + "]") if text.startswith("{") else None


def unwrapped(value: Any) -> list[dict[str, Any]]:
    """Objects out of arrays and @graph, in order. A node with a @graph and a type of its own is kept too."""
    found: list[dict[str, Any]] = []
    queue = [value]
    while queue and len(found) < MOST_NODES:
        head = queue.pop(0)
        if isinstance(head, list):
            queue[:0] = head[:MOST_NODES]
        elif isinstance(head, dict):
            graph = head.get("@graph")
            if isinstance(graph, list | dict):
                queue.insert(0, graph)
                if "@type" in head:
                    found.append({k: v for k, v in head.items() if k != "@graph"})
            else:
                found.append(head)
    return found
