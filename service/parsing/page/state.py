"""What only the scripts of a page say, the state that it is drawn from. Read last, for what nothing else gives."""

import json
import re
from collections.abc import Iterator
from functools import cache

from service.parsing.page.view import View
from service.parsing.page.words import words
from service.parsing.vocabulary import alternation
from service.parsing.words import places_of

NEAR = 4000
"""Characters of a script around the headline: the state of one article, not of the list it stands in."""
_OPEN = r"\\*[\"']"
"""A quotation mark, escaped where the state is a string within a string."""


def beside_headline(view: View, field: str, headline: str | None) -> Iterator[str]:
    """The values that state scripts give a field (`state_dates`, `state_authors`), nearest to the headline first.

    Where no script holds the headline, the value that all of them agree on, if there is one.
    """
    found: list[tuple[int, str]] = []
    apart: list[str] = []
    every: set[str] = set()
    for state in view.page.states:
        at = _places(state, headline) if headline else []
        if not at:
            apart.append(state)
            continue
        for match in _pattern(field).finditer(state, max(0, min(at) - NEAR), max(at) + NEAR):
            value = match[1] or match[2]
            every.add(value)
            distance = min([abs(match.start() - place) for place in at])
            if distance <= NEAR:
                found.append((distance, value))
    if found:
        yield from dict.fromkeys(value for _, value in sorted(found))
        return
    for state in apart:
        for match in _pattern(field).finditer(state):
            every.add(match[1] or match[2])
        if len(every) > 1:
            return
    yield from every if len(every) == 1 else ()


@cache
def _pattern(field: str) -> re.Pattern[str]:
    """A key of the field and its value: a string, the name within an object or list, or seconds of the epoch."""
    tails: dict[str, list[str]] = {}
    for key in getattr(words(), field):
        tails.setdefault(key[0], []).append(key[1:])
    # The first letter before what stands to its left: `re` skips to it quickly.
    keys = "|".join(rf"{first}(?<![\w-].){alternation(rest)}" for first, rest in tails.items())
    inner = rf"(?:\[?\s*\{{[^{{}}]{{0,200}}?{_OPEN}name{_OPEN}\s*:\s*|\[\s*)?"
    return re.compile(rf"(?:{keys})(?:{_OPEN})?\s*[:=]\s*(?:{inner}{_OPEN}([^\"'\\]{{3,80}})|(\d{{10,13}})\b)")


def _places(state: str, headline: str) -> list[int]:
    """Where a script holds the headline, as printed or with its letters escaped; the first few."""
    key = headline[:40]
    forms = (
        key,
        json.dumps(key)[1:-1],
        json.dumps(json.dumps(key)[1:-1])[1:-1],
        json.dumps(key, ensure_ascii=False)[1:-1],
    )
    return places_of(state, dict.fromkeys(forms))[:8]
