"""The style tree compiled once into closures; here its macros, sequences and groups (CSL 1.0.2, “Macro”,
“Group”).

Every closure takes a `Context` and gives marked text, empty for nothing. What the specification says about empty
groups is kept by two counters of the context: variables that printed (`hits`) and variables that were empty (`misses`).
"""

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any

from service.errors import BrokenStyle
from service.rendering import dateformat, marks, names, text
from service.rendering.conditions import compile_choose
from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context, Render, nothing
from service.rendering.locale import Locale, tag
from service.rendering.needs import NeedsReader
from service.rendering.numbers import Numbers
from service.rendering.punctuation import seams

MAX_WORK = 60_000
"""Elements one entry may pass through at most, macros counted as often as they are called; the largest style in use
needs a tenth. A style that calls macros in a chain of doublings would otherwise cost 2ⁿ."""

INHERITED = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first",
    "et-al-subsequent-min", "et-al-subsequent-use-first", "et-al-use-last", "initialize", "initialize-with",
    "name-as-sort-order", "sort-separator", "name-form", "name-delimiter", "names-delimiter",
)  # fmt: skip


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


def _group(compiler: Compiler, element: Any) -> Render:
    attributes = dict(element.attrib)
    delimiter = compiler.affix(attributes.pop("delimiter", ""))
    outer = compiler.delimiter, compiler.substituting
    compiler.delimiter, compiler.substituting = delimiter, False
    children = compiler.children(element)
    compiler.delimiter, compiler.substituting = outer
    return compiler.grouped(children, delimiter, formatter(compiler, attributes), compiler.needs.group(element))


_ELEMENTS: dict[str, Callable[[Compiler, Any], Render]] = {
    "text": text.compile_text,
    "number": text.compile_number,
    "label": text.compile_label,
    "group": _group,
    "choose": compile_choose,
    "date": dateformat.compile_date,
    "names": names.compile_names,
}
