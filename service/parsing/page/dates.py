"""When the article was published and changed: metadata, time elements and printed dates, weighed day by day."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from msgspec import Struct

from schemas.article import DateValue
from schemas.evidence import Source
from service.parsing.dates import read_date, read_dates
from service.parsing.dates import table as date_table
from service.parsing.page.candidate import Candidate
from service.parsing.page.state import beside_headline
from service.parsing.page.structured import Item
from service.parsing.page.view import ARTICLE, AWAY, BODY, COMMENT, DATE, View
from service.parsing.page.words import words
from service.tables import read_table

ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::\d{2})?|[+-]\d{2})?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?\s*$")
IN_ADDRESS = re.compile(
    r"[/\-_=.](?P<y>(?:19|20)\d{2})[/\-_.]?(?P<m>0[1-9]|1[0-2])[/\-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/\-_.?]|$)"
)
DAY_FIRST = re.compile(
    r"[/\-_](?P<d>0[1-9]|[12]\d|3[01])[/\-_.](?P<m>0[1-9]|1[0-2])[/\-_.](?P<y>20\d{2})(?=[/\-_.?]|$)"
)
SLASHED = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{2,4}")
DIGIT = re.compile("[0-9]")
OPENING = 70
LABEL = 30
"""Code points before a day at most, for a label, a weekday or a place: Pressemitteilung vom 25. Januar 2022."""
DOUBTFUL = 0.33
EARLIEST = 1985
"""Years before are the epoch of a machine, not a day of the web."""


class Weights(Struct, frozen=True):
    """page_weights.toml, [date]."""

    json_ld: float
    microdata: float
    meta: float
    meta_loose: float
    created: float
    time_near: float
    time_far: float
    printed_near: float
    printed_line: float
    printed_label: float
    printed_far: float
    url: float
    state: float
    enough: float
    before: int
    after: int


class Rules(Struct, frozen=True):
    """page_weights.toml as this room reads it."""

    date: Weights


class Found(Struct, frozen=True):
    """One reading of a date: where it counts, and whether day and month may be swapped in it."""

    candidate: Candidate
    day: date
    weight: float
    kind: str
    printed: bool = False
    unsure: bool = False


class Chosen(Struct, frozen=True):
    """The dates of the article with the candidates that speak for each; `unsure` where day and month may be swapped."""

    published: DateValue | None = None
    modified: DateValue | None = None
    published_by: tuple[Candidate, ...] = ()
    modified_by: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    unsure: bool = False


def find_dates(
    view: View, items: list[Item], headline: tuple[int, int] | None, address: str, language: str | None
) -> Chosen:
    """All candidates, then the day with the most weight; a printed day wins over its neighbour in another zone."""
    weights = read_table("page_weights.toml", Rules).date
    published, modified = from_metadata(view, items, weights, language)
    for found in from_elements(view, headline, weights, language):
        (modified if found.kind == "modified" else published).append(found)
    published += from_address(address, weights)
    if not published:
        published += from_states(view, headline, weights)
    return Chosen() if not published and not modified else arbitrate(published, modified, weights)


def stamp(value: object, language: str | None = None) -> DateValue | None:
    """A metadata value as a date: ISO 8601, seconds of the epoch, RFC 5322, or as people print it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return from_epoch(float(value))
    if not isinstance(value, str):
        return None
    match = ISO.match(value)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        return made(year, month, day, hour=hour, minute=minute, second=second, zone=zone)
    match = COMPACT.match(value)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        made_value = made(year, month, day, hour=hour, minute=minute, second=second, zone=zone)
        if made_value:
            return made_value
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return from_epoch(float(text))
    if "," in text[:12] and len(text) < 60:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            moment = None
        if moment is not None:
            zone = "Z" if moment.tzinfo is UTC else moment.strftime("%z")
            return made(
                moment.year, moment.month, moment.day, hour=moment.hour, minute=moment.minute, zone=zone or None
            )
    readings = read_dates(text[:120], language)
    return readings[0].value if readings and int(readings[0].value.edtf[:4]) >= EARLIEST else None


