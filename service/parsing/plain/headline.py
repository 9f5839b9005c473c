"""The headline of a copied page: hardly ever the first line; found by where it stands, its form, and agreement.

Each line of headline length gets features (repetition, distance to the body, what follows it, how many of its words the
body uses, its form); a weighted sum (data/weights.json, fitted on pages and kept small) ranks them.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate, compress

from msgspec import Struct

from service.parsing.notes import without_notes
from service.parsing.plain.layout import Layout, Line, is_furniture
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


def scores(name: str, columns: Mapping[str, list[float]]) -> list[float]:
    """The same of many candidates, whose features are given as lists."""
    row, totals = weights(name), [0.0] * len(next(iter(columns.values())))
    each = range(len(totals))
    for feature, column in columns.items():
        weight = row[feature]
        for n in compress(each, column):
            totals[n] += weight * column[n]
    return [row["bias"] + total for total in totals]


_LETTERS = r"[a-zß-῿Ⰰ-ⷿ\u3041-\ud7ff豈-﫿]{4,}"
_WORD = re.compile(_LETTERS)
"""A word of folded text; the ranges hold the letters of the living scripts and next to no signs."""
_WIDE_WORD = re.compile(_LETTERS + r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
"""The same where words are not divided."""
_BY = re.compile(
    r"(?:^|\|\s?)(?:By|BY|by)\s+[A-ZÀ-Þ][\w.'’-]+\s+[A-ZÀ-Þ]|^(?:Von|VON|Par|Por)\s+[A-ZÀ-Þ][\w.-]+\s+[A-ZÀ-Þ][\w-]+\s*(?:,|und|et|y|$)"
    r"|^(?:Translated|Übersetzt|Traduit|Traducido)\s"
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
_SHORT = 30
_PARTED = 4
"""Lines right above the story that may be parted from it as its paragraphs are."""
_SIGN = re.compile(r"[|–—·»-]\s")
_SITE = re.compile(r"\s+[|–—·»-]\s+\S[^|–—·»]{1,40}$|\s\|\s")
_LETTER = re.compile(r"[^\W\d]")
_ODD = re.compile(r"\{|\}|<|>|@\w|\[[0-9]+\]")


def find_headline(layout: Layout, dated: set[int], bylined: set[int]) -> HeadlineFound | None:
    """The best line. `dated` and `bylined` are the indices of lines that hold a date or look like a byline."""
    pool = candidates(layout, bylined)
    if not pool:
        return None
    chooser, columns = "headline", features(pool, layout, dated, bylined)
    if not gaps_tell(layout):
        chooser, columns = "headline_gapless", without_gaps(columns)
    scored = list(zip(scores(chooser, columns), pool, strict=True))
    best, line = max(scored, key=lambda s: (s[0], -s[1].index))
    key = layout.keys[line.index]
    twins = tuple(other.index for _, other in scored if layout.keys[other.index] == key)
    rivals = sum(math.exp(min(s - best, 0)) for s, other in scored if layout.keys[other.index] != key)
    return HeadlineFound(
        line.text, line.start, line.end, line.index, twins, round(min(0.98, 1 / (1 + 0.5 * rivals)), 2)
    )


def gaps_tell(layout: Layout) -> bool:
    """Do empty lines set the parts above a story apart? Where they part paragraphs alone, a caption looks like one."""
    return sum([line.gap for line in layout.lines[: max(0, layout.first - _PARTED)]]) > 1


def without_gaps(columns: dict[str, list[float]]) -> dict[str, list[float]]:
    """The features of a text whose empty lines say nothing."""
    return {name: column for name, column in columns.items() if name not in {"gap_before", "gap_after"}}


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


def candidates(layout: Layout, bylined: set[int]) -> list[Line]:
    """Lines that could be a headline."""
    lines, first, last = layout.lines, layout.first, layout.last
    end = first + min(60, max(6, (last - first) // 2)) + 1
    begin = max(0, first - 70)
    near = max(0, first - 25)
    return [
        line
        for line in (*lines[: min(begin, 4)], *lines[begin:end])
        if (22 if line.listed or line.index < near else 8) <= line.weight <= 260
        and _may_be_headline(line.text)
        and not (line.index in bylined and len(line.text) < 100 and _BY.search(line.text))
    ]


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
    if text[0].isdigit() and len(text) < _SHORT and not without_notes(text):
        return False  # 5 min read
    return text[0].isalpha() or _LETTER.search(text) is not None


def features(pool: list[Line], layout: Layout, dated: set[int], bylined: set[int]) -> dict[str, list[float]]:
    """The features of the candidates: each as one list, which is quicker to make than many rows of few."""
    lines, first, last = layout.lines, layout.first, layout.last
    at = [line.index for line in pool]
    texts = [line.text for line in pool]
    keys = [layout.keys[i] for i in at]
    sizes = [line.weight for line in pool]
    before = [first - i for i in at]
    behind = [slice(max(0, i - 4), i) for i in at]
    ahead = [slice(i + 1, i + 6) for i in at]
    prior = [lines[i - 1] if i else _NO_LINE for i in at]
    after = [lines[i + 1] if i + 1 < len(lines) else _NO_LINE for i in at]
    times = [layout.times[key] for key in keys]
    heads = _heads([key for key, line in zip(layout.keys, lines, strict=True) if 20 <= line.weight <= 320])
    word = _WIDE_WORD if layout.wide else _WORD
    spoken = (
        set(word.findall("\n".join([layout.keys[line.index] for line in lines[first : last + 1] if line.paragraph])))
        if layout.wide
        else layout.spoken
    )
    words = [set(word.findall(key)) for key in keys]
    hits = [len(of_line & spoken) for of_line in words]
    overlap = [n / len(of_line) if of_line else 0.0 for n, of_line in zip(hits, words, strict=True)]
    capitals = [_capitals(text) for text in texts]
    by, days = _marked(bylined, lines), _marked(dated, lines)
    paragraphs = bytes([line.paragraph for line in lines])
    short = bytes([line.weight < 30 for line in lines])
    beside = [short[s] + short[t] for s, t in zip(behind, ahead, strict=True)]
    credited, addressed = _holding(keys, _CREDITS), _holding(keys, _ADDRESSES)
    return {
        "repeated": [n > 1 for n in times],
        "repeated_more": [n > 2 for n in times],
        "in_longer_line": [size >= 20 and heads.hold(key) for size, key in zip(sizes, keys, strict=True)],
        "listed": [line.listed for line in pool],
        "before_0_2": [0 <= n <= 2 for n in before],
        "before_3_6": [2 < n <= 6 for n in before],
        "before_7_15": [6 < n <= 15 for n in before],
        "before_16_40": [15 < n <= 40 for n in before],
        "before_far": [n > 40 for n in before],
        "in_body_early": [-4 <= n < 0 for n in before],
        "in_body": [first + 4 < i <= last for i in at],
        "after_body": [i > last for i in at],
        "overlap": overlap,
        "overlap_high": [share >= 0.75 and n > 1 for share, n in zip(overlap, hits, strict=True)],
        "short": [size < 22 for size in sizes],
        "longish": [size > 60 for size in sizes],
        "very_long": [size > 130 for size in sizes],
        "of_30_letters": [30 <= size < 45 for size in sizes],
        "of_45_letters": [45 <= size < 60 for size in sizes],
        "of_60_letters": [60 <= size < 80 for size in sizes],
        "of_80_letters": [80 <= size < 110 for size in sizes],
        "capitals": capitals,
        "title_case": [share > 0.7 and " " in text for share, text in zip(capitals, texts, strict=True)],
        "ends_open": [text[-1].isalnum() or text[-1] in "»”\"'?!" for text in texts],
        "comma": [", " in text for text in texts],
        "few_words": [len(t) == size and len(t.split(None, 2)) < 3 for t, size in zip(texts, sizes, strict=True)],
        "ends_low": [text[-1] in ".,;:…。" for text in texts],
        "question": [text[-1] in "?!？！" for text in texts],
        "site_suffix": [bool(_SIGN.search(text) and _SITE.search(text)) for text in texts],
        "colon": [": " in text or "：" in text for text in texts],
        "byline_next": [1 in by[s] for s in ahead],
        "date_next": [1 in days[i + 1 : i + 3] for i in at],
        "date_near": [1 in days[s] for s in ahead],
        "date_before": [1 in days[s] for s in behind],
        "paragraph_next": [1 in paragraphs[i + 1 : i + 4] for i in at],
        "menu_around": [near.count(1) / max(1, len(near)) for near in beside],
        "gap_before": [line.gap for line in pool],
        "gap_after": [line.gap for line in after],
        "furniture": [is_furniture(text) for text in texts],
        "first_line": [i < 2 for i in at],
        "lower_start": [text[0].islower() and text.upper() != text.lower() for text in texts],
        "upper": [text.upper() == text and text.lower() != text for text in texts],
        "twin_before": [n > 1 and key in layout.keys[s] for n, key, s in zip(times, keys, behind, strict=True)],
        "dated": [days[i] for i in at],
        "section_like": [" > " in text or " › " in text or " / " in text or " » " in text for text in texts],
        "lead_in_body": [line.paragraph and line.weight > 30 for line in pool],
        "byline_here": [by[i] for i in at],
        "credit_here": [
            key.lstrip("([").startswith(_CREDIT) or (held and _CREDITED.search(key) is not None)
            for held, key in zip(credited, keys, strict=True)
        ],
        "sentence_before": [24 <= p.weight <= 200 and not p.listed and not days[p.index] for p in prior],
        "subtitle_next": [30 <= line.weight <= 400 and line.text[-1] in ".!?…。" for line in after],
        "longer_next": [size * 1.3 < line.weight < 500 for size, line in zip(sizes, after, strict=True)],
        "speaks_to_reader": [
            held and _ADDRESS.search(key) is not None for held, key in zip(addressed, keys, strict=True)
        ],
    }


def _capitals(text: str) -> float:
    """The share of a line's words that open with a capital."""
    words = text.split()
    return sum([word[0].isupper() for word in words]) / len(words)


_NO_LINE = Line(-1, 0, 0, "", listed=False, weight=0, paragraph=False, gap=False)
"""What stands before the first line and behind the last."""


def _holding(keys: list[str], words: tuple[str, ...]) -> list[bool]:
    """Which of the folded lines hold any of the words; all are first asked at once, since most pages hold few."""
    whole = "\n".join(keys)
    held = [word for word in words if word in whole]
    return [any(map(key.__contains__, held)) for key in keys] if held else [False] * len(keys)
