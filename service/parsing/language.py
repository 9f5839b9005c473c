"""The language of a text, from its script and its commonest words (data/languages.json)."""

import re
from functools import cache

from service.tables import read_table

_SCRIPTS = (
    ("ko", re.compile(r"[가-힣]")),
    ("ja", re.compile(r"[ぁ-ゖァ-ヺ]")),
    ("zh", re.compile(r"[一-鿿]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("latin", re.compile(r"[A-Za-zÀ-ɏ]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters: a few hundred words settle it


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
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
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
    words = [w.casefold() for w in _WORD.findall(sample)]
    for word in words:
        for language in _stopwords().get(word, ()):
            scores[language] = scores.get(language, 0) + 1 / len(_stopwords()[word]) ** 0.5
    if not scores:
        return None
    ranked = sorted(scores, key=lambda name: -scores[name])
    first = ranked[0]
    if scores[first] < max(2, len(words) * 0.04):
        return None
    return first


def _cyrillic(sample: str) -> str:
    if re.search(r"[іїєґ]", sample):
        return "be" if "ў" in sample else "uk"
    if re.search(r"[љњџђћ]", sample):
        return "sr"
    if len(re.findall(r"ъ", sample)) > len(sample) * 0.006 and not re.search(r"[ыэё]", sample):
        return "bg"
    return "ru"
