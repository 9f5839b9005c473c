"""`cs:citation` and `cs:bibliography` compiled: layout, sort keys, options (CSL 1.0.2, “Citation”, “Bibliography”)."""

from typing import TYPE_CHECKING, Any

from service.rendering import marks
from service.rendering.compiling import Compiler, Render
from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context
from service.rendering.locale import Locale, tag
from service.rendering.sorting import SortKey, compile_sort

if TYPE_CHECKING:
    from service.rendering.processor import Run


class Layout:
    """One area of a style. Immutable after `__init__`; `render` gives one entry or cite without the layout's
    affixes.
    """

    __slots__ = (
        "area", "cat", "compiler", "delimiter", "display", "first", "format", "join", "options", "parts", "prefix",
        "render", "sort", "suffix", "uses_position",
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
        self.display = any(element.get("display") for element in root.iter() if isinstance(element.tag, str))

    def entry(self, cx: Context, *, align: bool = False) -> str:
        """One bibliography entry with the layout's affixes; `align` splits off the first field."""
        if align and self.parts:
            return self._aligned(cx)
        text = self.render(cx)
        if not text:
            return ""
        return self._wrapped(text)

    def _wrapped(self, text: str) -> str:
        text = self.cat(self.cat(self.prefix, text), self.suffix)
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
        blank = len(first) - len(first.rstrip(" "))
        del blank
        rest = self.cat(rest.lstrip(" ") if rest else "", self.suffix)
        margin = marks.LEFT_MARGIN + self.cat(self.prefix, first) + marks.CLOSE
        return margin + marks.RIGHT_INLINE + rest + marks.CLOSE


def bibliography_context(item: Any, run: "Run") -> Context:
    """A fresh context for a bibliography entry."""
    return Context(item, run, "bibliography")
