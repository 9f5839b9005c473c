"""Names whose family part comes first: Korean, Japanese, Chinese and Vietnamese, in their own scripts and romanised."""

import math
import re
from functools import cache

from msgspec import Struct

from service.tables import read_table


class Korean(Struct, frozen=True):
    """Family names."""

    hangul: frozenset[str]
    hangul_double: frozenset[str]
    romanised: frozenset[str]


class Chinese(Struct, frozen=True):
    """Family names; `double` are those of two characters."""

    han: frozenset[str]
    romanised: frozenset[str]
    double: frozenset[str]


class Families(Struct, frozen=True):
    """Family names of a language written in Latin letters or in kanji."""

    family: frozenset[str]


class EasternTable(Struct, frozen=True):
    """The part of data/names.toml with family names that come first."""

    korean: Korean
    chinese: Chinese
    vietnamese: Families
    hungarian: Families
    japanese: Families


class KanjiTable(Struct, frozen=True):
    """data/kanji.json: how often a kanji stands at each place of family and given names."""

    columns: tuple[str, ...]
    kanji: dict[str, tuple[int, ...]]


@cache
def table() -> EasternTable:
    """Family names as sets."""
    return read_table("names.toml", EasternTable)


HANGUL = re.compile(r"[가-힣]+")
HAN = re.compile(r"[々〆ヶ㐀-䶿一-鿿豈-﫿]+")
KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
JAPANESE = re.compile(r"[々〆ヶ㐀-䶿一-鿿豈-﫿ぁ-ゖァ-ヺー]+")

# The syllables of romanised Korean given names and of pinyin: an onset, a nucleus, a coda.
_KOREAN_SYLLABLE = re.compile(
    r"(?:k|kk|g|n|d|t|tt|r|l|m|b|p|pp|s|ss|sh|j|jj|ch|h)?"
    r"(?:yae|yeo|yae|wae|weo|eui|ya|yo|yu|ye|yi|wa|we|wi|wo|ae|eo|eu|oe|ui|oo|ou|ee|a|e|i|o|u)"
    r"(?:k|g|n|ng|t|l|m|p|b|h|r)?",
)
_PINYIN = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|ei|ui|ao|ou|iu|ie|ue|üe|er|an|en|in|un|ün|ia|ua|uo|a|o|e|i|u|ü)"
)
_PINYIN_GIVEN = re.compile(rf"{_PINYIN}(?:['’-]?{_PINYIN})?")


def is_korean_syllable(word: str) -> bool:
    """Whether a romanised word can be one Korean syllable (jae, hyuk, un)."""
    return len(word) <= 6 and bool(_KOREAN_SYLLABLE.fullmatch(word.lower()))


def split_hangul(name: str) -> tuple[str, str] | None:
    """(family, given) of 2-4 Hangul syllables; None where it is no Korean name."""
    parts = name.split()
    if len(parts) == 2 and all(HANGUL.fullmatch(p) for p in parts) and len(parts[0]) <= 2 and len(parts[1]) <= 3:
        return (parts[0], parts[1]) if parts[0] in table().korean.hangul | table().korean.hangul_double else None
    if len(parts) != 1 or not HANGUL.fullmatch(name) or not 2 <= len(name) <= 4:
        return None
    if len(name) > 2 and name[:2] in table().korean.hangul_double:
        return name[:2], name[2:]
    return (name[0], name[1:]) if name[0] in table().korean.hangul and len(name) < 5 else None


def split_han(name: str, language: str | None) -> tuple[str, str] | None:
    """(family, given) of a name in Chinese characters, Japanese where the language or the characters say so."""
    parts = name.replace("\u3000", " ").split()
    if len(parts) == 2 and all(JAPANESE.fullmatch(p) for p in parts) and max(map(len, parts)) <= 4:
        return parts[0], parts[1]
    if len(parts) != 1 or not JAPANESE.fullmatch(name) or not 2 <= len(name) <= 7:
        return None
    primary = (language or "").split("-")[0].lower()
    if primary == "zh":
        return _split_chinese(name)
    if primary == "ja" or KANA.search(name):
        return _split_japanese(name)
    known = _known_japanese(name)
    if known and len(name) >= 3 and len(known) >= 2:
        return known, name[len(known) :]
    return _split_chinese(name) or _split_japanese(name)


