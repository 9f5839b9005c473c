"""EndNote XML: `records` of EndNote's own tags, ref-type 23 for a newspaper article; the rest in notes."""

from lxml import etree

from service.exporting.names import Roles, inverted
from service.exporting.reference import Places, Reference, lines
from service.exporting.ris import exact
from service.exporting.xml import chain, document, element, node

TYPES = {
    "article-newspaper": ("Newspaper Article", "23"),
    "article-magazine": ("Magazine Article", "19"),
    "post-weblog": ("Blog", "56"),
    "webpage": ("Web Page", "12"),
    "broadcast": ("Film or Broadcast", "21"),
    "interview": ("Personal Communication", "26"),
    "graphic": ("Artwork", "2"),
}
CREATORS: Roles = (
    ("author", "authors"),
    ("editor", "secondary-authors"),
    ("contributor", "tertiary-authors"),
    ("translator", "subsidiary-authors"),
)
TITLES = (
    ("title", "title"),
    ("container", "secondary-title"),
    ("container_short", "alt-title"),
    ("short_title", "short-title"),
    ("original_title", "translated-title"),
)
TAGS = (
    ("page", "pages"),
    ("edition", "edition"),
    ("section", "section"),
    ("place", "pub-location"),
    ("publisher", "publisher"),
    ("issn", "isbn"),
    ("doi", "electronic-resource-num"),
    ("genre", "work-type"),
    ("column", "custom1"),
    ("abstract", "abstract"),
    ("emails", "auth-address"),
    ("language", "language"),
)
PLACES = Places(
    values=(*(name for name, _ in (*TITLES, *TAGS)), "url"),
    several=("keywords",),
    parts=("author", "editor", "contributor", "translator"),
    dates=("published", "accessed"),
    exact_name=exact,
)


def build(reference: Reference) -> etree._Element:
    """One record."""
    name, number = TYPES[reference.article.kind]
    record = element("record")
    node(record, "ref-type", number, name=name)
    contributors = node(record, "contributors")
    for part, tag in CREATORS:
        if people := reference.by(part):
            group = node(contributors, tag)
            for creator in people:
                node(group, "author", inverted(creator))
    if not len(contributors):
        record.remove(contributors)
    titles = node(record, "titles")
    for field, tag in TITLES:
        if field in reference.values:
            node(titles, tag, reference.values[field])
    for field, tag in TAGS:
        if field in reference.values:
            node(record, tag, reference.values[field])
    if reference.article.keywords:
        keywords = node(record, "keywords")
        for keyword in reference.article.keywords:
            node(keywords, "keyword", keyword)
    if published := reference.dates.get("published"):
        dates = node(record, "dates")
        node(dates, "year", published.year_text)
        chain(dates, "pub-dates/date", published.day_text)
    if "url" in reference.values:
        urls = node(record, "urls")
        for kind in ("web-urls", "related-urls"):  # Zotero reads the first, EndNote the second
            chain(urls, f"{kind}/url", reference.values["url"])
    if accessed := reference.dates.get("accessed"):
        node(record, "access-date", accessed.day_text)
    rest = PLACES.rest(reference)
    if rest:
        node(record, "notes", "\n".join(lines(rest)))
    node(record, "label", reference.key)
    return record


write = document("xml/records", build, {})
