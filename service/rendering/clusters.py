"""Clusters of cites: positions, order, affixes, grouping, narrative form (CSL 1.0.2, “Citation”, “Cite Grouping”,
“Choose”: position; “Disambiguation” for what a cite shows is decided before).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from schemas.citation import Cite, Cluster
from service.rendering.collapsing import Segment, joined
from service.rendering.items import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT, Context, Item
from service.rendering.marks import plain
from service.rendering.people import ROMANESQUE
from service.rendering.sorting import SortValues, sort_order

if TYPE_CHECKING:
    from service.rendering.processor import Run

_WORD_START = re.compile(rf"[&{ROMANESQUE}\[(]")
_NEEDS_SPACE = re.compile(rf"[.;:&{ROMANESQUE}!?)\],0-9]$")
_ENDS_SENTENCE = re.compile(r"[:.;!?]$")
_BLANKS = re.compile(r"\s+")
_EDGE = re.compile(r"<[^>]+>|[\"'\u201d\u2019\u00bb\u202f\u00a0 ]+$")


@dataclass(slots=True)
class Placed:
    """A cite where it stands: its item, its position and what that refers back to."""

    cite: Cite
    item: Item
    position: int = FIRST
    near: bool = False
    first_note: int = 0


class Clusters:
    """All clusters of one run."""

    def __init__(self, run: "Run", clusters: Sequence[Cluster]) -> None:
        self.run = run
        self.clusters = clusters
        self.placed: list[list[Placed]] = []
        self.cited: list[str] = []
        for cluster in clusters:
            row = []
            for cite in cluster.cites:
                item = run.items.get(cite.id)
                if item is None:
                    run.missing.append(cite.id)
                else:
                    row.append(Placed(cite, item))
                    self.cited.append(cite.id)
            self.placed.append(row)

    def arrange(self) -> None:
        """Sort the cites of each cluster, then give each its position in the document."""
        for i, row in enumerate(self.placed):
            if len(row) > 1:
                self.placed[i] = self._sorted(row)
        self._positions()

    def _sorted(self, row: list[Placed]) -> list[Placed]:
        """The cites of one cluster in order, those of the same authors drawn together (CSL 1.0.2, “Cite Grouping”)."""
        layout, collator = self.run.style.citation, self.run.style.collator
        grouping = layout.collapse in ("year", "year-suffix", "year-suffix-ranged") or bool(layout.group_delimiter)
        if layout.sort:
            values = [SortValues(layout.sort, partial(self.run.context, p.item, "citation"), collator) for p in row]
            order = sort_order(layout.sort, values)
            row = [row[j] for j in order]
        elif self.run.style.compat:
            grouping = False  # citeproc-js groups where it sorts only
        if not grouping:
            return row
        groups: dict[str, list[int]] = {}
        for number, placed in enumerate(row):
            cx = self.run.context(placed.item, "citation")
            cx.position, cx.looking = SUBSEQUENT, True
            self.run.style.citation.render(cx)
            groups.setdefault(cx.first_names or f"\0{number}", []).append(number)
        places = list(groups.values())
        if layout.sort and self.run.style.compat:  # citeproc-js sorts by authors first, then groups by the first key
            by_name = sorted(groups, key=lambda names: collator(plain(names)))
            places = [groups[names] for names in by_name]
            firsts = [values[order[members[0]]] for members in places]
            places = [places[i] for i in sort_order(layout.sort[:1], firsts)]
        return [row[i] for members in places for i in members]

    def _positions(self) -> None:
        """CSL 1.0.2, “Choose”: position; notes and the running text are followed apart."""
        in_text = [j for j, cluster in enumerate(self.clusters) if not cluster.note]
        in_notes = [j for j, cluster in enumerate(self.clusters) if cluster.note]
        for places in (in_text, in_notes):
            self._follow(places)

    def _follow(self, places: list[int]) -> None:
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        per_note: dict[int, int] = {}
        distance = self.run.style.citation.near_note_distance
        before: list[Placed] = []
        note_before = 0
        for j in places:
            row, note = self.placed[j], self.clusters[j].note
            if note_before > note:  # numbering starts again, in a new chapter
                first, last, per_note = {}, {}, {}
            per_note[note] = per_note.get(note, 0) + len(row)
            for k, placed in enumerate(row):
                name = placed.item.id
                if name not in last:
                    first[name] = last[name] = note
                    continue
                previous = row[k - 1] if k else _one_before(before, placed, note_before, note, per_note)
                if k and previous is not None and previous.item is not placed.item:
                    previous = None
                placed.position = _repeated(previous, placed)
                if first[name] != note:
                    placed.first_note = first[name]
                placed.near = not note or note - last[name] <= distance
                last[name] = note
            before, note_before = row, note

    def texts(self) -> Iterator[str]:
        """Each cluster as marked text."""
        for cluster, row in zip(self.clusters, self.placed, strict=True):
            yield self._narrative(row) if cluster.mode == "narrative" else self._cluster(row)

    def _context(self, placed: Placed) -> Context:
        cx = self.run.context(placed.item, "citation")
        cx.locator = (placed.cite.locator or "").strip()
        cx.label = placed.cite.label or ""
        cx.position, cx.near, cx.first_note = placed.position, placed.near, placed.first_note
        return cx

    def _cluster(self, row: list[Placed]) -> str:
        layout = self.run.style.citation
        if row and row[0].cite.author_only:
            return self._author(row[0]) or self._empty()
        segments: list[Segment] = []
        collapsed = False
        before: Segment | None = None
        for placed in row:
            segment = self._segment(placed, before, collapsed)
            collapsed = segment.collapsed
            before = segment
            if segment.text:
                segments.append(segment)
        text = joined(segments, layout)
        if not text:
            return self._empty()
        suffix = layout.suffix
        if suffix[:1] in tuple(".;:!?") and self.run.style.compat:
            suffix = suffix[:1]
        text = layout.cat(layout.cat(layout.prefix, text), suffix)
        return layout.format(text) if layout.format else text

    def _empty(self) -> str:
        return "[NO_PRINTED_FORM]" if self.run.style.compat else ""

    def _segment(self, placed: Placed, before: Segment | None, was_collapsed: bool) -> Segment:
        """One cite with its affixes and the delimiter that stands before it."""
        layout, cite = self.run.style.citation, placed.cite
        cx = self._context(placed)
        cx.collapsed = bool(layout.collapse)
        cx.suppress_names = cite.suppress_author
        if before is not None and (layout.collapse or layout.group_delimiter):
            cx.last_names, cx.last_years = before.names, before.years
        read = self.run.style.quotes.read
        prefix = self._spaced_prefix(read(cite.prefix)) if cite.prefix else ""
        if prefix:
            bare = _EDGE.sub("", cite.prefix or "")
            cx.seen = not (_ENDS_SENTENCE.search(bare) and " " in prefix.strip())
        elif before is not None:
            cx.seen = True
        text = layout.render(cx)
        if cx.first_names is not None and cx.first_names != cx.last_names:
            cx.collapsed = False
        if not text and not placed.cite.suppress_author and not (prefix and self.run.style.compat):
            return Segment("", "", cx.first_names, cx.years, collapsed=cx.collapsed)
        number, only = (
            (cx.counted, cx.hits == 1) if layout.collapse == "citation-number" else (cx.suffix, cx.suffix_only)
        )
        text = layout.cat(prefix, text) if prefix else text
        if cite.suffix:
            suffix = read(cite.suffix)
            text = layout.cat(text, " " + suffix if _WORD_START.match(suffix) else suffix)
        delimiter = ""
        if before is not None:
            delimiter = self._delimiter(cx, before, was_collapsed)
            delimiter = _trimmed(delimiter, before.cite_suffix, cite)
        return Segment(
            text,
            delimiter,
            cx.first_names,
            cx.years,
            collapsed=cx.collapsed,
            number=number,
            only=only and not cite.suffix,
            open_start=not cite.prefix,
            open_end=not cite.suffix,
            located=bool(cx.locator),
            cite_suffix=cite.suffix or "",
        )

    def _spaced_prefix(self, prefix: str) -> str:
        bare = _EDGE.sub("", prefix)
        return _BLANKS.sub(" ", prefix + (" " if _NEEDS_SPACE.search(bare) else ""))

    def _delimiter(self, cx: Context, before: Segment, was_collapsed: bool) -> str:
        """CSL 1.0.2, “Cite Collapsing”: cite-group-delimiter, year-suffix-delimiter, after-collapse-delimiter."""
        layout = self.run.style.citation
        if cx.suffix_only and layout.collapse in ("year-suffix", "year-suffix-ranged"):
            if layout.year_suffix_delimiter is not None:
                return layout.year_suffix_delimiter
            return layout.group_delimiter or layout.delimiter
        same = cx.first_names is not None and cx.first_names == before.names and bool(before.names)
        if layout.after_collapse_delimiter is not None:
            fresh = not cx.collapsed
            if before.located or (was_collapsed and fresh) or (fresh and layout.collapse != "year-suffix"):
                return layout.after_collapse_delimiter
            return layout.delimiter
        if same and layout.group_delimiter is not None:
            return layout.group_delimiter
        if (
            cx.collapsed
            and layout.collapse
            and layout.collapse != "citation-number"
            and self.run.style.class_ != "note"
        ):
            return ", "
        return layout.delimiter

    def _author(self, placed: Placed) -> str:
        """The authors of a cite as the running text names them."""
        cx = self._context(placed)
        cx.locator = ""
        layout = self.run.style.citation
        layout.render(cx)
        return cx.first_names or cx.substituted

    def _narrative(self, row: list[Placed]) -> str:
        """“Lee (2023)”: the authors in the text, the rest of the cite after them."""
        if not row:
            return self._empty()
        names = self._author(row[0]) or self.run.authors_of(row[0].item)
        if not names:
            return self._cluster(row)
        rest = []
        for i, placed in enumerate(row):
            cite = placed.cite
            if not i:
                fields = {name: getattr(cite, name) for name in cite.__struct_fields__}
                cite = Cite(**{**fields, "suppress_author": True, "author_only": False})
            rest.append(Placed(cite, placed.item, placed.position, placed.near, placed.first_note))
        text = self._cluster(rest)
        if not text or text == "[NO_PRINTED_FORM]":
            return names
        superscript = self.run.style.superscript_cites
        return names + text if superscript else self.run.style.citation.cat(names, " ") + text


def _one_before(
    before: list[Placed], placed: Placed, note_before: int, note: int, per_note: dict[int, int]
) -> Placed | None:
    """The cite of the cluster before that “ibid.” would refer to: the same item, alone in its note, just before."""
    if not before:
        return None
    if note_before != note:
        ours = before[0].item is placed.item and note_before >= note - 1 and per_note.get(note_before) == 1
        return before[0] if ours else None
    return before[0] if before[-1].item is placed.item else None


def _repeated(previous: Placed | None, placed: Placed) -> int:
    """The position of a cite whose item was cited before."""
    if previous is None:
        return SUBSEQUENT
    old = (previous.cite.locator or "", previous.cite.label or "") if previous.cite.locator else None
    new = (placed.cite.locator or "", placed.cite.label or "") if placed.cite.locator else None
    if old and not new:
        return SUBSEQUENT
    return IBID if old == new else IBID_WITH_LOCATOR


def _trimmed(delimiter: str, suffix_before: str, cite: Cite) -> str:
    """No second punctuation mark where a cite's own affix has one."""
    if suffix_before and suffix_before[-1] in ";.,":
        return " " if " " in delimiter else ""
    if not suffix_before and cite.prefix and cite.prefix[0] in ";.,":
        return ""
    return delimiter
