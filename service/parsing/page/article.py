"""The article of a page put together, field by field, with evidence and warnings."""

from msgspec.structs import replace

from schemas.article import NO_DATES, Article, Dates
from schemas.document import Document, Hints
from schemas.evidence import Evidence, Warning
from service.parsing.language import guess_language
from service.parsing.names import full_name, read_name
from service.parsing.page import details
from service.parsing.page.agencies import find_agencies, find_dateline
from service.parsing.page.candidate import Candidate, fold, line, passage
from service.parsing.page.dates import Chosen, find_dates
from service.parsing.page.emails import find_addresses, with_addresses
from service.parsing.page.headline import find_headline, titles
from service.parsing.page.owner import find_in_state, find_owner
from service.parsing.page.people import Makers, find_makers
from service.parsing.page.photos import find_photos, taken_by
from service.parsing.page.publication import find_publisher, host_of, site_names
from service.parsing.page.section import find_section
from service.parsing.page.structured import Item, articles, comparable, index_of
from service.parsing.page.view import BREADCRUMB, View

DOUBTFUL = 0.35
"""The most that evidence is worth on a page that shows no article."""
LETTERS_OF_AN_ARTICLE = 300
UNSURE = 0.4
FEW_BYLINES = 3


class Record:
    """Evidence and warnings as they gather."""

    def __init__(self) -> None:
        self.evidence: dict[str, tuple[Evidence, ...]] = {}
        self.warnings: list[Warning] = []

    def note(self, pointer: str, *candidates: Candidate | None, confidence: float | None = None) -> None:
        """Evidence for a field; the confidence given is that of the first."""
        rows = tuple(c.evidence(confidence if n == 0 else None) for n, c in enumerate(c for c in candidates if c))
        if rows:
            self.evidence[pointer] = rows

    def warn(self, code: str, field: str, message: str) -> None:
        """A warning."""
        self.warnings.append(Warning(code=code, field=field, message=message))

    def doubt(self) -> None:
        """Nothing read from this page is worth more than a guess."""
        self.evidence = {
            pointer: tuple(replace(row, confidence=min(row.confidence, DOUBTFUL)) for row in rows)
            for pointer, rows in self.evidence.items()
        }


def is_article(view: View, items: list[Item], makers: Makers, dates: Chosen) -> bool:
    """Do at least two signs say that the page is one article: its metadata, its text, a byline, a date?"""
    declared = any(item.trust >= 0.75 for item in items)
    signs = 2 * declared + ("article" in (view.meta("og:type") or "").lower())
    signs += view.body[1] - view.body[0] >= LETTERS_OF_AN_ARTICLE
    signs += any(m.near for m in makers.mentions) + (dates.published is not None and dates.confidence >= 0.5)
    return signs >= 2


