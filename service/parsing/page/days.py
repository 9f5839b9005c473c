"""Which of the days read on a page is the article's: the weights of all witnesses added up, day by day."""

import re
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from schemas.article import DateValue
from service.parsing.page.candidate import Candidate
from service.parsing.page.stamps import day_of

SLASHED = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{2,4}")
DOUBTFUL = 0.33


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


class Found(Struct, frozen=True, gc=False):
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


def arbitrate(published: list[Found], modified: list[Found], weights: Weights) -> Chosen:
    """The day of publication with the most weight, and that of the last change, if it is no earlier."""
    chosen = of_publication(published, weights)
    return with_change(chosen, modified, weights) if modified else chosen


def of_publication(published: list[Found], weights: Weights) -> Chosen:
    """The day with the most weight, if that is enough."""
    if not published:
        return Chosen()
    sums, speakers = weighed(published, weights)
    day = max(
        sums, key=lambda d: (sum(sums[d].values()), max(f.weight for f in speakers[d]), -first_place(speakers[d]))
    )
    total = sum(sums[day].values())
    if total < weights.enough:
        return Chosen()
    exact = [f for f in speakers[day] if f.day == day]
    # The value with a time of day says more; a metadata stamp of the same day is preferred to a printed one.
    best = max(exact, key=lambda f: (f.candidate.value.precision == "time", zoned(f.candidate.value), f.weight))
    rest = sum(sum(sums[d].values()) for d in sums if d != day and not any(f in speakers[day] for f in speakers[d]))
    return Chosen(
        published=best.candidate.value,
        published_by=tuple(f.candidate for f in unique(exact)),
        confidence=min(0.99, (total / (total + rest)) * (0.6 + 0.1 * min(4.0, total))),
        unsure=all(f.unsure for f in exact),
    )


def weighed(published: list[Found], weights: Weights) -> tuple[dict[date, dict[str, float]], dict[date, list[Found]]]:
    """Each day's weight by kind of witness, and its witnesses.

    A printed day gathers the weight of metadata that name the same instant in another time zone (a neighbouring day),
    and of those that swap its day and month; so it wins over them.
    """
    # In the order they were found: of two days that weigh the same the first wins, in every process alike.
    days = dict.fromkeys(f.day for f in published)
    sums: dict[date, dict[str, float]] = {day: {} for day in days}
    speakers: dict[date, list[Found]] = {day: [] for day in days}
    slashed = {f.day for f in published if day_slashed(f)}
    printed = {f.day for f in published if f.printed and f.weight >= weights.printed_line}
    for found in published:
        for day in days:
            if day == found.day:
                share = 1.0
            elif (
                not found.printed
                and day in printed
                and found.day not in printed
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
    return sums, speakers


def with_change(chosen: Chosen, modified: list[Found], weights: Weights) -> Chosen:
    """The same with the day of the last change, where it is not before that of publication."""
    best = max(modified, key=lambda f: (f.weight, f.candidate.value.precision == "time"))
    published = day_of(chosen.published) if chosen.published else None
    if published is not None and best.day < published - timedelta(days=1):
        return chosen
    same = [f for f in modified if f.day == best.day]
    doubtful = published is not None and all(c.confidence <= DOUBTFUL for c in chosen.published_by)
    if best.printed and (published is None or (doubtful and best.weight >= weights.time_near)):
        # The only date of the page is that of its last change: it is the day printed.
        value, by = best.candidate.value, tuple(f.candidate for f in same)
        return Chosen(value, value, by, by, 0.4, best.unsure)
    return replace(chosen, modified=best.candidate.value, modified_by=tuple(f.candidate for f in unique(same)))


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
