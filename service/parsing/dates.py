"""Dates as people print them, in every language of data/dates.toml, with time and zone; never the clock.

A numeric date whose day and month could change places (03/09/2023) is `unsure` until the language or a neighbour tells.
"""

import re
import unicodedata
from datetime import date
from functools import cache
from itertools import pairwise

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
    member: tuple[str, ...]


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
            words.update(dict.fromkeys(map(_month_word, forms), int(number)))
    return words


@cache
def _digits() -> dict[int, str]:
    """Those of other scripts → ASCII, which is all that patterns know; made when the first text holds some."""
    return {code: str(unicodedata.decimal(chr(code))) for code in range(0x80, 0x10000) if chr(code).isdecimal()}


_TWOS = ("٢", "۲", "२", "২", "๒", "２", "௨")
"""No year of this century, in the West or in Thailand, is written without one of these."""
_YEAR = r"(?:19[0-9]{2}|20[0-9]{2})"
_S = r"[ \t\u00a0\u2009\u202f\u3000]"
_WORD = r"[^\W\d_][^\W\d_]{2,13}"
_CASED = r"(?:[^\W\d_][^\W\d_A-Z]{2,13}|[A-Z]{3,9})"
# In the scripts of India and Thailand vowels are signs upon letters, and no letters for a pattern.
_MARKED = r"([\u0900-\u0965\u0970-\u0de5\u0e01-\u0e4e.]{2,16})"
_THAI_YEAR = r"(?:25[0-9]{2}|[56][0-9])(?![0-9:.])"
"""Of the Buddhist era, 543 years ahead, in full or its last two figures."""
_INDIAN = "\u0900"
"""The first of their letters; no month's name in a script behind them stands between day and year."""
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
    rf"(?:(?:de|di|do|of|tháng|den){_S}|d['’]|[-/.]|ב)?({_WORD})\.?[,،]?{_S}{{0,2}}(?:(?:de|del|of){_S}|[-/.,])?{_S}?"
    rf"({_YEAR}{_WORD_END}|['’]?[0-9]{{2}}(?![0-9A-Za-z]|[:.][0-9]))",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(rf"(?:(?<![^\W\d_])|(?<=[a-zà-ÿ])(?=[A-Z]))({_CASED})\.?{_S}{{1,2}}\Z")
