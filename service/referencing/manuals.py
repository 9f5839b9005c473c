"""Whose rules a style follows: the manual and its edition, by the names of styles/registry.toml."""

import re
from fnmatch import fnmatchcase
from functools import lru_cache

from schemas.base import Base
from schemas.style import StyleTable
from service.tables import read_table, resource


class Manual(Base, frozen=True, kw_only=True):
    """A manual's family (apa, chicago, mla …) and edition; both None for a style of no manual known here."""

    family: str | None = None
    edition: int | None = None

    @property
    def drops_the(self) -> bool:
        """Whether a newspaper's initial The is dropped: Chicago to the 17th edition (so Turabian 9 too), and AMA."""
        return self.family == "ama" or (self.family == "chicago" and self.edition is not None and self.edition < 18)

    @property
    def capitals(self) -> int | None:
        """From how many letters on a preposition is capitalised in a title, where CSL's title case would lower it."""
        return 5 if self.family == "chicago" and not self.drops_the else None


@lru_cache(maxsize=512)
def manual(style: str | None) -> Manual:
    """The manual of a style: by id, alias or family name. A dependent style goes by its parent's id."""
    if style is None:
        return Manual()
    name = style.strip().rstrip("/").rsplit("/", 1)[-1].removesuffix(".csl").lower()[:200]
    table: StyleTable = read_table(str(resource("styles") / "registry.toml"), StyleTable)
    row = next((row for row in table.style if name == row.id or name in row.aliases), None)
    name = row.id if row else name
    family = next(
        (each.name for each in table.family if any(fnmatchcase(name, pattern) for pattern in each.styles)), None
    )
    stated = (row.edition if row else None) or next(iter(re.findall(r"-(\d+)(?:st|nd|rd|th)-edition", name)), None)
    return Manual(family=family, edition=int(stated) if stated and stated.isdecimal() else None)
