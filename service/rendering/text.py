"""`cs:text`, `cs:number` and `cs:label` compiled (CSL 1.0.2, “Text”, “Number”, “Label”)."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context, Render, nothing
from service.rendering.names import trigraph
from service.rendering.numbers import NUMERIC, letters, read_number
from service.rendering.people import HAS_ROMANESQUE
from service.rendering.textcase import capitalize_first, title

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler

_PAGES = frozenset({"page", "page-first"})


def compile_text(compiler: "Compiler", element: Any) -> Render:
    """The closure that prints a `cs:text`."""
    attributes = dict(element.attrib)
    if "variable" in attributes:
        return _text_variable(compiler, attributes)
    if "macro" in attributes:
        return _text_macro(compiler, attributes, element.line)
    if "term" in attributes:
        return _text_term(compiler, attributes)
    return _text_value(compiler, attributes)


def _cased(
    compiler: "Compiler", attributes: Mapping[str, str]
) -> tuple[Callable[[Context, str], str] | None, dict[str, str]]:
    """Title case depends on an item's language, so it is taken out of what a formatter can do once for all."""
    rest = dict(attributes)
    if rest.get("text-case") != "title":
        return None, rest
    del rest["text-case"]
    default = compiler.default_english

    def change(cx: Context, text: str) -> str:
        language = cx.item.language
        return (
            title(text) if (language[:2] == "en" and language[2:3] in ("", "-", " ") if language else default) else text
        )

    return change, rest


def _always_title(_cx: Context, text: str) -> str:
    return title(text)


_LANGUAGE_AWARE = frozenset(
    {"event", "publisher", "publisher-place", "event-place", "title", "container-title", "collection-title",
    "authority", "genre", "title-short", "medium", "archive", "archive-place"}
)  # fmt: skip
"""The fields that citeproc-js keeps out of title case in other languages; the specification says all (compat only)."""


def _text_variable(compiler: "Compiler", attributes: dict[str, str]) -> Render:
    variable = attributes.pop("variable").split(" ")[0]
    form = attributes.get("form")
    case, attributes = _cased(compiler, attributes)
    if compiler.compat and case and variable not in _LANGUAGE_AWARE:
        case = _always_title
    finish = formatter(compiler, attributes)
    read = compiler.quotes.read
    if variable == "citation-number":
        return _citation_number(compiler, finish)
    if variable == "year-suffix":
        return _year_suffix(finish)
    if variable == "locator":
        return _locator(compiler, finish)
    if variable == "first-reference-note-number":
        return _first_note(finish)
    if variable == "citation-label":
        return _citation_label(finish)
    numeric = variable in NUMERIC and variable not in ("section", "version", "citation-number")
    numbers, pages, short = compiler.numbers, variable in _PAGES, form == "short"
    address = variable in ("URL", "DOI")
    first = variable == "page-first"
    instead = "page" if first else variable
    collapsing = compiler.collapse is not None
    upright = None  # citeproc-js sets no text in italics that has no letter of an alphabet
    if compiler.compat and "font-style" in attributes:
        upright = formatter(compiler, {k: v for k, v in attributes.items() if k != "font-style"}) or str

    def text(cx: Context) -> str:
        item = cx.item
        value = item.short(variable) if short else item.text(variable) if variable in item.present else ""
        if not value or (cx.done is not None and variable in cx.done):
            cx.misses += 1
            return ""
        cx.hits += 1
        cx.seen = True
        if cx.trace is not None:
            cx.trace.append(variable)
        if not address:
            value = read(value)
        if case:
            value = case(cx, value)
        if collapsing:
            cx.collapsed = False
        if upright and not HAS_ROMANESQUE.search(value):
            return upright(value)
        return finish(value) if finish else value

    def number(cx: Context) -> str:
        present = cx.present
        field = variable if variable in present else instead
        if field not in present or (cx.done is not None and variable in cx.done):
            cx.misses += 1
            return ""
        value = cx.item.text(field).strip()
        if first and value:
            value = read_number(value).parts[0]
        if not value:
            cx.misses += 1
            return ""
        cx.hits += 1
        cx.seen = True
        if cx.trace is not None:
            cx.trace.append(variable)
        if not value.isdigit():
            value = read(numbers.text(variable, value, pages=pages))
        if case:
            value = case(cx, value)
        return finish(value) if finish else value

    return number if numeric else text


def _citation_number(_compiler: "Compiler", finish: Formatter | None) -> Render:
    def citation_number(cx: Context) -> str:
        if cx.looking:
            return ""
        cx.hits += 1  # but is no text: a term after it still begins the entry, “[1] In …”
        cx.counted = cx.number
        text = str(cx.number)
        return finish(text) if finish else text

    return citation_number


def _year_suffix(finish: Formatter | None) -> Render:
    def year_suffix(cx: Context) -> str:
        if cx.looking or cx.sorting or cx.ambiguity is None or not cx.ambiguity.suffix:
            return ""
        cx.hits += 1
        cx.seen = True
        cx.suffix = cx.ambiguity.suffix
        text = letters(cx.suffix)
        return finish(text) if finish else text

    return year_suffix


def _locator(compiler: "Compiler", finish: Formatter | None) -> Render:
    numbers, read = compiler.numbers, compiler.quotes.read

    def locator(cx: Context) -> str:
        if not cx.locator or cx.looking or cx.located:  # a locator is printed once in a cite
            cx.misses += 1
            return ""
        cx.located = True
        cx.hits += 1
        cx.seen = True
        text = read(numbers.text("locator", cx.locator, pages=cx.label in ("", "page")))
        return finish(text) if finish else text

    return locator


