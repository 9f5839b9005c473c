"""Agencies and the parts they play: in the byline, the dateline, picture credits, and as sources of the text."""

import re
from bisect import bisect_left
from functools import cache

from schemas.article import Agency, Dateline, Photo
from schemas.document import AWAY, CAPTION
from service.parsing.agency import AgencyRow, find_agency, find_mentions, printed_agency
from service.parsing.dateline import DatelineReading, named_again, read_dateline, read_unsigned
from service.parsing.page.candidate import Candidate, fold, line
from service.parsing.page.people import Makers
from service.parsing.page.view import View
from service.parsing.page.words import folded
from service.parsing.people import is_paper
from service.parsing.publication import PublicationFile
from service.parsing.sources import named_sources
from service.parsing.words import places_of
from service.tables import read_table

SPOKEN = re.compile(
    r"\b(?:[Tt](?:old|ells)|[Aa]ccording to|(?:reported|quoted) by|interview with|[Ll]aut|Nachrichtenagentur(?:en)?"
    r"|Agentur(?:en)?|(?:Informationen|Material) (?:von|der)|[Aa]gence(?: de presse)?|[Aa]gencia|[Aa]genzia"
    r"|[Ss](?:elon|egún|econdo)|byrån|byrået|Quelle|Source|Fuente|[Gg]egenüber|[Ee]rfuhr)\b:?\s"
)
"""Words that make an agency of the text a source."""
SPOKEN_PARTS = (
    *("told", "tells", "ccording to", "ed by", "interview with", "aut ", "gentur", "nformationen "),
    *("Material ", "gence", "gencia", "genzia", "elon", "egún", "econdo", "byrå", "Quelle", "Source", "Fuente"),
    *("egenüber", "rfuhr"),
)
"""A part of each of them: in a text as a whole such are found ten times as fast as the pattern finds the words."""
EXPECTED = re.compile(r"gentur|gence|gencia|genzia|byrå|[Tt]old|egenüber|rfuhr")
"""Those of them behind which an abbreviation is an agency's, even one that means other things elsewhere."""
ABBREVIATION = re.compile(r"(?<![\w.-])[A-Z]{2,5}(?![\w-]|\s[A-Z])")
LINKING = re.compile(r"^(?:the|der|die|l['’]|la|und|and|et|y|von|to|[\s,/])*$", re.IGNORECASE)
# Begins with the line break before the line: `re` skips to one quickly. Texts are given one to begin with.
HANDED_ON = re.compile(
    r"\n[^\w\n]*(?:with files from|with agencies|mit (?:material|agenturen|informationen)|avec|con información de)",
    re.IGNORECASE,
)
WORTH_READING = re.compile(r"[-–—―:(（【〔［\[/|]|[0-9]日")
INLINE = frozenset(("b", "strong", "em", "i", "span", "u"))
STOPS = frozenset(".–—-")
LONGEST_PLACE = 40
MOST_PARAGRAPHS = 6
MOST_TEXT = 40_000
MOST_ABOVE = 1200
"""Code points above the first paragraph in which a deck or a notice of sources may stand."""


def named(row: AgencyRow, printed: str, role: str) -> Agency:
    """An agency by the name the page prints, with the table's abbreviation."""
    short = row.abbreviations[0] if row.abbreviations else None
    return Agency(name=printed[:2000], abbreviation=short, role=role, kind=row.kind)  # type: ignore[arg-type]


def find_dateline(
    view: View, makers: Makers, headline_end: int, language: str | None
) -> tuple[Dateline, Candidate, AgencyRow | None] | None:
    """The dateline that opens one of the first paragraphs; a line before them that is a place; the byline's place."""
    start = view.body[0]
    if start >= 0:
        at = view.text.rfind("\n", 0, max(0, min(start, max(headline_end, start - 1200)))) + 1
        left = MOST_PARAGRAPHS
        before: list[tuple[int, str]] = []
        for row in view.text[at : start + 2500].split("\n"):
            here, at = at, at + len(row) + 1
            if len(row) < 60:
                if here <= start:
                    before.append((here, row))
                if (
                    "(" in row
                    and (signed := read_dateline(row, language))
                    and signed.agency
                    and signed.end >= len(row) - 3
                ):
                    return wire(view, here, signed)  # in a paragraph of its own
                continue
            index = view.at(here)
            if here + 60 < headline_end or (index >= 0 and view.bits[index] & AWAY and here < start):
                continue
            left -= 1
            if left < 0:
                break
            reading = read_dateline(row[:220], language) if WORTH_READING.search(row[:160]) else None
            if reading is None:
                reading = read_unsigned(row[:220], view.text, language) or run_in(view, here)
            if reading is not None and (reading.place or reading.agency) and reading.confidence >= 0.6:
                printed = line(row[reading.start : reading.end])
                sure = (
                    reading.agency is not None
                    or reading.confidence >= 0.75
                    or fold(reading.place or "") in towns()
                    or named_again(reading.place or "\n", view.text, reading.text)
                )
                if printed is not None and sure:
                    return wire(view, here, reading)
            if here >= start and before:
                for shown in before[-3:]:
                    lone = lone_place(view, *shown)
                    if lone is not None:
                        return lone
                before = []
    for mention in makers.mentions:
        if mention.byline is not None and mention.byline.places:
            places = line(", ".join(p for p in dict.fromkeys(mention.byline.places) if not is_paper(p)))
            printed = line(mention.byline.text)
            if printed and places:
                return Dateline(place=places, text=printed), mention.candidate, None
    return None


