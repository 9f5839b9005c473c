"""What rendering gives back: one citation in all its forms, or a bibliography; and the clusters it is asked for."""

from typing import Any, Literal

from schemas.base import Base
from schemas.evidence import Warning

Output = Literal["text", "html", "markdown", "rtf", "latex", "runs"]


class Cite(Base, frozen=True, kw_only=True, rename="kebab"):
    """One cite of a cluster, in citeproc-js's names."""

    id: str
    locator: str | None = None
    label: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    suppress_author: bool = False
    author_only: bool = False


class Cluster(Base, frozen=True, kw_only=True):
    """Cites that stand together in one place of a text (CSL: citation), in document order.

    `note` is the number of the footnote, 0 for the running text. `mode` narrative gives “Lee (2023)”.
    """

    cites: tuple[Cite, ...]
    note: int = 0
    mode: Literal["parenthetical", "narrative"] = "parenthetical"


class Entry(Base, frozen=True, kw_only=True):
    """One rendered entry of a bibliography: the id of its item and its text in the output asked for."""

    id: str
    text: Any


class Rendering(Base, frozen=True, kw_only=True):
    """All that one call of the processor gives: entries in the style's order, clusters in document order."""

    entries: tuple[Entry, ...] | None = None
    clusters: tuple[Any, ...] = ()
    hanging_indent: bool = False
    second_field_align: str | None = None
    entry_spacing: int = 1
    line_spacing: int = 1
    max_offset: int = 0
    warnings: tuple[Warning, ...] = ()


class InText(Base, frozen=True, kw_only=True):
    """The two ways to cite in running text: (Lee, 2023) and Lee (2023)."""

    parenthetical: str
    narrative: str


class Citation(Base, frozen=True, kw_only=True):
    """One article's citation, whole. Forms that the style does not have are absent."""

    style: str
    locale: str
    entry: str | None = None
    in_text: InText | None = None
    note: str | None = None
    short_note: str | None = None
    item: dict[str, Any]
    warnings: tuple[Warning, ...] = ()


class Bibliography(Base, frozen=True, kw_only=True):
    """Several articles' citations in the style's order."""

    style: str
    locale: str
    entries: tuple[Citation, ...]
    warnings: tuple[Warning, ...] = ()