_DAY_YEAR = re.compile(
    rf"({_DAY})(?:st|nd|rd|th)?"
    rf"(?:[,.]{_S}{{0,3}}(?={_YEAR}{_WORD_END})|{_S}{{1,3}}(?={_YEAR}{_END})"
    rf"|,?{_S}?at{_S}[0-9: apmAPM.]{{3,10}}{_S}(?={_YEAR}{_END}))({_YEAR})"
)
_YEAR_FIRST_WORD = re.compile(
    rf"(?<![0-9])({_YEAR})[.,]?{_S}(?:m\.{_S})?({_WORD})\.?{_S}({_DAY})(?:\.|{_S}d\.|(?![0-9]))"
)
_NUMERIC = re.compile(
    rf"(?:(?<![0-9.:/-])|(?<=[12][09][0-9][0-9]))([0-3]?[0-9])({_S}?[./-]{_S}?|{_S}\|{_S})([0-3]?[0-9])\2({_YEAR}{_END}|[0-9]{{2}}(?![0-9]|[.:/-][0-9]))"
)
_DAY_MARKED = re.compile(rf"({_DAY}){_S}{_MARKED},?{_S}(?:พ\.ศ\.{_S}?)?({_YEAR}{_END}|{_THAI_YEAR})")
_MARKED_BEFORE = re.compile(rf"{_MARKED}{_S}{{1,2}}\Z")
_VIETNAMESE = re.compile(rf"({_DAY}){_S}tháng{_S}(1[0-2]|0?[1-9])(?:,|{_S}năm)?{_S}({_YEAR}{_END})", re.IGNORECASE)
_CJK = re.compile(rf"({_YEAR}){_S}?[年년]{_S}?(1[0-2]|0?[1-9]){_S}?[月월]{_S}?({_DAY}){_S}?[日일]?")
_ERA = re.compile(
    rf"(令和|平成|昭和|民國|民国){_S}?([0-9]{{1,3}}){_S}?年{_S}?(1[0-2]|0?[1-9]){_S}?月{_S}?({_DAY}){_S}?日?"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The years before the first of an era, in Japan and Taiwan."""
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
_BLANKS = frozenset(" \t\u00a0\u2009\u202f\u3000")
_DIGITS_ALONE = bytes(code if code in b"0123456789" else 0x20 for code in range(256))
_BUDDHIST = 2500
_LONGEST_MONTH = 17
"""Characters of a month's name with the full stop and the blanks behind it."""
_REACH = 45
"""Characters from one number of a date to the next, at most."""
_ENDING = frozenset(':)]\n\r%+"?!;°€')
"""What stands behind no number of a date but its last."""


def read_date(text: str, language: str | None = None) -> DateReading | None:
    """The first date of a text."""
    found = read_dates(text, language)
    return found[0] if found else None


def read_dates(
    text: str, language: str | None = None, numbers: list[tuple[int, int]] | None = None
) -> list[DateReading]:
    """Every date with day, month and year, in order. Where patterns overlap, the one that begins first wins.

    `numbers` are those of the text, where they are known already.
    """
    if not text.isascii() and any(map(text.__contains__, _TWOS)):
        text, numbers = text.translate(_digits()), None
    numbers = find_numbers(text) if numbers is None else numbers
    if len(numbers) < 2:
        return []
    primary = (language or "").split("-")[0].lower()
    months = _months(primary if primary in table().months else "any")
    readings: list[DateReading] = []
    orders: set[bool] = set()  # is the day the first of the numbers, wherever a slash parts them and one is above 12?
    found: list[tuple[int, int, str, bool]] = []
    reached = spoken = 0

    def add(start: int, end: int, year: str, month: int | None, day: str, *, unsure: bool = False) -> None:
        number = _year(year)
        if start >= reached and month and number and 1 <= int(day) <= _days(number, month):
            found.append((start, end, f"{number:04}-{month:02}-{int(day):02}", unsure))

    # Each pattern begins with a number, so it is tried at the numbers of the text alone.
    for (at, end), (following, _) in pairwise(numbers):
        size = end - at
        if size <= 3 and text[end] == "年" and (m := _ERA.match(text, max(0, at - 2))):
            add(m.start(), m.end(), str(_ERAS[m[1]] + int(m[2])), int(m[3]), m[4])
        elif end <= reached or following - at > _REACH or size == 3 or text[end] in _ENDING:
            continue
        if size == 4:
            if m := _ISO.match(text, at):
                add(at, m.end(), m[1], int(m[3]), m[4])
            if m := _YEAR_FIRST_WORD.match(text, at):
                add(at, m.end(), m[1], months.get(_month_word(m[2])), m[3])
            if m := _KOREAN.match(text, at):
                add(at, m.end(), m[1], int(m[2]), m[3])
        if size >= 4 and (m := _CJK.match(text, end - 4)):
            add(end - 4, m.end(), m[1], int(m[2]), m[3])
        # A day may be glued to the year that a page prints before it: 202219. Dezember.
        for start in (at,) if size < 3 else (end - 2, end - 1) if size > 4 else ():
            if start >= spoken and (m := _DAY_MONTH.match(text, start)):
                spoken = m.end()  # of `14. und 15. Juli 2021` the second day is no date: it ends an event's
                if len(m[3]) == 4 or m[3][0] in "'’" or text[m.start(3) - 1] in ".-/":
                    add(start, m.end(), m[3].strip("'’"), months.get(_month_word(m[2])), m[1])
            elif text[end + 1 : end + 2] >= _INDIAN and (m := _DAY_MARKED.match(text, start)):
                year = m[3] if m[3][0] in "12" and int(m[3]) < _BUDDHIST else str(int(f"25{m[3][-2:]}") - 543)
                add(start, m.end(), year, months.get(_month_word(m[2])), m[1])
            elif text.startswith("tháng", end + 1) and (m := _VIETNAMESE.match(text, start)):
                add(start, m.end(), m[3], int(m[2]), m[1])
            elif m := _NUMERIC.match(text, start):
                first, second, sign = int(m[1]), int(m[3]), m[2].strip()
                if sign == "/" and (first > 12 or second > 12):
                    orders.add(first > 12)
                if len(m[4]) == 4 or (m[2][-1] in "./" and (len(m[1]) == 2 or len(m[3]) == 2)):
                    day, month, unsure = _order(first, second, sign, language)
                    add(start, m.end(), m[4], month, str(day), unsure=unsure)
        if size < 3 and text[at - 1 : at] in _BLANKS and (m := _DAY_YEAR.match(text, at)):
            pattern = _MARKED_BEFORE if text[at - 2 : at - 1] >= _INDIAN else _MONTH_BEFORE
            before = pattern.search(text, max(0, at - _LONGEST_MONTH), at)
            if before:
                add(before.start(), m.end(), m[2], months.get(_month_word(before[1])), m[1])
        if found:
            readings.append(_with_time(text, *min(found, key=lambda f: (f[0], -f[1]))))
            reached = readings[-1].end
            found.clear()
    return _settled(text, readings, orders) if any(r.unsure for r in readings) else readings


def find_numbers(text: str) -> list[tuple[int, int]]:
    """Where each number begins and ends. Far quicker than a pattern that looks at every character."""
    found: list[tuple[int, int]] = []
    end = 0
    for digits in text.encode(errors="replace").translate(_DIGITS_ALONE).decode().split():
        at = text.find(digits, end)
        end = at + len(digits)
        found.append((at, end))
    return found


_NEIGHBOUR = 60
"""Days between two dates of one text that still speak for each other."""


def _settled(text: str, readings: list[DateReading], orders: set[bool]) -> list[DateReading]:
    """Unsure dates in the order that their own time zone, another date with the same slashes, or a neighbour tells."""
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
