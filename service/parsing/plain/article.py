"""The article of a copied text put together, field by field; every span of evidence is exact."""

import re

from msgspec import Struct

from schemas.article import NO_DATES, Agency, Article, Creator, Dateline, Dates, DateValue, Kind, Publication
from schemas.document import Document, Hints
from schemas.evidence import Evidence, Source, Warning
from service.parsing.agency import AgencyRow, printed_agency
from service.parsing.byline import Byline
from service.parsing.dateline import DatelineReading, read_dateline, read_unsigned
from service.parsing.dates import find_numbers, read_dates
from service.parsing.email import find_emails
from service.parsing.inference import infer_date
from service.parsing.language import guess_language
from service.parsing.names import full_name
from service.parsing.plain.byline import BylineFound, byline_like, find_bylines
from service.parsing.plain.dates import DateFound, dated_lines, find_dates
from service.parsing.plain.details import Detail, find_details, find_keywords
from service.parsing.plain.headline import HeadlineFound, find_headline
from service.parsing.plain.layout import Layout, lay_out
from service.parsing.plain.photos import PhotoFound, find_photos
from service.parsing.plain.publication import find_printed
from service.parsing.plain.section import find_section
from service.parsing.publication import as_publication, domain_of, find_publication
from service.parsing.sources import find_sources, named_sources
from service.parsing.words import folded_words

LONGEST = 2_000_000
"""Characters read of one text: several hundred times the longest article. What lies behind is not looked at."""
_LINE, _PASSAGE = 2000, 20_000
_BELOW = 6
"""Lines from the last of the story in which its sources may be named."""
_SURE = 0.75
"""Confidence from which a place without agency and date is a dateline."""
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_KINDS: dict[str, Kind] = {
    "magazine": "article-magazine",
    "broadcaster": "webpage",
    "web": "webpage",
    "agency": "webpage",
}


class Scene(Struct):
    """The text divided into lines, and its language."""

    layout: Layout
    language: str | None


