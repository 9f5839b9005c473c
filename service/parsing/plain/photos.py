"""Pictures of a copied page: captions and credits, each picture once."""

import re

from msgspec import Struct

from schemas.article import Photo
from service.parsing.credit import Credit, may_hold_credit, read_credit
from service.parsing.plain.headline import HeadlineFound
from service.parsing.plain.layout import Layout, Line, fold, is_footer, is_furniture
from service.parsing.sources import names_source


class PhotoFound(Struct):
    """A picture, its credit as read, and the offsets of caption and credit in the text."""

    photo: Photo
    credit: Credit
    caption_at: tuple[int, int] | None
    credit_at: tuple[int, int]


MOST_PHOTOS, MOST_LINES = 60, 2000


_NOTICE = re.compile(
    r"©\s*(?:copyright\s*)?(?:19|20)\d\d|\(c\)\s*(?:19|20)\d\d|(?:19|20)\d\d\s*(?:©|\(c\))|copyright\s*(?:©|\(c\))?\s*(?:19|20)\d\d|reserved|vorbehalten|réservés|reservados",
    re.IGNORECASE,
)
_NOTICE_WORDS = ("©", "(c)", "copyright", "reserv", "réserv", "vorbehalten")


def find_photos(
    layout: Layout, headline: HeadlineFound | None, taken: set[int], language: str | None
) -> list[PhotoFound]:
    """The article's pictures in order. `taken` are lines that are headline or byline."""
    lines = layout.lines
    if not lines:
        return []
    begin = max(0, min(layout.first, headline.line if headline else layout.first) - 14)
    end = min(len(lines), layout.last + 4)
    found: list[PhotoFound] = []
    seen: dict[tuple[str, str], int] = {}
    for line in lines[begin : min(end, begin + MOST_LINES)]:
        if line.index in taken or len(line.text) > 1500:
            continue
        if not may_hold_credit(line.text, labelled=_deep_inside(line, layout)):
            continue
        if is_furniture(line.text) or _is_notice(line.text) or is_footer(line.text):
            continue
        if line.index > layout.first and names_source(line.text) and not line.paragraph and line.index >= layout.last:
            continue  # of the text
        credit = read_credit(line.text, language)
        if credit is None or not _belongs(credit, line, layout):
            continue
        caption, at = _caption(credit, line, layout, taken)
        key = (fold(credit.credit), fold(caption or "")[:120])
        if key in seen or (not caption and any(k[0] == key[0] for k in seen)):
            continue
        bare = next((k for k in seen if k[0] == key[0] and not k[1]), None)
        seen[key] = len(found)
        photo = PhotoFound(_photo(credit, caption), credit, at, (line.start + credit.start, line.start + credit.end))
        if bare is not None:  # the same credit stood alone before: one picture
            found[seen.pop(bare)] = photo
            seen[key] = found.index(photo)
            continue
        found.append(photo)
        if len(found) >= MOST_PHOTOS:
            break
    return found


def _is_notice(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _NOTICE_WORDS) and _NOTICE.search(text) is not None


def _deep_inside(line: Line, layout: Layout) -> bool:
    """Whether a line is a long paragraph of the story, which only a labelled credit can end."""
    return line.weight > 420 and line.paragraph and layout.first < line.index < layout.last


def _belongs(credit: Credit, line: Line, layout: Layout) -> bool:
    """Whether a credit is one: not the end of a body paragraph, and short enough for its kind."""
    words = len(credit.credit.split())
    known = bool(credit.agencies or credit.photographers)
    if words > 14 or len(credit.credit) > 140:
        return False
    if _deep_inside(line, layout) and not (credit.labelled and known):
        return False
    if line.listed and not known:
        return False
    return known or credit.labelled or words <= 6


def _caption(credit: Credit, line: Line, layout: Layout, taken: set[int]) -> tuple[str | None, tuple[int, int] | None]:
    """The caption in the same line, else the line before where that is one."""
    if credit.caption and len(credit.caption) > 3:
        start = line.start + line.text.index(credit.caption[:40])
        return credit.caption[:20_000], (start, start + len(credit.caption))
    if line.index and line.index - 1 not in taken and credit.start < 20:
        before = layout.lines[line.index - 1]
        body = layout.first <= before.index <= layout.last and before.weight > 380
        if 25 <= before.weight <= 500 and not before.listed and not body and not is_furniture(before.text):
            own = read_credit(before.text) if may_hold_credit(before.text) else None
            if own is None and (not before.gap or not line.gap):
                return before.text, (before.start, before.end)
    if line.index + 1 < len(layout.lines) and len(credit.credit) >= len(line.text) - 12:
        after = layout.lines[line.index + 1]  # the credit above its caption
        ended = after.text[-1] in ".!?:"
        if 25 <= after.weight <= 220 and not after.gap and not ended and after.index not in taken and not after.listed:
            return after.text, (after.start, after.end)
    return None, None


def _photo(credit: Credit, caption: str | None) -> Photo:
    return Photo(
        caption=caption,
        credit=credit.credit,
        photographers=credit.photographers,
        agencies=tuple(a.name for a in credit.agencies),
        distributor=credit.distributor,
    )
