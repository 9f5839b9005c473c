"""Styles by name, kept compiled; and one item in all its forms."""

import gc
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.citation import Citation, Cite, Cluster, InText
from service.rendering import registry
from service.rendering.errata import corrected
from service.rendering.loading import load
from service.rendering.processor import CompiledStyle
from service.rendering.style_cache import StyleCache

NAMED = StyleCache(128, 2_000_000)
"""Styles of the registry that this process keeps compiled: some 50 MB, a hundred of the usual size."""
BROUGHT = StyleCache(16, 500_000)
"""Styles that requests brought along; apart, so that strangers cannot push out what everybody uses."""


def compiled(
    style: str | registry.StyleSource = "apa",
    locale: str | None = None,
    *,
    csl: str | None = None,
    compat: bool = False,
) -> CompiledStyle:
    """The style ready to render, by its name or as the registry found it; from the cache if it was asked for before.

    `csl` is a style's own XML, for one the registry does not have. `compat` reproduces what citeproc-js does where it
    departs from the specification; it is for comparing like with like, not for printing.
    Raises UnknownName or BrokenStyle.
    """
    if csl is not None:
        return BROUGHT.get((csl, locale, compat), csl.encode, lambda xml: _made(xml, locale, "custom", compat))
    source = registry.find(style) if isinstance(style, str) else style
    # The oracle of `compat` knows no locale but a file's own; what the registry adds (Harvard is British) is for print.
    wanted = locale or (None if compat and source.info.parent is None else source.locale)
    key = source.path, source.stamp, source.id, wanted, compat  # a changed file has another stamp

    def read() -> bytes:
        xml = source.path.read_bytes()
        return xml if compat else corrected(xml)

    return NAMED.get(key, read, lambda xml: _made(xml, wanted, source.id, compat))


def _made(xml: bytes, locale: str | None, name: str, compat: bool) -> CompiledStyle:
    """Load and compile, the garbage collector at rest: nothing made here is garbage, and looking doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return CompiledStyle(load(xml, locale, _parent), name, compat=compat)
    finally:
        if collecting:
            gc.enable()


def _parent(link: str) -> bytes:
    return registry.find(link).path.read_bytes()


def cite(style: CompiledStyle, items: Sequence[Mapping[str, Any]], *, output: str = "text") -> tuple[Citation, ...]:
    """Each item by itself in every form that the style has: entry, in-text, note, short note."""
    return tuple(_one(style, item, output) for item in items)


def _one(style: CompiledStyle, item: Mapping[str, Any], output: str) -> Citation:
    name = str(item.get("id", "item-1"))
    item = {**item, "id": name}
    once = (Cite(id=name),)
    if style.class_ == "note":
        made = style.render([item], [Cluster(cites=once, note=1), Cluster(cites=once, note=9)], output=output)
        note, short = made.clusters
        in_text = None
    else:
        made = style.render([item], [Cluster(cites=once), Cluster(cites=once, mode="narrative")], output=output)
        note = short = None
        in_text = InText(parenthetical=made.clusters[0], narrative=made.clusters[1])
    return Citation(
        style=style.id,
        locale=style.locale,
        entry=(made.entries[0].text or None) if made.entries else None,
        in_text=in_text,
        note=note,
        short_note=short if short != note else None,
        item=dict(item),
        warnings=made.warnings,
    )