def _split_chinese(name: str) -> tuple[str, str] | None:
    if not HAN.fullmatch(name) or len(name) > 4:
        return None
    if len(name) >= 3 and name[:2] in table().chinese.double:
        return name[:2], name[2:]
    return (name[0], name[1:]) if len(name) <= 3 and name[0] in table().chinese.han else None


def _known_japanese(name: str) -> str | None:
    return next((name[:n] for n in (3, 2, 1) if len(name) > n and name[:n] in table().japanese.family), None)


def _split_japanese(name: str) -> tuple[str, str] | None:
    if not HAN.match(name) or len(name) > 6:
        return None
    known = _known_japanese(name)
    if known and len(known) >= 2:
        return known, name[len(known) :]
    kana = KANA.search(name)
    if kana and kana.start() and not HAN.search(name, kana.end()) and name[kana.start()] not in "ノヶ":
        return name[: kana.start()], name[kana.start() :]  # 宇野さやか: a given name in kana
    if len(name) == 2:
        return name[0], name[1]
    return max(((name[:n], name[n:]) for n in range(1, len(name))), key=lambda parts: _kanji_score(*parts))


def _kanji_score(family: str, given: str) -> float:
    """Log likelihood of a division, from where each kanji stands in family and given names and how long these are."""
    columns = _kanji().columns
    score = 0.0
    for part, size in (("family", family), ("given", given)):
        for i, char in enumerate(size):
            counts = _kanji().kanji.get(char)
            if counts is None:
                score += math.log(0.02)
                continue
            place = (
                "first"
                if i == 0 and part == "family"
                else "last"
                if i == len(size) - 1 and part == "given"
                else "other"
            )
            order = counts[columns.index(f"oc_{part}_{place}")]
            length = counts[columns.index(f"lc_{part}_{min(len(size), 4)}")]
            score += math.log((order + 0.5) / (sum(counts[:6]) + 3)) + math.log((length + 0.5) / (sum(counts[6:]) + 4))
    return score


@cache
def _kanji() -> KanjiTable:
    return read_table("kanji.json", KanjiTable)


# Korean family names that are given names in other countries, and those that hardly end a given name.
_GIVEN_ELSEWHERE = frozenset({"an", "park", "chung", "kim", "lee", "min", "sun", "jin", "jun", "ha", "song"})
_HARDLY_GIVEN = frozenset(
    {"kim", "lee", "park", "choi", "kang", "cho", "jang", "lim", "han", "oh", "kwon", "hwang", "song"}
)


@cache
def _first_families() -> frozenset[str]:
    """Every family name that a romanised name may begin with; Hungarian goes by its given names, too."""
    return table().korean.romanised | table().chinese.romanised | table().vietnamese.family | {"ouyang"}


def split_romanised(words: list[str], language: str | None, western: frozenset[str]) -> tuple[str, str] | None:
    """(family, given) where a romanised name puts the family first: Park Jae-won, Xi Jinping, Nguyễn Văn An.

    `western` is the set of given names of other languages, case-folded: Michael Lee and Lee Michael stay as printed.
    """
    primary = (language or "").split("-")[0].lower()
    first = words[0].casefold()
    if len(words) < 2 or (first not in _first_families() and primary != "hu"):
        return None
    rest = [w.casefold() for w in words[1:]]
    given = " ".join(words[1:])
    if first in table().vietnamese.family and (primary == "vi" or not "".join(words).isascii()) and len(words) <= 5:
        return words[0], given
    if primary == "hu" and len(words) == 2 and (rest[0] in western or first in table().hungarian.family):
        return words[0], given
    if len(rest) == 1 and "-" in rest[0]:
        parts = rest[0].split("-")
        syllables = len(parts) == 2 and all(is_korean_syllable(p) or _PINYIN_GIVEN.fullmatch(p) for p in parts)
        if syllables and (first in table().korean.romanised or first in table().chinese.romanised):
            return words[0], given
    if first in western and first not in _GIVEN_ELSEWHERE:
        return None
    syllables = len(rest) == 2 and all(is_korean_syllable(w) and w not in western for w in rest)
    if syllables and first in table().korean.romanised and rest[1] not in _HARDLY_GIVEN:
        return words[0], given
    if len(rest) == 1 and rest[0] not in western and len(rest[0]) > 3 and _PINYIN_GIVEN.fullmatch(rest[0]):
        surname = first in table().chinese.romanised or first == "ouyang"
        if surname and rest[0] not in table().chinese.romanised and rest[0] not in table().korean.romanised:
            return words[0], given
    return None
