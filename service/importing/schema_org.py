"""schema.org JSON-LD: articles and images, alone, in an array or in a @graph."""

from collections.abc import Iterator
from typing import Any

from service.importing import dates, kinds, names
from service.importing.draft import Draft, Fault
from service.importing.json import objects, text_of, texts

KINDS = {
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "ReviewNewsArticle": "article-newspaper",
    "BlogPosting": "post-weblog",
    "LiveBlogPosting": "post-weblog",
    "WebPage": "webpage",
    "VideoObject": "broadcast",
    "Article": "article-newspaper",
    "ImageObject": "graphic",
    "Photograph": "graphic",
}
PROPERTIES = {
    "headline": "headline",
    "name": "headline",
    "alternateName": "short_title",
    "alternativeHeadline": "subtitle",
    "creditText": "byline",
    "abstract": "abstract",
    "description": "abstract",
    "genre": "genre",
    "printEdition": "edition",
    "printPage": "page",
    "dateline": "dateline.text",
    "copyrightNotice": "rights",
    "url": "url",
    "archivedAt": "archive_url",
}
CREATORS = {"author": "authors", "contributor": "contributors", "editor": "editors", "translator": "translators"}
DATES = {"datePublished": "published", "dateModified": "modified"}
ROLES = ("byline", "dateline", "photo", "source")
ORGANIZATIONS = {"Organization", "NewsMediaOrganization", "Corporation", "NGO"}


def things(value: Any) -> list[dict[str, Any]]:
    """One object or several, as a list; a text stands for an object of that name."""
    found = value if isinstance(value, list) else [value]
    return [
        thing if isinstance(thing, dict) else {"name": thing}
        for thing in found
        if isinstance(thing, dict) or text_of(thing)
    ]


def type_of(thing: dict[str, Any]) -> str:
    """The first of its types that is known, without a prefix."""
    found = [name.rsplit("/", 1)[-1].removeprefix("schema:") for name in texts(thing.get("@type"))]
    return next((name for name in found if name in KINDS), found[0] if found else "")


def from_thing(thing: dict[str, Any], line: int = 1) -> Draft:
    """One article or image as a draft."""
    draft = Draft(line)
    kinds.put(draft, type_of(thing), KINDS)
    for name, path in PROPERTIES.items():
        if path not in draft.values:
            draft.put(path, next(iter(texts(thing.get(name))), None))
    for name, path in CREATORS.items():
        for person in things(thing.get(name)):
            _person(draft, path, person)
    for name, date in DATES.items():
        dates.put(draft, date, text_of(thing.get(name)))
    language = thing.get("inLanguage")
    draft.put("language", text_of(language.get("alternateName") if isinstance(language, dict) else language))
    for section in texts(thing.get("articleSection")):
        draft.add("section", section)
    keywords = thing.get("keywords")
    for keyword in keywords.split(",") if isinstance(keywords, str) else texts(keywords):
        draft.add("keywords", keyword)
    _publication(draft, thing)
    _agencies(draft, thing)
    _access(draft, thing)
    doi = next((text for text in texts(thing.get("sameAs")) if "doi.org/" in text), "")
    draft.put("doi", doi.partition("doi.org/")[2])
    for original in things(thing.get("translationOfWork")):
        draft.put("original_title", text_of(original.get("name") or original.get("headline")))
    if "dateline.text" in draft.values:
        for place in things(thing.get("locationCreated"))[:1]:
            draft.put("dateline.place", text_of(place.get("name")))
    images = [thing] if draft.values.get("kind") == "graphic" and "image" not in thing else things(thing.get("image"))
    for n, image in enumerate(images, 1):
        _photo(draft, f"photos.{n}", image)
    return draft


