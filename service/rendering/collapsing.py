"""Cites put together, runs of numbers and year suffixes drawn into ranges (CSL 1.0.2, “Cite Collapsing”)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.rendering.layout import Layout


@dataclass(slots=True)
class Segment:
    """One cite as it prints in its cluster.

    `number` is its citation number or year suffix where those collapse, and `only` tells that nothing else is printed.
    A range may begin with a cite that has a prefix (“see 2–4”), and must end before the next one.
    """

    text: str
    delimiter: str
    names: str | None
    years: list[str] = field(default_factory=list)
    collapsed: bool = False
    number: int = 0
    only: bool = False
    open_start: bool = True
    open_end: bool = True
    located: bool = False
    cite_suffix: str = ""


def joined(segments: Sequence[Segment], layout: "Layout") -> str:
    """All segments of a cluster as one text."""
    if not segments:
        return ""
    ranges = layout.collapse in ("citation-number", "year-suffix-ranged")
    text = segments[0].text
    i = 1
    while i < len(segments):
        end = _run_end(segments, i - 1, layout) if ranges else i - 1
        if end >= i + 1:
            text = layout.cat(text + layout.range_delimiter, segments[end].text)
            i = end + 1
            continue
        segment = segments[i]
        text = layout.cat(layout.cat(text, segment.delimiter), segment.text)
        i += 1
    return text


def _run_end(segments: Sequence[Segment], start: int, layout: "Layout") -> int:
    """The last of the segments from `start` on whose numbers follow one another."""
    first = segments[start]
    if not first.number or not first.open_end or (layout.collapse == "citation-number" and not first.only):
        return start
    end = start
    while end + 1 < len(segments):
        following = segments[end + 1]
        if not (following.only and following.open_start) or following.number != segments[end].number + 1:
            break
        end += 1
        if not following.open_end:
            break
    return end
