"""Lead words (By, Von, Text:) at the start of a row: a cheap look before the grammar."""

import re
from functools import cache

from service.parsing.page.view import View
from service.parsing.vocabulary import leads

AROUND = "(（[*•·—–-"
"""Signs that may stand around a lead word."""
FIRST_WORD = re.compile(rf"\n[{re.escape(AROUND)}]*([^\s:：=]*)")
EASTERN_ROLES = ("기자", "記者", "记者", "특파원", "文・", "文／", "作者")
EASTERN_SIGNS = "자者원文"
"""One of each of them: a text without any holds none."""


@cache
def openings() -> dict[str, tuple[str, ...]]:
    """The first word of every lead → the last words of those that open with it, itself where it is one alone."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in leads():
        first, *more = phrase.split()
        word = first.strip(":")
        found[word] = tuple(dict.fromkeys((*found.get(word, ()), more[-1] if more else word)))
    return found


def rows_with_lead(view: View, rows: range) -> set[int]:
    """The numbers of those of some rows that open with a lead word or name a role of the East."""
    if not rows:
        return set()
    if any(sign in view.text for sign in EASTERN_SIGNS):
        return {n for n in rows if starts_with_lead(view.row_texts[n])}
    first, last = view.row_starts[rows[0]], view.row_starts[rows[-1]]
    words = FIRST_WORD.findall(f"\n{view.text[first : last + 30]}")
    known = openings()
    named = [n for n, word in zip(rows, map(str.casefold, words), strict=False) if word in known]
    return {n for n in named if starts_with_lead(view.row_texts[n])}


def starts_with_lead(row: str) -> bool:
    """A cheap look before the grammar: does the line open with a lead word, or end in a role of the East?

    Between the first and the last word of a lead others may stand: `Posted on May 3 by`.
    """
    text = row[:200].casefold()
    first = text.split(None, 1)
    if not first:
        return False
    word = first[0][:24].strip(AROUND).split(":")[0].split("：")[0].split("=")[0]
    lasts = openings().get(word)
    if lasts and (":" in first[0] or any(map(text.__contains__, lasts))):
        return True
    return not row[0].isascii() and any(mark in row for mark in EASTERN_ROLES)


def is_lead(row: str) -> bool:
    """A lead word and nothing else: `Von`, `Text:`."""
    return len(row) < 30 and row.strip().rstrip(":：").casefold() in leads()
