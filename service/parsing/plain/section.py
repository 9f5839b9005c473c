"""The breadcrumb of a copied page: Home > National > North Korea."""

import re
from functools import cache

from msgspec import Struct

from service.parsing.plain.headline import HeadlineFound
from service.parsing.plain.layout import Layout, Line, fold, is_furniture
from service.tables import read_table


class Crumbs(Struct, frozen=True):
    """The steps of a breadcrumb without its first page, and where they stand."""

    steps: tuple[str, ...]
    start: int
    end: int
    confidence: float


class FirstPages(Struct, frozen=True):
    """The part of data/furniture.toml that names a site's first page and what stands before a breadcrumb."""

    first_page: tuple[str, ...]
    you_are_here: tuple[str, ...]


_STEP = re.compile(r"\s*[>›»→❯▸]\s*")
_STEPS = re.compile(r"[>›»→/|·]")
_SLASH = re.compile(r"\s+/\s+|\s+\|\s+|\s+·\s+|\s+::\s+")


_DIGIT = re.compile(r"[0-9|@:]")
_DOMAIN = re.compile(r"\.[a-zA-Z]{2,4}$")


@cache
def _first_pages() -> tuple[frozenset[str], tuple[str, ...]]:
    words = read_table("furniture.toml", FirstPages)
    return frozenset(words.first_page), words.you_are_here


def find_section(layout: Layout, headline: HeadlineFound | None) -> Crumbs | None:
    """The breadcrumb above or beside the headline; a line of steps elsewhere only if it opens with the first page."""
    end = max(layout.first + 2, headline.line + 3 if headline else 0)
    for line in layout.lines[: min(end, len(layout.lines))]:
        if len(line.text) > 200 or not (_STEPS.search(line.text) or "::" in line.text):
            continue
        if ">" in line.text or "›" in line.text or "»" in line.text or "→" in line.text:
            steps = _STEP.split(line.text)
            home_needed = False
        else:
            steps = _SLASH.split(line.text)
            home_needed = True
        if not 2 <= len(steps) <= 8:
            continue
        crumbs = _clean(steps, headline, home_needed=home_needed)
        near = headline is not None and abs(line.index - headline.line) <= 12
        if crumbs and (near or fold(steps[0]) in _first_pages()[0]):
            return Crumbs(crumbs, line.start, line.end, 0.9 if near else 0.7)
    return _above(layout, headline) if headline else None


def _above(layout: Layout, headline: HeadlineFound) -> Crumbs | None:
    """Short lines right above the headline that the menu has too: World / USA / Politics, or one in each line."""
    menu = layout.times
    found: list[Line] = []
    for line in reversed(layout.lines[max(0, headline.line - 4) : headline.line]):
        steps = [s for s in _SLASH.split(line.text) if s]
        if not found and len(steps) > 1 and len(line.text) < 80 and any(menu[fold(s)] for s in steps):
            crumbs = tuple(s for s in steps if not _is_site(s))
            return Crumbs(crumbs, line.start, line.end, 0.7) if crumbs and not _DIGIT.search(line.text) else None
        known = menu[layout.keys[line.index]] > 1 and not is_furniture(line.text)
        if known and 2 <= len(line.text) <= 32 and len(line.text.split()) <= 4 and not _DIGIT.search(line.text):
            found.append(line)
        elif found or headline.line - line.index > 2:
            break
    steps = [line.text for line in reversed(found) if layout.keys[line.index] not in _first_pages()[0]]
    if not steps or len(steps) > 3:
        return None
    return Crumbs(tuple(steps), found[-1].start, found[0].end, 0.6)


def _is_site(step: str) -> bool:
    """Whether a step is the site itself (SN.AT) or its first page."""
    return fold(step) in _first_pages()[0] or bool(_DOMAIN.search(step))


def _clean(steps: list[str], headline: HeadlineFound | None, *, home_needed: bool) -> tuple[str, ...]:
    homes, openings = _first_pages()
    bare = [s.strip(" :/|·") for s in steps]
    first = fold(bare[0]) if bare else ""
    for opening in openings:
        if first.startswith(opening):
            first = first[len(opening) :].strip(" :")
            bare[0] = bare[0][len(opening) :].strip(" :")
    home = first in homes
    if home_needed and not home:
        return ()
    kept = [s for s in (bare[1:] if home or not bare[0] else bare) if s]
    if (
        headline
        and kept
        and (fold(kept[-1]).rstrip(".… ") in fold(headline.text) or fold(headline.text) in fold(kept[-1]))
        and len(kept[-1]) > 25
    ):
        kept.pop()
    if not kept or any(len(s) > 50 for s in kept):
        return ()
    return tuple(kept)
