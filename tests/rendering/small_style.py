"""Small styles of our own for tests: a layout in, the rendered text out."""

from collections.abc import Mapping, Sequence
from typing import Any

from schemas.citation import Cite, Cluster
from service.rendering import CompiledStyle, compiled

NEWS: dict[str, Any] = {
    "id": "ferry",
    "type": "article-newspaper",
    "title": "The ferry that never left",
    "author": [{"family": "Moreau", "given": "Claire"}],
    "container-title": "Harbour Weekly",
    "issued": {"date-parts": [[2021, 5, 4]]},
    "page": "12-13",
}


def style(
    layout: str = "", *, bibliography: str = "", citation: str = "", options: str = "", more: str = "", bib: str = ""
) -> str:
    """A style's XML: `layout` prints a cite, `bibliography` an entry; the rest are attributes and further elements."""
    below = f"<bibliography {bib}><layout>{bibliography}</layout></bibliography>" if bibliography else ""
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" '
        f"{options if 'class=' in options else options + ' class=' + chr(34) + 'in-text' + chr(34)}>"
        "<info><title>Small</title><id>small</id><updated>2024-01-01T00:00:00+00:00</updated></info>"
        f"{more}<citation {citation}><layout delimiter='; '>{layout}</layout></citation>{below}</style>"
    )


def ready(xml: str, locale: str | None = None, *, compat: bool = False) -> CompiledStyle:
    """The style compiled."""
    return compiled(csl=xml, locale=locale, compat=compat)


def printed(
    layout: str, item: Mapping[str, Any] = NEWS, *, output: str = "text", locale: str | None = None, **given: Any
) -> str:
    """One cite of one item under a layout."""
    compat = bool(given.pop("compat", False))
    made = ready(style(layout, **given), locale, compat=compat).render(
        [item], [Cluster(cites=(Cite(id=str(item["id"])),))], output=output
    )
    text: str = made.clusters[0]
    return text


def news(number: str, **fields: Any) -> dict[str, Any]:
    """An item like NEWS with other fields; None takes a field away."""
    item = {**NEWS, "id": number, **fields}
    return {name: value for name, value in item.items() if value is not None}


def clusters(
    xml: str, items: Sequence[Mapping[str, Any]], *rows: Sequence[str | Cite], notes: bool = False
) -> tuple[Any, ...]:
    """Clusters of cites by id, in text or in one note each."""
    asked = [
        Cluster(cites=tuple(c if isinstance(c, Cite) else Cite(id=c) for c in row), note=i if notes else 0)
        for i, row in enumerate(rows, 1)
    ]
    return ready(xml).render(items, asked).clusters


def entries(xml: str, items: Sequence[Mapping[str, Any]], *, output: str = "text") -> list[Any]:
    """The bibliography's entries."""
    return [entry.text for entry in ready(xml).render(items, output=output).entries or ()]
