"""The byline and credit words of every language group (data/bylines.toml), merged for look-up."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

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
    picture_roles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    papers_or_people: tuple[str, ...] = ()
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
    """A regular expression for any of the words, the longest that fits, with any white space between their parts.

    It is written as a tree of common beginnings: `re` tries alternatives one after the other, and there are hundreds.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in " ".join(word.split()):
            node = node.setdefault(char, {})
        node[""] = None
    root.pop("", None)
    return _branches(root) if root else r"(?!)"


def _branches(node: dict[str, Any]) -> str:
    """The expression of one node: its children's, optional where a word ends here."""
    ends = "" in node
    children = [(r"\s+" if c == " " else re.escape(c)) + _branches(n) for c, n in node.items() if c]
    if not children:
        return ""
    return f"(?:{'|'.join(children)})" + ("?" if ends else "")


@cache
def roles() -> frozenset[str]:
    """What bylines call people, in all languages, case-folded."""
    return every("roles") | every("suffix_roles") | every("picture_roles")
