"""The style tree compiled once into closures: text, number, label, group, macro, choose (CSL 1.0.2, “Rendering
Elements”).

Every closure takes a `Context` and gives marked text, empty for nothing. What the specification says about empty
groups is kept by two counters of the context: variables that printed (`hits`) and variables that were empty (`misses`).
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock
from typing import Any

from service.errors import BrokenStyle
from service.rendering import dateformat, marks, names
from service.rendering.conditions import compile_choose
from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context
from service.rendering.locale import Locale, tag
from service.rendering.needs import NeedsReader
from service.rendering.numbers import NUMERIC, Numbers, letters, read_number
from service.rendering.people import HAS_ROMANESQUE
from service.rendering.punctuation import seams
from service.rendering.textcase import capitalize_first, title

Render = Callable[[Context], str]

MAX_WORK = 60_000
"""Elements one entry may pass through at most, macros counted as often as they are called; the largest style in use
needs a tenth. A style that calls macros in a chain of doublings would otherwise cost 2ⁿ."""

LOCATORS = frozenset({"locator"})
_PAGES = frozenset({"page", "page-first"})
INHERITED = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first",
    "et-al-subsequent-min", "et-al-subsequent-use-first", "et-al-use-last", "initialize", "initialize-with",
    "name-as-sort-order", "sort-separator", "name-form", "name-delimiter", "names-delimiter",
)  # fmt: skip


def nothing(_cx: Context) -> str:
    """Prints nothing."""
    return ""


class Macro:
    """A macro as it is called; `render` compiles it the first time."""

    __slots__ = ("render",)

    render: Render


class Compiler:
    """Compiles the elements of one style for one area (citation or bibliography)."""

    def __init__(self, root: Any, locale: Locale, area: str, compat: bool) -> None:
        self.root = root
        self.locale = locale
        self.quotes = locale.quotes
        self.area = area
        self.compat = compat
        self.note_style = root.get("class") == "note"
        self.default_english = locale.language == "en"
        self.punctuation_in_quote = locale.options.get("punctuation-in-quote") == "true"
        self.cat, self.join = seams(self.punctuation_in_quote)
        self.numbers = Numbers(locale, root.get("page-range-format"))
        self.capital_start = area == "bibliography" or self.note_style
        section = next((child for child in root if tag(child) == area), None)
        self.section = section
        self.options: dict[str, str] = {}
        for source in (root, section):
            if source is not None:
                self.options.update({k: v for k, v in source.attrib.items() if k in INHERITED})
        self.collapse = section.get("collapse") if section is not None and area == "citation" else None
        self.implicit_year_suffix = not _mentions_year_suffix(root)
        self.shape: names.Shape | None = None  # what a cs:names in a substitute takes from the one around it
        self._macros = {child.get("name"): child for child in root if tag(child) == "macro"}
        self.needs = NeedsReader(self._macros)
        self._called: dict[str, Macro] = {}
        self._lock = Lock()
        self.delimiter = ""  # of the nearest group around; it also stands between what a choose prints
        self.substituting = False  # a choose in a substitute prints the first of its elements that has anything

    def affix(self, text: str) -> str:
        """An affix or delimiter: as it stands, but free of marks."""
        return marks.plain(text)

    def children(self, element: Any) -> tuple[Render, ...]:
        """The closures of an element's children that print."""
        found = [self.element(child) for child in element]
        return tuple(render for render in found if render is not nothing)

    def element(self, element: Any) -> Render:
        """The closure of one rendering element."""
        compile_one = _ELEMENTS.get(tag(element))
        return compile_one(self, element) if compile_one else nothing

    def macro(self, name: str, line: int | None = None) -> "Macro":
        """A macro, whose closure is compiled when it is first rendered: an item needs a few of a style's hundreds."""
        found = self._called.get(name)
        if found is None:
            if name not in self._macros:
                raise BrokenStyle(f"no macro {name!r}", "style", line=line)
            found = self._called[name] = Macro()
            found.render = partial(self._compile_macro, name, found)
        return found

    def _compile_macro(self, name: str, macro: "Macro", cx: Context) -> str:
        with self._lock:  # two threads may get here at once; what they would make is the same
            self.delimiter, self.shape, self.substituting = "", None, False
            macro.render = self.sequence(self.children(self._macros[name]))
        return macro.render(cx)

    def branch(self, element: Any) -> Render:
        """What one branch of a choose prints."""
        parts = self.children(element)
        if not self.substituting or len(parts) < 2:
            return self.sequence(parts, self.delimiter)
        return lambda cx: next((text for part in parts if (text := part(cx))), "")

    def sequence(self, parts: tuple[Render, ...], delimiter: str = "") -> Render:
        """Renders parts one after the other, with a delimiter if they stand in a choose inside a group."""
        if not parts:
            return nothing
        if len(parts) == 1:
            return parts[0]
        cat, join = self.cat, self.join
        if delimiter:

            def delimited(cx: Context) -> str:
                found = [piece for part in parts if (piece := part(cx))]
                return join(found, delimiter) if found else ""

            return delimited
        if len(parts) == 2:
            one, two = parts
            return lambda cx: cat(one(cx), two(cx))

        def sequence(cx: Context) -> str:
            text = ""
            for part in parts:
                piece = part(cx)
                if piece:
                    text = cat(text, piece) if text else piece
            return text

        return sequence

    def grouped(
        self, parts: tuple[Render, ...], delimiter: str, finish: Formatter | None, needs: frozenset[str] | None = None
    ) -> Render:
        """A group: its children with a delimiter, nothing at all if its variables are all empty.

        `needs`: variables of which the item must have one, else the group is passed over (needs.py).
        """
        join = self.join
        if not parts:
            return nothing

        def group(cx: Context) -> str:
            if needs is not None and needs.isdisjoint(cx.present):
                cx.misses += 1
                return ""
            hits, misses, seen = cx.hits, cx.misses, cx.seen
            found = []
            for part in parts:
                piece = part(cx)
                if piece:
                    found.append(piece)
            if not found:
                return ""
            if cx.hits == hits:
                if cx.misses != misses:
                    cx.seen = seen
                    return ""
                cx.hits += 1  # a group that prints counts as a variable for the group around it
            text = join(found, delimiter) if len(found) > 1 else found[0]
            return finish(text) if finish else text

        return group


