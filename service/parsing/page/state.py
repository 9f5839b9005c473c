"""What only the scripts of a page say, the state that it is drawn from. Read last, for what nothing else gives."""

import json
import re
from collections.abc import Iterator
from functools import cache

from service.parsing.page.view import View
from service.parsing.page.words import words

NEAR = 4000
"""Characters of a script around the headline: the state of one article, not of the list it stands in."""
_OPEN = r"\\*[\"']"
"""A quotation mark, escaped where the state is a string within a string."""


def beside_headline(view: View, field: str, headline: str | None) -> Iterator[str]:
    """The values that state scripts give a field (`state_dates`, `state_authors`), nearest to the headline first.

    Where no script holds the headline, the value that all of them agree on, if there is one.
    """
    found: list[tuple[int, str]] = []
    every: set[str] = set()
    for state in view.page.states:
        at = _places(state, headline) if headline else []
        low, high = (max(0, min(at) - NEAR), max(at) + NEAR) if at else (0, len(state))
        for match in _pattern(field).finditer(state, low, high):
            value = match[1] or match[2]
            every.add(value)
            distance = min((abs(match.start() - place) for place in at), default=NEAR + 1)
            if distance <= NEAR:
                found.append((distance, value))
    if found:
        yield from dict.fromkeys(value for _, value in sorted(found))
    elif len(every) == 1:
        yield from every


@cache
def _pattern(field: str) -> re.Pattern[str]:
    """A key of the field and its value: a string, the name within an object or list, or seconds of the epoch."""
    keys = "|".join(map(re.escape, getattr(words(), field)))
    inner = rf"(?:\[?\s*\{{[^{{}}]{{0,200}}?{_OPEN}name{_OPEN}\s*:\s*|\[\s*)?"
    return re.compile(
        rf"(?<![\w-])(?:{keys})(?:{_OPEN})?\s*[:=]\s*(?:{inner}{_OPEN}([^\"'\\]{{3,80}})|(\d{{10,13}})\b)"
    )


def _places(state: str, headline: str) -> list[int]:
    """Where a script holds the headline, as printed or with its letters escaped; the first few."""
    key = headline[:40]
    forms = (
        key,
        json.dumps(key)[1:-1],
        json.dumps(json.dumps(key)[1:-1])[1:-1],
        json.dumps(key, ensure_ascii=False)[1:-1],
    )
    places: list[int] = []
    for form in dict.fromkeys(forms):
        at = state.find(form)
        while at >= 0 and len(places) < 8:
            places.append(at)
            at = state.find(form, at + 1)
    return places
