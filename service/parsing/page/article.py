"""The article of a page put together, field by field, with evidence and warnings."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from schemas.article import NO_DATES, Agency, Article, Dateline, Dates, Photo, Publication
from schemas.document import BREADCRUMB, Document, Hints
from schemas.evidence import Evidence, Warning
from service.parsing.language import guess_language
from service.parsing.names import full_name, read_name
from service.parsing.page import details
from service.parsing.page.agencies import find_agencies, find_dateline
from service.parsing.page.candidate import Candidate, fold, line, passage
from service.parsing.page.dates import find_dates
from service.parsing.page.days import Chosen
from service.parsing.page.emails import find_addresses, with_addresses
from service.parsing.page.headline import find_headline, titles
from service.parsing.page.kicker import find_kicker, find_printed
from service.parsing.page.owner import find_in_state, find_owner
from service.parsing.page.people import Makers, find_makers
from service.parsing.page.photos import find_photos, taken_by
from service.parsing.page.publication import find_publisher, host_of, site_names
from service.parsing.page.section import find_section
from service.parsing.page.structured import Item, articles, comparable, index_of
from service.parsing.page.view import View

DOUBTFUL = 0.35
"""The most that evidence is worth on a page that shows no article."""
LETTERS_OF_AN_ARTICLE = 300
UNSURE = 0.4
FEW_BYLINES = 3

FORMS: dict[str, Callable[[Any], Any]] = {
    "subtitle": line,
    "url": str,
    "abstract": passage,
    "keywords": tuple,
    "rights": passage,
    "access": line,
    "page": line,
    "edition": line,
    "genre": line,
    "column": line,
}
"""The plain fields, and what makes a candidate's value fit for each."""

GAPS = {
    "/headline": ("no-headline", "no headline"),
    "/authors": ("no-author", "no author"),
    "/dates/published": ("no-date", "no date of publication"),
    "/publication": ("no-publication", "no publication"),
}
"""What a reader misses: the field, the warning's code, and what the page does not give."""


class Opened(Struct, frozen=True):
    """A page laid open: what it shows, what it declares of the article, and the addresses it goes by."""

    view: View
    items: list[Item]
    index: dict[str, dict[str, Any]]
    given: str | None
    address: str
    addresses: set[str]


class Heading(Struct, frozen=True):
    """The headline; where it stands in the text, and its element (-1 where only metadata have it)."""

    text: str | None = None
    place: tuple[int, int] | None = None
    element: int = -1


class Paper(Struct, frozen=True):
    """Where the article stands: the publication, whether a table knows it, and every name that the site goes by."""

    publication: Publication | None
    known: bool
    names: list[Candidate]
    site: list[str]


