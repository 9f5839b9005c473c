"""What a page prints at its headline and below its text: genre, named column, page and edition of the printed paper."""

from functools import cache

from schemas.document import AWAY, CAPTION, LINKED
from service.parsing.kicker import LONGEST_LINE, every, in_case, read_headline, read_kicker
from service.parsing.page.candidate import WORD, Candidate
from service.parsing.page.view import View
from service.parsing.printed import LONGEST_NOTICE, may_be_printed, read_notice, read_printed

ABOVE, BELOW, BEHIND = 200, 300, 1500
"""Code points before and behind the headline, and behind the text, in which such lines stand."""


def find_kicker(view: View, place: tuple[int, int] | None) -> dict[str, Candidate]:
    """Genre and column of the headline at `place`, or of a line right before or behind it."""
    found: dict[str, Candidate] = {}
    if place is None:
        return found
    low, high = place
    rows = _rows(view, low - ABOVE, high + BELOW)
    lines = " ".join([row for _, row in rows if len(row) <= LONGEST_LINE]).casefold()
    if not _kicker_words().isdisjoint(WORD.findall(lines)) and any(read_kicker(row, above=True) for _, row in rows):
        rows = [(start, row) for start, row in rows if _beside_article(view, start)]
    else:
        rows = []
    above = max((start for start, _ in rows if start < low), default=-1)
    for start, row in ((low, view.text[low:high]), *rows):
        at_headline = start == low
        kicker = read_headline(row) if at_headline else read_kicker(row, above=start == above)
        for field, span in (("genre", kicker.genre), ("column", kicker.column)) if kicker else ():
            if span and field not in found:
                rule = "kicker of the headline" if at_headline else "kicker beside the headline"
                found[field] = _candidate(view, in_case(row[slice(*span)]), start, span, rule)
    return found


def find_printed(view: View, place: tuple[int, int] | None) -> dict[str, Candidate]:
    """Page and edition of a line at the headline, or of a sentence at the end of the text about the printed paper."""
    found: dict[str, Candidate] = {}
    end = view.body[1]
    near = _rows(view, place[0] - ABOVE, place[1] + BELOW) if place else []
    behind = _rows(view, end - LONGEST_NOTICE, end + BEHIND) if end >= 0 else []
    for start, row in (*near, *behind):
        if not may_be_printed(row):
            continue
        notice = read_notice(row)
        printed = notice or read_printed(row)
        if printed is None or (notice is None and printed.page_at is None) or not _beside_article(view, start):
            continue
        rule = "notice of the printed paper" if notice else "line of page and edition"
        for field, value, span in (
            ("page", printed.page, printed.page_at),
            ("edition", printed.edition, printed.edition_at),
        ):
            if value and span and field not in found:
                found[field] = _candidate(view, value, start, span, rule)
    return found


@cache
def _kicker_words() -> frozenset[str]:
    """The first words of genres and columns: most pages print none beside their headline."""
    phrases = (*every("genre"), *every("label"), *every("column"))
    return frozenset(WORD.findall(phrase)[0] for phrase in phrases)


def _rows(view: View, low: int, high: int) -> list[tuple[int, str]]:
    """The short rows that begin between two places."""
    numbers = view.numbers(low, high)
    starts, texts = view.row_starts, view.row_texts
    return [(starts[n], texts[n]) for n in numbers if 1 < len(texts[n]) <= LONGEST_NOTICE]


def _beside_article(view: View, start: int) -> bool:
    """Whether the row that begins here is no part of menus, comments, captions or lists of links."""
    index = view.at(start)
    if index < 0:
        return True
    if view.bits[index] & (AWAY | CAPTION):
        return False
    return not (view.bits[index] & LINKED and "li" in (view.elements[index].tag, _parent_tag(view, index)))


def _parent_tag(view: View, index: int) -> str:
    parent = view.elements[index].parent
    return view.elements[parent].tag if parent >= 0 else ""


def _candidate(view: View, value: str, start: int, span: tuple[int, int], rule: str) -> Candidate:
    low, high = start + span[0], start + span[1]
    return Candidate(value, "dom", rule, 0.8, view.at(low), view.text[low:high], low, high)
