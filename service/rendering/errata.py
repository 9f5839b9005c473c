"""Errata of published styles: faults of a style's file (styles/errata.toml) that are mended before it is compiled."""

import re
from functools import cache

from msgspec import Struct

from service.tables import read_table, resource


class Erratum(Struct, frozen=True):
    """A fault, what stands in its place, and the rule that makes it one."""

    why: str
    find: str
    put: str

    def pattern(self) -> re.Pattern[bytes]:
        """The fault's lines with any white space between them."""
        lines = [re.escape(line.strip().encode()) for line in self.find.strip().splitlines()]
        return re.compile(rb"\s*".join(lines))


class Errata(Struct, frozen=True):
    """errata.toml."""

    erratum: tuple[Erratum, ...]


@cache
def errata() -> tuple[tuple[re.Pattern[bytes], bytes], ...]:
    """Each fault's pattern and what is put in its place."""
    rows = read_table(str(resource("styles") / "errata.toml"), Errata).erratum
    return tuple((row.pattern(), row.put.strip().encode()) for row in rows)


def corrected(xml: bytes) -> bytes:
    """A style's XML without the faults that are known."""
    for pattern, put in errata():
        xml = put.join(pattern.split(xml))
    return xml
