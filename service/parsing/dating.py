"""Which of a page's dates is the day of publication: by label, by place beside headline and byline, by agreement."""

import math
import re
from functools import cache

from msgspec import Struct

from service.parsing.dates import DateReading
from service.parsing.dates import table as date_words
from service.parsing.headline import HeadlineFound, weights
from service.parsing.layout import Layout, is_footer, opens_related
from service.parsing.vocabulary import alternation


class DateFound(Struct):
    """A date of the page, the line it stands in and the odds that it is the day of publication."""

    reading: DateReading
    line: int
    odds: float
    modified: bool


DATE_NAMES = (
    "published_label", "modified_label", "after_1_2", "after_3_6", "after_7_15", "before_1_3", "before_4_10", "before_far",
    "at_body_start", "in_body", "body_end", "after_body", "footer", "whole_line", "short_line", "paragraph", "timed",
    "byline_line", "byline_near", "first_near", "repeated", "listed", "related_before", "first_of_page", "latest",
    "earliest", "second_in_line", "event", "comment", "only_one", "same_as_near", "unsure",
)  # fmt: skip

_COMMENT = re.compile(r"\b(?:antworten|reply|says?|sagt|kommentar|comment|schrieb|um [0-9]{1,2}:[0-9]{2} uhr\s*$|at [0-9]{1,2}:[0-9]{2} [ap]m\s*$)", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:bis|until|from|ab|till|since|seit|retrieved|abgerufen|accessed|born|geboren|†|\*|jusqu|hasta|deadline|termin|[–-]\s*$)\s*$", re.IGNORECASE)


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = date_words().labels
    return (
        re.compile(rf"(?:(?<![^\W_])|(?<=[a-zà-ÿ]))(?:{alternation(words.published)})\s*(?:am|on|at|le|el|il)?\s*[:：|]?\s*$", re.IGNORECASE),
        re.compile(rf"(?:(?<![^\W_])|(?<=[a-zà-ÿ]))(?:{alternation(words.modified)})\s*(?:am|on|at|le|el|il)?\s*[:：|]?\s*$", re.IGNORECASE),
    )


def find_dates(
    layout: Layout, readings: list[DateReading], headline: HeadlineFound | None, bylines: set[int]
) -> list[DateFound]:
    """Every date with its odds, the likeliest first."""
    rows = date_candidates(layout, readings, headline, bylines)
    if not rows:
        return []
    chosen = weights("date")
    found = []
    for line, reading, row in rows:
        score = sum(v * w for v, w in zip(row, chosen.values, strict=True)) + chosen.bias
        found.append(DateFound(reading, line, 1 / (1 + math.exp(-score)), bool(row[1])))
    return sorted(found, key=lambda f: (-f.odds, f.reading.start))


def date_candidates(
    layout: Layout, readings: list[DateReading], headline: HeadlineFound | None, bylines: set[int]
) -> list[tuple[int, DateReading, tuple[float, ...]]]:
    """(line index, reading, features in the order of DATE_NAMES) of the page's first 150 dates."""
    if not layout.lines:
        return []
    placed = [(layout.line_at(r.start), r) for r in readings[:150]]
    days = [r.value.edtf[:10] for _, r in placed]
    latest, earliest = max(days, default=""), min(days, default="")
    head = headline.line if headline else max(0, layout.first - 1)
    near = {r.value.edtf[:10] for i, r in placed if head - 4 <= i <= max(head + 12, layout.first + 1)}
    rows = []
    seen_line = -1
    first_near = next((k for k, (i, _) in enumerate(placed) if i >= head - 3), -1)
    for k, (i, reading) in enumerate(placed):
        line = layout.lines[i]
        left = layout.text[max(line.start, reading.start - 40) : reading.start]
        previous = layout.lines[i - 1].text if i and reading.start == line.start else ""
        published, modified = _labels()
        label = left or (previous if len(previous) < 30 else "")
        is_published, is_modified = bool(published.search(label)), bool(modified.search(label))
        heads = headline.lines if headline else (head,)
        after = min((i - h for h in heads if i >= h), default=99)
        before = min((h - i for h in heads if h > i), default=99)
        width = reading.end - reading.start
        rows.append((i, reading, (
            float(is_published), float(is_modified),
            float(0 <= after <= 2), float(3 <= after <= 6), float(7 <= after <= 15), float(1 <= before <= 3), float(4 <= before <= 10),
            float(before > 10 and after > 15 and i < layout.first), float(layout.first - 3 <= i <= layout.first),
            float(layout.first < i < layout.last), float(layout.last <= i <= layout.last + 3), float(i > layout.last + 3),
            float(is_footer(line.text)), float(width >= len(line.text) - 12), float(len(line.text) < 60), float(line.paragraph),
            float(reading.value.precision == "time"), float(i in bylines), float(bool({i - 2, i - 1, i + 1, i + 2} & bylines)),
            float(k == first_near), float(days.count(days[k]) > 1), float(line.listed),
            float(any(opens_related(layout.lines[j].text) for j in range(max(0, i - 4), i))), float(i < 4),
            float(days[k] == latest), float(days[k] == earliest), float(seen_line == i), float(bool(_EVENT.search(left))),
            float(bool(_COMMENT.search(line.text)) and i > layout.first), float(len(set(days)) == 1), float(days[k] in near), float(reading.unsure),
        )))  # fmt: skip
        seen_line = i
    return rows
