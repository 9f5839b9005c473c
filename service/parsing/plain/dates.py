"""Which of a page's dates is the day of publication: by label, by place beside headline and byline, by agreement."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from service.parsing.dates import DateReading
from service.parsing.dates import table as date_words
from service.parsing.notes import Counts
from service.parsing.plain.byline import odds
from service.parsing.plain.headline import HeadlineFound, score
from service.parsing.plain.layout import Layout, Line, opens_related
from service.parsing.vocabulary import alternation
from service.tables import read_table


class DateFound(Struct):
    """A date of the page, the line it stands in and the odds that it is the day of publication."""

    reading: DateReading
    line: int
    odds: float
    modified: bool
    published: bool


_COMMENT = re.compile(
    r"\b(?:antworten|reply|says?|sagt|kommentar|comment|schrieb"
    r"|um [0-9]{1,2}:[0-9]{2} uhr\s*$|at [0-9]{1,2}:[0-9]{2} [ap]m\s*$)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:bis|until|from|ab|till|since|seit|retrieved|abgerufen|accessed|born|geboren|†|\*|jusqu|hasta|deadline|termin"
    r"|[–-]\s*$)\s*$",
    re.IGNORECASE,
)


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = date_words().labels
    weekday = alternation(read_table("furniture.toml", Counts).weekdays)
    found = [
        rf"(?:(?<![^\W_])|(?<=[a-zà-ÿ]))(?:{alternation(each)})\s*(?:am|on|at|le|el|il)?\s*[:：|]?\s*(?:(?:{weekday})[.,]*\s*)?$"
        for each in (words.published, words.modified)
    ]
    return re.compile(found[0], re.IGNORECASE), re.compile(found[1], re.IGNORECASE)


@cache
def _label_ends() -> tuple[str, ...]:
    """What the text before a date ends with where it is a label: the label, or a word that stands behind one."""
    words = date_words().labels
    weekdays = read_table("furniture.toml", Counts).weekdays
    return (*words.published, *words.modified, *weekdays, "am", "on", "at", "le", "el", "il")


def _ends_as_label(text: str) -> bool:
    return text.rstrip(" \t\u00a0.,:：|").casefold().endswith(_label_ends())


@cache
def _ages() -> tuple[frozenset[str], re.Pattern[str]]:
    """What is counted (hours, heures), and the pattern of an age: 15 hours ago, vor 3 Stunden, il y a 2 heures."""
    words = read_table("furniture.toml", Counts)
    units, before, after = map(alternation, (words.counted, words.counted_before, words.counted_after))
    return frozenset(unit.rstrip(".") for unit in words.counted), re.compile(
        rf"(?<![^\W_])(?:(?:{before})\s+[0-9]{{1,3}}\s+(?:{units})|[0-9]{{1,3}}\s+(?:{units})\s+(?:{after}))(?![^\W_])",
        re.IGNORECASE,
    )


_CLOCK_BEHIND = re.compile(
    r"[\s,]*\b[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[a-z]{2,4}(?:[+-][0-9]{1,2})?)?[,\s]*$",
    re.IGNORECASE,
)
"""A time between a label and its day: Published 6:45 PM GMT+2, September 21, 2024."""
_UNIT = re.compile(r"\s([^\W\d_]+)")


def dated_lines(layout: Layout, readings: list[DateReading], numbers: list[tuple[int, int]]) -> set[int]:
    """The lines that print a date, or how long ago they were printed. `numbers` are all those of the text."""
    if not layout.lines:
        return set()
    found = {layout.line_at(r.start) for r in readings}
    units, age = _ages()
    for at, end in numbers:
        unit = _UNIT.match(layout.text, end) if end - at <= 3 else None
        if unit and unit[1].casefold() in units:
            line = layout.lines[layout.line_at(end)]
            if len(line.text) < 90 and age.search(line.text):
                found.add(line.index)
    return found


def find_dates(
    layout: Layout, readings: list[DateReading], headline: HeadlineFound | None, bylines: set[int]
) -> list[DateFound]:
    """Every date with its odds, the likeliest first."""
    rows = date_candidates(layout, readings, headline, bylines)
    if not rows:
        return []
    found = [
        DateFound(reading, line, odds(score("date", row)), bool(row["modified_label"]), bool(row["published_label"]))
        for line, reading, row in rows
    ]
    return sorted(found, key=lambda f: (-f.odds, f.reading.start))


_GOES_ON = re.compile(r"\.\s+\S|,\s+[a-zà-ÿ]{2,}\b|\s+[a-zà-ÿ]{2,}\s+[a-zà-ÿ]")
"""How a sentence goes on behind a day it speaks of, or the line behind that sentence."""

_TELLS = re.compile(r"\s+(?!(?:von|by|par|por|di|in|at|um)\b)[a-zà-ÿ]{2,}\s+\S")


def _spoken_of(layout: Layout, line: Line, reading: DateReading) -> bool:
    """Whether the story or a caption speaks of a day: it stands far in a paragraph, or within a sentence."""
    before = reading.start - line.start
    if before <= 30:
        return before > 0 and line.paragraph and _TELLS.match(layout.text, reading.end, line.end) is not None
    return line.paragraph or _GOES_ON.match(layout.text, reading.end, line.end) is not None


class Placed(Struct, gc=False):
    """A date that no sentence speaks of, where it stands, and what the text before it says of it."""

    line: int
    reading: DateReading
    left: str
    published: bool
    modified: bool


def _placed(layout: Layout, readings: list[DateReading]) -> Iterator[Placed]:
    published, modified = _labels()
    member = date_words().labels.member
    for reading in readings:
        i = layout.line_at(reading.start)
        line = layout.lines[i]
        left = layout.text[max(line.start, reading.start - 40) : reading.start]
        previous = layout.lines[i - 1].text if i and reading.start == line.start else ""
        label = _CLOCK_BEHIND.sub("", left) or (previous if len(previous) < 30 else "")
        if label.rstrip(": ").casefold().endswith(member):
            continue
        may_be_label = _ends_as_label(label)
        is_published = may_be_label and published.search(label) is not None
        is_modified = may_be_label and modified.search(label) is not None
        if is_published or is_modified or not _spoken_of(layout, line, reading):
            yield Placed(i, reading, left, is_published, is_modified)


def date_candidates(
    layout: Layout, readings: list[DateReading], headline: HeadlineFound | None, bylines: set[int]
) -> list[tuple[int, DateReading, dict[str, float]]]:
    """(line index, reading, features) of the page's first 150 dates."""
    if not layout.lines:
        return []
    placed = list(_placed(layout, readings[:150]))
    days = [p.reading.value.edtf[:10] for p in placed]
    latest, earliest = max(days, default=""), min(days, default="")
    opening = max(0, layout.first - 1)
    head = headline.line if headline else opening
    heads = headline.lines if headline else (head,)
    if min(heads) > layout.first + 2:  # a line of the story taken for its headline: the day stands above the story
        heads, head = (opening, *heads), opening
    near = {day for p, day in zip(placed, days, strict=True) if head - 4 <= p.line <= max(head + 12, layout.first + 1)}
    rows: list[tuple[int, DateReading, dict[str, float]]] = []
    seen_line = -1
    first_near = next((k for k, p in enumerate(placed) if p.line >= head - 3), -1)
    for k, p in enumerate(placed):
        i, reading = p.line, p.reading
        line = layout.lines[i]
        after = min((i - h for h in heads if i >= h), default=99)
        before = min((h - i for h in heads if h > i), default=99)
        width = reading.end - reading.start
        rows.append(
            (
                i,
                reading,
                {
                    "published_label": p.published,
                    "modified_label": p.modified,
                    "after_1_2": 0 <= after <= 2,
                    "after_7_15": 7 <= after <= 15,
                    "before_1_3": 1 <= before <= 3,
                    "before_4_10": 4 <= before <= 10,
                    "before_far": before > 10 and after > 15 and i < layout.first,
                    "at_body_start": layout.first - 3 <= i <= layout.first,
                    "in_body": layout.first < i < layout.last,
                    "body_end": layout.last <= i <= layout.last + 3,
                    "whole_line": width >= len(line.text) - 12,
                    "short_line": len(line.text) < 60,
                    "paragraph": line.paragraph,
                    "timed": reading.value.precision == "time",
                    "byline_line": i in bylines,
                    "byline_near": bool({i - 2, i - 1, i + 1, i + 2} & bylines),
                    "first_near": k == first_near,
                    "repeated": days.count(days[k]) > 1,
                    "listed": line.listed,
                    "related_before": any(opens_related(layout.lines[j].text) for j in range(max(0, i - 4), i)),
                    "latest": days[k] == latest,
                    "earliest": days[k] == earliest,
                    "second_in_line": seen_line == i,
                    "event": bool(p.left) and _EVENT.search(p.left) is not None,
                    "comment": i > layout.first and bool(_COMMENT.search(line.text)),
                    "only_one": latest == earliest,
                    "same_as_near": days[k] in near,
                    "unsure": reading.unsure,
                },
            )
        )
        seen_line = i
    return rows