class Record:
    """The evidence and the warnings of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.evidence: dict[str, tuple[Evidence, ...]] = {}
        self.warnings: list[Warning] = []

    def span(self, pointer: str, start: int, end: int, rule: str, confidence: float) -> None:
        """Evidence in the text; a span longer than a passage may be is cut at its end."""
        end = min(end, start + _PASSAGE)
        if end > start:
            quote = self.text[start:end]
            self._add(
                pointer,
                Evidence(source="text", start=start, end=end, quote=quote, rule=rule, confidence=_odds(confidence)),
            )

    def other(self, pointer: str, source: Source, rule: str, confidence: float, path: str | None = None) -> None:
        """Evidence outside the text: a table, the address, what the sender said."""
        self._add(
            pointer,
            Evidence(source=source, path=path[:_LINE] if path else None, rule=rule, confidence=_odds(confidence)),
        )

    def _add(self, pointer: str, evidence: Evidence) -> None:
        self.evidence[pointer] = (*self.evidence.get(pointer, ()), evidence)

    def warn(self, code: str, field: str, message: str) -> None:
        """Something the reader of the article should know."""
        self.warnings.append(Warning(code=code, field=field, message=message))


def _odds(value: float) -> float:
    return round(max(0.0, min(1.0, value)), 2)


def parse_plain(document: Document, hints: Hints | None = None) -> Article:
    """Read a text. A text that is no article gives what can be proved, and warnings."""
    hints = hints or Hints()
    text = document.text[:LONGEST]
    record = Record(text)
    layout = lay_out(text)
    language = _language(layout, document, hints, record)
    numbers = find_numbers(text)
    readings = read_dates(text, language, numbers)
    dated = dated_lines(layout, readings, numbers)
    opening = byline_like(layout)

    headline = find_headline(layout, dated, opening)
    if headline:
        for at in (headline.line, *(i for i in headline.lines[:4] if i != headline.line)):
            record.span(
                "/headline", layout.lines[at].start, layout.lines[at].end, "plain.headline", headline.confidence
            )
    else:
        record.warn("no-headline", "/headline", "No line of the text looks like a headline.")

    bylines = find_bylines(layout, headline, dated, opening, language)
    taken = {b.line for b in bylines} | (set(headline.lines) if headline else set())
    dateline = _dateline(layout, headline, language)
    photos = find_photos(layout, headline, taken, language)
    authors = _authors(bylines, dateline[0] if dateline else None, layout, record)
    if not authors:
        record.warn("no-author", "/authors", "The text names no author that could be recognised.")
    agencies = _agencies(bylines, dateline, photos, layout, record)
    emails = _emails(bylines, layout, record)
    days = find_dates(layout, readings, headline, {b.line for b in bylines})
    published, modified = _dates(days, Scene(layout, language), hints, record)

    address = hints.url or document.url
    publication = _publication(layout, address, record)
    section = find_section(layout, headline)
    if section:
        record.span("/section", section.start, section.end, "plain.breadcrumb", section.confidence)
    details = _details(find_details(layout, headline, {b.line for b in bylines}, dated), record)
    keywords = find_keywords(layout)
    for n, keyword in enumerate(keywords):
        record.span(f"/keywords/{n}", keyword.start, keyword.end, keyword.rule, keyword.confidence)
    if address:
        record.other("/url", "given", "given.url", 1.0)
    for n, found in enumerate(photos):
        if found.caption_at:
            record.span(f"/photos/{n}/caption", *found.caption_at, "plain.caption", found.credit.confidence)
        record.span(f"/photos/{n}/credit", *found.credit_at, "plain.credit", found.credit.confidence)

    main = bylines[0].byline if bylines else None
    return Article(
        kind=_KINDS.get((publication.medium or "") if publication else "", "article-newspaper"),
        headline=headline.text[:_LINE] if headline else None,
        subtitle=details.get("subtitle"),
        byline=main.text[:_LINE] if main else None,
        authors=authors,
        contributors=_people(bylines, "contributors", authors),
        editors=_people(bylines, "editors", authors),
        translators=_people(bylines, "translators", authors),
        emails=emails,
        agencies=agencies,
        photos=tuple(p.photo for p in photos),
        publication=publication,
        section=section.steps if section else (),
        column=details.get("column"),
        genre=details.get("genre"),
        edition=details.get("edition"),
        page=details.get("page"),
        dateline=Dateline(
            place=dateline[0].place,
            agency=dateline[0].agency.name if dateline[0].agency else None,
            text=dateline[0].text[:_LINE],
        )
        if dateline
        else None,
        dates=Dates(published=published, modified=modified) if published or modified else NO_DATES,
        url=address[:8192] if address else None,
        language=language,
        abstract=details.get("abstract"),
        keywords=tuple(keyword.value for keyword in keywords),
        evidence=record.evidence,
        warnings=tuple(record.warnings),
    )


def _language(layout: Layout, document: Document, hints: Hints, record: Record) -> str | None:
    given = hints.language or document.language
    if given and _TAG.fullmatch(given) and len(given) <= 64:
        record.other("/language", "given", "given.language", 1.0)
        return given
    paragraphs = [line.text for line in layout.lines[layout.first : layout.first + 60] if line.paragraph]
    body = "\n".join(paragraphs)
    found = guess_language(body) or guess_language(layout.text)
    if found and layout.lines:
        longest = max(layout.lines[layout.first : layout.last + 1] or layout.lines, key=lambda line: line.weight)
        record.span("/language", longest.start, longest.end, "language.words", 0.9)
    return found


def _dateline(
    layout: Layout, headline: HeadlineFound | None, language: str | None
) -> tuple[DatelineReading, int] | None:
    """The dateline and the offset of the line it stands in: of one of the first paragraphs, or at the body's end."""
    after = headline.line if headline and headline.line < layout.last else -1
    begin = max(after + 1, layout.first - 3)
    for line in (*layout.lines[begin : begin + 8], *layout.lines[max(begin, layout.last - 1) : layout.last + 2]):
        if line.weight < 20 or line.listed:
            continue
        if found := read_dateline(line.text, language):
            return found, line.start
        unsigned = read_unsigned(line.text, layout.text, language)
        if unsigned and unsigned.confidence >= _SURE:
            return unsigned, line.start
    return None


def _authors(
    bylines: list[BylineFound], dateline: DatelineReading | None, layout: Layout, record: Record
) -> tuple[Creator, ...]:
    """People of the byline; where it names none, reporters of the dateline, or an organisation that signs."""
    authors: list[Creator] = []
    for found in bylines:
        line = layout.lines[found.line]
        if found.byline.text:
            record.span("/byline", line.start, line.end, "plain.byline", _sure(found))
        for person in found.byline.authors:
            if all(full_name(person).casefold() != full_name(a).casefold() for a in authors):
                _name_evidence(f"/authors/{len(authors)}", person, (line.start, line.end), _sure(found), record)
                authors.append(person)
    if not authors and dateline:
        for person in dateline.reporters:
            at = layout.text.find(dateline.text)
            _name_evidence(
                f"/authors/{len(authors)}", person, (at, at + len(dateline.text)), dateline.confidence, record
            )
            authors.append(person)
    if not authors and bylines and (name := _signed_by(bylines[0].byline)):
        line = layout.lines[bylines[0].line]
        record.span("/authors/0", line.start, line.end, "plain.byline.organisation", bylines[0].odds)
        authors.append(Creator(literal=name[:_LINE], printed=name[:_LINE]))
    return tuple(authors)