def wire(view: View, here: int, reading: DatelineReading) -> tuple[Dateline, Candidate, AgencyRow | None]:
    """The dateline read in the row that begins `here`."""
    low, high = here + reading.start, here + reading.end
    quote = view.text[low:high]
    rule = "dateline of a first paragraph"
    candidate = Candidate(None, "dom", rule, reading.confidence, view.at(low), quote, low, high)
    name = reading.agency.name if reading.agency else None
    return Dateline(place=line(reading.place), agency=name, text=line(quote) or ""), candidate, reading.agency


def run_in(view: View, here: int) -> DatelineReading | None:
    """A place that opens a paragraph in an element of its own: `<b>Essling.</b> Nach dem Feuer …`."""
    for index in range(bisect_left(view.starts, here), len(view.elements)):
        element = view.elements[index]
        if element.start > here:
            return None
        if element.tag in INLINE and 2 < element.end - here < LONGEST_PLACE:
            printed = view.text[here : element.end]
            place = printed.strip(" .–—-")
            stopped = printed.rstrip()[-1:] in STOPS or view.text[element.end : element.end + 2].strip()[:1] in STOPS
            if stopped and (fold(place) in towns() or (place and place[0].isupper() and named_again(place, view.text))):
                return DatelineReading(printed, 0, len(printed.rstrip()), place, confidence=0.75)
            return None
    return None


def lone_place(view: View, at: int, row: str) -> tuple[Dateline, Candidate, AgencyRow | None] | None:
    """A line right before the text that is a place, alone or after an agency: `Ankara`, `AFP, MANILA`."""
    head, _, tail = row.strip(" .:-–—").rpartition(",")
    agency = find_agency(head.strip(), position="dateline") if head else None
    place = tail.strip() if agency is not None or not head else row.strip()
    if agency is None and head and fold(head.split(",")[0]) in towns() and len(row) < 40:
        place = row.strip()
    elif fold(place) not in towns() or not line(row):
        return None
    candidate = Candidate(None, "dom", "place in a line before the text", 0.7, view.at(at), row, at, at + len(row))
    return (
        Dateline(place=line(place), agency=agency.name if agency else None, text=row.strip()[:2000]),
        candidate,
        agency,
    )


@cache
def towns() -> frozenset[str]:
    """Towns that news is datelined from, and those that the table of publications knows."""
    return folded("towns") | frozenset(
        fold(row.place) for row in read_table("publications.json", PublicationFile).publications if row.place
    )


