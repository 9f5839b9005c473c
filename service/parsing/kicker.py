"""What a line at a headline calls the article: its genre and the name of its column (The Long View | Opinion)."""

import re
from functools import cache

from msgspec import Struct

from service.parsing.names import name_likeness
from service.parsing.vocabulary import alternation
from service.tables import read_table


class Words(Struct, frozen=True):
    """One language's row of data/kickers.toml; every field is explained at the head of that file."""

    genre: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    page_after: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    edition: tuple[str, ...] = ()
    print: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@cache
def every(field: str) -> tuple[str, ...]:
    """The words of one field in all languages."""
    rows = read_table("kickers.toml", dict[str, Words]).values()
    return tuple(dict.fromkeys(word for row in rows for word in getattr(row, field)))


class Kicker(Struct, frozen=True):
    """Spans of the genre and of the column's name in the line read, either of which may be absent."""

    genre: tuple[int, int] | None = None
    column: tuple[int, int] | None = None


PERSON = 0.5
"""A likeness from which what stands beside the word for a column is its writer, not its name."""
LONGEST_LINE, LONGEST_NAME = 120, 60
_PART = re.compile(r"[^\s|｜│•·:：][^|｜│•·:：]*?(?=\s*(?:[|｜│•·:：]|\s[–—/-]\s|$))")
_SIGN = re.compile(r"[|｜│•·:：–—/-]")
_LEADING = re.compile(r"\s*[–—/-]\s")
_OPENING = tuple("[【［<＜〈(（")
_ARTICLES = ("a", "an", "ein", "eine", "un", "une", "una", "een", "et", "ett")
_BRACKETS = re.compile(r"[\[【［<＜〈(（](.{2,30}?)[\]】］>＞〉)）]\s*")
_CLOSING = tuple('”“"«»’」』》〉')
_QUOTED = re.compile(rf"[„“\"«»‘「『《〈](.{{2,60}}?)[{''.join(_CLOSING)}]$")
_OPENS_HEADLINE = re.compile(r"(.{2,40}?)(?:\s*[:：|｜│]\s*|\u3000)(?=\S)")
_ENDS_HEADLINE = re.compile(r"\s[|｜]\s([^|｜]{2,40})$")
_OF_PERSON = re.compile(r"[가-힣]{2,4}의 \S.{1,20}")
"""김하늘의 바다읽기: a Korean column bears its writer's name."""


@cache
def _words(*fields: str) -> frozenset[str]:
    return frozenset(word for field in fields for word in every(field))


@cache
def _signed() -> re.Pattern[str]:
    """Kommentar von …, An analysis by …"""
    words, by = alternation(every("genre") + every("label") + every("column")), alternation(every("by"))
    return re.compile(rf"(?:{alternation(_ARTICLES)}\s+)?({words})\s+{by}(?:\s+\S|$)", re.IGNORECASE)


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(word[0] for word in _words("genre", "label", "column"))


def read_kicker(text: str, *, above: bool = False) -> Kicker | None:
    """A line that is a kicker: a genre alone, before the writer's name, or beside the name of a column.

    Right `above` a headline Kommentar is a genre; elsewhere it may head what readers write.
    """
    if len(text) > LONGEST_LINE or not _may_be_kicker(text):
        return None
    if signed := _signed().match(text):
        return Kicker(genre=signed.span(1))
    bracketed = _BRACKETS.fullmatch(text)
    if bracketed:
        return Kicker(genre=bracketed.span(1)) if bracketed[1].casefold() in _words("genre") else None
    parts = [_trimmed(text, *span) for span in _parts(text)]
    if not 1 <= len(parts) <= 3:
        return None
    said = [text[start:end].casefold() for start, end in parts]
    if len(parts) == 1:
        if said[0] in (_words("genre", "label") if above else _words("genre")):
            return Kicker(genre=parts[0])
        return _quoted_column(text)
    genre = next((n for n, word in enumerate(said) if word in _words("genre", "label")), None)
    column = next((n for n, word in enumerate(said) if word in _words("column")), None)
    beside = genre if genre is not None else column
    if beside is None:
        return None
    others = [part for n, part in enumerate(parts) if n not in {genre, column}]
    named = next((part for part in others if _names_column(text[slice(*part)], labelled=column is not None)), None)
    if column is not None:
        return Kicker(genre=parts[genre] if genre is not None else None if named else parts[column], column=named)
    return Kicker(genre=parts[beside], column=named)


def _may_be_kicker(text: str) -> bool:
    """Whether a line has parts or brackets, or opens with a word that a kicker opens with: most do neither."""
    if text.startswith(_OPENING) or text.endswith(_CLOSING) or _SIGN.search(text):
        return True
    words = text.split(None, 1)
    return bool(words) and words[0].casefold() in _openers()


@cache
def _openers() -> frozenset[str]:
    return frozenset(word.split()[0] for word in _words("genre", "label", "column")) | set(_ARTICLES)


def _parts(text: str) -> list[tuple[int, int]]:
    """The spans between the signs that part a line; most lines have none."""
    if _SIGN.search(text):
        return [found.span() for found in _PART.finditer(text)]
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return [(start, end)] if start < end else []


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A part without the dash that parts it from the one before."""
    leading = _LEADING.match(text, start, end)
    return (leading.end() if leading else start), end


def _quoted_column(text: str) -> Kicker | None:
    """Kolumne „Hafenlicht“; コラム「潮の目」."""
    quoted = _QUOTED.search(text) if text.endswith(_CLOSING) else None
    if quoted and text[: quoted.start()].strip().casefold() in _words("column"):
        return Kicker(column=quoted.span(1))
    return None


def _names_column(name: str, *, labelled: bool) -> bool:
    """Whether a part is the name of a column: the other part says so, or it opens as such names do."""
    if not 2 <= len(name) <= LONGEST_NAME or name[-1] in ".?!…" or any(c.isdigit() for c in name):
        return False
    if labelled:
        return name_likeness(name) < PERSON
    words = name.split()
    titled = all(word[0].isupper() or len(word) <= 3 for word in words)
    return 2 <= len(words) <= 6 and titled and name.casefold().startswith(every("opens"))


def read_headline(headline: str) -> Kicker | None:
    """The genre in a headline's line (`Analysis: …`, `【社説】…`, `… | Opinion`), or the column in its brackets."""
    bracketed = _BRACKETS.match(headline)
    if bracketed:
        if bracketed[1].casefold() in _words("genre", "label", "column"):
            return Kicker(genre=bracketed.span(1))
        return Kicker(column=bracketed.span(1)) if _OF_PERSON.fullmatch(bracketed[1]) else None
    if headline[:1].casefold() in _first_letters():
        opening = _OPENS_HEADLINE.match(headline)
        if opening and opening[1].casefold() in _words("genre", "label"):
            return Kicker(genre=opening.span(1))
    ending = _ENDS_HEADLINE.search(headline) if "|" in headline or "｜" in headline else None
    return Kicker(genre=ending.span(1)) if ending and ending[1].casefold() in _words("genre") else None


def in_case(text: str) -> str:
    """A kicker set in capitals as it is written elsewhere: OPINION is Opinion, THE LONG VIEW The Long View."""
    return text if not text.isupper() else text.title() if " " in text else text.capitalize()