def _details(found: list[Detail], record: Record) -> dict[str, str]:
    """The fields that stand around the story, by name, with their evidence."""
    for detail in found:
        record.span(f"/{detail.field}", detail.start, detail.end, detail.rule, detail.confidence)
    return {detail.field: detail.value for detail in found}


def _sure(found: BylineFound) -> float:
    """The odds of the line, or what its own form proves: a lead word with a known name is rarely anything else."""
    return max(found.odds, 0.95 * found.byline.confidence) if found.byline.labelled else found.odds


def _signed_by(byline: Byline) -> str | None:
    return printed_agency(byline.agencies[0], byline.text) if byline.agencies else byline.collective


def _name_evidence(pointer: str, person: Creator, span: tuple[int, int], odds: float, record: Record) -> None:
    start, end = span
    printed = person.printed or ""
    at = record.text.find(printed, start, end) if printed else -1
    if at >= 0:
        record.span(pointer, at, at + len(printed), "byline.person", odds)
    else:
        record.span(pointer, start, end, "byline.person", odds)


def _people(bylines: list[BylineFound], field: str, authors: tuple[Creator, ...]) -> tuple[Creator, ...]:
    known = {full_name(a).casefold() for a in authors}
    found: dict[str, Creator] = {}
    for b in bylines:
        for person in getattr(b.byline, field):
            found.setdefault(full_name(person).casefold(), person)
    return tuple(p for name, p in found.items() if name not in known)


def _agencies(
    bylines: list[BylineFound],
    dateline: tuple[DatelineReading, int] | None,
    photos: list[PhotoFound],
    layout: Layout,
    record: Record,
) -> tuple[Agency, ...]:
    found: list[Agency] = []

    def note(agency: Agency, start: int, end: int, rule: str, confidence: float) -> None:
        if any(a.name == agency.name and a.role == agency.role for a in found):
            return
        record.span(f"/agencies/{len(found)}", start, end, rule, confidence)
        found.append(agency)

    for b in bylines:
        line = layout.lines[b.line]
        for agency in b.byline.agencies:
            note(agency, line.start, line.end, "byline.agency", b.odds)
    if dateline and dateline[0].agency:
        start = dateline[1] + dateline[0].start
        note(
            # it supplied the text, as one of the byline does; beside another's byline it is apart
            _as_agency(dateline[0].agency, "dateline" if found else "byline"),
            start,
            start + len(dateline[0].text),
            "dateline.agency",
            dateline[0].confidence,
        )
    for p in photos:
        for agency in p.credit.agencies:
            note(agency, *p.credit_at, "credit.agency", p.credit.confidence)
    for line in layout.lines[layout.last : layout.last + _BELOW]:
        for named in named_sources(line.text):
            at = (line.start + named.start, line.start + named.end)
            note(_as_agency(named.row, "source"), *at, "source.line", 0.8)
    if layout.lines and layout.last >= layout.first:
        body = layout.lines[layout.first : layout.last + 1]
        begin, end = body[0].start, body[-1].end
        shown = [p.credit_at for p in photos]
        if dateline:
            shown.append((dateline[1], dateline[1] + dateline[0].end))
        between = [layout.keys[line.index] for line in body if not line.paragraph]
        for s in find_sources(layout.text, begin, end, layout.spoken | folded_words("\n".join(between))):
            if not any(a <= s.start < b for a, b in shown):
                note(_as_agency(s.row, "source"), s.start, s.end, "prose.source", 0.8)
        for p in photos:
            if p.caption_at:
                for s in find_sources(layout.text, *p.caption_at):
                    note(_as_agency(s.row, "source"), s.start, s.end, "caption.source", 0.8)
    return tuple(found)


def _as_agency(row: AgencyRow, role: str) -> Agency:
    short = row.abbreviations[0] if row.abbreviations else None
    return Agency(name=row.name, abbreviation=short, role=role, kind=row.kind)  # type: ignore[arg-type]


