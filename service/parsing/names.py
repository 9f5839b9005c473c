"""Names of people: taken apart into given, particle, family and suffix, and how much a text looks like one."""

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from schemas.article import Creator
from service.parsing import eastern
from service.parsing.casing import is_upper, restore
from service.tables import read_table


class NameTable(Struct, frozen=True):
    """The part of data/names.toml about Western names."""

    particles: frozenset[str]
    family_particles: frozenset[str]
    suffixes: frozenset[str]
    degrees: frozenset[str]
    titles: frozenset[str]
    not_names: frozenset[str]


class NameRows(Struct, frozen=True):
    """data/names.json: given and family names of some 90 countries, case-folded, many to a row."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@cache
def table() -> NameTable:
    """Particles, suffixes, titles and the words that make a name unlikely."""
    return read_table("names.toml", NameTable)


@cache
def given_names() -> frozenset[str]:
    """Given names, case-folded."""
    return frozenset(" ".join(read_table("names.json", NameRows).given).split()) - table().not_names


@cache
def family_names() -> frozenset[str]:
    """Family names, case-folded."""
    return frozenset(" ".join(read_table("names.json", NameRows).family).split())


SPACES = re.compile(r"[\s\u00a0\u200b\u00ad]+")
_NATIVE = re.compile(r"^(.*?)\s*[(（]([^()（）]{2,40})[)）]$")
_BROKEN_CASE = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ].)[A-ZÀ-Þ]")
_HYPHEN = re.compile(r"[-‐‑]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}")
_MIDDLE_DOT = re.compile(r"[・·]")
_LETTER = re.compile(r"[^\W\d_]")
_NAME_CHARS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f .'’‘ʻʼ`´\-‐‑·・])+")


def script(text: str) -> str:
    """The script of the first letter: latin, hangul, han, kana, or other."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else "other"
    for char in text:
        if HANGUL_RANGE[0] <= char <= HANGUL_RANGE[1]:
            return "hangul"
        if eastern.HAN.match(char):
            return "han"
        if eastern.KANA.match(char):
            return "kana"
        if char.isalpha():
            return "latin" if "LATIN" in unicodedata.name(char, "") else "other"
    return "other"


HANGUL_RANGE = ("가", "힣")


@lru_cache(1024)  # metadata, byline, links and author box of a page name the same people
def read_name(printed: str, language: str | None = None) -> Creator:
    """A printed name in its parts; what cannot be divided (one word, a pseudonym) is `literal`.

    Titles (Dr., Prof.) are no part of a name. Names in capitals get their case back.
    """
    text = _spaced(printed).strip(' ,;:|*•·-–—/"“”')
    if not text:
        text = printed.strip() or "?"
    native = None
    if text[-1] in ")）" and (found := _NATIVE.match(text)):
        inner, outer = found.group(2), found.group(1)
        if outer and script(inner) != script(outer) and {script(inner), script(outer)} & {"latin"}:
            native, text = (inner, outer) if script(outer) == "latin" else (outer, inner)
    text = _without_degrees(_without_titles(text))
    parts = _divide(text, language)
    shown = text[:2000]
    if parts is None:
        return Creator(literal=restore(text, language)[:2000], printed=shown, native=native)
    given, particle, family, suffix = parts
    return Creator(
        given=given or None,
        particle=particle or None,
        family=family,
        suffix=suffix or None,
        printed=shown,
        native=native,
    )


def _spaced(text: str) -> str:
    """A text with single spaces, also where the white space has no width."""
    return " ".join(text.split()) if text.isascii() else SPACES.sub(" ", text)


def _without_titles(text: str) -> str:
    first, space, rest = text.partition(" ")
    while space and first.casefold() in table().titles:
        if " " not in rest and first.casefold() in {"don", "dr"}:
            break
        text = rest
        first, space, rest = text.partition(" ")
    return text


def _without_degrees(text: str) -> str:
    """A name without what stands behind it in capitals and full stops: Anna Berg, MD, PhD; the name itself stays."""
    if text[text.rfind(" ") + 1 :].casefold() not in table().degrees:
        return text
    words = text.split(" ")
    while len(words) > 2 and words[-1].casefold() in table().degrees and words[-1] != words[-1].casefold():
        words[-2:] = [words[-2].rstrip(",")]
    return " ".join(words)