def _person(draft: Draft, path: str, person: dict[str, Any]) -> None:
    family, given = text_of(person.get("familyName")), text_of(person.get("givenName"))
    whole = text_of(person.get("name")) or family or given or ""
    parts: dict[str, str | None]
    if family and given:
        parts = {"family": family, "given": given, "suffix": text_of(person.get("honorificSuffix"))}
    elif "Person" in texts(person.get("@type")):
        parts = names.spoken(whole)
    else:
        parts = {"literal": whole}
    details = {"email": "email", "job_title": "jobTitle"}
    draft.person(path, parts | {part: text_of(person.get(name)) for part, name in details.items()})


def _publication(draft: Draft, thing: dict[str, Any]) -> None:
    """The newspaper or site it is part of; without one the publisher's name is the name."""
    wholes = things(thing.get("isPartOf"))
    for whole in wholes:
        name = text_of(whole.get("name"))
        if "CreativeWorkSeries" in texts(whole.get("@type")):
            draft.put("column", name)
        elif name:
            draft.put("publication.name", name)
            others = texts(whole.get("alternateName"))
            draft.put("publication.short_name", others[0] if others else None)
            draft.put("publication.native_name", others[1] if len(others) > 1 else None)
            for issn in texts(whole.get("issn")):
                draft.add("publication.issn", issn)
            address = (text_of(whole.get("url")) or "").partition("://")[2]
            draft.put("publication.domain", address.partition("/")[0])
    for publisher in things(thing.get("publisher")):
        name = text_of(publisher.get("name"))
        if "publication.name" in draft.values:
            draft.put("publication.publisher", name if name != draft.values["publication.name"] else None)
        else:
            draft.put("publication.name", name)
        for place in things(publisher.get("address")):
            draft.put("publication.place", text_of(place.get("addressLocality")))
            draft.put("publication.country", text_of(place.get("addressCountry")))


def _agencies(draft: Draft, thing: dict[str, Any]) -> None:
    for n, agency in enumerate(things(thing.get("sourceOrganization")), 1):
        role = text_of(agency.get("description"))
        draft.put(f"agencies.{n}.name", text_of(agency.get("name")))
        draft.put(f"agencies.{n}.abbreviation", next(iter(texts(agency.get("alternateName"))), None))
        draft.put(f"agencies.{n}.role", role if role in ROLES else "source")


def _access(draft: Draft, thing: dict[str, Any]) -> None:
    free = thing.get("isAccessibleForFree")
    said = text_of(thing.get("conditionsOfAccess"))
    if not said and isinstance(free, bool | str):
        said = "free" if str(free).lower() == "true" else "subscription"
    draft.put("access", said)


def _photo(draft: Draft, path: str, image: dict[str, Any]) -> None:
    members = {
        "caption": "caption",
        "description": "description",
        "creditText": "credit",
        "contentUrl": "url",
        "url": "url",
    }
    for name, member in members.items():
        if f"{path}.{member}" not in draft.values:
            draft.put(f"{path}.{member}", text_of(image.get(name)))
    if set(image) == {"name"}:  # a bare address
        draft.put(f"{path}.url", text_of(image["name"]))
    for maker in things(image.get("creator") or image.get("author")):
        if set(texts(maker.get("@type"))) & ORGANIZATIONS:
            draft.add(f"{path}.agencies", text_of(maker.get("name")))
        else:
            _person(draft, f"{path}.photographers", maker)
    for provider in things(image.get("provider")):
        draft.put(f"{path}.distributor", text_of(provider.get("name")))
    draft.put(f"{path}.date.edtf", dates.edtf(text_of(image.get("dateCreated")) or ""))


def read(text: str) -> Iterator[Draft | Fault]:
    """The articles and images, in order; organisations, sites and breadcrumbs beside them are passed over."""
    for found in objects(text):
        if isinstance(found, Fault):
            yield found
            continue
        line, thing = found
        graph = thing.get("@graph")
        for item in things(graph) if isinstance(graph, list) else [thing]:
            if type_of(item) in KINDS:
                yield from_thing(item, line)
            elif graph is None:
                yield Fault(line, f"not an article: {type_of(item) or 'no @type'}")
