"""Dates as people print them, in every language of data/dates.toml, with time and zone; never the clock.

A numeric date whose day and month could change places (03/09/2023) is `unsure` until the language or a neighbour tells.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import Struct

from schemas.article import DateValue
from service.tables import read_table


class DateReading(Struct, frozen=True):
    """A date and where it stands in the text; `unsure` where day and month may be swapped."""

    value: DateValue
    start: int
    end: int
    unsure: bool = False


class Labels(Struct, frozen=True):
    """Words before a date."""

    published: tuple[str, ...]
    modified: tuple[str, ...]


class Zones(Struct, frozen=True):
    """Abbreviations of time zones → minutes east of UTC."""

    minutes: dict[str, int]


class DateTable(Struct, frozen=True):
    """data/dates.toml."""

    months: dict[str, dict[str, tuple[str, ...]]]
    labels: Labels
    zones: Zones


@cache
def table() -> DateTable:
    """The words of dates."""
    return read_table("dates.toml", DateTable)


@cache
def _months(language: str) -> dict[str, int]:
    words: dict[str, int] = {}
    for name in ("any", language):
        for number, forms in table().months.get(name, {}).items():
            words.update(dict.fromkeys(forms, int(number)))
    return words


# Digits here are ASCII and full-width; Arabic-Indic digits are not read.
_YEAR = r"(?:19[0-9]{2}|20[0-9]{2})"
_S = r"[ \t\u00a0\u2009\u202f\u3000]"
_WORD = r"[^\W\d_][^\W\d_]{2,13}"
_CASED = r"(?:[^\W\d_][^\W\d_A-Z]{2,13}|[A-Z]{3,9})"
# A year may be glued to what a page prints next: 202219. Dezember, 2019Author.
_END = r"(?![0-9](?![0-9]?[./]))(?!:[0-9])"
# Behind a month's name a number of five digits and more is a year with a time or a count glued to it (20232:26 PM,
# 202411 months), if it is no round number of people (3 May 20000).
_WORD_END = r"(?!(?<=[012]0)[0-9]0|(?<=[012]00)0)(?!:[0-9])"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_ISO = re.compile(
    rf"(?<![0-9A-Za-z.])({_YEAR})([-/.])(0?[1-9]|1[0-2])\2({_DAY})(?:(?:T|{_S}{{0,2}}T?{_S}{{0,2}})(?=[0-9]{{2}}:)|(?![0-9]))\.?",
)
_DAY_MONTH = re.compile(
    rf"(?:(?<![0-9.:/])|(?<=[12][09][0-9][0-9]))({_DAY})(?:st|nd|rd|th|er|ère|º|ª|\.|-?го)?{_S}{{0,2}}"
    rf"(?:(?:de|di|do|of|tháng|den){_S}|d['’]|[-/.])?({_WORD})\.?,?{_S}{{0,2}}(?:(?:de|del|of){_S}|[-/.,])?{_S}?"
    rf"({_YEAR}{_WORD_END}|['’]?[0-9]{{2}}(?![0-9A-Za-z]|[:.][0-9]))",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?:(?<![^\W\d_])|(?<=[a-zà-ÿ])(?=[A-Z]))({_CASED})\.?{_S}{{1,2}}({_DAY})(?:st|nd|rd|th)?"
    rf"(?:,{_S}{{0,3}}(?={_YEAR}{_WORD_END})|{_S}{{1,3}}(?={_YEAR}{_END})"
    rf"|,?{_S}?at{_S}[0-9: apmAPM.]{{3,10}}{_S}(?={_YEAR}{_END}))({_YEAR})",
)
_YEAR_FIRST_WORD = re.compile(
    rf"(?<![0-9])({_YEAR})[.,]?{_S}(?:m\.{_S})?({_WORD})\.?{_S}({_DAY})(?:\.|{_S}d\.|(?![0-9]))"
)
_NUMERIC = re.compile(
    rf"(?:(?<![0-9.:/-])|(?<=[12][09][0-9][0-9]))([0-3]?[0-9])({_S}?[./-]{_S}?|{_S}\|{_S})([0-3]?[0-9])\2({_YEAR}{_END}|[0-9]{{2}}(?![0-9]|[.:/-][0-9]))"
)
_CJK = re.compile(rf"({_YEAR}){_S}?[年년]{_S}?(1[0-2]|0?[1-9]){_S}?[月월]{_S}?({_DAY}){_S}?[日일]?")
_KOREAN = re.compile(rf"(?<![0-9])({_YEAR})\.{_S}(1[0-2]|0?[1-9])\.{_S}({_DAY})\.?")
_TIME = re.compile(
    rf"{_S}{{0,3}}(?:[,|·•(（/–—-]|um|at|a las|às|à|alle|o|kl\.?|klo|ob|jam|saat|в|о)?{_S}{{0,3}}"
    rf"[|(]?{_S}?(?:[日月火水木金土일월화수목금토][)）])?{_S}?(오전|오후|上午|下午|午前|午後)?{_S}?"
    rf"([01]?[0-9]|2[0-3])(?::|h|時|시{_S}|点|點|\.(?=[0-9]{{2}}{_S}?(?:Uhr|[ap]\.?m|[A-Z]{{3,4}}\b)))"
    rf"([0-5][0-9])?(?::([0-5][0-9]))?(?:\.[0-9]{{1,6}})?[分분]?{_S}?(?:([ap])\.?{_S}?m\.?(?-i:(?![a-z])))?"
    rf"{_S}{{0,2}}(Z\b|[+-][0-9]{{2}}:?[0-9]{{2}}|(?:UTC|GMT)[+-][0-9]{{1,2}}|[A-Za-zМСК]{{1,4}}\b)?",
    re.IGNORECASE,
)
_TIME_12 = re.compile(
    rf"{_S}{{0,3}}(?:,|\||·|at)?{_S}{{0,3}}([01]?[0-9]){_S}?([ap])\.?m\b\.?{_S}{{0,2}}([A-Z]{{2,4}}\b)?", re.IGNORECASE
)
_MONTH_FIRST = frozenset({"us"})
_TWO_NUMBERS = re.compile(r"[0-9](?:[^0-9]+[0-9]|[0-9]{4})")  # apart, or glued: 202219. Dezember
_SOME_YEAR = re.compile(r"[0-9][0-9]")
_YEARLY = re.compile(  # every branch behind the same first sign, to which `re` skips quickly
    r"[0-9./'’](?:(?<=1)9[0-9]{2}|(?<=2)0[0-9]{2}|(?<=[0-9])[./-][0-9]{2}(?![0-9])|(?<=[./'’])[0-9]{2}(?![0-9]))"
)


def read_date(text: str, language: str | None = None) -> DateReading | None:
    """The first date of a text."""
    found = read_dates(text, language)
    return found[0] if found else None


def read_dates(text: str, language: str | None = None) -> list[DateReading]:
    """Every date with day, month and year, in order. Where patterns overlap, the one that begins first wins."""
    if not _SOME_YEAR.search(text):
        return []
    found: list[tuple[int, int, int, int, int, bool]] = []
    primary = (language or "").split("-")[0].lower()
    months = _months(primary if primary in table().months else "any")

    def add(m: re.Match[str], year: str, month: int | None, day: str, *, unsure: bool = False) -> None:
        number = _year(year)
        if month and number and 1 <= int(day) <= _days(number, month):
            found.append((m.start(), m.end(), number, month, int(day), unsure))

    eastern = "年" in text or "년" in text
    for begin, end in _windows(text):
        if not _TWO_NUMBERS.search(text, begin, end):
            continue  # a year alone
        for m in _ISO.finditer(text, begin, end):
            add(m, m[1], int(m[3]), m[4])
        for m in _DAY_MONTH.finditer(text, begin, end):
            if len(m[3]) == 4 or m[3][0] in "'’" or m[0][len(m[1])] in ".-/":
                add(m, m[3].strip("'’"), months.get(_month_word(m[2])), m[1])
        for m in _MONTH_DAY.finditer(text, begin, end):
            add(m, m[3], months.get(_month_word(m[1])), m[2])
        for m in _YEAR_FIRST_WORD.finditer(text, begin, end):
            add(m, m[1], months.get(_month_word(m[2])), m[3])
        if eastern:
            for m in _CJK.finditer(text, begin, end):
                add(m, m[1], int(m[2]), m[3])
        for m in _KOREAN.finditer(text, begin, end):
            add(m, m[1], int(m[2]), m[3])
        for m in _NUMERIC.finditer(text, begin, end):
            if len(m[4]) == 2 and (m[2].strip() not in {".", "/"} or (len(m[1]) < 2 and len(m[3]) < 2)):
                continue
            day, month, unsure = _order(int(m[1]), int(m[3]), m[2].strip(), language)
            add(m, m[4], month, str(day), unsure=unsure)
    found.sort(key=lambda f: (f[0], -f[1]))
    readings: list[DateReading] = []
    for start, end, year, month, day, unsure in found:
        if readings and start < readings[-1].end:
            continue
        readings.append(_with_time(text, start, end, f"{year:04}-{month:02}-{day:02}", unsure))
    return _settled(text, readings) if any(r.unsure for r in readings) else readings


_NEIGHBOUR = 60
"""Days between two dates of one text that still speak for each other."""


def _settled(text: str, readings: list[DateReading]) -> list[DateReading]:
    """Unsure dates in the order that their own time zone, another date with the same slashes, or a neighbour tells."""
    orders = {
        (int(m[1]) > 12) for m in _NUMERIC.finditer(text) if m[2].strip() == "/" and max(int(m[1]), int(m[3])) > 12
    }
    sure = [date.fromisoformat(r.value.edtf[:10]) for r in readings if not r.unsure]
    return [_in_order(text, r, orders, sure) if r.unsure else r for r in readings]


def _in_order(text: str, reading: DateReading, orders: set[bool], sure: list[date]) -> DateReading:
    edtf, printed = reading.value.edtf, _NUMERIC.match(text, reading.start)
    if printed is None:
        return reading
    year, first, second = int(edtf[:4]), int(printed[1]), int(printed[3])
    by_day, by_month = date(year, second, first), date(year, first, second)
    zone = _OFFSET.search(edtf)
    if zone:
        chosen = by_month if zone[0][0] == "-" else by_day
    elif len(orders) == 1:
        chosen = by_day if True in orders else by_month
    else:
        near = {d for d in (by_day, by_month) if any(abs((d - s).days) <= _NEIGHBOUR for s in sure)}
        if len(near) != 1:
            return reading
        (chosen,) = near
    value = DateValue(edtf=chosen.isoformat() + edtf[10:], precision=reading.value.precision)
    return DateReading(value, reading.start, reading.end)


_OFFSET = re.compile(r"Z$|[+-][0-9]{2}:[0-9]{2}$")


@cache
def month_words() -> frozenset[str]:
    """Every form of every month, in all languages."""
    return frozenset(_months("any"))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that can hold a date: those around a year, or around two numbers and a separator."""
    begin = end = -1
    for m in _YEARLY.finditer(text):
        if m.start() - 40 > end:
            if end >= 0:
                yield begin, end
            begin = max(0, m.start() - 40)
        end = min(len(text), m.end() + 28)
    if end >= 0:
        yield begin, end


