"""Headlines for citing: short titles, and the parts of names and words that a style's title case must leave alone.

CSL's title case knows neither that “Kim Jong-un” keeps a small second part nor which manual capitalises a long
preposition. Both are settled here by CSL's own means, a span of class nocase; `plain` takes such spans out again.
"""

import re
from itertools import pairwise

from schemas.base import Base
from service.tables import read_table

SHORT_TITLE_WORDS = 4
"""Chicago 18 (13.37): a title of more than four words is shortened in later notes."""

NOCASE = '<span class="nocase">{}</span>'


class TitleCase(Base, frozen=True, kw_only=True):
    """Words that title case treats otherwise than the manuals, or that are no words but parts of names."""

    long_words: frozenset[str]
    particles: frozenset[str]
    surnames: frozenset[str]


class Papers(Base, frozen=True, kw_only=True):
    """The words of which a newspaper's name may consist without saying where it appears."""

    words: frozenset[str]


class TitleWords(Base, frozen=True, kw_only=True):
    """service/data/titles.toml."""

    ends: dict[str, frozenset[str]]
    articles: dict[str, frozenset[str]]
    title_case: TitleCase
    papers: Papers


def words() -> TitleWords:
    """The word lists, read once."""
    table: TitleWords = read_table("titles.toml", TitleWords)
    return table


def primary(language: str | None) -> str:
    """The language itself of a BCP 47 tag; a headline of unknown language is taken for English, as CSL does."""
    return (language or "en").split("-")[0].lower()


def is_english(language: str | None) -> bool:
    """Whether a style's title case applies to a headline at all (CSL 1.0.2, “Non-English Items”)."""
    return primary(language) == "en"


_SPACED = re.compile(r"[^\W\d_]", re.UNICODE)
_UNSPACED_SCRIPTS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_OPENING = {"¿": "?", "¡": "!", "“": "”", "‘": "’", "«": "»", "„": "“", "(": ")", "[": "]", "「": "」", "『": "』"}


def short_title(headline: str, language: str | None = None) -> str | None:
    """The first noun phrase of a headline, four words at most, without a leading article; None where it is no shorter.

    None too for a headline in a script that is written without spaces, and where no whole words can be cut off.
    """
    if _UNSPACED_SCRIPTS.search(headline):
        return None
    tokens = headline.split()
    if len(tokens) <= SHORT_TITLE_WORDS:
        return None
    table, tongue = words(), primary(language)
    # German nouns are capitalised: “Das ändert sich” begins with a pronoun
    if tokens[0].lower() in table.articles.get(tongue, frozenset()) and (tongue != "de" or tokens[1][0].isupper()):
        tokens = tokens[1:]
    ends = table.ends.get(tongue, frozenset())
    kept = _noun_phrase(tokens, ends, ends | table.articles.get(tongue, frozenset()))
    short = _balanced(" ".join(kept))
    return short[:1].upper() + short[1:] if short and len(short) < len(headline) else None


def _bare(token: str) -> str:
    return token.strip("“”‘’\"'«»„().,:;!?–—-").lower()


def _noun_phrase(tokens: list[str], ends: frozenset[str], small: frozenset[str]) -> list[str]:
    """The first words up to one that ends a noun phrase; the first four where no phrase of two words is found."""
    kept: list[str] = []
    if _bare(tokens[0]) in ends:  # no noun phrase begins so
        ends = frozenset()
    for token in tokens[:SHORT_TITLE_WORDS]:
        # a bare dash stands between two thoughts
        if len(kept) >= 2 and (_bare(token) in ends or not _bare(token)):
            break
        kept.append(token)
        if len(kept) >= 2 and token[-1] in ":;!?":
            break
    while kept and _bare(kept[-1]) in small:
        kept.pop()
    if len(kept) >= 2:
        return kept
    kept = tokens[:SHORT_TITLE_WORDS]
    while len(kept) > 2 and _bare(kept[-1]) in small:
        kept.pop()
    return kept


def _balanced(text: str) -> str:
    """The text without punctuation at its end, quotes around the whole, or an opening quote that lost its partner."""
    text = text.rstrip(" ,;:–—-")
    for opening, closing in _OPENING.items():
        if text.startswith(opening) and text.endswith(closing):
            text = text[1:].removesuffix(closing)
        last = text.rfind(opening)
        if last >= 0 and closing not in text[last:]:
            text = text[:last] + text[last + 1 :]
    if text.count('"') % 2:
        text = text.replace('"', "")
    return text.rstrip(" ,;:–—-")


_NAME_PART = re.compile(r"[A-Z][a-z]{0,5}-[a-z]{1,5}(?:[’']s)?")
_ARABIC = re.compile(r"(?:al|el|as|ash|ar|ad)-[A-Z]\w+")
_WORD = re.compile(r"[^\s“”‘\"«»()\[\],.:;!?–—]+")


def protected(headline: str, language: str | None = None, *, capitals: int | None = None) -> str:
    """The headline with spans that keep a style's title case from spoiling names; as it is where it is not English.

    `capitals`: capitalise CSL's small words of at least so many letters (Chicago 18: 5, APA 7: 4).
    """
    if not is_english(language) or "<" in headline:
        return headline
    table = words().title_case
    found = list(_WORD.finditer(headline))
    out, done = [], 0
    for place, match in enumerate(found):
        token = match[0]
        before = found[place - 1][0] if place else ""
        after = found[place + 1][0] if place + 1 < len(found) else ""
        kept: str | None = None
        beside_surname = bool(table.surnames & {before.lower(), after.lower()})
        if (
            (beside_surname and _NAME_PART.fullmatch(token))
            or _ARABIC.fullmatch(token)
            or (token in table.particles and _in_a_name(place, found))
        ):
            kept = token
        elif capitals and place and after and len(token) >= capitals and token.lower() in table.long_words:
            kept = token.capitalize() if token.islower() else None
        if kept is not None:
            out += [headline[done : match.start()], NOCASE.format(kept)]
            done = match.end()
    return "".join(out) + headline[done:]


def _in_a_name(place: int, found: list[re.Match[str]]) -> bool:
    """Whether a particle stands, perhaps with others, between two capitalised words with only spaces between."""
    particles = words().title_case.particles
    first, last = place, place
    while first > 0 and found[first - 1][0] in particles:
        first -= 1
    while last + 1 < len(found) and found[last + 1][0] in particles:
        last += 1
    if first == 0 or last + 1 == len(found):
        return False
    run = found[first - 1 : last + 2]
    touching = all(b.start() - a.end() == 1 for a, b in pairwise(run))
    return touching and run[0][0][0].isupper() and run[-1][0][0].isupper() and run[0][0][1:].islower()


_SPAN = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)


def plain(text: str) -> str:
    """A title as it was before `protected`, for every output but a style's."""
    return _SPAN.sub(_as_printed, text)


def _as_printed(span: re.Match[str]) -> str:
    word = span[1]
    return word.lower() if word.lower() in words().title_case.long_words else word


def without_the(name: str) -> str:
    """A periodical's title without an initial The (Chicago 17, 14.193; AMA 11, 3.11.2)."""
    return name[4:] if name.startswith("The ") and len(name) > 8 else name


_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def site_name(name: str) -> str:
    """A site that is called by its domain keeps its small letters in a style's title case."""
    return NOCASE.format(name) if _DOMAIN.fullmatch(name) else name


def says_where(name: str) -> bool:
    """Whether a paper's name tells it from others: The Port Weekly does, The Gazette does not."""
    table = words().papers.words
    return not all(word in table for word in re.findall(r"\w+", name.lower()))
