"""Affixes, quotes, font formatting, display and text case as one function of text (CSL 1.0.2, “Formatting”, “Affixes”,
“Quotes”, “Display”, “Strip Periods”, “Text-case”).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from service.rendering import marks
from service.rendering.textcase import CASES

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler

Formatter = Callable[[str], str]


def formatter(
    compiler: "Compiler", attributes: Mapping[str, str], *, case: bool = True, display: bool = True
) -> Formatter | None:
    """What the attributes of an element do to its text, or None if nothing. The text is never empty.

    Order as in citeproc-js: case, periods, fonts from style to position, quotes, affixes, display.
    """
    opening, closing = "", ""
    for attribute, values in marks.FORMATTING.items():
        mark = values.get(attributes.get(attribute, ""))
        if mark:
            opening, closing = mark + opening, closing + marks.CLOSE
    if attributes.get("quotes") == "true":
        opening, closing = marks.QUOTE + opening, closing + marks.QUOTE_END
    change = CASES.get(attributes.get("text-case", "")) if case else None
    strip = attributes.get("strip-periods") == "true"
    prefix, suffix = attributes.get("prefix", ""), attributes.get("suffix", "")
    if prefix:
        prefix = compiler.affix(prefix)
    if suffix:
        suffix = compiler.affix(suffix)
    block = marks.DISPLAY.get(attributes.get("display", "")) if display else None
    cat = compiler.cat
    if not (change or strip or block or opening):
        if prefix and suffix:
            return lambda text: cat(cat(prefix, text), suffix)
        if prefix:
            return lambda text: cat(prefix, text)
        return (lambda text: cat(text, suffix)) if suffix else None
    if not (change or strip or block):
        if suffix:
            return lambda text: cat(cat(prefix, opening + text + closing), suffix)
        return (lambda text: cat(prefix, opening + text + closing)) if prefix else lambda text: opening + text + closing

    def full(text: str) -> str:
        if change:
            text = change(text)
        if strip:
            text = text.replace(".", "")
        text = cat(cat(prefix, opening + text + closing), suffix)
        return block + text + marks.CLOSE if block else text

    return full
