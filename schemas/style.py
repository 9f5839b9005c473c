"""Citation styles as they are listed: their names, the manual and edition they follow, where they come from."""

from typing import Literal

from schemas.base import Base

CitationFormat = Literal["author-date", "author", "numeric", "label", "note"]
"""How a style cites in a text (CSL: the citation-format category)."""


class StyleInfo(Base, frozen=True, kw_only=True):
    """One style. `id` is what to ask for; `aliases` are friendlier names for it.

    `parent` is the independent style whose layout a dependent style uses. `family` names the manual whose rules for
    news apply (apa, chicago, mla …), `edition` the edition followed, `locale` the language it is set in unless another
    is asked for. `error` says why a style of one's own cannot be used; every other style of the listing can.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    family: str | None = None
    edition: str | None = None
    citation_format: CitationFormat | None = None
    locale: str | None = None
    fields: tuple[str, ...] = ()
    origin: Literal["csl", "tearsheet", "local"] = "csl"
    error: str | None = None


class NamedStyle(Base, frozen=True, kw_only=True):
    """A row of styles/registry.toml: a well-known style, how people call it, and what its file does not say."""

    id: str
    aliases: tuple[str, ...] = ()
    edition: str | None = None
    locale: str | None = None


class Family(Base, frozen=True, kw_only=True):
    """A manual and all its styles, as shell patterns of their ids; `locale` for styles that name none."""

    name: str
    styles: tuple[str, ...]
    locale: str | None = None


class StyleTable(Base, frozen=True, kw_only=True):
    """styles/registry.toml, in the order of common use."""

    style: tuple[NamedStyle, ...]
    family: tuple[Family, ...]
