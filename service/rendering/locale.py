"""A locale as a style sees it: terms, date formats, options, ordinals, after the order of locales (CSL 1.0.2,
“Locale Files”, “Locale”, “Terms”).

Built once for a compiled style from the elements that `loading.py` hands over; everything here is read-only afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from service.rendering.richtext import Quotes

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What to look for when a term lacks a form (CSL 1.0.2, “Terms”).
_FALLBACK = {"verb-short": "verb", "verb": "long", "symbol": "short", "short": "long", "static": "long"}

Term = tuple[str, str]
"""(singular, plural)"""


def tag(element: Any) -> str:
    """An element's name without its namespace."""
    name: str = element.tag
    return name


@dataclass(slots=True)
class LocaleTable:
    """What one locale element defines, before tables are laid over one another."""

    lang: str | None
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    ordinals: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)


def read_locale(element: Any) -> LocaleTable:
    """The table of one `cs:locale`, of a style or of a locale file."""
    table = LocaleTable(element.get(LANG))
    for child in element:
        kind = tag(child)
        if kind == "style-options":
            table.options.update(child.attrib)
        elif kind == "date" and child.get("form"):
            table.dates[child.get("form")] = DateFormat.read(child)
        elif kind == "terms":
            for term in child:
                if tag(term) == "term" and term.get("name"):
                    _read_term(table, term)
    return table


def _read_term(table: LocaleTable, term: Any) -> None:
    name = term.get("name")
    single = multiple = None
    for child in term:
        if tag(child) == "single":
            single = child.text or ""
        elif tag(child) == "multiple":
            multiple = child.text or ""
    if single is None and multiple is None:
        single = multiple = term.text or ""
    value = (single or "", (single or "") if multiple is None else multiple)
    if name.startswith("ordinal"):
        table.ordinals[name, term.get("gender-form", "")] = (value[0], term.get("match", ""))
        return
    form = term.get("form", "long")
    gender = term.get("gender-form")
    table.terms[name, f"{form}/{gender}" if gender else form] = value
    if term.get("gender"):
        table.genders[name] = term.get("gender")


@dataclass(slots=True, frozen=True)
class DatePart:
    """One `cs:date-part` as attributes."""

    name: str
    attributes: dict[str, str]


@dataclass(slots=True, frozen=True)
class DateFormat:
    """One `cs:date`: its own attributes and its parts in order."""

    attributes: dict[str, str]
    parts: tuple[DatePart, ...]

    @classmethod
    def read(cls, element: Any) -> "DateFormat":
        """The format that an element describes."""
        parts = [DatePart(child.get("name", ""), dict(child.attrib)) for child in element if tag(child) == "date-part"]
        return cls(dict(element.attrib), tuple(parts))


class Locale:
    """Tables laid over one another, the nearest first."""

    __slots__ = ("dates", "genders", "language", "options", "ordinals", "quotes", "tag", "terms")

    def __init__(self, lang: str, tables: Iterable[LocaleTable]) -> None:
        self.tag = lang
        self.language = lang.split("-", 1)[0].lower()
        self.terms: dict[tuple[str, str], Term] = {}
        self.genders: dict[str, str] = {}
        self.ordinals: dict[tuple[str, str], tuple[str, str]] = {}
        self.dates: dict[str, DateFormat] = {}
        self.options: dict[str, str] = {}
        for table in tables:
            for key, value in table.terms.items():
                self.terms.setdefault(key, value)
            for name, gender in table.genders.items():
                self.genders.setdefault(name, gender)
            if not self.ordinals:  # one set of ordinals, never a mixture (CSL 1.0.2, “Ordinal Suffixes”)
                self.ordinals = dict(table.ordinals)
            for form, date in table.dates.items():
                self.dates.setdefault(form, date)
            for option, setting in table.options.items():
                self.options.setdefault(option, setting)
        self.quotes = _quotes(
            self.term("open-quote") or "\u201c",
            self.term("close-quote") or "\u201d",
            self.term("open-inner-quote") or "\u2018",
            self.term("close-inner-quote") or "\u2019",
        )

    def find(self, name: str, form: str = "long", *, plural: bool = False, gender: str = "") -> str | None:
        """The term, with the fallbacks of forms; None when no locale knows it."""
        terms = self.terms
        while True:
            value = (terms.get((name, f"{form}/{gender}")) if gender else None) or terms.get((name, form))
            if value is not None:
                return value[1] if plural else value[0]
            if form not in _FALLBACK:
                return None
            form = _FALLBACK[form]

    def term(self, name: str, form: str = "long", *, plural: bool = False, gender: str = "") -> str:
        """As `find`, empty when there is none."""
        return self.find(name, form, plural=plural, gender=gender) or ""

    def ordinal(self, number: int, gender: str = "") -> str:
        """The suffix that makes a number an ordinal (CSL 1.0.2, “Ordinal Suffixes”)."""
        for sex in (gender, "") if gender else ("",):
            for digits, match in ((number, "whole-number"), (number % 100, ""), (number % 10, "")):
                if match == "whole-number" and number > 99:
                    continue
                found = self.ordinals.get((f"ordinal-{digits:02d}", sex))
                if found is None:
                    continue
                rule = found[1] or ("last-two-digits" if digits >= 10 else "last-digit")
                if rule == "whole-number" and number != digits:
                    continue
                if rule == "last-two-digits" and number % 100 != digits:
                    continue
                return found[0]
        found = self.ordinals.get(("ordinal", gender)) or self.ordinals.get(("ordinal", ""))
        return found[0] if found else ""


@lru_cache(maxsize=256)
def _quotes(outer: str, outer_end: str, inner: str, inner_end: str) -> Quotes:
    return Quotes((outer, outer_end), (inner, inner_end))
