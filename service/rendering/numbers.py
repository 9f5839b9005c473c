"""Numbers as text: is-numeric, plural, ranges of pages, ordinals, roman numerals (CSL 1.0.2, “Number”, “Page
Ranges”, “Label”, “Choose”: is-numeric).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from service.rendering.locale import Locale

_NUMBER_WORDS = """
    chapter-number citation-number collection-number division edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version
    volume"""
NUMERIC = frozenset(_NUMBER_WORDS.split())
"""Number variables (CSL 1.0.2, Appendix IV), with section and version as citeproc-js has them."""

_JOINER = re.compile(
    r"(\s*&\s*|,?\s+(?:and|et|und|y|e|en|och|og|i|ja|és|ve|a|и|и|și)\s+|;\s+|,\s+|,(?=[0-9])|\s*\\?[-\u2013]+\s*)"
)
_NUMBER = re.compile(r"(?:[0-9]*[a-zA-Z]+0*)?[0-9]+[a-zA-Z]*|[ivxlcdmIVXLCDM]+")
_STARTS_NUMERIC = re.compile(r"(?:[0-9]*[a-zA-Z]+0*)?[0-9]+(?:[a-zA-Z]*|[-,a-zA-Z]+)|[ivxlcmIVXLCM]+")
_DIGIT = re.compile(r"[0-9]")
_RANGE = re.compile(r"([0-9]*[a-zA-Z]+0*)?([0-9]+[a-z]*)\s*[-\u2013]+\s*([0-9]*[a-zA-Z]+0*)?([0-9]+[a-z]*)")


class Number(NamedTuple):
    """What a number field holds: its numbers and what joins them, and whether it counts as numeric and as plural."""

    parts: tuple[str, ...]
    numeric: bool
    plural: bool


MAX_REMEMBERED = 100
"""Characters of a number field that is kept; longer ones are taken apart each time."""


def read_number(value: str) -> Number:
    """Take a number field apart: `12-18, 20 & 25` has six joined by four joiners; “special issue” is not numeric."""
    return _read_number(value) if len(value) <= MAX_REMEMBERED else _read_number.__wrapped__(value)


@lru_cache(maxsize=8192)
def _read_number(value: str) -> Number:
    value = value.strip()
    if value.isdigit():
        return Number((value,), True, False)
    parts = tuple(_JOINER.split(value))
    numbers = parts[::2]
    numeric = bool(_STARTS_NUMERIC.fullmatch(numbers[0])) and all(_NUMBER.fullmatch(n) for n in numbers)
    plural = numeric and len(numbers) > 1 and "\\" not in "".join(parts[1::2])
    if not numeric and re.fullmatch(r"[0-9]+(?:/[0-9]+)+", value):
        numeric = True
    return Number(parts, numeric, plural)


def roman(number: int) -> str:
    """Small roman numerals, up to 3999; larger numbers stay arabic."""
    if not 0 < number < 4000:
        return str(number)
    out = []
    for value, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        out.append(sign * count)
    return "".join(out)


def letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    out = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        out = chr(97 + digit) + out
    return out


def page_ranges(rule: str | None, delimiter: str) -> Callable[[str], str]:
    """The function that prints page ranges by the style's page-range-format."""
    shorten = _RULES.get(rule or "")

    def one(found: re.Match[str]) -> str:
        before, start, after, end = found[1] or "", found[2], found[3] or "", found[4]
        if after and before != after:
            return f"{before}{start}{delimiter}{after}{end}"
        if rule is None:
            return f"{before}{start}{delimiter}{after}{end}"
        full = start[: len(start) - len(end)] + end if len(end) < len(start) else end
        if not (start.isdigit() and full.isdigit()):
            return f"{before}{start}{delimiter}{after}{end}"
        if int(start) >= int(full):
            return f"{before}{start}{delimiter}{after}{end}"
        if shorten is None:
            return f"{before}{start}{delimiter}{before}{full}"
        short = shorten(start, full)
        return (
            f"{before}{start}{delimiter}{short}"
            if before or len(short) < len(full) or not after
            else (f"{before}{start}{delimiter}{after}{short}")
        )

    return lambda text: _RANGE.sub(one, text)