def _first_note(finish: Formatter | None) -> Render:
    def first_note(cx: Context) -> str:
        if not cx.first_note:
            cx.misses += 1
            return ""
        cx.hits += 1
        cx.seen = True
        text = str(cx.first_note)
        return finish(text) if finish else text

    return first_note


def _citation_label(finish: Formatter | None) -> Render:
    def citation_label(cx: Context) -> str:
        text = cx.item.text("citation-label") or trigraph(cx.item)
        if not cx.looking and cx.ambiguity is not None and cx.ambiguity.suffix:
            cx.suffix = cx.ambiguity.suffix
            text += letters(cx.suffix)
        if not text:
            cx.misses += 1
            return ""
        cx.hits += 1
        cx.seen = True
        return finish(text) if finish else text

    return citation_label


def _text_macro(compiler: "Compiler", attributes: dict[str, str], line: int | None) -> Render:
    name = attributes.pop("macro")
    called = compiler.macro(name, line)
    if compiler.compat:
        attributes.pop("text-case", None)  # citeproc-js does not carry it into a macro
    case, attributes = _cased(compiler, attributes)
    finish = formatter(compiler, attributes)
    needs = compiler.needs.macro(name)

    def macro(cx: Context) -> str:
        if needs is not None and needs.isdisjoint(cx.present):
            cx.misses += 1
            return ""
        hits, misses, seen = cx.hits, cx.misses, cx.seen
        text = called.render(cx)
        if not text:
            return ""
        if cx.hits == hits:  # a macro is a group (CSL 1.0.2, “Group”)
            if cx.misses != misses:
                cx.seen = seen
                return ""
            cx.hits += 1
        if case:
            text = case(cx, text)
        return finish(text) if finish else text

    return macro


def _text_term(compiler: "Compiler", attributes: dict[str, str]) -> Render:
    value = compiler.locale.term(
        attributes["term"], attributes.get("form", "long"), plural=attributes.get("plural") == "true"
    )
    if attributes.pop("strip-periods", None) == "true":
        value = value.replace(".", "")
    if not value:
        return nothing
    value = compiler.quotes.read(value)
    finish = formatter(compiler, attributes)
    plain = finish(value) if finish else value
    capital = capitalize_first(value)
    first = (finish(capital) if finish else capital) if compiler.capital_start else plain

    def term(cx: Context) -> str:
        text = plain if cx.seen else first
        cx.seen = True
        return text

    return term


def _text_value(compiler: "Compiler", attributes: dict[str, str]) -> Render:
    value = compiler.quotes.read(attributes.get("value", ""))
    if not value:
        return nothing
    case, attributes = _cased(compiler, attributes)
    if case:
        value = title(value)
    finish = formatter(compiler, attributes)
    text = finish(value) if finish else value

    def value_(cx: Context) -> str:
        cx.seen = True
        return text

    return value_


def compile_number(compiler: "Compiler", element: Any) -> Render:
    """The closure that prints a `cs:number`."""
    attributes = dict(element.attrib)
    variable = attributes.pop("variable", "").split(" ")[0]
    form = attributes.get("form", "numeric")
    finish = formatter(compiler, attributes)
    numbers = compiler.numbers
    gender = compiler.locale.genders.get(variable, "")
    read = compiler.quotes.read
    if variable == "citation-number":
        return _citation_number(compiler, finish)

    def number(cx: Context) -> str:
        if cx.done is not None and variable in cx.done:
            cx.misses += 1
            return ""
        value = cx.locator if variable == "locator" else cx.item.text(variable).strip()
        if not value:
            cx.misses += 1
            return ""
        cx.hits += 1
        cx.seen = True
        if cx.trace is not None:
            cx.trace.append(variable)
        text = read(numbers.formed(variable, value, form, gender))
        return finish(text) if finish else text

    return number


def compile_label(compiler: "Compiler", element: Any) -> Render:
    """The closure that prints a `cs:label`."""
    attributes = dict(element.attrib)
    variable = attributes.pop("variable", "")
    form, plural = attributes.get("form", "long"), attributes.get("plural", "contextual")
    strip = attributes.pop("strip-periods", None) == "true"
    finish = formatter(compiler, attributes)
    locale = compiler.locale

    def label(cx: Context) -> str:
        if variable == "locator":
            value, term = cx.locator, cx.label or "page"
            if cx.looking or (term == "page" and _LABELLED.match(value)):
                value = ""
        elif variable == "first-reference-note-number":
            value, term = str(cx.first_note or ""), variable
        else:
            value, term = cx.item.text(variable), variable
        if not value:
            return ""
        many = plural == "always" or (plural == "contextual" and _plural(variable, value))
        text = locale.term("sub-verbo" if term == "sub verbo" else term, form, plural=many)
        if not text:
            return ""
        if strip:
            text = text.replace(".", "")
        return finish(text) if finish else text

    return label


_LABELLED = re.compile(r"(?:app|art|bk|ch|col|fig|fol|l|n|no|op|para|pp?|pt|r|sec|sv|v|vrs|vol)\. ")
"""A locator that begins with a label of its own needs no other."""


def _plural(variable: str, value: str) -> bool:
    number = read_number(value)
    if variable.startswith("number-of-") and number.numeric:
        return value.strip() not in ("0", "1")
    return number.plural
