"""The processor's face: a style compiled once, immutable, and one call that renders clusters and a bibliography
with it.

Everything that rendering changes lives in a `Run`, made for one call and seen by one thread.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from schemas.citation import Cluster, Entry, Rendering
from schemas.evidence import Warning
from service.errors import BrokenStyle
from service.rendering.bibliography import bibliography
from service.rendering.clusters import Clusters
from service.rendering.collation import Collator
from service.rendering.compiling import MAX_WORK, work
from service.rendering.disambiguation import Ambiguity, Disambiguator
from service.rendering.items import Context, Item
from service.rendering.layout import Layout
from service.rendering.loading import LoadedStyle
from service.rendering.names import NAME_VARIABLES
from service.rendering.outputs import OUTPUTS
from service.rendering.sorting import SortValues, sort_order
from service.rendering.tree import Node


class CompiledStyle:
    """A style in one locale, ready to render. Immutable: any number of threads may render with it at once."""

    __slots__ = (
        "adds_givens",
        "bibliography", "citation", "class_", "collator", "compat", "disambiguates", "has_condition", "id", "locale",
        "never_demote", "page", "quotes", "superscript_cites",
    )  # fmt: skip

    def __init__(self, loaded: LoadedStyle, name: str, *, compat: bool = False) -> None:
        root = loaded.root
        cost = work(root)
        if cost > MAX_WORK:
            raise BrokenStyle(
                f"the style's macros call one another {cost} times for one entry; at most {MAX_WORK}", "style"
            )
        self.id = name
        self.locale = loaded.locale.tag
        self.compat = compat
        self.class_ = root.get("class") or "in-text"
        self.quotes = loaded.locale.quotes
        self.collator = Collator(loaded.locale.language, base_only=compat)
        self.citation = Layout(root, loaded.locale, "citation", compat=compat)
        sections = {child.tag for child in root}
        self.bibliography = (
            Layout(root, loaded.locale, "bibliography", compat=compat) if "bibliography" in sections else None
        )
        options = self.bibliography.options if self.bibliography is not None else {}
        self.page: dict[str, Any] = {
            "hanging_indent": options.get("hanging-indent") == "true",
            "second_field_align": options.get("second-field-align"),
            "entry_spacing": _integer(options.get("entry-spacing"), 1),
            "line_spacing": _integer(options.get("line-spacing"), 1),
        }  # how a page of entries is set
        options = self.citation.options
        self.never_demote = root.get("demote-non-dropping-particle") == "never"
        self.superscript_cites = self.citation.format is not None and "sup" in _layout_attributes(root).values()
        self.has_condition = any(e.get("disambiguate") == "true" for e in root.iter())
        self.adds_givens = options.get("disambiguate-add-givenname") == "true"
        ways = ("names", "givenname", "year-suffix")
        self.disambiguates = self.has_condition or any(options.get(f"disambiguate-add-{way}") == "true" for way in ways)

    def render(
        self, items: Sequence[Mapping[str, Any]], clusters: Sequence[Cluster] = (), *, output: str = "text"
    ) -> Rendering:
        """Render clusters in document order and the bibliography of all items, cited or not.

        `items` are CSL-JSON; `output` is text, html, markdown, rtf, latex or runs. Never raises for strange items:
        what cannot be used is left out and named in the warnings.
        """
        run = Run(self, items, clusters)
        write: Callable[..., Any] = OUTPUTS[output]
        printed = tuple(write(text, self.quotes) for text in run.clusters.texts())
        entries, offset = None, 0
        if self.bibliography is not None:
            made = bibliography(run)
            entries = tuple(Entry(id=item.id, text=write(text, self.quotes)) for item, text in made)
            offset = run.max_offset
        return Rendering(entries=entries, clusters=printed, max_offset=offset, warnings=run.warnings(), **self.page)


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() and len(value) < 4 else default


def _layout_attributes(root: Node) -> Mapping[str, str]:
    citation = root.child("citation")
    layout = citation.child("layout") if citation is not None else None
    return {} if layout is None else layout.attrib


class Run:
    """One call: its items, what disambiguation decided, citation numbers."""

    def __init__(self, style: CompiledStyle, items: Sequence[Mapping[str, Any]], clusters: Sequence[Cluster]) -> None:
        self.style = style
        self.items: dict[str, Item] = {}
        for number, raw in enumerate(items):
            item = Item(raw, number, compat=style.compat)
            self.items.setdefault(item.id, item)
        self.missing: list[str] = []
        self.left_out: list[str] = []
        self.ambiguities: dict[str, Ambiguity] = {}
        self.numbers: dict[str, int] = {}
        self.max_offset = 0
        self.disambiguator: Disambiguator | None = None
        self.clusters = Clusters(self, clusters)
        # Items count in the order of citing, uncited ones after them.
        known = [self.items[name] for name in dict.fromkeys((*self.clusters.cited, *self.items))]
        self.order = known
        self._number(known)
        if style.disambiguates and (len(known) > 1 or (style.adds_givens and _shares_family(known))):
            self.disambiguator = Disambiguator(self)
            self.disambiguator.run_all(known)
        if clusters:
            self.clusters.arrange()

    def _number(self, known: list[Item]) -> None:
        """Citation numbers follow the bibliography's order, or that of citing where it is not sorted."""
        self.numbers = {item.id: number for number, item in enumerate(known, 1)}
        layout = self.style.bibliography
        if layout is None or not layout.sort or len(known) < 2:
            return
        values = [
            SortValues(layout.sort, partial(self.context, item, "bibliography"), self.style.collator) for item in known
        ]
        self.order = [known[i] for i in sort_order(layout.sort, values)]
        backwards = layout.sort[0].number and layout.sort[0].descending
        numbered = reversed(self.order) if backwards else self.order
        self.numbers = {item.id: number for number, item in enumerate(numbered, 1)}

    def authors_of(self, item: Item) -> str:
        """The authors as the bibliography's style would name them in the text, for styles whose cites have no names."""
        layout = self.style.bibliography
        if layout is None:
            return ""
        return layout.short_names(item, self)

    def context(self, item: Item, area: str) -> Context:
        """A fresh context for one rendering of an item."""
        cx = Context(item, self, area)
        cx.number = self.numbers.get(item.id, 0)
        cx.ambiguity = self.ambiguities.get(item.id)
        return cx

    def warnings(self) -> tuple[Warning, ...]:
        """All that could not be used."""
        found = [Warning(code="unknown-item", message=f"no item {name!r}") for name in dict.fromkeys(self.missing)]
        for name in self.left_out:
            message = "the style has no bibliography entry for this kind of item"
            found.append(Warning(code="no-entry", field=f"/{name}"[:256], message=message))
        for item in self.items.values():
            for variable, message in item.problems:
                found.append(Warning(code="unusable-field", field=f"/{item.id}/{variable}"[:256], message=message))
        return tuple(found)


def _shares_family(items: Sequence[Item]) -> bool:
    """Whether two persons of one item share a family name, which given names must then tell apart."""
    for item in items:
        for variable in NAME_VARIABLES.intersection(item.present):
            names = item.names(variable)
            if len(names) > 1:
                families = [name.family for name in names if not name.literal]
                if len(set(families)) != len(families):
                    return True
    return False
