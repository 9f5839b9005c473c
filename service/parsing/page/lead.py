"""Lead words (By, Von, Text:) at the start of a row: a cheap look before the grammar."""

from functools import cache

from service.parsing.vocabulary import leads


@cache
def lead_words() -> frozenset[str]:
    """First words of every lead phrase."""
    return frozenset(phrase.split()[0].strip(":") for phrase in leads())


def starts_with_lead(row: str) -> bool:
    """A cheap look before the grammar: does the line open with a lead word, or end in a role of the East?"""
    first = row[:24].casefold().split(None, 1)
    if not first:
        return False
    word = first[0].strip("(（[*•·—–-").split(":")[0].split("：")[0].split("=")[0]
    if word in lead_words():
        return True
    return not row[0].isascii() and any(
        mark in row for mark in ("기자", "記者", "记者", "특파원", "文・", "文／", "作者")
    )


def is_lead(row: str) -> bool:
    """A lead word and nothing else: `Von`, `Text:`."""
    return len(row) < 30 and row.strip().rstrip(":：").casefold() in leads()
