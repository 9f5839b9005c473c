"""The names of meta tags and the words of pages (data/page_words.toml), compiled once."""

import re
from functools import cache

from msgspec import Struct

from service.parsing.page.candidate import fold
from service.tables import read_table


class Words(Struct, frozen=True):
    """page_words.toml."""

    headline_metas: tuple[str, ...]
    author_metas: tuple[str, ...]
    published_metas: tuple[str, ...]
    loose_date_metas: tuple[str, ...]
    modified_metas: tuple[str, ...]
    site_metas: tuple[str, ...]
    section_metas: tuple[str, ...]
    loose_section_metas: tuple[str, ...]
    abstract_metas: tuple[str, ...]
    keyword_metas: tuple[str, ...]
    rights_metas: tuple[str, ...]
    access_metas: tuple[str, ...]
    written_by: tuple[str, ...]
    author_folders: tuple[str, ...]
    more_by: tuple[str, ...]
    nobody: tuple[str, ...]
    platforms: tuple[str, ...]
    accounts: tuple[str, ...]
    home: tuple[str, ...]
    opinion: tuple[str, ...]
    towns: tuple[str, ...]
    state_dates: tuple[str, ...]
    state_authors: tuple[str, ...]


@cache
def words() -> Words:
    """The table."""
    return read_table("page_words.toml", Words)


@cache
def folded(field: str) -> frozenset[str]:
    """The words of one field, folded for comparing."""
    return frozenset(fold(word) for word in getattr(words(), field))


@cache
def author_page() -> re.Pattern[str]:
    """An address that leads to a person's page."""
    return re.compile(rf"/(?:{'|'.join(words().author_folders)})/[^/?#]+", re.IGNORECASE)


@cache
def author_folders() -> frozenset[str]:
    """Folders of addresses that lead to a person's page, to look up."""
    return frozenset(words().author_folders)


@cache
def more_by() -> re.Pattern[str]:
    """What stands before a name in a link to more of the same author."""
    ordered = sorted(words().more_by, key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, ordered))})[\s:]+", re.IGNORECASE)
