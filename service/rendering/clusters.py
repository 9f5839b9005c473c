"""Clusters of cites: positions, order, affixes, narrative form (CSL 1.0.2, “Citation”, “Cite Grouping”, “Cite
Collapsing”, “Position”).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from schemas.citation import Cluster

if TYPE_CHECKING:
    from service.rendering.processor import Run


class Clusters:
    """All clusters of one call."""

    def __init__(self, run: "Run", clusters: Sequence[Cluster]) -> None:
        self.run = run
        self.clusters = clusters
        self.cited: list[str] = []
        for cluster in clusters:
            for cite in cluster.cites:
                if cite.id in run.items:
                    self.cited.append(cite.id)
                else:
                    run.missing.append(cite.id)

    def texts(self) -> Iterator[str]:
        """Each cluster as marked text."""
        layout = self.run.style.citation
        for cluster in self.clusters:
            texts = []
            for cite in cluster.cites:
                item = self.run.items.get(cite.id)
                if item is None:
                    continue
                cx = self.run.context(item, "citation")
                cx.locator = cite.locator or ""
                cx.label = cite.label or ""
                texts.append(layout.render(cx))
            texts = [text for text in texts if text]
            text = layout.join(texts, layout.delimiter) if texts else ""
            if text:
                text = layout.cat(layout.cat(layout.prefix, text), layout.suffix)
                text = layout.format(text) if layout.format else text
            yield text
