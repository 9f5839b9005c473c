"""The headline of a copied page: hardly ever the first line; found by where it stands, its form, and agreement.

Each line of headline length gets features (repetition, distance to the body, what follows it, how many of its words the
body uses, its form); a weighted sum (data/weights.json, fitted on pages and kept small) ranks them.
"""

import math
import re
from collections import Counter
from functools import cache

from msgspec import Struct

from service.parsing.layout import Layout, Line, fold, is_footer, is_furniture, opens_related
from service.tables import read_table


class HeadlineFound(Struct):
    """A headline, the lines that print it, and the odds that it is the right one."""

    text: str
    start: int
    end: int
    line: int
    lines: tuple[int, ...]
    confidence: float


class Weights(Struct, frozen=True):
    """One row of data/weights.json."""

    names: tuple[str, ...]
    values: tuple[float, ...]
    bias: float


@cache
def weights(name: str) -> Weights:
    """The fitted weights of one chooser."""
    return read_table("weights.json", dict[str, Weights])[name]


_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
_ENDS = re.compile(r"[.,;:]$|\.\.\.$|…$")
_PERIOD = re.compile(r"[.!?…。]$")
_CREDIT = re.compile(r"^[(\[]?(?:foto|photo|bild|image|quelle|credit|©|copyright|source|picture|crédit|fuente|bildquelle)", re.IGNORECASE)
_ADDRESS = re.compile(  # speaks to the reader of the site, as controls and notices do
    r"\b(?:your|you're|become a|sign up|log in|subscribe|ihre?n?|deine?n?|klicken|anmelden|registrier|abonnier|cookies?|javascript"
    r"|newsletter|votre|vos|su cuenta|suscr|continue reading|weiterlesen|kommentar)",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[|–—·»-]\s+\S[^|–—·»]{1,40}$|\s\|\s")
_KICKER = re.compile(r"^[^:|]{3,40}\s:\s")
_NO_HEADLINE = re.compile(r"https?://|www\.|@\w|\[[0-9]+\]|[{}<>]|^[\d\W]+$")

NAMES = (
    "repeated", "repeated_more", "in_longer_line", "listed", "before_0_2", "before_3_6", "before_7_15", "before_16_40",
    "before_far", "in_body_early", "in_body", "after_body", "overlap", "overlap_high", "short", "longish", "very_long",
    "few_words", "ends_low", "question", "site_suffix", "colon", "byline_next", "date_next", "date_near", "date_before",
    "paragraph_next", "menu_around", "gap_before", "gap_after", "furniture", "footer_or_url", "related_before",
    "first_line", "lower_start", "upper", "after_headline_twin", "dated", "section_like", "lead_in_body",
    "byline_here", "credit_here", "sentence_before", "subtitle_next", "longer_next", "apostrophe_you",
)  # fmt: skip


def find_headline(layout: Layout, dated: set[int], bylined: set[int]) -> HeadlineFound | None:
    """The best line. `dated` and `bylined` are the indices of lines that hold a date or look like a byline."""
    rows = candidates(layout, dated, bylined)
    if not rows:
        return None
    chosen = weights("headline")
    scored = [(sum(v * w for v, w in zip(row, chosen.values, strict=True)) + chosen.bias, line) for line, row in rows]
    score, line = max(scored, key=lambda s: (s[0], -s[1].index))
    key = fold(line.text)
    twins = tuple(other.index for _, other in scored if fold(other.text) == key)
    rivals = sum(math.exp(min(s - score, 0)) for s, other in scored if fold(other.text) != key)
    return HeadlineFound(line.text, line.start, line.end, line.index, twins, round(min(0.98, 1 / (1 + 0.5 * rivals)), 2))


def candidates(layout: Layout, dated: set[int], bylined: set[int]) -> list[tuple[Line, tuple[float, ...]]]:
    """Lines that could be a headline, with their features in the order of NAMES."""
    lines, first, last = layout.lines, layout.first, layout.last
    if not lines:
        return []
    end = min(len(lines), first + max(6, (last - first) // 2) + 1)
    begin = max(0, first - 120)
    pool = [line for line in (*lines[: min(begin, 4)], *lines[begin:end]) if 8 <= line.weight <= 260 and not _NO_HEADLINE.search(line.text)]
    body = [line.text for line in lines[first : last + 1] if line.paragraph]
    spoken = Counter(w.casefold() for text in body[:60] for w in _WORD.findall(text))
    count = Counter(fold(line.text) for line in lines if line.weight <= 260)
    heads = [fold(line.text) for line in lines if 20 <= line.weight <= 320]
    return [(line, _features(line, layout, spoken, count, heads, dated, bylined)) for line in pool]


def _features(
    line: Line, layout: Layout, spoken: Counter[str], count: Counter[str], heads: list[str], dated: set[int], bylined: set[int]
) -> tuple[float, ...]:
    lines, first, last, i = layout.lines, layout.first, layout.last, line.index
    text, key = line.text, fold(line.text)
    times = count[key]
    inside = line.weight >= 20 and any(len(key) < len(head) <= len(key) + 60 and key in head for head in heads)
    before = first - i
    words = {w.casefold() for w in _WORD.findall(text)}
    hits = sum(spoken.get(w, 0) > 0 for w in words)
    overlap = hits / len(words) if words else 0.0
    many = text.split()
    ahead, behind = range(i + 1, min(len(lines), i + 6)), range(max(0, i - 4), i)
    ahead = range(i + 1, min(len(lines), i + 6))
    menu = sum(lines[j].weight < 30 for j in (*behind, *ahead)) / max(1, len(behind) + len(ahead))
    cased = text.upper() != text.lower()
    return (
        float(times > 1), float(times > 2), float(inside), float(line.listed),
        float(0 <= before <= 2), float(2 < before <= 6), float(6 < before <= 15), float(15 < before <= 40),
        float(before > 40), float(-4 <= before < 0), float(before < -4 and i <= last), float(i > last),
        overlap, float(overlap >= 0.75 and hits > 1), float(line.weight < 22), float(line.weight > 60), float(line.weight > 130),
        float(len(many) < 3 and len(text) == line.weight), float(bool(_ENDS.search(text))), float(text[-1] in "?!？！"),
        float(bool(_SITE.search(text))), float(": " in text or "：" in text),
        float(any(j in bylined for j in ahead)), float(i + 1 in dated or i + 2 in dated), float(any(j in dated for j in ahead)),
        float(any(j in dated for j in behind)), float(any(lines[j].paragraph for j in ahead[:3])), menu,
        float(line.gap), float(i + 1 < len(lines) and lines[i + 1].gap), float(is_furniture(text)), float(is_footer(text)),
        float(any(opens_related(lines[j].text) for j in behind)), float(i < 2), float(cased and text[0].islower()),
        float(cased and text.upper() == text), float(times > 1 and any(fold(lines[j].text) == key for j in behind)),
        float(i in dated), float(" > " in text or " › " in text or " / " in text or " » " in text),
        float(line.weight > 30 and line.paragraph),
        float(i in bylined), float(bool(_CREDIT.match(text))),
        float(i > 0 and 24 <= lines[i - 1].weight <= 200 and not lines[i - 1].listed and i - 1 not in dated),
        float(i + 1 < len(lines) and 30 <= lines[i + 1].weight <= 400 and bool(_PERIOD.search(lines[i + 1].text))),
        float(i + 1 < len(lines) and line.weight * 1.3 < lines[i + 1].weight < 500), float(bool(_ADDRESS.search(text))),
    )  # fmt: skip
