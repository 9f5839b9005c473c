"""Creators and agencies as CSL names."""

from collections.abc import Iterable
from typing import Any

from schemas.article import Agency, Creator

CslName = dict[str, Any]


def csl_name(creator: Creator) -> CslName | None:
    """A person in parts, or an institution as `literal`; None for a creator without any name.

    A particle stays with the family name (Berg, non-dropping van den): so people of today sign, and so all manuals sort
    or print the names of journalists unless the person is known to do otherwise.
    """
    if creator.literal:
        return {"literal": creator.literal}
    if not creator.family:
        whole = creator.given or creator.native or creator.printed
        return {"literal": whole} if whole else None
    name: CslName = {"family": creator.family}
    if creator.given:
        name["given"] = creator.given
    if creator.particle:
        name["non-dropping-particle"] = creator.particle
    if creator.suffix:
        name["suffix"] = creator.suffix
    return name


def csl_names(creators: Iterable[Creator]) -> list[CslName]:
    """The names of creators in their order, each once."""
    names: list[CslName] = []
    for creator in creators:
        name = csl_name(creator)
        if name is not None and name not in names:
            names.append(name)
    return names


def _same(agency: Agency, literal: str) -> bool:
    said = literal.removeprefix("The ").casefold()
    return said in {agency.name.removeprefix("The ").casefold(), (agency.abbreviation or agency.name).casefold()}


def authors(creators: tuple[Creator, ...], agencies: tuple[Agency, ...], *, agency_as_author: bool) -> list[CslName]:
    """Who is cited as author: the people of the byline; an agency only where it stands in the byline alone.

    Beside a person the agency is not an author; one quoted in the story or credited for a picture never is. MLA does
    not take an agency as an author at all (`agency_as_author` false).
    """
    bylined = [agency for agency in agencies if agency.role == "byline"]
    people = [c for c in creators if not (c.literal and any(_same(agency, c.literal) for agency in bylined))]
    names = csl_names(people)
    if names or not agency_as_author:
        return names
    return [{"literal": name} for name in dict.fromkeys(agency.name for agency in bylined)]
