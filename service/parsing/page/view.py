"""A page seen for parsing: what each element's markup says about it, and the few questions every field asks."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from operator import attrgetter

from schemas.document import (
    ARTICLE,
    AWAY,
    BODY,
    BREADCRUMB,
    CAPTION,
    COMMENT,
    ENDING,
    FIGURE,
    FLAT,
    FURNITURE,
    LINKED,
    NAVIGATION,
    Document,
    Element,
    Page,
)

INHERITED = COMMENT | BREADCRUMB | NAVIGATION | FURNITURE | CAPTION | ARTICLE | FIGURE | BODY | LINKED
FRONT = re.compile(r"(?:https?:)?(?://[^/?#]+)?/?")
"""The address of a front page."""
LARGE = 0.45
"""An element that holds this share of the text is the page itself, whatever its class says."""


class View:
    """One document under work. Holds nothing that outlives the call."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.page: Page = document.page or Page()
        self.text = document.text
        self.elements = self.page.elements
        self.own = [0] * len(self.elements)
        # One more than there are elements: that of the parent of those that have none, whose index is -1.
        self.bits = [0] * (len(self.elements) + 1)
        self.starts = list(map(attrgetter("start"), self.elements))
        self.said: list[int] = []
        self.tagged: defaultdict[str, list[int]] = defaultdict(list)
        self.metas: dict[str, list[str]] = {}
        for meta in self.page.metas:
            self.metas.setdefault(meta.name, []).append(meta.value)
        self.canonical = next((row.value for row in self.page.links if row.name == "canonical"), "") or ""
        self.flat = [index for index, element in enumerate(self.elements) if element.says & FLAT]
        self.mark()

    def mark(self) -> None:
        """Set the bits of every element: its own, and those it inherits.

        `said` lists the elements with bits of their own and `tagged` those of each tag, so that no field needs to walk
        over all the others.
        """
        own, bits, spoken, tagged = self.own, self.bits, self.said, self.tagged
        large, long = LARGE * len(self.text), min(1500, 0.2 * len(self.text))
        for index, element in enumerate(self.elements):
            said, tag = element.says, element.tag
            tagged[tag].append(index)
            inherited = bits[element.parent] & INHERITED
            if said and not said & FLAT:
                size = element.end - element.start
                if size > large or tag == "body":
                    said &= ARTICLE | BODY
                elif said & (ARTICLE | BODY) and size > long:
                    said, inherited = said & ~FURNITURE, inherited & ~FURNITURE
                elif said & ENDING and inherited & ARTICLE:
                    said &= ~FURNITURE
            if said:
                spoken.append(index)
                own[index] = said
            bits[index] = said | inherited

    @cached_property
    def rows(self) -> list[tuple[int, str]]:
        """The lines of the text, each with its place; a flat box is one of them."""
        return list(zip(self.row_starts, self.row_texts, strict=True))

    @cached_property
    def body(self) -> tuple[int, int]:
        """Where the running text starts and ends: the paragraphs of the box that holds most; (-1, -1) if none."""
        weight: dict[int, float] = {}
        paragraphs: list[tuple[int, int, int]] = []
        for index in sorted(index for tag in ("p", "div", "span", "section") for index in self.tagged[tag]):
            element = self.elements[index]
            size = element.end - element.start
            if size < 60 or self.bits[index] & (AWAY | CAPTION):
                continue
            if element.tag != "p" and (size > 4000 or "\n" in self.text[element.start : element.start + 60]):
                continue
            if element.tag != "p" and (size < 140 or (paragraphs and paragraphs[-1][1] >= element.end)):
                continue
            if self.holds_flat(index):
                continue
            paragraphs.append((element.start, element.end, index))
            parent = element.parent
            if parent >= 0:
                weight[parent] = weight.get(parent, 0.0) + size
                above = self.elements[parent].parent
                if above >= 0:
                    weight[above] = weight.get(above, 0.0) + 0.6 * size
        if not weight:
            return -1, -1
        box = max(weight, key=lambda k: weight[k])
        inside = [(start, end) for start, end, index in paragraphs if self.within(index, box)]
        long = [start for start, end in inside if end - start > 100] or [start for start, _ in inside]
        return min(long), max(end for _, end in inside)

    def release(self, index: int) -> None:
        """The headline is found: boxes around it are no furniture, captions or comments, whatever their class says."""
        top = -1
        while index >= 0:
            if self.own[index] & (AWAY | CAPTION | LINKED):
                self.own[index] &= ~(AWAY | CAPTION)
                top = index
            index = self.elements[index].parent
        if top < 0:
            return
        for n in range(top, self.elements[top].last + 1):
            parent = self.elements[n].parent
            self.bits[n] = self.own[n] | (self.bits[parent] & INHERITED if parent >= 0 else 0)

    def words(self, index: int) -> str:
        """An element's text in one line."""
        element = self.elements[index]
        return self.text[element.start : element.end].replace("\n", " ")

    def lines(self, index: int) -> list[str]:
        """An element's text, line by line."""
        element = self.elements[index]
        return self.text[element.start : element.end].split("\n")

    def at(self, position: int) -> int:
        """The innermost element that holds a place of the text, -1 where none does."""
        index = bisect_right(self.starts, position) - 1
        while index >= 0 and self.elements[index].end <= position:
            index -= 1
        return index

    def path(self, index: int) -> str:
        """A CSS-like path: the element and its two nearest ancestors, with their first class or id."""
        steps: list[str] = []
        while index >= 0 and len(steps) < 3:
            element = self.elements[index]
            steps.append(element.tag + mark_of(element))
            index = element.parent
        return " > ".join(reversed(steps))[:300]

    def within(self, inner: int, outer: int) -> bool:
        """Is one element inside the other (or the same)?"""
        return outer <= inner <= self.elements[outer].last

    def holds_flat(self, index: int) -> bool:
        """Does an element hold a flat box? Its text is then no paragraph, though it may be one line."""
        n = bisect_left(self.flat, index)
        return n < len(self.flat) and self.flat[n] <= self.elements[index].last

    def meta(self, *names: str) -> str | None:
        """The first value of the first of these meta names that has one."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value.strip():
                    return value
        return None

    def first_metas(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Of these meta names those that the page has, in their order, each with its first value."""
        metas = self.metas
        return [(name, metas[name][0]) for name in names if name in metas]

    @cached_property
    def alike(self) -> dict[int, list[int]]:
        """The elements with bits of their own, those that say the same together: a page has few kinds of them."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for index in self.said:
            found[self.own[index]].append(index)
        return found

    def called(self, signs: int) -> list[int]:
        """The elements whose own markup says one of some things, in order; boxes of a headline may not any more."""
        return sorted([index for bits, same in self.alike.items() if bits & signs for index in same])

    @cached_property
    def row_texts(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @cached_property
    def row_starts(self) -> list[int]:
        """Where each of them begins."""
        return list(accumulate([len(row) + 1 for row in self.row_texts[:-1]], initial=0))

    def number(self, position: int) -> int:
        """The number of the row that holds a place."""
        return bisect_right(self.row_starts, position) - 1

    def numbers(self, low: int, high: int) -> range:
        """The numbers of the rows that begin between two places."""
        return range(bisect_left(self.row_starts, low), bisect_right(self.row_starts, high))


def mark_of(element: Element) -> str:
    """`#id` or `.class`, the first that there is."""
    for name, sign in (("itemprop", "[itemprop={}]"), ("class", ".{}"), ("id", "#{}")):
        value = (element.attributes.get(name) or "").split()
        if value:
            return sign.format(value[0])
    return ""
