"""The bibliography: entries in order, repeated authors, display (CSL 1.0.2, “Bibliography”, “Whitespace”,
“Reference Grouping”).
"""

from typing import TYPE_CHECKING

from service.rendering.items import Item

if TYPE_CHECKING:
    from service.rendering.processor import Run


def bibliography(run: "Run") -> list[tuple[Item, str]]:
    """Every item with its entry as marked text, in the style's order."""
    layout = run.style.bibliography
    assert layout is not None  # asked only of styles that have one
    align = layout.options.get("second-field-align") is not None
    entries = []
    for item in run.order:
        text = layout.entry(run.context(item, "bibliography"), align=align)
        entries.append((item, text))
    return entries
