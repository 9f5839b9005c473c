"""The publication by its domain or its printed name (data/publications.json)."""

import re
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from schemas.article import Publication
from service.tables import read_table

Medium = Literal["newspaper", "magazine", "broadcaster", "agency", "web"]


class PublicationRow(Struct, frozen=True):
    """One publication's site."""

    domain: str
    name: str
    country: str
    language: str | None = None
    place: str | None = None
    type: Medium | None = None
    aliases: tuple[str, ...] = ()
    issn: tuple[str, ...] | str = ()
    native_name: str | None = None


class PublicationFile(Struct, frozen=True):
    """data/publications.json."""

    publications: tuple[PublicationRow, ...]


@cache
def _rows() -> tuple[PublicationRow, ...]:
    return read_table("publications.json", PublicationFile).publications


@cache
def _domains() -> dict[str, PublicationRow]:
    return {row.domain: row for row in reversed(_rows())}


@cache
def _names() -> dict[str, PublicationRow | None]:
    """Name, case-folded without its article → the row; None where two publications share the name."""
    found: dict[str, PublicationRow | None] = {}
    for row in _rows():
        for name in {row.name, row.native_name or row.name, *row.aliases}:
            key = name_key(name)
            if key in found and (other := found[key]) is not None and other.name != row.name:
                found[key] = None
            else:
                found.setdefault(key, row)
    return found


def known_names() -> list[str]:
    """Every name that only one publication bears, as name_key writes it."""
    return [name for name, row in _names().items() if row]


def name_key(name: str) -> str:
    """How names of publications are compared."""
    return " ".join(name.split()).strip(" .,;:|-–—").casefold().removeprefix("the ")


def domain_of(url: str) -> str | None:
    """The host of an address without a leading www., None where it has none or cannot be read."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").removeprefix("m.").rstrip(".")[:2000] or None if host else None


def find_row(*, domain: str | None = None, name: str | None = None) -> PublicationRow | None:
    """The table's row for a host (or one of its parents) or for a printed name that only one publication bears."""
    if domain:
        labels = domain.casefold().removeprefix("www.").split(".")
        for at in range(len(labels) - 1):
            if row := _domains().get(".".join(labels[at:])):
                return row
    return _names().get(name_key(name)) if name and len(name) < 120 else None


def find_publication(*, domain: str | None = None, name: str | None = None) -> Publication | None:
    """The publication with its place, country, ISSN and kind, or None where the table does not know it."""
    row = find_row(domain=domain, name=name)
    return as_publication(row, domain=domain) if row else None


def as_publication(row: PublicationRow, *, domain: str | None = None) -> Publication:
    """A table row as the contract shows it; `domain` as seen, where it was seen."""
    issn = (row.issn,) if isinstance(row.issn, str) else row.issn
    return Publication(
        name=row.name,
        native_name=row.native_name,
        place=row.place,
        country=row.country if re.fullmatch(r"[A-Z]{2}", row.country) else None,
        issn=tuple(i for i in issn if re.fullmatch(r"[0-9]{4}-[0-9]{3}[0-9X]", i)),
        domain=domain[:2000] if domain else None,
        medium=row.type,
    )