def _divide(text: str, language: str | None) -> tuple[str, str, str, str] | None:
    """(given, particle, family, suffix), or None where the name cannot be divided."""
    kind = script(text)
    if kind == "hangul":
        halves = eastern.split_hangul(text)
        return (halves[1], "", halves[0], "") if halves else None
    if kind in {"han", "kana"}:
        if "・" in text or "·" in text:  # a foreign name in its own order: ジョン・スミス
            given, _, family = _MIDDLE_DOT.sub("・", text).rpartition("・")
            return (given, "", family, "") if given and family else None
        halves = eastern.split_han(text, language)
        return (halves[1], "", halves[0], "") if halves else None
    suffix = ""
    if "," in text:
        first, _, last = (p.strip() for p in text.partition(","))
        if last.casefold() in table().suffixes:
            text, suffix = first, last
        elif first and last and len(first.split()) <= 3 and len(last.split()) <= 3:
            divided = _divide_western(last.split() + first.split(), language, len(last.split()))
            return (*divided[:3], divided[3])
        else:
            return None
    words = text.split()
    if len(words) > 2 and words[-1].casefold() in table().suffixes:
        suffix = words.pop()
    if suffix and is_upper(text) and suffix.casefold().rstrip(".") in {"jr", "sr"}:
        suffix = suffix.capitalize()
    if len(words) < 2 or len(words) > 8:
        return None
    if all(word in _particle_words() for word in words[:-1]):
        return "", " ".join(words[:-1]), words[-1], suffix  # a family name alone: van der Berg
    return (*_divide_western(words, language)[:3], suffix)


def _divide_western(words: list[str], language: str | None, family_at: int | None = None) -> tuple[str, str, str, str]:
    capitals = [i for i, w in enumerate(words) if len(w) > 1 and "." not in w and is_upper(w)]
    if family_at is None and capitals and len(capitals) < len(words) and not is_upper(" ".join(words)):
        # A family name in capitals (CHANG Yi-Chun, Ayşe YILMAZ): it must stand together at one end.
        run = list(range(capitals[0], capitals[-1] + 1))
        at_end = capitals[-1] == len(words) - 1
        if (
            run == capitals
            and (at_end or capitals[0] == 0)
            and not (len(capitals) == 1 and len(words[capitals[0]]) == 2)
        ):
            family = restore(" ".join(words[i] for i in run), language)
            rest = [w for i, w in enumerate(words) if i not in capitals]
            given, particle = _particle_off(rest) if at_end else (rest, "")
            return " ".join(given), particle, family, ""
    words = restore(" ".join(words), language).split(" ")
    if family_at is None and (halves := eastern.split_romanised(words, language, given_names())):
        return halves[1], "", halves[0], ""
    at = family_at if family_at is not None else _family_start(words, language)
    given, tail = words[:at], words[at:]
    particles = []
    while len(tail) > 1 and tail[0] in _particle_words():
        particles.append(tail.pop(0))
    joined = " ".join(particles)
    if joined in table().family_particles:
        return " ".join(given), "", f"{joined} {' '.join(tail)}", ""
    return " ".join(given), joined, " ".join(tail), ""


@cache
def _particle_words() -> frozenset[str]:
    return frozenset(word for particle in table().particles for word in particle.split()) - {"e", "y", "o'"}


def _particle_off(words: list[str]) -> tuple[list[str], str]:
    particles: list[str] = []
    while len(words) > 1 and words[-1] in _particle_words():
        particles.insert(0, words.pop())
    return words, " ".join(particles)


def _family_start(words: list[str], language: str | None) -> int:
    """Where the family name begins: at the first particle, at the first of two Spanish surnames, else the last word."""
    last = len(words) - 1
    for i in range(1, last):
        if words[i] in _particle_words():
            return i
    folded = [w.casefold() for w in words]
    capital = next(
        (i for i in range(1, last) if folded[i] in _particle_words() - {"la", "le", "el", "al", "da", "das", "do"}),
        None,
    )
    if capital is not None:  # Fouzia Van Der Fort: printed with capitals, kept so
        return capital
    if last >= 2 and folded[last - 1] == "y":
        return max(1, last - 2)
    if last >= 2 and (language or "").split("-")[0].lower() == "es":
        if last == 2 and folded[1] in given_names() and folded[1] not in family_names():
            return 2
        return last - 1 if not words[last - 1].endswith(".") else last
    return last


def full_name(creator: Creator) -> str:
    """The name in reading order: given, particle, family, suffix; family first in Hangul and Chinese characters."""
    if creator.literal:
        return creator.literal
    family = creator.family or ""
    if not family.isascii() and script(family) in {"hangul", "han"}:
        return family + (creator.given or "")
    return " ".join([p for p in (creator.given, creator.particle, creator.family, creator.suffix) if p])


