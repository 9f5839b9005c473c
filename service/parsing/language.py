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
_STRAY = 0.03
"""Curly quotes and dashes in Western European text; characters beyond Latin-1 are hardly more."""
_COUNTED = 500  # characters whose script is looked at
_PIECES, _PIECE = 8, 80
"""So many pieces of so many characters, spread over the sample, are read first: mostly they settle it."""
_CLEAR = 2.0
"""A language that outscores the next so many times in the pieces needs no more proof."""


@cache
def _stopwords() -> dict[str, tuple[tuple[str, float], ...]]:
    """Word → the languages that use it often, and what the word then says for each."""
    found: dict[str, list[str]] = {}
    for language, words in read_table("languages.json", dict[str, str]).items():
        for word in set(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple((language, len(users) ** -0.5) for language in users) for word, users in found.items()}


def guess_language(text: str) -> str | None:
    """The ISO 639-1 code of the language most of the text is written in; None where too little speaks for one."""
    sample = text[:_SAMPLE]
    beyond = len(sample) - len(sample.encode("latin-1", "ignore"))
    if beyond <= _STRAY * len(sample):
        return _latin(sample)
    counts = _scripts(sample)
    letters = sum(counts.values())
    if letters < 2:
        return None
    best = max(counts, key=lambda name: counts[name])
    if counts["ko"] > letters * 0.2:
        return "ko"
    if counts["ja"] > letters * 0.08:  # a fifth of Japanese is kana even in headlines
        return "ja"
    if best == "latin":
        return _latin(sample)
    if best == "cyrillic":
        return _cyrillic(sample)
    if best == "ar":
        return "fa" if len(re.findall(r"[پچژگی]", sample)) > counts["ar"] * 0.03 else "ar"
    return best


def _scripts(sample: str) -> Counter[str]:
    """How many letters of each script, reckoned from characters spread over the sample."""
    counts: Counter[str] = Counter()
    step = max(1, len(sample) // _COUNTED)
    for char, times in Counter(sample[::step]).items():
        code = ord(char)
        at = bisect_right(_STARTS, code) - 1
        if at >= 0 and code <= _RANGES[at][1] and char.isalpha():
            counts[_RANGES[at][2]] += times * step
    return counts


def _latin(sample: str) -> str | None:
    """Of a text in the Latin script: of pieces of it where they are clear, else of the whole."""
    if len(sample) > 2 * _PIECES * _PIECE:
        step = len(sample) // _PIECES
        language, lead = _by_words(" ".join([sample[at : at + _PIECE] for at in range(0, _PIECES * step, step)]))
        if lead >= _CLEAR:
            return language
    return _by_words(sample)[0]


def _by_words(text: str) -> tuple[str | None, float]:
    """The language that speaks most of the text's common words, and how many times it outscores the next."""
    words = _WORD.findall(text.casefold())
    known = _stopwords()
    scores: dict[str, float] = {}
    for word in words:
        if word in known:
            for language, share in known[word]:
                scores[language] = scores.get(language, 0.0) + share
    if not scores:
        return None, 0.0
    first = max(scores, key=lambda name: scores[name])
    if scores[first] < max(2, len(words) * 0.04):
        return None, 0.0
    return first, scores.pop(first) / max(scores.values(), default=0.1)


def _cyrillic(sample: str) -> str:
    if re.search(r"[іїєґ]", sample):
        return "be" if "ў" in sample else "uk"
    if re.search(r"[љњџђћ]", sample):
        return "sr"
    if len(re.findall(r"ъ", sample)) > len(sample) * 0.006 and not re.search(r"[ыэё]", sample):
        return "bg"
    return "ru"
