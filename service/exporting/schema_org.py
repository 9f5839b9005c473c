"""schema.org JSON-LD: NewsArticle with its newspaper, its agencies and an ImageObject for each photograph."""

from typing import Any

import msgspec

from schemas.article import Agency, Creator, Photo
from service.exporting.names import first, is_person, last, reading_order
from service.exporting.reference import Reference, strung

TYPES = {
    "article-newspaper": "NewsArticle",
    "article-magazine": "NewsArticle",
    "post-weblog": "BlogPosting",
    "webpage": "WebPage",
    "broadcast": "VideoObject",
    "interview": "Article",
    "graphic": "ImageObject",
}
CONTAINERS = {
    "article-newspaper": "Newspaper",
    "article-magazine": "Periodical",
    "post-weblog": "Blog",
    "broadcast": "BroadcastService",
}
PROPERTIES = (
    ("title", "headline"),
    ("short_title", "alternateName"),
    ("subtitle", "alternativeHeadline"),
    ("byline", "creditText"),
    ("abstract", "abstract"),
    ("genre", "genre"),
    ("edition", "printEdition"),
    ("page", "printPage"),
    ("dateline", "dateline"),
    ("language", "inLanguage"),
    ("rights", "copyrightNotice"),
    ("access", "conditionsOfAccess"),
    ("url", "url"),
    ("archive_url", "archivedAt"),
)
DATES = (("published", "datePublished"), ("modified", "dateModified"))
FREE = {"free": True, "subscription": False, "registration": False}


def some(**properties: Any) -> dict[str, Any]:
    """The properties that have a value; a trailing underscore stands for the @ of JSON-LD."""
    pairs = ((f"@{name[:-1]}" if name.endswith("_") else name, value) for name, value in properties.items())
    return {name: value for name, value in pairs if value not in (None, "", [], {})}


def creator(given: Creator) -> dict[str, Any]:
    """A Person with the parts of the name, or an Organization."""
    if not is_person(given):
        return some(type_="Organization", name=last(given), email=given.email)
    return some(
        type_="Person",
        name=reading_order(given),
        givenName=first(given),
        familyName=last(given),
        honorificSuffix=given.suffix,
        alternateName=given.native,
        jobTitle=given.job_title or given.role,
        email=given.email,
        workLocation=given.place,
    )


def image(photo: Photo) -> dict[str, Any]:
    """An ImageObject: `creator` who took it, `creditText` the wording to print, `provider` who sent it on."""
    makers = [*map(creator, photo.photographers), *(some(type_="Organization", name=name) for name in photo.agencies)]
    return some(
        type_="ImageObject",
        caption=photo.caption,
        description=photo.description,
        creditText=photo.credit,
        creator=makers,
        provider=some(type_="Organization", name=photo.distributor) if photo.distributor else None,
        dateCreated=photo.date.edtf if photo.date else None,
        contentUrl=photo.url,
    )


def agency(given: Agency) -> dict[str, Any]:
    """A news agency; what it did for the article in `description`."""
    return some(type_="Organization", name=given.name, alternateName=given.abbreviation, description=given.role)


def thing(reference: Reference) -> dict[str, Any]:
    """The article as one JSON-LD object."""
    article, values = reference.article, reference.values
    found: dict[str, Any] = {"@type": TYPES[article.kind], "@id": f"#{reference.key}"}
    found |= {target: values[field] for field, target in PROPERTIES if field in values}
    for part, given in reference.creators:
        found.setdefault(part, []).append(creator(given))
    found |= {target: reference.dates[field].stamp for field, target in DATES if field in reference.dates}
    publication = article.publication
    whole = []
    if publication:
        address = some(type_="PostalAddress", addressLocality=publication.place, addressCountry=publication.country)
        names = [name for name in (publication.short_name, publication.native_name) if name]
        whole.append(
            some(
                type_=CONTAINERS.get(article.kind, "WebSite"),
                name=publication.name,
                alternateName=names,
                issn=list(publication.issn),
                url=f"https://{publication.domain}" if publication.domain else None,
            )
        )
        found["publisher"] = some(
            type_="NewsMediaOrganization",
            name=publication.publisher or publication.name,
            address=address if len(address) > 1 else None,
        )
    if article.column:
        whole.append(some(type_="CreativeWorkSeries", name=article.column))
    return found | some(
        isPartOf=whole,
        articleSection=list(article.section),
        keywords=list(article.keywords),
        sourceOrganization=[agency(given) for given in article.agencies],
        locationCreated=(
            some(type_="Place", name=article.dateline.place) if article.dateline and article.dateline.place else None
        ),
        translationOfWork=some(type_="CreativeWork", name=article.original_title) if article.original_title else None,
        isAccessibleForFree=FREE.get(article.access or ""),
        sameAs=f"https://doi.org/{article.doi}" if article.doi else None,
        image=[image(photo) for photo in article.photos],
    )


def entry(reference: Reference) -> str:
    """The object as JSON text; `<` is written so that no value can end a script element."""
    text = msgspec.json.format(msgspec.json.encode(thing(reference)).decode(), indent=2)
    return text.replace("<", "\\u003c")


write = strung(entry, '{"@context": "https://schema.org", "@graph": [\n', ",\n", "\n]}\n")
