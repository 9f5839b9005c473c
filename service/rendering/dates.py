"""Dates: from CSL-JSON, EDTF or plain strings to `Date`, and from `Date` to print (CSL 1.0.2, “Date”, “Date
Ranges”, “AD and BC”, “Seasons”, “Approximate Dates”; ISO 8601-2 levels 0 and 1 for EDTF).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

Parts = tuple[int, int, int]
"""(year, month, day), 0 where unknown; months 13 to 16 are the seasons from spring to winter."""


class Date(NamedTuple):
    """A date as the processor uses it; `end` is set for ranges, (0, 0, 0) for one that is open."""

    start: Parts = (0, 0, 0)
    end: Parts | None = None
    circa: bool = False
    literal: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print."""
        return not (self.start[0] or self.start[1] or self.literal)


EMPTY = Date()
_MAX_YEAR = 10**6


def read_date(value: Any) -> Date:
    """A CSL-JSON date, however sloppy: an object, an EDTF string, a year, words. What is not a date becomes empty."""
    if type(value) is dict or isinstance(value, Mapping):
        return _from_object(value)
    if isinstance(value, bool) or value is None:
        return EMPTY
    if isinstance(value, int):
        return Date((value, 0, 0)) if abs(value) < _MAX_YEAR else Date(literal=str(value)[:40])
    if isinstance(value, str):
        return _from_text(value.strip()[:200])
    if isinstance(value, list | tuple):
        return _from_object({"date-parts": value if value and isinstance(value[0], list | tuple) else [value]})
    return EMPTY


def _number(value: Any) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int):
        return value if abs(value) < _MAX_YEAR else 0
    if isinstance(value, float):
        return int(value) if value == value and abs(value) < _MAX_YEAR else 0  # noqa: PLR0124  # NaN
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,7}\s*", value):
        return int(value)
    return 0


def _season(value: Any) -> int:
    """1 to 4, or EDTF's 21 to 24, to the months 13 to 16."""
    number = _number(value)
    if 1 <= number <= 4:
        return number + 12
    if 13 <= number <= 24:
        return number if number < 17 else number - 4 if number < 21 else number - 8
    return 0


def _parts(value: Any) -> Parts | None:
    if not isinstance(value, list | tuple) or not value:
        return None
    year = _number(value[0])
    month = _number(value[1]) if len(value) > 1 else 0
    day = _number(value[2]) if len(value) > 2 else 0
    if month > 12:
        month, day = _season(month), 0
    elif month < 1:
        month, day = 0, 0
    return year, month, day if 1 <= day <= 31 else 0


def _usual(value: Mapping[str, Any]) -> Date | None:
    """Nearly all dates: one day of our time, in whole numbers."""
    parts = value.get("date-parts")
    if type(parts) is list and len(parts) == 1 and type(parts[0]) is list and len(parts[0]) == 3:
        year, month, day = parts[0]
        if (
            type(year) is int and type(month) is int and type(day) is int
            and 0 < year < _MAX_YEAR and 0 < month < 13 and 0 < day < 32
        ):  # fmt: skip
            return Date((year, month, day))
    return None


def _from_object(value: Mapping[str, Any]) -> Date:
    if len(value) == 1:
        usual = _usual(value)
        if usual is not None:
            return usual
    circa = value.get("circa") not in (None, False, 0, "", "0", "false")
    literal = value.get("literal")
    literal = literal if isinstance(literal, str) else ""
    parts = value.get("date-parts")
    if isinstance(parts, list | tuple) and parts:
        if not isinstance(parts[0], list | tuple):
            parts = [parts]
        start = _parts(parts[0])
        end = _parts(parts[1]) if len(parts) > 1 else None
        if start is not None and (start[0] or start[1]):
            season = _season(value.get("season"))
            if season and not start[1]:
                start = (start[0], season, 0)
            elif not start[1] and isinstance(value.get("season"), str):
                literal = ""
            if end is not None and end == start:
                end = None
            return Date(start, end, circa, literal)
        if literal:
            return Date(literal=literal, circa=circa)
    for key in ("edtf", "raw"):
        text = value.get(key)
        if isinstance(text, str) and text.strip():
            date = _from_text(text.strip()[:200])
            return date._replace(circa=circa or date.circa)
    if literal:
        return Date(literal=literal, circa=circa)
    season = _season(value.get("season"))
    if value.get("year") is not None:
        return Date(
            (_number(value["year"]), _number(value.get("month")) or season, _number(value.get("day"))), None, circa
        )
    return Date((0, season, 0), None, circa) if season else EMPTY


