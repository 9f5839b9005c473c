"""News agencies by name or abbreviation (data/agencies.json), strict about the short forms that are also words.

An abbreviation counts only whole and in its own case; those marked unsafe or ambiguous only where an agency is
expected (a byline, a dateline, a credit), and, if ambiguous, only when the country decides or none contradicts.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from schemas.article import Agency
from service.parsing.words import folded_words, may_be_wide, places_of
from service.tables import read_table

Kind = Literal["text", "text+photo", "photo", "broadcaster", "press-release", "handout", "defunct"]
Position = Literal["byline", "dateline", "credit", "prose"]


class AgencyRow(Struct, frozen=True):
    """One agency of the table."""

    name: str
    kind: Kind
    language: str
    country: str | None = None
    abbreviations: tuple[str, ...] = ()
    native_name: str | None = None
    aliases: tuple[str, ...] = ()
    domain: str | None = None


class AgencyFile(Struct, frozen=True):
    """data/agencies.json."""

    unsafe: tuple[str, ...]
    agencies: tuple[AgencyRow, ...]


class AgencyMention(Struct, frozen=True):
    """An agency named in a text and where."""

    row: AgencyRow
    start: int
    end: int


@cache
def _file() -> AgencyFile:
    return read_table("agencies.json", AgencyFile)


@cache
def _unsafe() -> frozenset[str]:
    return frozenset(word.split(" ")[0].casefold() for word in _file().unsafe) | {
        "gamma",
        "keystone",
        "aton",
        "beta",
        "trend",
        "planet",
        "splash",
        "magnum",
        "bridgeman",
        "getty",
        "polaris",
        "anadolu",
        "vii",
        "noor",
        "ntb",
        "sputnik",
        "extel",
        "jini",
        "rex",
    }


@cache
def _names() -> dict[str, tuple[AgencyRow, ...]]:
    """Every full name and alias, case-folded without a leading article → rows."""
    found: dict[str, tuple[AgencyRow, ...]] = {}
    for row in _file().agencies:
        for name in {row.name, row.native_name or row.name, *row.aliases}:
            key = _key(name)
            found[key] = (*found.get(key, ()), row) if row not in found.get(key, ()) else found[key]
    return found


@cache
def _abbreviations() -> dict[str, tuple[AgencyRow, ...]]:
    found: dict[str, tuple[AgencyRow, ...]] = {}
    for row in _file().agencies:
        for short in row.abbreviations:
            found[short] = (*found.get(short, ()), row)
    return found


@cache
def _folded_abbreviations() -> frozenset[str]:
    return frozenset(short.casefold() for short in _abbreviations())


@cache
def known_names() -> frozenset[str]:
    """Every name, alias and abbreviation of the table, case-folded."""
    return _folded_abbreviations() | _names().keys()


def _key(name: str) -> str:
    key = " ".join(name.split()).strip(" .,;:()[]/|-–—").casefold()
    return key.removeprefix("the ")


def find_agency(name: str, *, country: str | None = None, position: Position = "credit") -> AgencyRow | None:
    """The agency a whole printed name means, or None.

    `country` (ISO 3166-1) settles abbreviations that several agencies share. In `prose` only names and abbreviations
    that mean nothing else count; in the other positions an agency is expected.
    """
    key = _key(name)
    if not key or len(key) > 80:
        return None
    if key not in known_names():
        return None
    bare = " ".join(name.split()).strip(" .,;:()[]/|-–—©")
    short = _abbreviations().get(bare) or (
        _abbreviations().get(bare.upper()) if bare.islower() and position != "prose" and len(bare) > 2 else None
    )
    if short and position == "prose" and (key in _unsafe() or len(short) > 1 or not _is_capital(bare)):
        short = None
    rows = short or _names().get(key)
    if not rows or (position == "prose" and key in _unsafe()):
        return None
    if position != "prose" and not short and bare.islower() and len(key) < 5:
        return None
    if len(rows) == 1:
        return rows[0]
    return next((row for row in rows if country and row.country == country), None if country else rows[0])


def _is_capital(text: str) -> bool:
    return text.upper() == text or text[:1].isupper()


_TOKEN = re.compile(r"[^\W_][\w&’'-]*(?:/[A-Z]{2}\b)?")
_CAPITAL = re.compile(
    # The letter before what stands to its left: `re` skips to it quickly.
    r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĢĪĮİĶĹĻĽŁŃŅŇŐŒŔŘŚŠŢŤŪŮŰŲŹŻŽΆ-ΏΑ-ΩЀ-Я](?<![\w&’'-].)[\w&’'-]*(?:/[A-Z]{2}\b)?"
)
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@cache
def _by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], AgencyRow], ...]]:
    """First word, case-folded → (words, row), longest first; for names that are safe in running text."""
    found: dict[str, list[tuple[tuple[str, ...], AgencyRow]]] = {}
    for key, rows in _names().items():
        if len(rows) != 1 or key in _unsafe() or _EASTERN.search(key) or len(key) < 3:
            continue
        words = tuple(_TOKEN.findall(key))
        if words:
            found.setdefault(words[0], []).append((words, rows[0]))
    for short, rows in _abbreviations().items():
        if len(rows) == 1 and short.casefold() not in _unsafe() and len(short) >= 2:
            found.setdefault(short.casefold(), []).append(((short,), rows[0]))
    return {word: tuple(sorted(each, key=lambda e: -len(e[0]))) for word, each in found.items()}


@cache
def _small() -> re.Pattern[str]:
    """Abbreviations that begin with a small letter (dpa)."""
    short = sorted(s for s in _abbreviations() if s[0].islower() and s.casefold() not in _unsafe())
    alone = [rf"{word}(?<![\w-].{{{len(word)}}})(?!\w)" for word in short]
    return re.compile("|".join(alone))


@cache
def _eastern_names() -> tuple[tuple[str, AgencyRow], ...]:
    pairs = [(k, rows[0]) for k, rows in _names().items() if _EASTERN.search(k) and len(k) > 2]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


@cache
def _by_first_part() -> dict[str, tuple[tuple[set[str], frozenset[str]], ...]]:
    """The first part of a name → (all its parts, the forms in which its first word is printed)."""
    printed: dict[str, set[str]] = {}
    for row in _file().agencies:
        for name in (row.name, row.native_name or "", *row.aliases, *row.abbreviations):
            for word in _TOKEN.findall(name):
                printed.setdefault(word.casefold(), set()).add(word)
    found: dict[str, list[tuple[set[str], frozenset[str]]]] = {}
    for first, rows in _by_first_word().items():
        forms = frozenset(printed.get(first, set()) | {first.capitalize(), first.upper()})
        for words, _ in rows:
            parts = folded_words(" ".join(words).casefold())
            for part in parts & folded_words(first):
                found.setdefault(part, []).append((parts, forms))
    return {part: tuple(each) for part, each in found.items()}


_MOST_FORMS = 60
"""Forms looked for one after the other; a text made up of more names is walked through once."""


@cache
def _first_parts() -> frozenset[str]:
    return frozenset(_by_first_part())


def _heads(text: str, words: set[str]) -> Iterator[re.Match[str]]:
    """The first words of names that a text may hold, in order: looked for only where it has all words of a name."""
    table = _by_first_part()
    known = _first_parts() & words
    forms = {form for part in known for parts, forms in table[part] if parts <= words for form in forms}
    if len(forms) > _MOST_FORMS:
        yield from sorted((*_CAPITAL.finditer(text), *_small().finditer(text)), key=re.Match.start)
        return
    for at in sorted(set(places_of(text, forms))):
        if token := _CAPITAL.match(text, at) or _small().match(text, at):
            yield token


def find_mentions(text: str, spoken: set[str] | None = None) -> list[AgencyMention]:
    """Agencies named in running text by a name or abbreviation that cannot mean anything else, in order.

    `spoken` are the words of the text, folded, where they are known already.
    """
    found: list[AgencyMention] = []
    table = _by_first_word()
    reached = 0
    for token in _heads(text, folded_words(text.casefold()) if spoken is None else spoken):
        rows = table.get(token[0].casefold())
        if not rows or token.start() < reached:
            continue
        for words, row in rows:
            if len(words) == 1:
                end = token.end()
                if words[0] in row.abbreviations and token[0] != words[0]:
                    continue
            else:
                run = _TOKEN.findall(text, token.start(), token.end() + sum(map(len, words)) + 2 * len(words))[
                    : len(words)
                ]
                if [w.casefold() for w in run] != list(words) or not run[-1][0].isupper():
                    continue
                end = text.index(run[-1], token.end()) + len(run[-1])
            found.append(AgencyMention(row, token.start(), end))
            reached = end
            break
    if may_be_wide(text) and _EASTERN.search(text):
        folded = text.casefold() if len(text.casefold()) == len(text) else text
        taken: list[tuple[int, int]] = []
        for name, row in _eastern_names():
            for at in places_of(folded, (name,)):
                if not any(s < at + len(name) and at < e for s, e in taken):
                    taken.append((at, at + len(name)))
                    found.append(AgencyMention(row, at, at + len(name)))
    return sorted(found, key=lambda m: m.start)


def printed_agency(agency: Agency, text: str) -> str:
    """An agency by the name that a text prints: AFP stays AFP."""
    for name in (agency.name, agency.abbreviation or ""):
        # not by folding the text: an İ folded is two letters, and what stands behind it moves
        printed = re.search(re.escape(name), text, re.IGNORECASE) if name else None
        if printed:
            return printed[0]
    return agency.abbreviation or agency.name
