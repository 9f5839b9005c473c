"""News photographs as CSL items: one recipe a manual (service/data/photographs.toml), filled with what is known."""

import re
from typing import Any, Literal

from schemas.article import Photo
from schemas.base import Base
from service.referencing.names import CslName, csl_names
from service.tables import read_table

CAPTION_WORDS = 20
"""A caption is a sentence or two; as a description its first sentence does, cut after so many words."""


class Recipe(Base, frozen=True, kw_only=True):
    """Templates of CSL variables for a picture with a title of its own and for one without."""

    family: str
    agency: Literal["author", "template"]
    titled: dict[str, str]
    untitled: dict[str, str]


class Recipes(Base, frozen=True, kw_only=True):
    """service/data/photographs.toml."""

    recipe: tuple[Recipe, ...]


def _recipe(family: str | None) -> Recipe:
    table: Recipes = read_table("photographs.toml", Recipes)
    return next((row for row in table.recipe if row.family == family), table.recipe[-1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# a full stop, but not after an initial or a short capitalised word, which may be an abbreviation (Sept., Gen., U.S.)
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<![A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!\b[A-Z][a-z]{3}\.)\s+(?=[A-Z“\"])|(?<=[。！？])"
)


def first_sentence(caption: str) -> str:
    """The first sentence of a caption without its full stop, cut with an ellipsis where it runs on."""
    sentence = _SENTENCE.split(caption.strip(), maxsplit=1)[0].strip().rstrip(".。")
    tokens = sentence.split()
    if len(tokens) > CAPTION_WORDS:
        return " ".join(tokens[:CAPTION_WORDS]).rstrip(",;:–—- ") + " …"
    return sentence[:300]


def words(photo: Photo, title: str | None, site: str | None) -> dict[str, str]:
    """What the templates may name, of this picture; unknown ones are missing."""
    described = photo.description or (first_sentence(photo.caption) if photo.caption else None)
    phrase = None
    if photo.description:
        phrase = f"photograph of {photo.description}"
    elif described:
        phrase = f"photograph: {described}"
    people = bool(photo.photographers)
    makers = "/".join(photo.agencies) or (None if people or photo.distributor else photo.credit)
    known = {
        "title": title,
        "phrase": phrase or "photograph",
        "Phrase": _capital(phrase or "photograph"),
        "Description": _capital(described) if described else None,
        "site": site,
        "agency": None if people else (", ".join(photo.agencies) or photo.credit),
        "makers": makers,
        "distributor": photo.distributor,
    }
    return {name: text for name, text in known.items() if text}


def picture(photo: Photo, *, family: str | None, title: str | None, site: str | None) -> dict[str, Any]:
    """The CSL variables of a picture that depend on the manual: type, author, title, genre, medium, where it stands."""
    recipe = _recipe(family)
    known = words(photo, title, site)
    item: dict[str, Any] = {}
    for variable, template in (recipe.titled if title else recipe.untitled).items():
        needed = re.findall(r"\{(\w+)\}", template)
        if all(name in known for name in needed):
            item[variable] = template.format_map(known)
    author: list[CslName] = csl_names(photo.photographers)
    if not author and recipe.agency == "author":
        author = [{"literal": agency} for agency in photo.agencies] or (
            [{"literal": photo.credit}] if photo.credit else []
        )
    if author:
        item["author"] = author
    return item
