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
def lead_words() -> frozenset[str]:
    """First words of every lead phrase."""
    return frozenset(phrase.split()[0].strip(":") for phrase in leads())


def rows_with_lead(view: View, last: int) -> set[int]:
    """The numbers of the rows, up to a place, that open with a lead word or name a role of the East."""
    if any(sign in view.text for sign in EASTERN_SIGNS):
        return {n for n in view.numbers(0, last) if starts_with_lead(view.rows[n][1])}
    known = lead_words()
    opening = FIRST_WORD.findall(f"\n{view.text[: last + 1]}")
    return {n for n, word in enumerate(map(str.casefold, opening)) if word in known}


def starts_with_lead(row: str) -> bool:
    """A cheap look before the grammar: does the line open with a lead word, or end in a role of the East?"""
    first = row[:24].casefold().split(None, 1)
    if not first:
        return False
    word = first[0].strip(AROUND).split(":")[0].split("：")[0].split("=")[0]
    if word in lead_words():
        return True
    return not row[0].isascii() and any(mark in row for mark in EASTERN_ROLES)


def is_lead(row: str) -> bool:
    """A lead word and nothing else: `Von`, `Text:`."""
    return len(row) < 30 and row.strip().rstrip(":：").casefold() in leads()