def month_number(word: str, language: str | None = None) -> int | None:
    """1 to 12 for the name of a month, None for another word."""
    primary = (language or "").split("-")[0].lower()
    return _months(primary if primary in table().months else "any").get(_month_word(word))


def _month_word(word: str) -> str:
    return word.casefold().replace("i̇", "i").strip(".")


def _year(text: str) -> int | None:
    if len(text) == 2:
        return 2000 + int(text) if int(text) < 70 else 1900 + int(text)
    return int(text)


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31 if 1 <= month <= 12 else 0


def _order(first: int, second: int, separator: str, language: str | None) -> tuple[int, int, bool]:
    """(day, month, unsure): dots put the day first everywhere; American English alone puts the month first."""
    if second > 12:
        return second, first, False
    if first > 12 or separator == "." or first == second:
        return first, second, False
    primary, _, region = (language or "").lower().partition("-")
    if primary == "en":
        if region[:2] in _MONTH_FIRST:
            return second, first, False
        return (first, second, not region) if region else (second, first, True)
    return first, second, not primary


def _with_time(text: str, start: int, end: int, day: str, unsure: bool) -> DateReading:
    """The date with the time that follows it, where one does."""
    m = _TIME.match(text, end)
    if m and m[3]:
        hour = _hour(int(m[2]), (m[5] or "").lower(), m[1])
        if hour is None:
            return DateReading(DateValue(edtf=day, precision="day"), start, end, unsure)
        zone, known = _zone(m[6])
        stop = m.end() if known or not m[6] else m.start(6)
        stamp = f"{day}T{hour:02}:{m[3]}" + (f":{m[4]}" if m[4] else "") + zone
        return DateReading(DateValue(edtf=stamp, precision="time"), start, len(text[:stop].rstrip()), unsure)
    if (m := _TIME_12.match(text, end)) and (hour := _hour(int(m[1]), m[2].lower(), None)) is not None:
        zone, known = _zone(m[3])
        stop = m.end() if known or not m[3] else m.start(3)
        return DateReading(
            DateValue(edtf=f"{day}T{hour:02}:00{zone}", precision="time"), start, len(text[:stop].rstrip()), unsure
        )
    return DateReading(DateValue(edtf=day, precision="day"), start, end, unsure)


def _hour(hour: int, half: str, eastern: str | None) -> int | None:
    half = "p" if eastern in {"오후", "下午", "午後"} else "a" if eastern else half
    if half and hour > 12:
        return hour if hour < 24 else None
    if half == "p" and hour < 12:
        return hour + 12
    if half == "a" and hour == 12:
        return 0
    return hour


def _zone(text: str | None) -> tuple[str, bool]:
    """(the zone in EDTF, whether the word is a zone at all)."""
    if not text:
        return "", False
    if text in {"Z", "z"}:
        return "Z", True
    if m := re.fullmatch(r"([+-])([0-9]{2}):?([0-9]{2})", text):
        return f"{m[1]}{m[2]}:{m[3]}", True
    if m := re.fullmatch(r"(?:UTC|GMT)([+-])([0-9]{1,2})", text, re.IGNORECASE):
        return f"{m[1]}{int(m[2]):02}:00", True
    minutes = table().zones.minutes.get(text.casefold())
    if minutes is None:
        return "", text.casefold() in {"uhr", "ist", "bst", "cst", "h", "hrs"}
    if minutes == 0:
        return "Z", True
    sign = "+" if minutes > 0 else "-"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}", True