class Record:
    """Evidence and warnings as they gather."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.evidence: dict[str, tuple[Evidence, ...]] = {}
        self.warnings: list[Warning] = []

    def note(self, pointer: str, *candidates: Candidate | None, confidence: float | None = None) -> None:
        """Evidence for a field; the confidence given is that of the first."""
        rows: list[Evidence] = []
        for candidate in candidates:
            if candidate is not None:
                rows.append(candidate.evidence(self.view.path, None if rows else confidence))
        if rows:
            self.evidence[pointer] = tuple(rows)

    def warn(self, code: str, field: str, message: str) -> None:
        """A warning."""
        self.warnings.append(Warning(code=code, field=field, message=message))

    def note_gaps(self, read: Mapping[str, object]) -> None:
        """A warning for each field that a reader misses and that was not read."""
        for pointer, (code, what) in GAPS.items():
            if not read[pointer]:
                self.warn(code, pointer, f"The page gives {what} that could be recognised.")

    def doubt(self) -> None:
        """Nothing read from this page is worth more than a guess."""
        self.evidence = {
            pointer: tuple(replace(row, confidence=min(row.confidence, DOUBTFUL)) for row in rows)
            for pointer, rows in self.evidence.items()
        }


def parse_page(document: Document, hints: Hints | None = None) -> Article:
    """Read the article of a page. A page without one gives what can be proved, low confidence and warnings."""
    hints = hints or Hints()
    page = opened(document, hints.url or document.url)
    record = Record(page.view)
    paper = read_publication(page, record)
    heading = read_headline(page, paper.site, record)
    language = read_language(page, hints.language, record)
    dates = find_dates(page.view, page.items, heading.place, page.address, language)
    makers = find_makers(page.view, page.items, page.index, place=heading.place, language=language, site=paper.site)
    doubtful = not is_article(page, makers, dates)
    if doubtful:
        record.warn("no-article", "", "The page does not look like one article; what was read of it is doubtful.")
        makers, dates = proved(makers, dates)
    note_dates(dates, record)
    if not doubtful and not makers.authors:
        makers = with_owner(page, paper, heading, language, makers=makers, record=record)
    if makers.mentions:
        record.note("/authors", *(m.candidate for m in makers.mentions), confidence=makers.confidence)
    start, end = heading.place or (0, 0)
    photos = read_photos(page, makers, start, language, record)
    dateline, agencies = read_agencies(page, makers, photos, headline_end=end, language=language, record=record)
    emails = find_addresses(page.view, makers)
    record.note("/emails", *emails)
    section, section_by = find_section(page.view, page.items, heading.text, paper.site, page.addresses)
    record.note("/section", *section_by)
    plain = read_plain_fields(page, heading, section, record)
    record.note_gaps(
        {
            "/headline": heading.text,
            "/authors": makers.authors,
            "/dates/published": dates.published,
            "/publication": paper.publication,
        }
    )
    if doubtful:
        record.doubt()
    return Article(
        kind=details.find_kind(
            page.view, page.items, paper.publication.medium if paper.publication and paper.known else None
        ),
        headline=heading.text,
        byline=makers.byline,
        authors=with_addresses(makers.authors, emails),
        contributors=makers.contributors,
        editors=makers.editors,
        translators=makers.translators,
        emails=tuple(c.value for c in emails),
        agencies=agencies,
        dateline=dateline,
        photos=photos,
        publication=paper.publication,
        section=section,
        dates=Dates(published=dates.published, modified=dates.modified)
        if dates.published or dates.modified
        else NO_DATES,
        language=language,
        evidence=record.evidence,
        warnings=tuple(record.warnings),
        **plain,
    )


def opened(document: Document, given: str | None) -> Opened:
    """The page with its structured data, of which the article's own objects come first."""
    view = View(document)
    shared = view.meta("og:url") or ""
    address = given or view.canonical or shared
    addresses = {a for a in map(comparable, (address, view.canonical, shared)) if a}
    headings = sorted(view.tagged.get("h1", []) + view.tagged.get("h2", []))
    shown = islice((words for words in map(view.words, headings) if 5 < len(words) < 300), 6)
    names = [t for t in (view.page.title or "", view.meta("og:title") or "", *shown) if t]
    return Opened(view, articles(view, addresses, names), index_of(view.page.data), given, address, addresses)


def read_publication(page: Opened, record: Record) -> Paper:
    """The publication, and by what other names and host the site is known."""
    host = host_of(page.address)
    names = site_names(page.view, page.items, page.index, host)
    site = [c.value for c in names] + ([host] if host else [])
    publication, by = find_publisher(names, host)
    if publication:
        site.append(publication.name)
        record.note("/publication", *by)
    return Paper(publication, bool(by) and by[0].source == "table", names, site)


def read_headline(page: Opened, site: list[str], record: Record) -> Heading:
    """The headline; what stands in it is then furniture no more, whatever the markup around it says."""
    view = page.view
    found = find_headline(view, titles(view, page.items, site), site)
    text = line(found.candidate.value) if found else None
    if not found or not text:
        return Heading(element=found.element if found else -1)
    if found.element >= 0 and not view.bits[found.element] & BREADCRUMB:
        view.release(found.element)
    record.note("/headline", found.candidate)
    start, end = found.candidate.start, found.candidate.end
    return Heading(text, (start, end) if start is not None and end is not None else None, found.element)


def read_language(page: Opened, given: str | None, record: Record) -> str | None:
    """The language as it is given or declared, else as the text looks."""
    view = page.view
    language = details.find_language(view, page.items, given)
    if language is None and (guessed := guess_language(view.text[max(0, view.body[0]) :][:4000])):
        language = Candidate(guessed, "dom", "guessed from the text", 0.5)
    record.note("/language", language)
    return language.value if language else None


