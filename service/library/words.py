"""Words of any language, cut the same way for SQLite and PostgreSQL, and a search turned into each one's query.

Scripts written without spaces (Chinese, Japanese, Thai …), and Korean, whose particles cling to nouns, are cut into
overlapping pairs of characters, so that any part of two characters or more is found as a phrase of pairs. A run's
last character stands alone at its end: a single character is then found as the beginning of some word.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

MOST_LETTERS = 64  # of one word; longer runs are data, not language
MOST_WORDS = 12_000  # of one document; PostgreSQL counts word positions to 16,383
MOST_CLAUSES = 32  # of one search

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003fffd"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0f00-\u0fff"
_SPACED = re.compile(f"[\\w{_MARKS}]+")
_ASCII = re.compile("[a-z0-9]+")
_RUN = re.compile(f"[{_SPACELESS}]+|(?:(?![{_SPACELESS}])[\\w{_MARKS}])+")
_SPACELESS_RUN = re.compile(f"[{_SPACELESS}]")
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0652]")
_CLAUSE = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


def fold(text: str) -> str:
    """Text for comparing: compatibility forms, case, accents and control characters levelled (UAX 15, UAX 21)."""
    if text.isascii():
        return text.lower().replace("_", " ").replace("\0", " ")
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    return text.replace("_", " ").replace("\0", " ")


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; see the module for scripts without spaces."""
    found = _runs(text)
    if not text.isascii():
        found = [word for run in found for word in (_pairs(run) if _SPACELESS_RUN.match(run) else (run,))]
    return [word[:MOST_LETTERS] for word in found[:MOST_WORDS]]


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """A name as the filters compare it: folded words with single spaces between them (no pairs)."""
    return " ".join(_runs(text))


def _runs(text: str) -> list[str]:
    """Runs of letters and digits; a run changes where a script without spaces begins or ends."""
    folded = fold(text)
    if folded.isascii():
        return _ASCII.findall(folded)
    return (_RUN if _SPACELESS_RUN.search(folded) else _SPACED).findall(folded)


def _pairs(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]


class Clause(NamedTuple):
    """One part of a search: words that stand next to one another, the last perhaps only begun."""

    words: tuple[str, ...]
    prefix: bool
    without: bool


def clauses(search: str) -> tuple[Clause, ...]:
    """A search as typed: words, "phrases", prefix*, -without. Empty where it looks for nothing."""
    found = []
    for match in list(_CLAUSE.finditer(search))[:MOST_CLAUSES]:
        written = match[2] if match[2] is not None else match[3]
        cut = words(written)
        if not cut:
            continue
        prefix = written.endswith("*")
        if _SPACELESS_RUN.match(cut[-1]) and len(cut[-1]) == 1:
            # "ABC" is AB BC C in the index only where the run ends there, so the lone last character is not asked for
            if len(cut) > 1:
                cut.pop()
            else:
                prefix = True
        found.append(Clause(tuple(cut), prefix, bool(match[1])))
    return tuple(found) if any(not clause.without for clause in found) else ()


def sqlite_words(found: Sequence[str]) -> str:
    """Words for FTS5's tokenizer `ascii`, which parts them at spaces and leaves every other script alone."""
    return " ".join(found)


def sqlite_search(asked: Sequence[Clause], headline: bool | None = None) -> str:
    """FTS5's query; `headline` True: all of it in the headline, False: not all of it there."""

    def written(clause: Clause) -> str:
        return '"' + " ".join(clause.words) + '"' + (" *" if clause.prefix else "")

    wanted = " AND ".join(written(clause) for clause in asked if not clause.without)
    unwanted = "".join(f" NOT {written(clause)}" for clause in asked if clause.without)
    if headline is None:
        return f"({wanted}){unwanted}"
    if headline:
        return f"(headline : ({wanted})){unwanted}"
    return f"({wanted}){unwanted} NOT (headline : ({wanted}))"


def postgresql_words(found: Sequence[str]) -> str:
    """A tsvector as literal text, so that PostgreSQL's parser and the database's locale have no say."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(found, start=1):
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, at[:255]))}" for word, at in places.items())


def postgresql_search(asked: Sequence[Clause], headline: bool | None = None) -> str:
    """A tsquery as literal text; headlines have weight A."""

    def written(clause: Clause, weight: str = "") -> Iterator[str]:
        for n, word in enumerate(clause.words, start=1):
            label = ("*" if clause.prefix and n == len(clause.words) else "") + weight
            yield f"'{word}':{label}" if label else f"'{word}'"

    def wanted(weight: str = "") -> str:
        return " & ".join(f"({' <-> '.join(written(c, weight))})" for c in asked if not c.without)

    unwanted = "".join(f" & !({' <-> '.join(written(c))})" for c in asked if c.without)
    if headline is None:
        return wanted() + unwanted
    if headline:
        return wanted("A") + unwanted
    return f"{wanted()}{unwanted} & !({wanted('A')})"