_EDTF = re.compile(
    r"(-?[0-9]{4}|Y-?[0-9]{5,6}|[0-9]{2}XX|[0-9]{3}X)(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?(?:T[0-9:.+Z-]*)?([?~%]?)"
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_SEASONS = {"spring": 13, "summer": 14, "autumn": 15, "fall": 15, "winter": 16}
_WORDED = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?\s+)?(?P<month>[A-Za-z]{3,9})\.?"
    r"(?:\s+(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<year>-?[0-9]{1,4})"
)
_NUMERIC = re.compile(r"(?P<a>[0-9]{1,4})[-/.](?P<b>[0-9]{1,2})(?:[-/.](?P<c>[0-9]{1,4}))?")
_YEAR = re.compile(r"(?P<sign>-?)(?P<year>[0-9]{1,4})\s*(?P<era>BC|BCE|AD|CE)?", re.IGNORECASE)
_CIRCA = re.compile(r"^(?:circa|ca?\.?|c\.)\s*(?=[0-9A-Za-z])|\?$|^\[(?=.*\]$)|\]$|~$", re.IGNORECASE)


def _edtf(text: str) -> tuple[Parts, bool] | None:
    found = _EDTF.fullmatch(text)
    if not found:
        return None
    year, month, day, unsure = found.groups()
    if "X" in year:
        return None
    number = int(year.removeprefix("Y"))
    months = 0 if not month or month == "XX" else int(month)
    days = 0 if not day or day == "XX" or months > 12 else int(day)
    if months > 24 or 12 < months < 21 or days > 31:
        return None
    return (number, months - 8 if months > 12 else months, days), bool(unsure)


def _single(text: str) -> tuple[Parts, bool] | None:
    """One date in EDTF or as people write it; None if it is not understood."""
    edtf = _edtf(text)
    if edtf:
        return edtf
    bare = _CIRCA.sub("", text).strip()
    circa = bare != text
    if found := _WORDED.fullmatch(bare):
        word = found["month"].lower()
        month = _SEASONS.get(word) or _MONTHS.get(word[:3], 0)
        if month and not (found["day"] and found["day2"]):
            return (int(found["year"]), month, int(found["day"] or found["day2"] or 0)), circa
    if found := _NUMERIC.fullmatch(bare):
        a, b, c = int(found["a"]), int(found["b"]), int(found["c"] or 0)
        if len(found["a"]) >= 3 and b <= 12 and c <= 31:
            return (a, b, c), circa
        if found["c"] and len(found["c"]) >= 3:  # month first, as in the United States, unless it cannot be
            month, day = (a, b) if a <= 12 else (b, a)
            if month <= 12 and day <= 31:
                return (c, month, day), circa
        if not found["c"] and 1 <= a <= 12 and len(found["b"]) > 2:
            return (b, a, 0), circa
    if found := _YEAR.fullmatch(bare):
        year = int(found["year"])
        before = found["sign"] or (found["era"] or "").upper().startswith("B")
        return (-year if before else year, 0, 0), circa
    return None


@lru_cache(maxsize=2048)
def _from_text(text: str) -> Date:
    if not text:
        return EMPTY
    whole = _single(text)
    if whole:
        return Date(whole[0], None, whole[1])
    for divider in ("/", "\u2013", "--", " - ", "-"):
        left, found, right = text.partition(divider)
        if not found:
            continue
        if right.strip() in ("", "..") or left.strip() in ("", ".."):
            known = _single(left.strip() or right.strip())
            if known and divider == "/" and left.strip() not in ("", ".."):
                return Date(known[0], (0, 0, 0), known[1])
            continue
        start, end = _single(left.strip()), _single(right.strip())
        if start and end:
            return Date(start[0], end[0] if end[0] != start[0] else None, start[1] or end[1])
    return Date(literal=text.strip('"'))


def date_key(date: Date, shown: "set[int] | None" = None) -> str:
    """A date as text that sorts: BC years before AD, missing months and days first, ranges after their start.

    `shown` are the indexes of the parts that count (0 year, 1 month, 2 day), all by default.
    """
    if not (date.start[0] or date.start[1]):
        return date.literal
    text = _point(date.start, shown)
    if date.end is None:
        return text
    return f"{text} {_point(date.end, shown) if any(date.end) else 9}"


def _point(parts: Parts, shown: "set[int] | None") -> str:
    year, month, day = (part if shown is None or i in shown else 0 for i, part in enumerate(parts))
    if year < 0:
        return f"1{10_000_000 + year:08d}{month:02d}{day:02d}"
    return f"2{year:08d}{month:02d}{day:02d}"
