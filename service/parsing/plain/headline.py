"""The headline of a copied page: hardly ever the first line; found by where it stands, its form, and agreement.

Each line of headline length gets features (repetition, distance to the body, what follows it, how many of its words the
body uses, its form); a weighted sum (data/weights.json, fitted on pages and kept small) ranks them.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from service.parsing.plain.layout import Layout, Line, is_footer, is_furniture, opens_related
from service.tables import read_table


class HeadlineFound(Struct):
    """A headline, the lines that print it, and the odds that it is the right one."""

    text: str
    start: int
    end: int
    line: int
    lines: tuple[int, ...]
    confidence: float


@cache
def weights(name: str) -> dict[str, float]:
    """The fitted weights of one chooser: feature → weight, and `bias`."""
    return read_table("weights.json", dict[str, dict[str, float]])[name]


def score(name: str, features: Mapping[str, float]) -> float:
    """The weighted sum of a candidate's features; features that are 0 or False cost nothing."""
    row = weights(name)
    return row["bias"] + sum(row[feature] * value for feature, value in features.items() if value)


_WORD = re.compile(r"[a-zß-῿Ⰰ-ⷿ\u3041-\ud7ff豈-﫿]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
"""A word of folded text; the ranges hold the letters of the living scripts and next to no signs."""
_BY = re.compile(
    r"(?:^|\|\s?)(?:By|BY|by)\s+[A-ZÀ-Þ][\w.'’-]+\s+[A-ZÀ-Þ]|^(?:Von|VON|Par|Por)\s+[A-ZÀ-Þ][\w.-]+\s+[A-ZÀ-Þ][\w-]+\s*(?:,|und|et|y|$)"
)
_CREDIT = re.compile(
    r"[(\[]?(?:foto|photo|bild|image|quelle|credit|©|copyright|source|picture|crédit|fuente|bildquelle)"
)
_CREDITED = re.compile(r"\b(?:foto|photo|bild|photograph|image)s?\s?[:/©]|courtesy of|©|\bvia\s\w+\simages")
_ADDRESS = re.compile(  # speaks to the reader of the site, as controls and notices do
    r"\b(?:your|you're|become a|sign up|log in|subscribe|ihre?n?|deine?n?|klicken|anmelden|registrier|abonnier|cookies?"
    r"|javascript|newsletter|votre|vos|su cuenta|suscr|continue reading|weiterlesen|kommentar)"
)
_SITE = re.compile(r"\s+[|–—·»-]\s+\S[^|–—·»]{1,40}$|\s\|\s")
_KICKER = re.compile(r"^[^:|]{3,40}\s:\s")
_NO_HEADLINE = re.compile(r"https?://|www\.|@\w|\[[0-9]+\]|[{}<>]|^[\d\W]+$")


def find_headline(layout: Layout, dated: set[int], bylined: set[int]) -> HeadlineFound | None:
    """The best line. `dated` and `bylined` are the indices of lines that hold a date or look like a byline."""
    rows = candidates(layout, dated, bylined)
    if not rows:
        return None
    scored = [(score("headline", row), line) for line, row in rows]
    best, line = max(scored, key=lambda s: (s[0], -s[1].index))
    key = layout.keys[line.index]
    twins = tuple(other.index for _, other in scored if layout.keys[other.index] == key)
    rivals = sum(math.exp(min(s - best, 0)) for s, other in scored if layout.keys[other.index] != key)
    return HeadlineFound(
        line.text, line.start, line.end, line.index, twins, round(min(0.98, 1 / (1 + 0.5 * rivals)), 2)
    )


class Page(Struct):
    """What the lines of a text are compared with: words of the body, how often each line stands, longer lines."""

    layout: Layout
    spoken: set[str]
    count: Counter[str]
    heads: str
    related: set[int]
    dated: set[int]
    bylined: set[int]


def candidates(layout: Layout, dated: set[int], bylined: set[int]) -> list[tuple[Line, dict[str, float]]]:
    """Lines that could be a headline, with their features."""
    lines, first, last = layout.lines, layout.first, layout.last
    if not lines:
        return []
    end = min(len(lines), first + min(60, max(6, (last - first) // 2)) + 1)
    begin = max(0, first - 70)
    near = max(0, first - 25)
    pool = [
        line
        for line in (*lines[: min(begin, 4)], *lines[begin:end])
        if (22 if line.listed or line.index < near else 8) <= line.weight <= 260
        and not _NO_HEADLINE.search(line.text)
        and not (line.index in bylined and len(line.text) < 100 and _BY.search(line.text))
    ]
    body = [line.text for line in lines[first : last + 1] if line.paragraph]
    spoken = set(_WORD.findall(" ".join(body[:60]).casefold()))
    count = Counter(layout.keys)
    heads = "\n".join(layout.keys[line.index] for line in lines if 20 <= line.weight <= 320)
    related = {line.index for line in lines[max(0, begin - 4) : end] if opens_related(line.text)}
    page = Page(layout, spoken, count, heads, related, dated, bylined)
    return [(line, _features(line, page)) for line in pool]


def _in_longer(key: str, heads: str) -> bool:
    """Whether a longer line (by at most 60 characters: a kicker, a site's name) holds this one."""
    at = heads.find(key)
    while at >= 0:
        start, end = heads.rfind("\n", 0, at) + 1, heads.find("\n", at)
        if 0 < (end if end >= 0 else len(heads)) - start - len(key) <= 60:
            return True
        at = heads.find(key, at + len(key))
    return False


def _features(line: Line, page: Page) -> dict[str, float]:
    layout, dated, bylined = page.layout, page.dated, page.bylined
    lines, first, last, i = layout.lines, layout.first, layout.last, line.index
    text, key = line.text, layout.keys[i]
    times = page.count[key]
    inside = line.weight >= 20 and _in_longer(key, page.heads)
    before = first - i
    words = set(_WORD.findall(key))
    hits = len(words & page.spoken)
    overlap = hits / len(words) if words else 0.0
    many = text.split()
    ahead, behind = range(i + 1, min(len(lines), i + 6)), range(max(0, i - 4), i)
    around = (*behind, *ahead)
    menu = sum([lines[j].weight < 30 for j in around]) / max(1, len(around))
    cased = text.upper() != text.lower()
    after = lines[i + 1] if i + 1 < len(lines) else None
    prior = lines[i - 1] if i else None
    return {
        "repeated": times > 1,
        "repeated_more": times > 2,
        "in_longer_line": inside,
        "listed": line.listed,
        "before_0_2": 0 <= before <= 2,
        "before_3_6": 2 < before <= 6,
        "before_7_15": 6 < before <= 15,
        "before_16_40": 15 < before <= 40,
        "before_far": before > 40,
        "in_body_early": -4 <= before < 0,
        "in_body": before < -4 and i <= last,
        "after_body": i > last,
        "overlap": overlap,
        "overlap_high": overlap >= 0.75 and hits > 1,
        "short": line.weight < 22,
        "longish": line.weight > 60,
        "very_long": line.weight > 130,
        "few_words": len(many) < 3 and len(text) == line.weight,
        "ends_low": text[-1] in ".,;:…",
        "question": text[-1] in "?!？！",
        "site_suffix": bool(_SITE.search(text)),
        "colon": ": " in text or "：" in text,
        "byline_next": not bylined.isdisjoint(ahead),
        "date_next": i + 1 in dated or i + 2 in dated,
        "date_near": not dated.isdisjoint(ahead),
        "date_before": not dated.isdisjoint(behind),
        "paragraph_next": any(lines[j].paragraph for j in ahead[:3]),
        "menu_around": menu,
        "gap_before": line.gap,
        "gap_after": after is not None and after.gap,
        "furniture": is_furniture(text),
        "footer_or_url": is_footer(text),
        "related_before": not page.related.isdisjoint(behind),
        "first_line": i < 2,
        "lower_start": cased and text[0].islower(),
        "upper": cased and text.upper() == text,
        "twin_before": times > 1 and any(layout.keys[j] == key for j in behind),
        "dated": i in dated,
        "section_like": " > " in text or " › " in text or " / " in text or " » " in text,
        "lead_in_body": line.weight > 30 and line.paragraph,
        "byline_here": i in bylined,
        "credit_here": bool(_CREDIT.match(key) or _CREDITED.search(key)),
        "sentence_before": prior is not None and 24 <= prior.weight <= 200 and not prior.listed and i - 1 not in dated,
        "subtitle_next": after is not None and 30 <= after.weight <= 400 and after.text[-1] in ".!?…。",
        "longer_next": after is not None and line.weight * 1.3 < after.weight < 500,
        "speaks_to_reader": bool(_ADDRESS.search(key)),
    }
