"""`cs:citation` and `cs:bibliography` compiled: layout, sort keys, options (CSL 1.0.2, “Citation”, “Bibliography”)."""

from typing import TYPE_CHECKING, Any

from service.rendering import marks
from service.rendering.compiling import Compiler
from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context, Item, Render
from service.rendering.locale import Locale, tag
from service.rendering.name_list import NameList
from service.rendering.sorting import SortKey, compile_sort

if TYPE_CHECKING:
    from service.rendering.processor import Run


_BLOCKS = frozenset(marks.DISPLAY.values())


def _ends_displayed(text: str) -> bool:
    """Whether the last thing in a text is a displayed block."""
    depth = 0
    for char in reversed(text):
        if char in (marks.CLOSE, marks.QUOTE_END):
            depth += 1
        elif char in marks.OPENERS:
            depth -= 1
            if not depth:
                return char in _BLOCKS
    return False


class Layout:
    """One area of a style. Immutable after `__init__`; `render` gives one entry or cite without the layout's
    affixes.
    """

    __slots__ = (
        "after_collapse_delimiter", "area", "cat", "collapse", "delimiter", "display", "format", "group_delimiter",
        "in_text_names", "join",
        "near_note_distance", "options", "parts", "prefix", "range_delimiter", "render", "sort", "suffix",
        "year_suffix_delimiter",
    )  # fmt: skip

    def __init__(self, root: Any, locale: Locale, area: str, *, compat: bool = False) -> None:
        compiler = Compiler(root, locale, area, compat)
        section: Any = compiler.section
        layout = next((child for child in section if tag(child) == "layout"), None)
        self.area = area
        self.options = dict(section.attrib)
        self.cat, self.join = compiler.cat, compiler.join
        attributes = dict(layout.attrib) if layout is not None else {}
        self.delimiter = compiler.affix(attributes.pop("delimiter", ""))
        self.prefix = compiler.affix(attributes.pop("prefix", ""))
        self.suffix = compiler.affix(attributes.pop("suffix", ""))
        self.format: Formatter | None = formatter(compiler, attributes)
        self.parts: tuple[Render, ...] = compiler.children(layout) if layout is not None else ()
        self.render = compiler.sequence(self.parts)
        self.sort: tuple[SortKey, ...] = compile_sort(compiler, section)
        self.collapse = compiler.collapse
        self.group_delimiter = self._delimiter("cite-group-delimiter", compiler)
        self.year_suffix_delimiter = self._delimiter("year-suffix-delimiter", compiler)
        self.after_collapse_delimiter = self._delimiter("after-collapse-delimiter", compiler)
        self.range_delimiter = locale.term("citation-range-delimiter") or "\u2013"
        distance = self.options.get("near-note-distance", "")
        self.near_note_distance = int(distance) if distance.isdigit() and len(distance) < 6 else 5
        attributes = {"form": "short", "and": "text", "et-al-min": "3", "et-al-use-first": "1"}
        self.in_text_names = NameList(compiler, None, None, attributes)
        self.display = any(element.get("display") for element in root.iter())

    def _delimiter(self, name: str, compiler: Compiler) -> str | None:
        value = self.options.get(name)
        return None if value is None else compiler.affix(value)

    def short_names(self, item: Item, run: "Run") -> str:
        """The first names of an entry as running text names them: family names, “and”, et al. from three on."""
        for names in (item.names(variable) for variable in ("author", "editor", "director", "translator")):
            if names:
                cx = Context(item, run, "citation")
                return self.in_text_names.text(cx, names, 0)
        return ""

    def entry(self, cx: Context, *, align: bool = False) -> str:
        """One bibliography entry with the layout's affixes; `align` splits off the first field."""
        if align and self.parts:
            return self._aligned(cx)
        text = self.render(cx)
        if not text:
            return ""
        return self._wrapped(text)

    def _wrapped(self, text: str) -> str:
        text = self.cat(self.prefix, text)
        if self.display and text[-1] == marks.CLOSE and _ends_displayed(text):
            text = self.cat(
                text[:-1], self.suffix
            )  # the suffix belongs into the last block, a blank at its end after it
            text = text[:-1] + marks.CLOSE + " " if text[-1] == " " else text + marks.CLOSE
        else:
            text = self.cat(text, self.suffix)
        return self.format(text) if self.format else text

    def _aligned(self, cx: Context) -> str:
        """CSL 1.0.2, “Whitespace”: second-field-align puts the first field in the margin."""
        first, rest = "", ""
        for part in self.parts:
            piece = part(cx)
            if not piece:
                continue
            if not first:
                first = piece
            else:
                rest = self.cat(rest, piece)
        if not first and not rest:
            return ""
        rest = self.cat(rest, self.suffix)
        margin = marks.LEFT_MARGIN + self.cat(self.prefix, first) + marks.CLOSE
        if rest[-1:] == " ":
            return margin + marks.RIGHT_INLINE + rest[:-1] + marks.CLOSE + " "
        return margin + marks.RIGHT_INLINE + rest + marks.CLOSE
