"""The headline of a copied page: hardly ever the first line; found by where it stands, its form, and agreement.

Each line of headline length gets features (repetition, distance to the body, what follows it, how many of its words the
body uses, its form); a weighted sum (data/weights.json, fitted on pages and kept small) ranks them.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate

from msgspec import Struct

from service.parsing.plain.layout import Layout, Line, footer_words, is_footer, is_furniture, opens_related
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
    total = 0.0
    for feature, value in features.items():
        if value:
            total += row[feature] * value
    return row["bias"] + total


_LETTERS = r"[a-zß-῿Ⰰ-ⷿ\u3041-\ud7ff豈-﫿]{4,}"
_WORD = re.compile(_LETTERS)
"""A word of folded text; the ranges hold the letters of the living scripts and next to no signs."""
_WIDE_WORD = re.compile(_LETTERS + r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
"""The same where words are not divided."""
_BY = re.compile(
    r"(?:^|\|\s?)(?:By|BY|by)\s+[A-ZÀ-Þ][\w.'’-]+\s+[A-ZÀ-Þ]|^(?:Von|VON|Par|Por)\s+[A-ZÀ-Þ][\w.-]+\s+[A-ZÀ-Þ][\w-]+\s*(?:,|und|et|y|$)"
)
_CREDIT = ("foto", "photo", "bild", "image", "quelle", "credit", "©", "copyright", "source", "picture", "crédit",
           "fuente")  # fmt: skip
_CREDITS = ("photo", "foto", "bild", "image", "©", "courtesy of")
_CREDITED = re.compile(r"\b(?:foto|photo|bild|photograph|image)s?\s?[:/©]|courtesy of|©|\bvia\s\w+\simages")
_ADDRESSES = ("your", "you're", "become a", "sign up", "log in", "subscribe", "ihr", "dein", "klicken", "anmelden",
              "registrier", "abonnier", "cookie", "javascript", "newsletter", "votre", "vos", "su cuenta", "suscr",
              "continue reading", "weiterlesen", "kommentar")  # fmt: skip
_ADDRESS = re.compile(  # speaks to the reader of the site, as controls and notices do
    rf"\b(?:{'|'.join(_ADDRESSES)})"
)
_SIGN = re.compile(r"[|–—·»-]\s")
_SITE = re.compile(r"\s+[|–—·»-]\s+\S[^|–—·»]{1,40}$|\s\|\s")
_LETTER = re.compile(r"[^\W\d]")
_ODD = re.compile(r"\{|\}|<|>|@\w|\[[0-9]+\]")


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


class Heads(Struct):
    """Folded lines, each once, the shorter first: one text, and how long each line is and where it starts."""

    text: str
    sizes: list[int]
    starts: list[int]

    def hold(self, key: str) -> bool:
        """Whether a longer line (by at most 60 characters: a kicker, a site's name) holds this one."""
        low, high = bisect_right(self.sizes, len(key)), bisect_right(self.sizes, len(key) + 60)
        return low < high and self.text.find(key, self.starts[low], self.starts[high]) >= 0


def _heads(keys: Iterable[str]) -> Heads:
    ordered = sorted(set(keys), key=len)
    sizes = [len(key) for key in ordered]
    return Heads("\n".join(ordered), sizes, [0, *accumulate(size + 1 for size in sizes)])


class Page(Struct):
    """What a line is compared with: the lines around it, one byte each, and the words of the text.

    `spoken` are the words of the body, `count` says how often each line stands, `heads` holds the longer lines;
    `credits`, `addresses` and `footers` are those words of a credit, of what speaks to the reader and of a page's foot
    that a candidate holds.
    """

    layout: Layout
    word: re.Pattern[str]
    spoken: set[str]
    count: Counter[str]
    heads: Heads
    credits: list[str]
    addresses: list[str]
    footers: list[str]
    short: bytes
    paragraphs: bytes
    related: bytearray
    dated: bytearray
    bylined: bytearray


def candidates(layout: Layout, dated: set[int], bylined: set[int]) -> list[tuple[Line, dict[str, float]]]:
    """Lines that could be a headline, with their features."""
    lines, keys, first, last = layout.lines, layout.keys, layout.first, layout.last
    if not lines:
        return []
    end = min(len(lines), first + min(60, max(6, (last - first) // 2)) + 1)
    begin = max(0, first - 70)
    near = max(0, first - 25)
    pool = [
        line
        for line in (*lines[: min(begin, 4)], *lines[begin:end])
        if (22 if line.listed or line.index < near else 8) <= line.weight <= 260
        and _may_be_headline(line.text)
        and not (line.index in bylined and len(line.text) < 100 and _BY.search(line.text))
    ]
    word = _WIDE_WORD if layout.wide else _WORD
    body = [line.text for line in lines[first : last + 1] if line.paragraph]
    asked = "\n".join([keys[line.index] for line in pool])
    page = Page(
        layout,
        word,
        spoken=set(word.findall(" ".join(body[:60]).casefold())),
        count=Counter(keys),
        heads=_heads([key for key, line in zip(keys, lines, strict=True) if 20 <= line.weight <= 320]),
        credits=[credit for credit in _CREDITS if credit in asked],
        addresses=[address for address in _ADDRESSES if address in asked],
        footers=[word for word in footer_words() if word in asked],
        short=bytes([line.weight < 30 for line in lines]),
        paragraphs=bytes([line.paragraph for line in lines]),
        related=_marked([line.index for line in lines[max(0, begin - 4) : end] if opens_related(line.text)], lines),
        dated=_marked(dated, lines),
        bylined=_marked(bylined, lines),
    )
    return [(line, _features(line, page)) for line in pool]


def _marked(indices: Iterable[int], lines: list[Line]) -> bytearray:
    """One byte for each line, 1 for those given: a few neighbours are then looked at in one step."""
    marks = bytearray(len(lines))
    for index in indices:
        marks[index] = 1
    return marks


def _may_be_headline(text: str) -> bool:
    """Whether a line has letters and nothing that headlines have not: addresses, handles, notes, markup."""
    if "http://" in text or "https://" in text or "www." in text or _ODD.search(text):
        return False
    return text[0].isalpha() or _LETTER.search(text) is not None


def _features(line: Line, page: Page) -> dict[str, float]:
    layout, dated = page.layout, page.dated
    lines, first, last, i = layout.lines, layout.first, layout.last, line.index
    text, key, weight = line.text, layout.keys[i], line.weight
    times = page.count[key]
    before = first - i
    words = set(page.word.findall(key))
    hits = len(words & page.spoken)
    overlap = hits / len(words) if words else 0.0
    behind, ahead = slice(max(0, i - 4), i), slice(i + 1, i + 6)
    beside = page.short[behind] + page.short[ahead]
    date_near = 1 in dated[ahead]
    after = lines[i + 1] if i + 1 < len(lines) else None
    prior = lines[i - 1] if i else None
    return {
        "repeated": times > 1,
        "repeated_more": times > 2,
        "in_longer_line": weight >= 20 and page.heads.hold(key),
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
        "short": weight < 22,
        "longish": weight > 60,
        "very_long": weight > 130,
        "few_words": len(text) == weight and len(text.split(None, 2)) < 3,
        "ends_low": text[-1] in ".,;:…",
        "question": text[-1] in "?!？！",
        "site_suffix": _SIGN.search(text) is not None and _SITE.search(text) is not None,
        "colon": ": " in text or "：" in text,
        "byline_next": 1 in page.bylined[ahead],
        "date_next": date_near and 1 in dated[i + 1 : i + 3],
        "date_near": date_near,
        "date_before": 1 in dated[behind],
        "paragraph_next": 1 in page.paragraphs[i + 1 : i + 4],
        "menu_around": beside.count(1) / max(1, len(beside)),
        "gap_before": line.gap,
        "gap_after": after is not None and after.gap,
        "furniture": is_furniture(text),
        "footer_or_url": any(map(key.__contains__, page.footers)) and is_footer(text),
        "related_before": 1 in page.related[behind],
        "first_line": i < 2,
        "lower_start": text[0].islower() and text.upper() != text.lower(),
        "upper": text.upper() == text and text.lower() != text,
        "twin_before": times > 1 and key in layout.keys[behind],
        "dated": dated[i],
        "section_like": " > " in text or " › " in text or " / " in text or " » " in text,
        "lead_in_body": weight > 30 and line.paragraph,
        "byline_here": page.bylined[i],
        "credit_here": key.lstrip("([").startswith(_CREDIT)
        or (any(map(key.__contains__, page.credits)) and _CREDITED.search(key) is not None),
        "sentence_before": prior is not None and 24 <= prior.weight <= 200 and not prior.listed and not dated[i - 1],
        "subtitle_next": after is not None and 30 <= after.weight <= 400 and after.text[-1] in ".!?…。",
        "longer_next": after is not None and weight * 1.3 < after.weight < 500,
        "speaks_to_reader": any(map(key.__contains__, page.addresses)) and _ADDRESS.search(key) is not None,
    }