def from_epoch(seconds: float) -> DateValue | None:
    """Seconds or milliseconds since 1970."""
    if seconds > 1e11:
        seconds /= 1000
    if not 5e8 < seconds < 4e9:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return DateValue(edtf=moment.strftime("%Y-%m-%dT%H:%M:%SZ"), precision="time")


def made(
    year: str | int,
    month: str | int,
    day: str | int,
    *,
    hour: str | int | None = None,
    minute: str | int | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> DateValue | None:
    """A checked date. A time of nought without a zone is a day."""
    try:
        whole = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if whole.year < EARLIEST:
        return None
    edtf = whole.isoformat()
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return DateValue(edtf=edtf, precision="day")
    if not zone and int(hour) == int(minute) == 0:
        return DateValue(edtf=edtf, precision="day")
    edtf += f"T{int(hour):02}:{int(minute):02}"
    if second and int(second) <= 59:
        edtf += f":{int(second):02}"
    if zone:
        zone = zone.upper()
        if zone in {"Z", "UTC", "GMT"}:
            edtf += "Z"
        else:
            digits = zone[1:].replace(":", "")
            hours, minutes = digits[:2], digits[2:4] or "00"
            if int(hours) <= 14 and int(minutes) <= 59:
                edtf += f"{zone[0]}{hours}:{minutes}"
    return DateValue(edtf=edtf, precision="time")


def day_of(value: DateValue) -> date | None:
    """The day a value names; a value without a day has none."""
    try:
        return date.fromisoformat(value.edtf[:10])
    except ValueError:
        return None


def from_metadata(
    view: View, items: list[Item], weights: Weights, language: str | None
) -> tuple[list[Found], list[Found]]:
    """Structured data and meta tags."""
    published: list[Found] = []
    modified: list[Found] = []

    def add(pool: list[Found], raw: object, source: Source, path: str, *, weight: float, kind: str, rule: str) -> None:
        value = stamp(raw, language)
        day = day_of(value) if value else None
        if day is not None:
            candidate = Candidate(value, source, rule, min(0.95, weight / 3.2), path, str(raw)[:200])
            pool.append(Found(candidate, day, weight, kind))

    for item in items:
        data, trust = item.data, item.trust
        weight = (weights.json_ld if data.source == "json-ld" else weights.microdata) * trust
        kind = f"{data.source} {trust}"
        for raw in item.values("datePublished")[:1]:
            add(
                published,
                raw,
                data.source,
                f"{data.path}/datePublished",
                weight=weight,
                kind=kind,
                rule="datePublished",
            )
        for name in ("dateCreated", "uploadDate"):
            for raw in item.values(name)[:1]:
                add(
                    published,
                    raw,
                    data.source,
                    f"{data.path}/{name}",
                    weight=weights.created * trust,
                    kind="created",
                    rule=name,
                )
        for raw in item.values("dateModified")[:1]:
            add(modified, raw, data.source, f"{data.path}/dateModified", weight=weight, kind=kind, rule="dateModified")
    for names, pool, weight, rule in (
        (words().published_metas, published, weights.meta, "publication date in a meta tag"),
        (words().loose_date_metas, published, weights.meta_loose, "date in a meta tag"),
        (words().modified_metas, modified, weights.meta, "modification date in a meta tag"),
    ):
        for name in names:
            for raw in view.metas.get(name, ())[:1]:
                add(pool, raw, "meta", f"meta[{name}]", weight=weight, kind=rule, rule=rule)
    return published, modified


def from_elements(view: View, headline: tuple[int, int] | None, weights: Weights, language: str | None) -> list[Found]:
    """`time` elements, elements that the markup calls dates, and short lines around the headline."""
    low, high = (headline[0] - weights.before, headline[1] + weights.after) if headline else (0, weights.after)
    top = headline[0] - 100 if headline else 0
    found: list[Found] = []
    seen: set[int] = set()
    alike: dict[str, int] = {}
    for index in view.said:
        if not view.own[index] & DATE or view.bits[index] & AWAY:
            continue
        element = view.elements[index]
        size = element.end - element.start
        if size > 200:
            continue
        near = low <= element.start <= high
        moment = element.attributes.get("datetime") or (
            element.attributes.get("content") if element.tag == "time" else None
        )
        key = f"{element.tag} {element.attributes.get('class')}"
        alike[key] = alike.get(key, 0) + 1
        if alike[key] > 12:
            continue
        label = label_before(view.text, element.start)
        if moment:
            value = stamp(moment, language)
            day = day_of(value) if value else None
            if day is not None:
                changed = label == "modified" or says_modified(element.attributes)
                weight = weights.time_near if near else weights.time_far / min(3, alike[key])
                # An element that is a property of the structured data too is one witness, not two.
                item = "datepublished" in (element.attributes.get("itemprop") or "").lower()
                kind = "microdata 0.9" if item else "time"
                candidate = Candidate(
                    value,
                    "dom",
                    "time element near the headline" if near else "time element",
                    min(0.9, weight / 3),
                    f"{view.path(index)}[datetime]",
                    moment,
                )
                found.append(Found(candidate, day, weight, "modified" if changed else kind))
        if size:
            found += from_text(
                view,
                element.start,
                element.end,
                near=near,
                weights=weights,
                language=language,
                marked=True,
                seen=seen,
                before=top,
            )
    if headline:
        start = view.text.rfind("\n", 0, max(0, low)) + 1
        at = start
        for row in view.text[start:high].split("\n"):
            # Of a paragraph only the opening is looked at: `27.1.2022 - …`, `Pressemitteilung vom …`, `Oslo, (…)`.
            stop = len(row) if len(row) <= 160 else OPENING
            if len(row) > 5 and DIGIT.search(row, 0, stop):
                found += from_text(
                    view,
                    at,
                    at + stop,
                    near=True,
                    weights=weights,
                    language=language,
                    marked=False,
                    seen=seen,
                    before=top,
                )
            at += len(row) + 1
    if not any(f.printed for f in found):
        for at, row in view.rows:
            if 5 < len(row) <= 80 and (" " in row or "." in row) and DIGIT.search(row):
                found += from_text(
                    view, at, at + len(row), near=False, weights=weights, language=language, marked=False, seen=seen
                )
    return found or above_text(view, headline, weights, language)


def above_text(view: View, headline: tuple[int, int] | None, weights: Weights, language: str | None) -> list[Found]:
    """The day that opens a line between headline and text, whatever the markup takes its box for: a teaser, a menu."""
    if headline is None:
        return []
    at = view.text.find("\n", headline[1]) + 1
    while 0 < at <= max(view.body[0], headline[1] + 1):
        end = view.text.find("\n", at)
        stop = min(len(view.text) if end < 0 else end, at + OPENING)
        reading = read_date(view.text[at:stop], language)
        day = day_of(reading.value) if reading and reading.start <= LABEL else None
        if reading and day and day.year >= EARLIEST and not view.bits[view.at(at)] & COMMENT:
            quote = view.text[at + reading.start : at + reading.end]
            span = (at + reading.start, at + reading.end)
            candidate = Candidate(
                reading.value, "dom", "printed above the text", 0.4, view.path(view.at(at)), quote, *span
            )
            return [Found(candidate, day, weights.printed_far, "printed above", printed=True, unsure=reading.unsure)]
        at = end + 1
    return []


def from_text(
    view: View,
    start: int,
    end: int,
    *,
    near: bool,
    weights: Weights,
    language: str | None,
    marked: bool,
    seen: set[int],
    before: int = 0,
) -> list[Found]:
    """The dates printed in a stretch of text. Far from the headline only labelled and lone ones count."""
    found: list[Found] = []
    text = view.text[start:end]
    for n, reading in enumerate(read_dates(text, language)[:3]):
        at = start + reading.start
        day = day_of(reading.value)
        if at in seen or day is None or day.year < EARLIEST:
            continue
        label = label_before(view.text, at)
        if not marked and view.bits[view.at(at)] & (AWAY if near or label != "published" else COMMENT):
            continue
        seen.add(at)
        outside = at < before and not view.bits[view.at(at)] & (ARTICLE | BODY)
        alone = reading.end - reading.start > 0.6 * len(text)
        if near and outside:
            weight = weights.printed_far  # today's date in the head of the site
        elif near:
            weight = (
                weights.printed_near
                if marked
                else weights.printed_line
                if alone or len(text) < 90 or label
                else weights.printed_far
            )
        elif label == "published":
            weight = weights.printed_label
        elif alone or marked or label == "modified" or (not reading.start and len(text) < 60):
            weight = weights.printed_far
        else:
            continue
        if n and label != "published":
            weight *= 0.5
        rule = "printed " + ("near the headline" if near else "after a label" if label else "in a line of its own")
        candidate = Candidate(
            reading.value,
            "dom",
            rule,
            min(0.9, weight / 2.8),
            view.path(view.at(at)),
            text[reading.start : reading.end],
            at,
            start + reading.end,
        )
        kind = "modified" if label == "modified" else f"printed {rule}"
        found.append(Found(candidate, day, weight, kind, printed=True, unsure=reading.unsure))
    return found


def label_before(text: str, at: int) -> str | None:
    """What the words before a date say happened that day."""
    before = text[max(0, at - 40) : at].rsplit("\n", 2)
    line = before[-1].strip() or (before[-2].strip() if len(before) > 1 else "")
    words = re.sub(r"[:：,.|·•(\[–-]+$", "", line.casefold()).strip()
    if not words:
        return None
    for kind, names in labels().items():
        if words.endswith(names) and any(ends_with(words, name) for name in names):
            return kind
    # `Updated on Monday, `: the label stands a few words before.
    tail = words.split()[-4:]
    return next((kind for kind, names in lone_labels().items() if not names.isdisjoint(tail)), None)


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """What a date can be that of → the words that say so."""
    rows = date_table().labels
    return {"modified": rows.modified, "published": rows.published}


@cache
def lone_labels() -> dict[str, frozenset[str]]:
    """Those for looking up a single word."""
    return {kind: frozenset(names) for kind, names in labels().items()}


def ends_with(words: str, name: str) -> bool:
    """Is a label the last word, not the end of another word? Scripts that do not divide words have no such bound."""
    if not words.endswith(name):
        return False
    return len(words) == len(name) or not words[-len(name) - 1].isalpha() or not name.isascii()


def says_modified(attributes: dict[str, str | None]) -> bool:
    """Does the markup call it a date of change?"""
    said = f"{attributes.get('class')} {attributes.get('itemprop')} {attributes.get('id')}".lower()
    return "modif" in said or "updated" in said or "update" in said


def from_states(view: View, headline: tuple[int, int] | None, weights: Weights) -> list[Found]:
    """The day that the state of a script gives the article: what no other place says."""
    for printed in beside_headline(view, "state_dates", view.text[slice(*headline)] if headline else None):
        value = stamp(printed)
        day = day_of(value) if value else None
        if value is not None and day is not None and day.year >= EARLIEST:
            return [
                Found(Candidate(value, "dom", "state script", 0.45, "script", printed), day, weights.state, "state")
            ]
    return []


def from_address(address: str, weights: Weights) -> list[Found]:
    """The day in the page's address."""
    match = IN_ADDRESS.search(address) or DAY_FIRST.search(address)
    if not match:
        return []
    value = made(match["y"], match["m"], match["d"])
    day = day_of(value) if value else None
    if value is None or day is None:
        return []
    candidate = Candidate(value, "url", "day in the address", 0.6, None, match.group().strip("/-_.=?"))
    return [Found(candidate, day, weights.url, "url")]


def arbitrate(published: list[Found], modified: list[Found], weights: Weights) -> Chosen:
    """Sum the weights day by day.

    A printed day gathers the weight of metadata that name the same instant in another time zone (a neighbouring day),
    and of those that swap its day and month; so it wins over them.
    """
    # In the order they were found: of two days that weigh the same the first wins, in every process alike.
    days = dict.fromkeys(f.day for f in published)
    sums: dict[date, dict[str, float]] = {day: {} for day in days}
    speakers: dict[date, list[Found]] = {day: [] for day in days}
    slashed = {f.day for f in published if day_slashed(f)}
    for found in published:
        for day in days:
            if day == found.day:
                share = 1.0
            elif (
                not found.printed
                and any(p.printed and p.day == day and p.weight >= weights.printed_line for p in published)
                and (
                    (abs(day - found.day) == timedelta(days=1) and found.candidate.value.precision == "time")
                    or (swapped(day) == found.day and day not in slashed)
                )
            ):
                share = 0.9
            elif (found.unsure or day_slashed(found)) and swapped(found.day) == day:
                share = 0.8
            else:
                continue
            kinds = sums[day]
            if found.weight * share > kinds.get(found.kind, 0.0):
                kinds[found.kind] = found.weight * share
            speakers[day].append(found)
    chosen: Chosen = Chosen()
    if days:
        day = max(
            days, key=lambda d: (sum(sums[d].values()), max(f.weight for f in speakers[d]), -first_place(speakers[d]))
        )
        total = sum(sums[day].values())
        if total >= weights.enough:
            exact = [f for f in speakers[day] if f.day == day]
            # The value with a time of day says more; a metadata stamp of the same day is preferred to a printed one.
            best = max(exact, key=lambda f: (f.candidate.value.precision == "time", zoned(f.candidate.value), f.weight))
            rest = sum(
                sum(sums[d].values()) for d in days if d != day and not any(f in speakers[day] for f in speakers[d])
            )
            confidence = min(0.99, (total / (total + rest)) * (0.6 + 0.1 * min(4.0, total)))
            unsure = all(f.unsure for f in exact)
            chosen = Chosen(
                best.candidate.value, None, tuple(f.candidate for f in unique(exact)), (), confidence, unsure
            )
    if modified:
        best = max(modified, key=lambda f: (f.weight, f.candidate.value.precision == "time"))
        published_day = day_of(chosen.published) if chosen.published else None
        if published_day is None or best.day >= published_day - timedelta(days=1):
            same = [f for f in modified if f.day == best.day]
            doubtful = published_day is not None and all(c.confidence <= DOUBTFUL for c in chosen.published_by)
            if (published_day is None or (doubtful and best.weight >= weights.time_near)) and best.printed:
                # The only date of the page is that of its last change: it is the day printed.
                value = best.candidate.value
                return Chosen(
                    value, value, tuple(f.candidate for f in same), tuple(f.candidate for f in same), 0.4, best.unsure
                )
            chosen = Chosen(
                chosen.published,
                best.candidate.value,
                chosen.published_by,
                tuple(f.candidate for f in unique(same)),
                chosen.confidence,
                chosen.unsure,
            )
    return chosen


def day_slashed(found: Found) -> bool:
    """Printed as 03/05/2024: writers of every country use the slash, in both orders."""
    return found.printed and SLASHED.match(found.candidate.quote or "") is not None


def first_place(found: list[Found]) -> int:
    """Where the first of these readings stands in the text."""
    return min((f.candidate.start for f in found if f.candidate.start is not None), default=0)


def unique(found: list[Found]) -> list[Found]:
    """One of each kind of place, the weightiest first."""
    best: dict[str, Found] = {}
    for row in sorted(found, key=lambda f: -f.weight):
        best.setdefault(row.kind, row)
    return list(best.values())[:4]


def zoned(value: DateValue) -> bool:
    """Does the value name its time zone?"""
    return "T" in value.edtf and (value.edtf.endswith("Z") or "+" in value.edtf or value.edtf.rfind("-") > 10)


def swapped(day: date) -> date | None:
    """Day and month changed places, where that is a date."""
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None
