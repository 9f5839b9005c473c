"""A creator's name in the orders that reference formats print it in, and who answers for an article in them."""

from collections.abc import Iterator
from typing import Literal

from schemas.article import Article, Creator

Part = Literal["author", "contributor", "editor", "translator"]

Roles = tuple[tuple[Part, str], ...]
"""A format's row for each part that it knows."""

NAME_PARTS = ("given", "family", "particle", "suffix", "literal")


def last(creator: Creator) -> str:
    """`van der Berg`: the family name with its particle, or the only name there is."""
    particle, family = creator.particle or "", creator.family or ""
    glue = "" if not particle or not family or particle[-1] in "'’-" else " "
    return f"{particle}{glue}{family}" or creator.literal or creator.given or creator.native or creator.printed or ""


def first(creator: Creator) -> str:
    """`Anna`: the given name where it stands beside a family name, else nothing."""
    return creator.given or "" if creator.family or creator.particle else ""


def inverted(creator: Creator) -> str:
    """`van der Berg, Anna, Jr.`, RIS's and Refer's order; a literal name as it is."""
    return ", ".join(part for part in (last(creator), first(creator), creator.suffix or "") if part)


def reading_order(creator: Creator) -> str:
    """`Anna van der Berg Jr.`: as a page prints it."""
    return " ".join(part for part in (first(creator), last(creator), creator.suffix or "") if part)


def is_person(creator: Creator) -> bool:
    """Whether the name is in parts; a literal is an organisation, or a name nobody could split."""
    return bool(creator.family or creator.given)


def authors(article: Article) -> tuple[Creator, ...]:
    """Who stands as author: the byline's persons, or else whoever stands in for them."""
    return article.authors or stand_ins(article)


def stand_ins(article: Article) -> tuple[Creator, ...]:
    """A photograph's makers, or the agency that alone signed a story (FACTS: agencies; news photograph)."""
    if article.kind == "graphic" and article.photos:
        photo = article.photos[0]
        if makers := photo.photographers or tuple(Creator(literal=name) for name in photo.agencies):
            return makers
    return tuple(Creator(literal=agency.name) for agency in article.agencies if agency.role == "byline")


def creators(article: Article) -> Iterator[tuple[Part, Creator]]:
    """Every creator with the part they play, in the article's order."""
    for creator in authors(article):
        yield "author", creator
    for creator in article.contributors:
        yield "contributor", creator
    for creator in article.editors:
        yield "editor", creator
    for creator in article.translators:
        yield "translator", creator