def parse_page(document: Document, hints: Hints | None = None) -> Article:
    """Read the article of a page. A page without one gives what can be proved, low confidence and warnings."""
    hints = hints or Hints()
    view = View(document)
    record = Record()
    given = hints.url or document.url
    address = given or view.canonical or view.meta("og:url") or ""
    addresses = {
        a for a in (comparable(address), comparable(view.canonical), comparable(view.meta("og:url") or "")) if a
    }
    headings = sorted(view.tagged.get("h1", []) + view.tagged.get("h2", []))
    shown = [words for words in map(view.words, headings) if 5 < len(words) < 300][:6]
    items = articles(view, addresses, [t for t in (view.page.title or "", view.meta("og:title") or "", *shown) if t])
    index = index_of(view.page.data)

    host = host_of(address)
    names = site_names(view, items, index, host)
    site = [c.value for c in names] + ([host] if host else [])
    publication, publication_by = find_publisher(view, names, host)
    if publication:
        site.append(publication.name)
        record.note("/publication", *publication_by)

    heading = find_headline(view, titles(view, items, site), site)
    headline = line(heading.candidate.value) if heading else None
    place = None
    if heading and headline:
        if heading.element >= 0 and not view.bits[heading.element] & BREADCRUMB:
            view.release(heading.element)
        record.note("/headline", heading.candidate)
        if heading.candidate.start is not None and heading.candidate.end is not None:
            place = (heading.candidate.start, heading.candidate.end)

    language = details.find_language(view, items, hints.language)
    if language is None and (
        guessed := guess_language(view.text[view.body[0] :][:4000] if view.body[0] >= 0 else view.text[:4000])
    ):
        language = Candidate(guessed, "dom", "guessed from the text", 0.5)
    tongue = language.value if language else None
    record.note("/language", language)

    dates = find_dates(view, items, place, address, tongue)
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

    makers = find_makers(view, items, index, place=place, language=tongue, site=site)
    if not is_article(view, items, makers, dates):
        # A listing, a front page, an error: names and days on it are those of its teasers.
        record.warn("no-article", "", "The page does not look like one article; what was read of it is doubtful.")
        beside = any(m.near and not m.away for m in makers.mentions)
        alone = len(makers.authors) == 1 and len([m for m in makers.shown if m.people]) <= FEW_BYLINES
        makers = makers if makers.declared or beside or alone else Makers()
        placed = any(c.source != "dom" or "near" in c.rule or "label" in c.rule for c in dates.published_by)
        dates = dates if dates.confidence >= UNSURE or placed else Chosen()
    elif not makers.authors:
        known = bool(publication_by) and publication_by[0].source == "table"
        owner = find_in_state(view, headline, tongue) or (None if known else find_owner(view, names, tongue))
        record.note("/authors", owner)
        makers = replace(makers, authors=(read_name(owner.value, tongue),)) if owner else makers
    if makers.mentions:
        record.note("/authors", *(m.candidate for m in makers.mentions), confidence=makers.confidence)

    photos = find_photos(view, items, index, tongue, place[0] if place else 0)
    names_of_authors = {fold(full_name(p)) for p in makers.authors if p.family}
    photos = [p for p in photos if p.photo.caption or fold(p.photo.credit or "") not in names_of_authors]
    photos = taken_by(photos, tuple(p for b in makers.bylines for p in b.photographers))
    for n, found in enumerate(photos):
        record.note(f"/photos/{n}", found.candidate)

    dateline = find_dateline(view, makers, place[1] if place else 0, tongue)
    if dateline:
        record.note("/dateline", dateline[1])
    agencies = find_agencies(
        view,
        makers,
        photos=tuple(p.photo for p in photos),
        dateline=dateline[2] if dateline else None,
        dateline_text=dateline[0].text if dateline else "",
    )
    for n, (_, candidate) in enumerate(agencies):
        record.note(f"/agencies/{n}", candidate)
    emails = find_addresses(view, makers)
    record.note("/emails", *emails)

    section, section_by = find_section(view, items, headline, site, addresses)
    record.note("/section", *section_by)
    subtitle = details.find_subtitle(view, heading.element if heading else -1, headline)
    canonical = details.find_address(view, given, items)
    abstract = details.find_abstract(view, items, headline)
    keywords = details.find_keywords(view, items)
    rights = details.find_rights(view, items)
    access = details.find_access(view, items)
    page, edition = details.printed_page(items)
    genre = details.find_genre(items, section)
    for pointer, candidate in (
        ("/subtitle", subtitle),
        ("/url", canonical),
        ("/abstract", abstract),
        ("/keywords", keywords),
        ("/rights", rights),
        ("/access", access),
        ("/page", page),
        ("/edition", edition),
        ("/genre", genre),
    ):
        record.note(pointer, candidate)
    known = publication_by[0].source == "table" if publication_by else False
    for missing, code, field, what in (
        (not headline, "no-headline", "/headline", "no headline"),
        (not makers.authors, "no-author", "/authors", "no author"),
        (dates.published is None, "no-date", "/dates/published", "no date of publication"),
        (publication is None, "no-publication", "/publication", "no publication"),
    ):
        if missing:
            record.warn(code, field, f"The page gives {what} that could be recognised.")
    if any(w.code == "no-article" for w in record.warnings):
        record.doubt()
    return Article(
        kind=details.find_kind(view, items, publication.medium if publication and known else None),
        headline=headline,
        subtitle=line(subtitle.value) if subtitle else None,
        byline=makers.byline,
        authors=with_addresses(makers.authors, emails),
        contributors=makers.contributors,
        editors=makers.editors,
        translators=makers.translators,
        emails=tuple(c.value for c in emails),
        agencies=tuple(agency for agency, _ in agencies),
        dateline=dateline[0] if dateline else None,
        photos=tuple(found.photo for found in photos),
        publication=publication,
        section=section,
        genre=line(genre.value) if genre else None,
        edition=line(edition.value) if edition else None,
        page=line(page.value) if page else None,
        dates=Dates(published=dates.published, modified=dates.modified)
        if dates.published or dates.modified
        else NO_DATES,
        url=canonical.value if canonical else None,
        language=tongue,
        abstract=passage(abstract.value) if abstract else None,
        keywords=keywords.value if keywords else (),
        rights=passage(rights.value) if rights else None,
        access=line(access.value) if access else None,
        evidence=record.evidence,
        warnings=tuple(record.warnings),
    )