def _minimal(start: str, end: str, least: int = 1) -> str:
    if len(start) != len(end):
        return end
    keep = len(end)
    for a, b in zip(start, end, strict=True):
        if a != b or keep <= least:
            break
        keep -= 1
    return end[len(end) - keep :]


def _chicago15(start: str, end: str) -> str:
    first, last = int(start), int(end)
    if first > 100 and first % 100 and first // 100 == last // 100:
        return str(last % 100)
    if first >= 10_000:
        return str(last % 1000)
    return end


def _chicago16(start: str, end: str) -> str:
    first, last = int(start), int(end)
    if first > 100 and first % 100:
        for digits in range(2, len(end)):
            if first // 10**digits == last // 10**digits:
                return str(last % 10**digits)
    return end


_RULES: dict[str, Callable[[str, str], str]] = {
    "minimal": _minimal,
    "minimal-two": lambda start, end: _minimal(start, end, 2),
    "chicago": _chicago15,
    "chicago-15": _chicago15,
    "chicago-16": _chicago16,
}


class Numbers:
    """How one style prints number fields in one locale."""

    __slots__ = ("_and", "_delimiter", "_locale", "_pages", "_years")

    def __init__(self, locale: Locale, page_rule: str | None) -> None:
        self._locale = locale
        self._delimiter = locale.term("page-range-delimiter") or "\u2013"
        self._years = locale.term("year-range-delimiter") or "\u2013"
        symbol = locale.term("and", "symbol")
        self._and = "&" if not symbol or symbol == locale.term("and") else symbol
        self._pages = page_ranges(page_rule, self._delimiter)

    def text(self, variable: str, value: str, *, pages: bool = False) -> str:
        """A number field as `cs:text` prints it; `pages` for pages and locators that are pages."""
        value = value.strip()
        if value.isdigit():
            return value
        number = read_number(value)
        if len(number.parts) == 1:
            return value.replace("\\-", "-")
        if "\\" in value:
            value = value.replace("\\-", "\ue001")
            return self.text(variable, value, pages=pages).replace("\ue001", "-") if "\\" not in value else value
        if pages and number.numeric:
            return self._pages(self._join(number, "-")).replace("-", self._delimiter)
        if not number.numeric and not (pages and _DIGIT.search(value)):
            return value
        return self._join(number, self._years if variable == "collection-number" else self._delimiter)

    def _join(self, number: Number, dash: str) -> str:
        out = []
        for i, part in enumerate(number.parts):
            if not i & 1:
                out.append(part)
            elif "&" in part:
                out.append(f" {self._and} ")
            elif "-" in part or "\u2013" in part:
                out.append(dash if number.numeric or part.strip() == part else part)
            else:
                out.append(part)
        return "".join(out)

    def formed(self, variable: str, value: str, form: str, gender: str) -> str:
        """A number field as `cs:number` prints it: numeric, ordinal, long-ordinal, roman."""
        number = read_number(value)
        if form == "numeric" or not number.numeric:
            return self.text(variable, value, pages=variable in ("page", "page-first"))
        out = []
        for i, part in enumerate(number.parts):
            if not i & 1:
                out.append(self._formed(part, form, gender))
            elif "&" in part:
                out.append(f" {self._and} ")
            else:
                out.append(self._delimiter if part.strip() in ("-", "\u2013") else part)
        return "".join(out)

    def _formed(self, part: str, form: str, gender: str) -> str:
        if not part.isdigit() or len(part) > 12 or not part.isascii():
            return part
        number = int(part)
        if form == "roman":
            return roman(number)
        if form == "long-ordinal" and 1 <= number <= 10:
            found = self._locale.find(f"long-ordinal-{number:02d}", gender=gender)
            if found:
                return found
        return part + self._locale.ordinal(number, gender)