def is_article(page: Opened, makers: Makers, dates: Chosen) -> bool:
    """Do at least two signs say that the page is one article: its metadata, its text, a byline, a date?"""
    view = page.view
    declared = any(item.trust >= 0.75 for item in page.items)
    signs = 2 * declared + ("article" in (view.meta("og:type") or "").lower())
    signs += view.body[1] - view.body[0] >= LETTERS_OF_AN_ARTICLE
    signs += any(m.near for m in makers.mentions) + (dates.published is not None and dates.confidence >= 0.5)
    return signs >= 2


def proved(makers: Makers, dates: Chosen) -> tuple[Makers, Chosen]:
    """What stays of people and days on a listing, a front page, an error: those on it are mostly its teasers'."""
    beside = any(m.near and not m.away for m in makers.mentions)
    alone = len(makers.authors) == 1 and len([m for m in makers.shown if m.people]) <= FEW_BYLINES
    placed = any(c.source != "dom" or "near" in c.rule or "label" in c.rule for c in dates.published_by)
    return (
        makers if makers.declared or beside or alone else Makers(),
        dates if dates.confidence >= UNSURE or placed else Chosen(),
    )


def note_dates(dates: Chosen, record: Record) -> None:
    """The evidence of both dates, and a warning where day and month may have changed places."""
    if dates.published:
        record.note("/dates/published", *dates.published_by, confidence=dates.confidence)
    if dates.modified:
        record.note("/dates/modified", *dates.modified_by)
    if dates.unsure:
        record.warn(
            "date-order",
            "/dates/published",
            "The date is printed in figures; day and month may be the other way round.",
        )


def with_owner(
    page: Opened, paper: Paper, heading: Heading, language: str | None, *, makers: Makers, record: Record
) -> Makers:
    """Of an article without a byline: whom a script's state names, or whose site it is, if it is no known paper."""
    owner = find_in_state(page.view, heading.text, language)
    if owner is None and not paper.known:
        owner = find_owner(page.view, paper.names, language)
    record.note("/authors", owner)
    return replace(makers, authors=(read_name(owner.value, language),)) if owner else makers


def read_photos(page: Opened, makers: Makers, start: int, language: str | None, record: Record) -> tuple[Photo, ...]:
    """The article's pictures, from where it begins in the text; one with nothing but an author's name is a portrait."""
    found = find_photos(page.view, page.items, page.index, language, start)
    authors = {fold(full_name(p)) for p in makers.authors if p.family}
    found = [row for row in found if row.photo.caption or fold(row.photo.credit or "") not in authors]
    found = taken_by(found, tuple(p for b in makers.bylines for p in b.photographers))
    for n, row in enumerate(found):
        record.note(f"/photos/{n}", row.candidate)
    return tuple(row.photo for row in found)


def read_agencies(
    page: Opened,
    makers: Makers,
    photos: tuple[Photo, ...],
    *,
    headline_end: int,
    language: str | None,
    record: Record,
) -> tuple[Dateline | None, tuple[Agency, ...]]:
    """The dateline, and the agencies of it, of the byline, the pictures and the text."""
    found = find_dateline(page.view, makers, headline_end, language)
    dateline, candidate, row = found or (None, None, None)
    record.note("/dateline", candidate)
    agencies = find_agencies(
        page.view,
        makers,
        photos=photos,
        dateline=row,
        dateline_text=dateline.text if dateline else "",
        headline_end=headline_end,
    )
    for n, (_, by) in enumerate(agencies):
        record.note(f"/agencies/{n}", by)
    return dateline, tuple(agency for agency, _ in agencies)


def read_plain_fields(page: Opened, heading: Heading, section: tuple[str, ...], record: Record) -> dict[str, Any]:
    """The fields that one place of the page says plainly, by name."""
    view, items = page.view, page.items
    printed_page, edition = details.printed_page(items)
    printed, kicker = find_printed(view, heading.place), find_kicker(view, heading.place)
    found = {
        "subtitle": details.find_subtitle(view, heading.element, heading.text),
        "url": details.find_address(view, page.given, items),
        "abstract": details.find_abstract(view, items, heading.text),
        "keywords": details.find_keywords(view, items),
        "rights": details.find_rights(view, items),
        "access": details.find_access(view, items),
        "page": printed_page or printed.get("page"),
        "edition": edition or printed.get("edition"),
        "genre": details.find_genre(items, section) or kicker.get("genre"),
        "column": kicker.get("column"),
    }
    for name, candidate in found.items():
        record.note(f"/{name}", candidate)
    return {name: FORMS[name](candidate.value) for name, candidate in found.items() if candidate}
