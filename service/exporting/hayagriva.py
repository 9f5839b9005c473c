"""Hayagriva YAML, Typst's format: an article with its newspaper, blog or site as parent."""

from typing import Any

from schemas.article import Creator
from service.exporting.names import Roles, first, is_person, last
from service.exporting.reference import Reference, strung
from service.exporting.schema_org import some
from service.exporting.yaml import block

TYPES = {
    "article-newspaper": ("article", "newspaper"),
    "article-magazine": ("article", "periodical"),
    "post-weblog": ("article", "blog"),
    "webpage": ("web", "web"),
    "broadcast": ("video", "video"),
    "interview": ("article", "periodical"),
    "graphic": ("artwork", "web"),
}
FIELDS = (("page", "page-range"), ("abstract", "abstract"), ("language", "language"), ("genre", "genre"))
PARENT = (
    ("container", "title"),
    ("publisher", "publisher"),
    ("place", "location"),
    ("edition", "edition"),
)
AFFILIATED: Roles = (("contributor", "collaborator"), ("translator", "translator"))


def person(creator: Creator) -> dict[str, str]:
    """A person in fields, so that no comma can be misread."""
    if not is_person(creator):
        return {"name": last(creator)}
    return some(
        **{
            "name": creator.family or creator.given,
            "given-name": first(creator),
            "prefix": creator.particle,
            "suffix": creator.suffix,
            "alias": creator.native,
        }
    )


def fields(reference: Reference) -> dict[str, Any]:
    """One entry's fields."""
    values, dates = reference.values, reference.dates
    kind, parent = TYPES[reference.article.kind]
    title = some(
        value=values.get("title"), shorthand=values.get("short_title"), translation=values.get("original_title")
    )
    url = some(value=values.get("url"), date=dates["accessed"].day_text if "accessed" in dates else None)
    affiliated = [
        {"role": role, "names": [person(creator) for creator in people]}
        for part, role in AFFILIATED
        if (people := reference.by(part))
    ]
    publication = reference.article.publication
    serial = some(doi=values.get("doi"))
    whole = some(type=parent, **{target: values[field] for field, target in PARENT if field in values})
    if publication and publication.issn:
        whole["serial-number"] = {"issn": publication.issn[0]}
    return some(
        **{
            "type": kind,
            "title": title,
            "author": [person(creator) for creator in reference.by("author")],
            "editor": [person(creator) for creator in reference.by("editor")],
            "affiliated": affiliated,
            "date": dates["published"].day_text if "published" in dates else None,
            "url": url if "value" in url else None,
            "serial-number": serial,
            **{target: values[field] for field, target in FIELDS if field in values},
            "parent": whole if len(whole) > 1 else None,
        }
    )


def entry(reference: Reference) -> str:
    """The key and its fields."""
    return "\n".join(block({reference.key: fields(reference)})) + "\n"


write = strung(entry, between="\n")
