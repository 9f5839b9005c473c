"""The bibliography: entries in order, repeated authors, display (CSL 1.0.2, “Bibliography”, “Whitespace”,
“Reference Grouping”).
"""

from typing import TYPE_CHECKING

from service.rendering.items import Item, Repeated

if TYPE_CHECKING:
    from service.rendering.processor import Run


def bibliography(run: "Run") -> list[tuple[Item, str]]:
    """Every item with its entry as marked text, in the style's order; empty where the style leaves a kind of item
    out.
    """
    layout = run.style.bibliography
    assert layout is not None  # asked only of styles that have one
    align = layout.options.get("second-field-align") is not None
    mark = layout.options.get("subsequent-author-substitute")
    rule = layout.options.get("subsequent-author-substitute-rule", "complete-all")
    entries = []
    repeated: Repeated | None = None
    for item in run.order:
        cx = run.context(item, "bibliography")
        cx.repeated = repeated
        text = layout.entry(cx, align=align)
        if mark is not None:
            repeated = Repeated(mark, rule, cx.names_keys, cx.substituted)
        if not text:  # styles leave some kinds out: personal communications
            run.left_out.append(item.id)
        if text or not run.style.compat:
            entries.append((item, text))
    return entries
