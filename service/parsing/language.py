"""The language of a text, from its script and its commonest words (data/languages.json)."""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from service.tables import read_table

_RANGES = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7A3, "ko"),
)
_STARTS = [start for start, _, _ in _RANGES]
_WORD = re.compile(r"[a-zª-ʯ]+")  # of folded text in the Latin script
_SAMPLE = 4_000  # characters: a few hundred words settle it


@cache
def _stopwords() -> dict[str, tuple[str, ...]]:
    """Word → the languages that use it often."""
    table = read_table("languages.json", dict[str, str])
    found: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


def guess_language(text: str) -> str | None:
    """The ISO 639-1 code of the language most of the text is written in; None where too little speaks for one."""
    sample = text[:_SAMPLE]
    counts = _scripts(sample)
    letters = sum(counts.values())
    if letters < 2:
        return None
    best = max(counts, key=lambda name: counts[name])
    if counts["ko"] > letters * 0.2:
        return "ko"
    if counts["ja"] > letters * 0.08:  # a fifth of Japanese is kana even in headlines
        return "ja"
    if best == "cyrillic":
        return _cyrillic(sample)
    if best == "ar":
        return "fa" if len(re.findall(r"[پچژگی]", sample)) > counts["ar"] * 0.03 else "ar"
    if best != "latin":
        return best
    scores: dict[str, float] = {}
    words = _WORD.findall(sample.casefold())
    known = _stopwords()
    for word, times in Counter(words).items():
        for language in known.get(word, ()):
            scores[language] = scores.get(language, 0) + times / len(known[word]) ** 0.5
    if not scores:
        return None
    ranked = sorted(scores, key=lambda name: -scores[name])
    first = ranked[0]
    if scores[first] < max(2, len(words) * 0.04):
        return None
    return first


def _scripts(sample: str) -> Counter[str]:
    """How many letters of each script, counted over some two thousand characters spread over the sample."""
    if sample.isascii():
        return Counter(latin=sum(map(str.isalpha, sample[:2000])))
    counts: Counter[str] = Counter()
    for char, times in Counter(sample[:: max(1, len(sample) // 2000)]).items():
        code = ord(char)
        at = bisect_right(_STARTS, code) - 1
        if at >= 0 and code <= _RANGES[at][1] and char.isalpha():
            counts[_RANGES[at][2]] += times
    return counts


def _cyrillic(sample: str) -> str:
    if re.search(r"[іїєґ]", sample):
        return "be" if "ў" in sample else "uk"
    if re.search(r"[љњџђћ]", sample):
        return "sr"
    if len(re.findall(r"ъ", sample)) > len(sample) * 0.006 and not re.search(r"[ыэё]", sample):
        return "bg"
    return "ru"