def find_agencies(
    view: View,
    makers: Makers,
    *,
    photos: tuple[Photo, ...],
    dateline: AgencyRow | None,
    dateline_text: str,
    headline_end: int,
) -> list[tuple[Agency, Candidate | None]]:
    """Every agency with its role, each pair once."""
    found: dict[tuple[str, str], tuple[Agency, Candidate | None]] = {}

    def add(row: AgencyRow, printed: str, role: str, candidate: Candidate | None) -> None:
        found.setdefault((row.name, role), (named(row, printed, role), candidate))

    for mention in (*makers.mentions, *makers.shown):
        if mention not in makers.mentions and not (
            mention.near
            or mention.kind == "note"
            or (mention.candidate.quote and HANDED_ON.match(f"\n{mention.candidate.quote}"))
        ):
            continue
        if mention.byline is not None:
            for agency in mention.byline.agencies:
                row = find_agency(agency.name, position="byline")
                if row is not None:
                    add(row, printed_agency(agency, mention.byline.text), "byline", mention.candidate)
        for name in mention.organisations:
            row = find_agency(name, position="byline")
            if row is not None:
                add(row, name, "byline", mention.candidate)
    for row, at, end in handed_on(view):
        quote = view.text[at:end]
        add(
            row,
            quote,
            "byline",
            Candidate(None, "dom", "line below the text", 0.7, view.at(at), quote, at, end),
        )
    if dateline is not None and (dateline.name, "byline") not in found:
        # The agency of a dateline supplied the text, as one in the byline does; beside another's byline it is apart.
        role = "dateline" if any(part == "byline" for _, part in found) else "byline"
        short = next((s for s in dateline.abbreviations if s in dateline_text), None)
        add(dateline, short or dateline.name, role, None)
    for photo in photos:
        for name in (*photo.agencies, *([photo.distributor] if photo.distributor else [])):
            row = find_agency(name, position="credit")
            if row is not None:
                printed = printed_agency(
                    Agency(name=row.name, abbreviation=next(iter(row.abbreviations), None), role="photo"),
                    photo.credit or "",
                )
                add(row, printed, "photo", None)
    for row, at, end in (*sources(view, headline_end), *below_text(view)):
        quote = view.text[at:end]
        add(
            row,
            quote,
            "source",
            Candidate(None, "dom", "named in the text as a source", 0.6, view.at(at), quote, at, end),
        )
    return list(found.values())


def handed_on(view: View) -> list[tuple[AgencyRow, int, int]]:
    """Agencies of a line that hands files on: `With files from The Associated Press`."""
    start, end = view.body
    if start < 0:
        return []
    found = []
    text = f"\n{view.text[start : end + 1500]}"
    for opening in HANDED_ON.finditer(text):
        row, low = text[opening.start() + 1 :].partition("\n")[0], start + opening.start()
        index = view.at(low)
        if len(row) < 200 and (index < 0 or not view.bits[index] & AWAY):
            found += [(m.row, low + m.start, low + m.end) for m in find_mentions(row)]
    return found


def sources(view: View, headline_end: int) -> list[tuple[AgencyRow, int, int]]:
    """Agencies that the article's text names after a word that makes them a source."""
    start, end = view.body
    if start < 0:
        return []
    start = min(start, max(headline_end, start - MOST_ABOVE))
    text = view.text[start : min(end + 400, start + MOST_TEXT)]
    found: list[tuple[AgencyRow, int, int]] = []
    seen: set[str] = set()
    for cue, low in behind_spoken(text):
        reached = low
        for row, first, last in agencies_named(text[low : low + 80].split("\n")[0], cue):
            at = low + first
            index = view.at(start + at)
            if not LINKING.match(text[reached:at]) or (index >= 0 and view.bits[index] & (AWAY | CAPTION)):
                break
            reached = low + last
            if row.name not in seen and row.kind not in {"photo", "handout", "press-release"}:
                seen.add(row.name)
                found.append((row, start + at, start + reached))
    return found


def below_text(view: View) -> list[tuple[AgencyRow, int, int]]:
    """Agencies of a line that names the sources of the text: `Quelle: dpa, AFP`."""
    start, end = view.body
    found: list[tuple[AgencyRow, int, int]] = []
    for n in view.numbers(end, end + 600) if start >= 0 else ():
        at, row = view.row_starts[n], view.row_texts[n]
        named = named_sources(row)
        if named and not view.bits[view.at(at)] & (AWAY | CAPTION):
            found += [(mention.row, at + mention.start, at + mention.end) for mention in named]
    return found


def agencies_named(text: str, cue: str) -> list[tuple[AgencyRow, int, int]]:
    """The agencies of a stretch of text, by names that mean nothing else, or by any abbreviation where one is due."""
    found = {m.start: (m.row, m.start, m.end) for m in find_mentions(text)}
    if EXPECTED.search(cue):
        for match in ABBREVIATION.finditer(text):
            row = find_agency(match[0], position="byline")
            if row is not None:
                found.setdefault(match.start(), (row, *match.span()))
    return [found[at] for at in sorted(found)]


def behind_spoken(text: str) -> list[tuple[str, int]]:
    """The words that make what follows them a source, and where they end."""
    ends: dict[int, str] = {}
    for at in places_of(text, SPOKEN_PARTS):
        ends.update({spoken.end(): spoken[0] for spoken in SPOKEN.finditer(text, max(0, at - 14), at + 22)})
    return [(ends[end], end) for end in sorted(ends)]