def name_likeness(text: str, language: str | None = None) -> float:
    """How much a text looks like the name of one person, 0 to 1, by its shape and by known given and family names."""
    return _likeness(text, language) if len(text) <= 200 else 0.0


@lru_cache(4096)  # the grammars ask of the same few pieces again and again
def _likeness(text: str, language: str | None) -> float:
    text = _without_titles(_spaced(text).strip(" ,;:"))
    if not text or len(text) > 60 or not (text.replace(" ", "").isalpha() or _NAME_CHARS.fullmatch(text)):
        return 0.0
    kind = script(text)
    if kind == "hangul":
        if not eastern.split_hangul(text):
            return 0.0
        return 0.75 if len(text.replace(" ", "")) == 3 else 0.45
    if kind in {"han", "kana"}:
        return _eastern_likeness(text, language)
    words = text.split(" ")
    if len(words) > 7:
        return 0.0
    particles, given, family, strangers = _particle_words(), given_names(), family_names(), table().not_names
    named = [w for w in words if w.casefold() not in particles]
    if not named or len(named) > 5 or words[-1].casefold() in {"von", "van", "de", "der", "la", "du"}:
        return 0.0
    folded = [w.strip(".") for w in " ".join(named).casefold().split(" ")]
    first, last = folded[0], folded[-1]
    cased = text.lower() != text.upper()
    small = [w for w in named if w[0] == w[0].lower() and w[0] not in "'’" and not w[0].isdigit()]
    if cased and small:
        return 0.3 if len(named) >= 2 and first in given and last in family else 0.05
    if _BROKEN_CASE.search(text):
        return 0.1
    hyphened = [part for w in folded for part in _HYPHEN.split(w)] if _HYPHEN.search(text) else folded
    first_known = first in given or hyphened[0] in given
    last_known = last in family or last.partition("-")[0] in family
    strange = sum([w in strangers for w in hyphened])
    if strange and len(named) > 1:
        surnames = _eastern_surnames()  # Xiaoying You
        strange -= sum([w in strangers and w in surnames and w in {first, last} for w in hyphened])
        strange -= sum([w in _MONTHS and w not in surnames for w in {first, last}])  # June Park, Nguyen Thi Mai
    if len(named) == 1:
        return 0.0 if strange else 0.4 if first_known else 0.2
    initials = "." in named[0] or any(map(_INITIALS.fullmatch, named[1:-1]))
    score = 0.45 + (0.3 if first_known else 0.0) + (0.2 if last_known else 0.0) + (0.1 if initials else 0.0)
    if not particles.isdisjoint(words):
        score += 0.1
    if score < 0.8 and eastern.split_romanised(words, language, given):
        score = 0.8
    if len(named) > 3:
        score -= 0.15
    if strange:
        score -= 0.35 if first_known and strange == 1 else 0.5
    if not cased:
        score -= 0.1
    return max(0.0, min(1.0, score))


_MONTHS = frozenset(("april", "may", "june", "august", "mai", "juni", "julio", "augusto"))
"""Months that people are called as well."""


@cache
def _eastern_surnames() -> frozenset[str]:
    return eastern.table().chinese.romanised | eastern.table().korean.romanised


_PAPERS = (
    "网",
    "網",
    "报",
    "報",
    "报社",
    "通讯社",
    "通訊社",
    "新闻",
    "新聞",
    "周刊",
    "週刊",
    "杂志",
    "雜誌",
    "电视台",
    "電視台",
)
"""How newspapers, agencies and sites are called in Chinese characters, and no people."""


def _eastern_likeness(text: str, language: str | None) -> float:
    if text.endswith(_PAPERS):
        return 0.0
    if "・" in text or "·" in text:
        return (
            0.5
            if all(2 <= len(p) <= 8 for p in _MIDDLE_DOT.split(text))
            and eastern.JAPANESE.fullmatch(text.replace("・", "").replace("·", ""))
            else 0.0
        )
    halves = eastern.split_han(text, language)
    if not halves:
        return 0.0
    family, given = halves
    if " " in text or "\u3000" in text:
        return 0.7 if family in eastern.table().japanese.family or family in eastern.table().chinese.han else 0.4
    if family in eastern.table().japanese.family and len(family) >= 2 and len(given) <= 3:
        return 0.8
    if family in eastern.table().chinese.han and len(given) in {1, 2} and (language or "").startswith("zh"):
        return 0.6
    return 0.35
