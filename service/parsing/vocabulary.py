"""The byline and credit words of every language group (data/bylines.toml), merged for look-up."""

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from service.tables import read_table


class After(Struct, frozen=True):
    """Words that stand behind the names they speak of."""

    contributor: tuple[str, ...] = ()


class Words(Struct, frozen=True):
    """One language group's row of data/bylines.toml; every field is explained at the head of that file."""

    author: tuple[str, ...] = ()
    contributor: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    translator: tuple[str, ...] = ()
    photographer: tuple[str, ...] = ()
    after: After = After()
    roles: tuple[str, ...] = ()
    suffix_roles: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    collective: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    supplier: tuple[str, ...] = ()


GROUPS = {
    "da": "nordic",
    "no": "nordic",
    "nb": "nordic",
    "nn": "nordic",
    "sv": "nordic",
    "fi": "nordic",
    "is": "nordic",
}
"""Languages that share a row."""

LEADS = ("author", "contributor", "editor", "translator", "photographer")


def group(language: str | None) -> str | None:
    """The row of a BCP 47 language tag, None where the language is unknown."""
    if not language:
        return None
    primary = language.split("-")[0].lower()
    primary = GROUPS.get(primary, primary)
    return primary if primary in table() else "other"


@cache
def table() -> dict[str, Words]:
    """data/bylines.toml."""
    return read_table("bylines.toml", dict[str, Words])


@cache
def every(field: str) -> frozenset[str]:
    """The words of one field in all languages, case-folded."""
    return frozenset(word.casefold() for row in table().values() for word in getattr(row, field))


@cache
def leads() -> dict[str, tuple[str, frozenset[str]]]:
    """A lead word or phrase, case-folded → what it makes of the names behind it, and the groups it belongs to."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for name, row in table().items():
        for field in LEADS:
            for word in getattr(row, field):
                key = word.casefold().rstrip(":")
                known = found.get(key)
                found[key] = (known[0], known[1] | {name}) if known else (field, frozenset({name}))
    return found


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, with any white space between their parts."""
    ordered = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


@cache
def roles() -> frozenset[str]:
    """What bylines call people, in all languages, case-folded."""
    return every("roles") | every("suffix_roles")
