"""The metadata in a page's head: what Zotero's Embedded Metadata, Mendeley and link previews read.

Names as those programs know them. `citation_journal_title` is never among them: it turns everything into a journal
article. Names of people stand as “Family, Given”, which every reader splits in the right place.

Zotero takes `citation_author` for the whole list of creators, so it is left out where there are contributors,
translators or editors; and it splits a name at the comma in two where both halves have a blank in them.
"""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from schemas.article import Article, Creator, DateValue
from service.exporting.fields import JOINED
from service.exporting.names import authors, first, is_person, last
from service.exporting.zotero import TYPES


class Meta(NamedTuple):
    """One meta element. Open Graph's are told by `property`, all others by `name`."""

    attribute: Literal["name", "property"]
    name: str
    content: str


Read: TypeAlias = Callable[[Article], str | tuple[str, ...] | None]


def _people(creators: tuple[Creator, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(family_first, creators)))


def family_first(creator: Creator) -> str:
    """“van der Berg, Anna” and “King, Martin Jr.”: a second comma would cost the suffix.

    A comma after a name of several words that is not in parts keeps Zotero from splitting it (it drops the comma).
    """
    given = " ".join(filter(None, (first(creator), creator.suffix)))
    name = ", ".join(filter(None, (last(creator), given)))
    return name if is_person(creator) or " " not in name or "," in name else f"{name},"


def day(date: DateValue | None) -> str | None:
    """A date without what only EDTF says: the qualifier, a season, the time of day."""
    if date is None:
        return None
    bare = date.edtf.rstrip("~?%")
    return bare[:4] if date.precision == "season" else bare[:10]


def _moment(date: DateValue | None) -> str | None:
    """A date for Open Graph, which takes ISO 8601 whole but no seasons."""
    return date.edtf if date is not None and date.precision == "time" else day(date)


def _title(article: Article) -> str | None:
    photo = article.photos[0] if article.photos and article.kind == "graphic" else None
    return article.headline or (photo and (photo.description or photo.caption)) or None


def _authors(article: Article) -> tuple[str, ...]:
    return _people(authors(article))


def _highwire_authors(article: Article) -> tuple[str, ...]:
    names = _authors(article)
    split = any(" " in family and " " in given.strip() for family, _, given in (name.partition(",") for name in names))
    return () if split or article.contributors or article.editors or article.translators else names


def _pages(article: Article) -> tuple[str | None, str | None]:
    first, _, last = (article.page or "").replace("–", "-").partition("-")
    return first.strip() or None, last.strip() or None


_PHOTOGRAPH: tuple[tuple[str, Read], ...] = (
    ("z:artists", _authors),
    ("dcterms:medium", lambda _: "Photograph"),
)

_ARTICLE: tuple[tuple[str, Read], ...] = (
    ("dc:creator", _authors),
    ("bib:contributors", lambda a: _people(a.contributors)),
    ("bib:editors", lambda a: _people(a.editors)),
    ("z:translators", lambda a: _people(a.translators)),
    ("article:section", lambda a: JOINED["section"][1].join(a.section)),
    ("prism:edition", lambda a: a.edition),
    ("prism:issn", lambda a: a.publication.issn[:1] if a.publication else None),
    ("citation_issn", lambda a: a.publication.issn if a.publication else None),
    ("prism:startingPage", lambda a: _pages(a)[0]),
    ("prism:endingPage", lambda a: _pages(a)[1]),
    ("citation_title", _title),
    ("citation_author", _highwire_authors),
    ("citation_publication_date", lambda a: day(a.dates.published)),
    ("citation_language", lambda a: a.language),
)

_BOTH: tuple[tuple[str, Read], ...] = (
    ("z:itemType", lambda a: TYPES[a.kind]),
    ("dc:title", _title),
    ("dc:source", lambda a: a.publication.name if a.publication else None),
    ("dc:publisher", lambda a: a.publication.publisher if a.publication else None),
    ("dc:date", lambda a: day(a.dates.published)),
    ("dc:language", lambda a: a.language),
    ("dc:rights", lambda a: a.rights),
    ("dc:subject", lambda a: a.keywords),
    ("dcterms:abstract", lambda a: a.abstract or (a.photos[0].caption if a.kind == "graphic" and a.photos else None)),
    ("bibo:shortTitle", lambda a: a.short_title),
    ("z:place", lambda a: a.publication.place if a.publication else None),
    ("description", lambda a: a.abstract),
    ("og:type", lambda _: "article"),
    ("og:title", _title),
    ("og:url", lambda a: a.url),
    ("og:site_name", lambda a: a.publication.name if a.publication else None),
    ("og:description", lambda a: a.abstract),
    ("article:published_time", lambda a: _moment(a.dates.published)),
    ("article:modified_time", lambda a: _moment(a.dates.modified)),
)


def head(article: Article) -> Iterator[Meta]:
    """The meta elements of an article, or of a photograph as an article of kind `graphic`."""
    for name, read in _BOTH + (_PHOTOGRAPH if article.kind == "graphic" else _ARTICLE):
        found = read(article)
        for content in found if isinstance(found, tuple) else (found,):
            if content:
                yield Meta("property" if name.startswith(("og:", "article:")) else "name", name, content)
