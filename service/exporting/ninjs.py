"""ninjs 3.0 (IPTC News in JSON): one object an article, its pictures as associations; the rest in edNote."""

from typing import Any

import msgspec

from schemas.article import Creator, Photo
from service.exporting.dates import Moment, moment
from service.exporting.names import reading_order
from service.exporting.reference import Places, Reference, lines, strung
from service.exporting.schema_org import some

STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
TYPES = {"broadcast": "video", "graphic": "picture"}
HEADLINES = (("title", "main"), ("subtitle", "sub"), ("short_title", "short"), ("original_title", "original"))
PROPERTIES = (("byline", "by"), ("language", "language"), ("rights", "copyrightNotice"), ("access", "usageTerms"))
DATES = (("published", "firstCreated"), ("modified", "versionCreated"))


OBJECTS = ("photos.", "agencies.", "dateline.place")
"""What ninjs has objects of its own for."""


def exact(when: Moment) -> bool:
    """A date-time of RFC 3339, whole and with its zone, or no date at all: ninjs has no place for less."""
    return bool(when.time) and not when.unsure and (when.time.endswith("Z") or "+" in when.time or "-" in when.time)


PLACES = Places(
    typed=False,
    values=(
        *(name for name, _ in (*HEADLINES, *PROPERTIES)),
        "container",
        "url",
        "archive_url",
        "doi",
        "abstract",
        "genre",
    ),
    several=("keywords", "section"),
    parts=("author", "contributor", "editor", "translator"),
    dates=tuple(name for name, _ in DATES),
    exact_name=lambda creator: bool(creator.literal),
    exact_date=exact,
)


def person(creator: Creator, rel: str) -> dict[str, Any]:
    """A person and what they did; the address they gave."""
    contact = [some(type="email", value=creator.email)] if creator.email else None
    return some(name=reading_order(creator), rel=rel, contactInfo=contact)


def picture(photo: Photo, uri: str) -> dict[str, Any]:
    """An associated picture: caption, credit line, who took it, who supplied it."""
    sources = [some(name=name, role="agency") for name in photo.agencies]
    if photo.distributor:
        sources.append(some(name=photo.distributor, role="distributor"))
    taken = moment(photo.date) if photo.date else None
    return some(
        name="picture",
        uri=uri,
        type="picture",
        descriptions=[
            some(role=role, value=text)
            for role, text in (("caption", photo.caption), ("description", photo.description))
            if text
        ],
        by=photo.credit,
        people=[person(creator, "photographer") for creator in photo.photographers],
        infoSources=sources,
        contentCreated=taken.stamp if taken and exact(taken) else None,
        renditions=[some(name="original", href=photo.url)] if photo.url else None,
    )


def thing(reference: Reference) -> dict[str, Any]:
    """The article as one ninjs object; `uri` is required, so an article without a URL has a URN of its key."""
    article, values = reference.article, reference.values
    uri = article.url or f"urn:tearsheet:{reference.key}"
    rest = {path: text for path, text in PLACES.rest(reference).items() if not path.startswith(OBJECTS)}
    sources = [some(name=agency.name, role=agency.role) for agency in article.agencies]
    if article.publication:
        sources.insert(0, some(name=article.publication.name, role="publication"))
    identifiers = (("doi", article.doi), ("archive", article.archive_url))
    return some(
        uri=uri,
        standard=STANDARD,
        type=TYPES.get(article.kind, "text"),
        headlines=[some(role=role, value=values[field]) for field, role in HEADLINES if field in values],
        descriptions=[some(role="abstract", value=article.abstract)] if article.abstract else None,
        people=[person(creator, part) for part, creator in reference.creators],
        infoSources=sources,
        located=article.dateline.place if article.dateline else None,
        subjects=[
            *(some(name=text, rel="section") for text in article.section),
            *(some(name=text, rel="keyword") for text in article.keywords),
        ],
        genres=[some(name=article.genre)] if article.genre else None,
        altIds=[some(role=role, value=text) for role, text in identifiers if text],
        associations=[
            picture(photo, photo.url or f"urn:tearsheet:{reference.key}:photo-{n}")
            for n, photo in enumerate(article.photos, 1)
        ],
        edNote="\n".join(lines(rest)),
        **{target: values[field] for field, target in PROPERTIES if field in values},
        **{
            target: reference.dates[field].stamp
            for field, target in DATES
            if field in reference.dates and exact(reference.dates[field])
        },
    )


def entry(reference: Reference) -> str:
    """The object as JSON text."""
    return msgspec.json.format(msgspec.json.encode(thing(reference)).decode(), indent=2)


write = strung(entry, "[\n", ",\n", "\n]\n")
