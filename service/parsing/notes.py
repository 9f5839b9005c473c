"""What a byline's line prints beside the byline: clocks, counts, days without a year, words that lead to a date."""

import re
from functools import cache

from msgspec import Struct

from service.parsing.dates import month_words
from service.parsing.dates import table as date_words
from service.parsing.vocabulary import alternation
from service.tables import read_table


class Counts(Struct, frozen=True):
    """The part of data/furniture.toml that words counts, ages and the days of the week."""

    weekdays: tuple[str, ...]
    counted: tuple[str, ...]
    counted_after: tuple[str, ...]
    counted_before: tuple[str, ...]


_DIGIT = re.compile(r"[0-9]")
_DAY_MONTH = re.compile(r"\b[0-3]?[0-9]\.?\s([^\W\d_]{3,12})\b\.?,?")
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.?\s[0-3]?[0-9]\b,?")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_CLOCK = re.compile(
    r"(?:\b(?:at|um|à|a las|kl\.?|,)\s+)?\b(?:[01]?[0-9]|2[0-3])[:.h][0-5][0-9]\s*(?:uhr|h|[ap]\.?m\.?)?"
    r"(?:\s*\b(?:[A-Z]{3,4})\b)?|@[A-Za-z0-9_]{2,20}\b",
    re.IGNORECASE,
)
# The first sign of these, to which `re` skips quickly, before what stands to its left.
_CLOCK_AT = re.compile(r"[0-9][:.hH][0-5][0-9]|@")
_EMPTIED = re.compile(r"[\[(（<]\s*(?:\|\s*)*[\])）>]")
_FOOTNOTE = re.compile(r"[0-9](?<=[^\W\d_].)[0-9]?\b")


@cache
def _counted() -> re.Pattern[str]:
    """5 hours ago, 3 min read, 7 Kommentare."""
    words = read_table("furniture.toml", Counts)
    return re.compile(
        rf"(?:\b(?:{alternation(words.counted_before)})\s+)?(?<![^\W_])[0-9]{{1,4}}\s*(?:{alternation(words.counted)})(?![^\W_])"
        rf"(?:\s*(?:{alternation(words.counted_after)})(?![^\W_]))?(?!\s*=)",
        re.IGNORECASE,
    )


@cache
def _counted_at() -> re.Pattern[str]:
    """The part of it that no match is without: quick to look for, as it begins with a figure."""
    words = alternation(read_table("furniture.toml", Counts).counted)
    return re.compile(rf"[0-9]\s*(?:{words})(?![^\W_])", re.IGNORECASE)


def without_notes(bare: str) -> str:
    """A line without clocks, counts, days without a year, words that lead to a date, emptied brackets and footnotes."""
    numbers = _DIGIT.search(bare) is not None
    if numbers:
        bare = _yearless(bare)
    if "|" in bare:
        bare = _date_labels().sub(" | ", bare)
    if _CLOCK_AT.search(bare):
        bare = _CLOCK.sub(" | ", bare)
    if numbers and _counted_at().search(bare):
        bare = _counted().sub(" | ", bare)
    if _EMPTIED.search(bare):
        bare = _EMPTIED.sub(" | ", bare)
    if numbers:
        bare = _FOOTNOTE.sub("", bare)
    return " ".join(bare.rstrip("*†‡").split()).strip(" |,;-–—·•●")


def _yearless(text: str) -> str:
    """The text without a day and month that stand alone (8 января, August 8)."""
    months = month_words()
    if months.isdisjoint(_LETTERS.findall(text.casefold())):
        return text

    def blank(m: re.Match[str]) -> str:
        return " | " if m[1].casefold() in months else m[0]

    return _MONTH_DAY.sub(blank, _DAY_MONTH.sub(blank, text))


@cache
def _date_labels() -> re.Pattern[str]:
    words = (*date_words().labels.published, *date_words().labels.modified, "am", "vom", "on", "le", "el", "den")
    return re.compile(rf"(?<![^\W_])(?:(?:{alternation(words)})\s*:?\s*)+(?=\s*\|)", re.IGNORECASE)