def _mentions_year_suffix(root: Any) -> bool:
    return any(
        element.get("variable") in ("year-suffix", "citation-label")
        for element in root.iter()
        if tag(element) == "text"
    )


def work(root: Any) -> int:
    """An upper bound of the elements that one entry passes through; also finds macros that call themselves."""
    macros = {child.get("name"): child for child in root if tag(child) == "macro"}
    known: dict[str, int] = {}
    busy: set[str] = set()

    def weigh(element: Any) -> int:
        kind = tag(element)
        name = element.get("macro") if kind in ("text", "key") else None
        if name is not None:
            if name not in macros:
                raise BrokenStyle(f"no macro {name!r}", "style", line=element.line)
            if name in busy:
                raise BrokenStyle(f"macro {name!r} calls itself", "style", line=element.line)
            if name not in known:
                busy.add(name)
                known[name] = sum(weigh(child) for child in macros[name])
                busy.discard(name)
            return 1 + known[name]
        if kind == "choose":
            return 1 + max((weigh(child) for child in element), default=0)
        return 1 + sum(weigh(child) for child in element)

    return max((weigh(child) for child in root if tag(child) in ("citation", "bibliography")), default=0)


def _text(compiler: Compiler, element: Any) -> Render:
    attributes = dict(element.attrib)
    if "variable" in attributes:
        return _text_variable(compiler, attributes)
    if "macro" in attributes:
        return _text_macro(compiler, attributes, element.line)
    if "term" in attributes:
        return _text_term(compiler, attributes)
    return _text_value(compiler, attributes)


def _cased(
    compiler: Compiler, attributes: Mapping[str, str]
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


def _text_variable(compiler: Compiler, attributes: dict[str, str]) -> Render:
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


def _citation_number(_compiler: Compiler, finish: Formatter | None) -> Render:
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


def _locator(compiler: Compiler, finish: Formatter | None) -> Render:
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
        text = cx.item.text("citation-label") or names.trigraph(cx.item)
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


def _text_macro(compiler: Compiler, attributes: dict[str, str], line: int | None) -> Render:
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


def _text_term(compiler: Compiler, attributes: dict[str, str]) -> Render:
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


def _text_value(compiler: Compiler, attributes: dict[str, str]) -> Render:
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


def _number(compiler: Compiler, element: Any) -> Render:
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


def _label(compiler: Compiler, element: Any) -> Render:
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


def _group(compiler: Compiler, element: Any) -> Render:
    attributes = dict(element.attrib)
    delimiter = compiler.affix(attributes.pop("delimiter", ""))
    outer = compiler.delimiter, compiler.substituting
    compiler.delimiter, compiler.substituting = delimiter, False
    children = compiler.children(element)
    compiler.delimiter, compiler.substituting = outer
    return compiler.grouped(children, delimiter, formatter(compiler, attributes), compiler.needs.group(element))


_ELEMENTS: dict[str, Callable[[Compiler, Any], Render]] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "group": _group,
    "choose": compile_choose,
    "date": dateformat.compile_date,
    "names": names.compile_names,
}
