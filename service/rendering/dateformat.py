"""`cs:date` compiled: localised and own formats, parts, ranges (CSL 1.0.2, “Date”, “Date-part”, “Date Ranges”)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from service.rendering.dates import Date, Parts, date_key
from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context
from service.rendering.locale import DateFormat, DatePart, Locale
from service.rendering.numbers import letters

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler

Value = Callable[[Parts], str]
_ORDER = {"year": 0, "month": 1, "day": 2}
_SHOWN = {"year-month-day": ("year", "month", "day"), "year-month": ("year", "month"), "year": ("year",)}


class Part:
    """One date part ready to print."""

    __slots__ = ("after", "before", "cat", "era", "format", "index", "name", "range_delimiter", "value")

    def __init__(self, compiler: "Compiler", part: DatePart) -> None:
        attributes = dict(part.attributes)
        self.name = part.name
        self.index = _ORDER[part.name]
        self.before = attributes.pop("prefix", "")
        self.after = attributes.pop("suffix", "")
        self.range_delimiter = attributes.get("range-delimiter", "\u2013")
        self.format: Formatter | None = formatter(compiler, attributes)
        self.cat = compiler.cat
        self.value = _value(part.name, attributes, compiler.locale)
        self.era = (compiler.locale.term("ad"), compiler.locale.term("bc"))

    def show(self, parts: Parts, *, before: bool = True, after: bool = True) -> str:
        """The part with its affixes; empty where the date does not have it."""
        text = self.value(parts)
        if not text:
            return ""
        if self.format:
            text = self.format(text)
        if before:
            text = self.before + text
        if after:
            text = self.cat(text, self.after)  # “mar.” and a suffix “. ” have one full stop between them
        return text + self.of_era(parts) if parts[0] < 500 and self.index == 0 else text

    def of_era(self, parts: Parts) -> str:
        """“BC” for years before our era, “AD” for the first five hundred years after (CSL 1.0.2, “AD and BC”)."""
        year = parts[0]
        return self.era[1] if year < 0 else self.era[0] if 0 < year < 500 else ""


def _value(name: str, attributes: dict[str, str], locale: Locale) -> Value:
    form = attributes.get("form", "long" if name != "day" else "numeric")
    strip = attributes.get("strip-periods") == "true"
    if name == "year":
        return _year(form)
    if name == "month":
        return _month(form, locale, strip=strip)
    return _day(form, locale)


def _year(form: str) -> Value:
    def year(parts: Parts) -> str:
        number = parts[0]
        if number > 999:
            return str(number)[-2:] if form == "short" and number < 10_000 else str(number)
        if not number:
            return ""
        return str(abs(number))

    return year


def _month(form: str, locale: Locale, *, strip: bool) -> Value:
    names = [""]
    for number in range(1, 17):
        if number > 12:
            text = locale.term(f"season-{number - 12:02d}", "long" if form.startswith("numeric") else form)
        elif form == "numeric":
            text = str(number)
        elif form == "numeric-leading-zeros":
            text = f"{number:02d}"
        else:
            text = locale.term(f"month-{number:02d}", form)
        names.append(text.replace(".", "") if strip else text)
    return lambda parts: names[parts[1]]


def _day(form: str, locale: Locale) -> Value:
    if form == "numeric-leading-zeros":
        return lambda parts: f"{parts[2]:02d}" if parts[2] else ""
    if form == "ordinal":
        only_first = locale.options.get("limit-day-ordinals-to-day-1") == "true"

        def ordinal(parts: Parts) -> str:
            day = parts[2]
            if not day or (only_first and day != 1):
                return str(day or "")
            return f"{day}{locale.ordinal(day, locale.genders.get(f'month-{parts[1]:02d}', ''))}"

        return ordinal
    return lambda parts: str(parts[2]) if parts[2] else ""


def _merged(local: DateFormat, own: DateFormat) -> tuple[list[DatePart], dict[str, str]]:
    """A localised format with what the style overrides in it, cut down to the parts it wants."""
    shown = _SHOWN.get(own.attributes.get("date-parts", "year-month-day"), _SHOWN["year-month-day"])
    changes = {part.name: part.attributes for part in own.parts}
    parts = [
        DatePart(part.name, {**part.attributes, **changes.get(part.name, {})})
        for part in local.parts
        if part.name in shown
    ]
    return parts, {**local.attributes, **own.attributes}


def compile_date(compiler: "Compiler", element: Any) -> Callable[[Context], str]:
    """The closure that prints a `cs:date`."""
    own = DateFormat.read(element)
    variable = own.attributes.get("variable", "issued").split(" ")[0]
    form = own.attributes.get("form")
    if form:
        local = compiler.locale.dates.get(form)
        specs, attributes = _merged(local, own) if local else (list(own.parts), dict(own.attributes))
    else:
        specs, attributes = list(own.parts), dict(own.attributes)
    parts = tuple(Part(compiler, part) for part in specs if part.name in _ORDER)
    delimiter = attributes.get("delimiter", "")
    finish = formatter(compiler, attributes)
    cat, join = compiler.cat, compiler.join
    implicit = compiler.implicit_year_suffix
    year_collapse = compiler.collapse in ("year-suffix", "year-suffix-ranged")

    def date(cx: Context) -> str:
        found = cx.item.date(variable)
        if cx.done is not None and variable in cx.done:
            cx.misses += 1
            return ""
        if cx.sorting:
            return key(cx, found)
        if cx.looking and variable == "accessed":  # the day of access tells no two works apart
            return ""
        if found.literal and not found.start[0] and not found.start[1]:
            pieces = [p for p in parts if p.name == "year"]  # it is the whole date, to be printed once
            if not pieces:
                cx.misses += 1
                return ""
            text = compiler.quotes.read(found.literal)
            text = pieces[0].format(text) if pieces[0].format else text
        elif found.end is not None:
            text = ranged(found)
            if implicit and text:
                text = with_suffix(cx, text)
        else:
            start = found.start
            if not (start[0] or start[1]):
                cx.misses += 1
                return ""
            shown = []
            for part in parts:
                if part.index == 0:
                    piece = year_of(cx, part, start) if implicit or year_collapse else part.show(start)
                else:
                    piece = part.show(start)
                if piece:
                    shown.append(piece)
            text = join(shown, delimiter) if shown else ""
        if not text:
            cx.misses += 1
            return ""
        cx.hits += 1
        cx.seen = True
        if cx.trace is not None:
            cx.trace.append(variable)
        return finish(text) if finish else text

    shown_parts = {part.index for part in parts}

    def key(cx: Context, found: Date) -> str:
        if found.empty:
            cx.misses += 1
            return ""
        cx.hits += 1
        return date_key(found, shown_parts)

    def year_of(cx: Context, part: Part, start: Parts) -> str:
        text = part.value(start)
        if not text:
            return ""
        if year_collapse and not cx.looking:
            place = len(cx.years)
            cx.years.append(text)
            same_names = cx.first_names == cx.last_names
            if cx.collapsed and same_names and place < len(cx.last_years) and cx.last_years[place] == text:
                suffix = suffix_of(cx) if implicit else ""
                cx.suffix_only = cx.suffix_only or not implicit or bool(suffix)
                return suffix
        if part.format and text:
            text = part.format(text)
        if implicit:
            text += suffix_of(cx)
        return cat(cat(part.before, text), part.after) + part.of_era(start) if text else ""

    def suffix_of(cx: Context) -> str:
        if cx.suffix or cx.looking or cx.ambiguity is None or not cx.ambiguity.suffix:
            return ""
        cx.suffix = cx.ambiguity.suffix
        return letters(cx.suffix)

    def with_suffix(cx: Context, text: str) -> str:
        return text + suffix_of(cx)

    def ranged(found: Date) -> str:
        start, end = found.start, found.end or (0, 0, 0)
        open_ended = not any(end)
        present = [part for part in parts if part.value(start) or (not open_ended and part.value(end))]
        if open_ended:
            return "".join(part.show(start) for part in present) + "\u2013" if present else ""
        level = next((i for i in range(3) if start[i] != end[i]), 2)
        moving = [i for i, part in enumerate(present) if part.index >= level]
        if not moving:
            return join([part.show(start) for part in present], delimiter) if present else ""
        low, high = moving[0], moving[-1]
        block = present[low : high + 1]
        if all(part.value(start) == part.value(end) for part in block):  # they differ in what is not printed
            return join([part.show(start) for part in present], delimiter)
        first = [p.show(start, after=p is not block[-1]) for p in block]
        second = [p.show(end, before=p is not block[0]) for p in block]
        dash = block[-1].range_delimiter
        middle = (
            join([x for x in first if x] or [""], delimiter) + dash + join([x for x in second if x] or [""], delimiter)
        )
        pieces = [p.show(start) for p in present[:low]] + [middle] + [p.show(start) for p in present[high + 1 :]]
        return join([x for x in pieces if x], delimiter)

    return date