def _emails(bylines: list[BylineFound], layout: Layout, record: Record) -> tuple[str, ...]:
    """Addresses of the byline, else those printed beside it or at the end of the body that no desk owns."""
    lines = {b.line for b in bylines}
    around = {i + d for i in lines for d in range(-1, 3)} | set(range(layout.last - 1, layout.last + 4))
    names = [
        re.sub(r"[^a-z]", "", (p or "").casefold())
        for b in bylines
        for a in b.byline.authors
        for p in (a.family, a.given, a.literal)
    ]
    found: dict[str, tuple[int, int, float]] = {}
    for mail in find_emails(layout.text):
        at = layout.line_at(mail.start)
        own = re.sub(r"[^a-z]", "", mail.address.split("@")[0].casefold())
        named = any(len(n) > 2 and n in own for n in names)
        if at in lines or named or (at in around and not _DESK.match(mail.address)):
            found.setdefault(mail.address, (mail.start, mail.end, 0.98 if at in lines else 0.9 if named else 0.6))
    for n, (start, end, confidence) in enumerate(found.values()):
        record.span(f"/emails/{n}", start, end, "email", confidence)
    return tuple(found)


_DESK = re.compile(
    r"(?:info|contact|kontakt|redaktion|redaction|redaccion|editor|editors|news|newsroom|newsdesk|desk|office|support|help|service|"
    r"abo|anzeigen|ads|advertising|marketing|press|presse|mail|hello|hallo|webmaster|admin|privacy|datenschutz|leserbriefe|"
    r"feedback|tips|letters|customerservice|kundenservice|subscriptions|sales|online|post|team|servicio|web)\b",
    re.IGNORECASE,
)


def _dates(
    found: list[DateFound], scene: Scene, hints: Hints, record: Record
) -> tuple[DateValue | None, DateValue | None]:
    """(published, modified)."""
    published = next((f for f in found if f.odds >= LEAST_ODDS), None)
    if published:
        published = _first_published(found, published)
    modified = _modified(found, published)
    if modified:
        record.span("/dates/modified", modified.reading.start, modified.reading.end, "plain.modified", modified.odds)
    if published:
        record.span("/dates/published", published.reading.start, published.reading.end, "plain.date", published.odds)
        if published.reading.unsure:
            record.warn(
                "date-order",
                "/dates/published",
                "Day and month of the date could change places; the language does not settle it.",
            )
        return published.reading.value, modified.reading.value if modified else None
    record.warn("no-date", "/dates/published", "The text prints no date of publication.")
    if hints.infer_dates and (inferred := infer_date(scene.layout.text, scene.language)):
        for span in inferred.spans:
            record.span("/dates/published", *span, "date.anniversary", 0.6)
        record.warn(
            "date-inferred", "/dates/published", "The date is inferred from the text, not printed: see its basis."
        )
        return inferred.value, modified.reading.value if modified else None
    return None, modified.reading.value if modified else None


LEAST_ODDS = 0.2
"""Below this no date is taken for the day of publication."""


def _first_published(found: list[DateFound], chosen: DateFound) -> DateFound:
    """A date beside the chosen one that is labelled as the first, of the same day, is the time of publication."""
    for f in found:
        beside = f is not chosen and abs(f.line - chosen.line) <= 5
        if (
            beside
            and f.published
            and not chosen.published
            and f.reading.value.edtf[:10] <= chosen.reading.value.edtf[:10]
        ):
            return f
    return chosen


def _modified(found: list[DateFound], published: DateFound | None) -> DateFound | None:
    """A date labelled as that of a change, near the day of publication and not before it."""
    for f in found:
        if (
            f.modified
            and f is not published
            and (
                not published
                or (abs(f.line - published.line) <= 4 and f.reading.value.edtf >= published.reading.value.edtf[:10])
            )
        ):
            return f
    return None


def _publication(layout: Layout, address: str | None, record: Record) -> Publication | None:
    domain = domain_of(address) if address else None
    if domain and (known := find_publication(domain=domain)):
        record.other("/publication", "url", "publication.domain", 0.98, domain)
        return known
    printed = find_printed(layout)
    if printed is None:
        if domain:
            record.warn("unknown-publication", "/publication", f"The table knows no publication at {domain[:200]}.")
        else:
            record.warn(
                "no-publication",
                "/publication",
                "The text does not name the publication in a form that could be recognised.",
            )
        return None
    record.span("/publication", printed.start, printed.end, printed.rule, printed.confidence)
    record.other("/publication", "table", "publication.name", printed.confidence)
    return as_publication(printed.row, domain=domain)
