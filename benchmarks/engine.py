"""The processor behind the two adapters that the conformance scripts ask for (`Suite`, `Oracle`)."""

import json
from typing import Any

from schemas.citation import Cite, Cluster
from service.rendering import compiled
from service.rendering.processor import Run

_CITE_FIELDS = ("locator", "label", "prefix", "suffix")


def _cite(entry: dict[str, Any]) -> Cite:
    fields = {name: str(entry[name]) for name in _CITE_FIELDS if entry.get(name) is not None}
    return Cite(
        id=str(entry["id"]),
        suppress_author=bool(entry.get("suppress-author")),
        author_only=bool(entry.get("author-only")),
        **fields,
    )


class Suite:
    """Runs cases of the CSL test suite."""

    name = "tearsheet"
    markers = False

    def run(self, case: Any) -> str:
        """One case's result as the suite prints it."""
        items = []
        for number, raw in enumerate(json.loads(json.dumps(case.input))):
            items.append({**raw, "id": str(raw.get("id", number))})
        by_id = {item["id"]: item for item in items}
        items = list(by_id.values())
        style = compiled(csl=case.csl, compat=True)
        clusters: list[Cluster] = []
        if case.citation_items:
            clusters = [Cluster(cites=tuple(_cite(c) for c in cites)) for cites in case.citation_items]
        elif case.citations:
            clusters = [_cluster(c) for c in final_citations(case.citations)]
        elif case.bibentries:
            wanted = [str(i) for i in case.bibentries[-1]]
            items = [by_id[i] for i in wanted]
        if case.citations:
            cited = [str(c["id"]) for entry in case.citations for c in entry[0]["citationItems"]]
            final = {c.id for cluster in clusters for c in cluster.cites}
            items = [by_id[i] for i in dict.fromkeys(cited) if i in final]
        if case.mode == "citation":
            if not clusters:  # all items, in the order of the bibliography
                clusters = [Cluster(cites=tuple(Cite(id=item.id) for item in Run(style, items, ()).order))]
            return "\n".join(style.render(items, clusters, output="html").clusters)
        made = style.render(items, clusters, output="html")
        lines = [f'  <div class="csl-entry">{entry.text}</div>' for entry in made.entries or ()]
        return "\n".join(['<div class="csl-bib-body">', *lines, "</div>"])


def _cluster(entry: dict[str, Any]) -> Cluster:
    properties = entry.get("properties") or {}
    return Cluster(cites=tuple(_cite(c) for c in entry["citationItems"]), note=int(properties.get("noteIndex") or 0))


def final_citations(edits: list[Any]) -> list[dict[str, Any]]:
    """The clusters of a document in their final order, from a list of edits [citation, before, after]."""
    by_id: dict[str, dict[str, Any]] = {}
    order: list[str] = []
    for citation, before, after in edits:
        by_id[citation["citationID"]] = citation
        order = [p[0] for p in before] + [citation["citationID"]] + [p[0] for p in after]
        for name, note in before + after:
            if name in by_id and note is not None:
                by_id[name].setdefault("properties", {})["noteIndex"] = note
    return [by_id[name] for name in order if name in by_id]


class Oracle:
    """Renders records of the news oracle."""

    name = "tearsheet"

    def render(
        self, style: str, locale: str | None, items: list[Any], clusters: list[Any] | None, fmt: str
    ) -> dict[str, Any]:
        """The bibliography and the clusters of one record."""
        ready = compiled(style, locale, compat=True)
        notes = ready.class_ == "note"
        rows = [_oracle_cluster(c, i if notes else 0) for i, c in enumerate(clusters or (), 1)]
        made = ready.render(items, rows, output=fmt)
        bib = [_entry(entry.text, fmt) for entry in made.entries or ()]
        return {"bib": bib, "cites": list(made.clusters)}


def _oracle_cluster(entry: dict[str, Any], note: int) -> Cluster:
    return Cluster(cites=tuple(_cite(c) for c in entry["items"]), note=note)


def _entry(text: str, fmt: str) -> str:
    return f'  <div class="csl-entry">{text}</div>\n' if fmt == "html" else text
