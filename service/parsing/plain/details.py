"""What a copied text prints around its story: genre and column, deck, page and edition, keywords."""

import re
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from service.parsing.credit import may_hold_credit
from service.parsing.kicker import Kicker, every, in_case, read_headline, read_kicker
from service.parsing.plain.headline import HeadlineFound
from service.parsing.plain.layout import Layout, Line, is_footer, is_furniture, opens_related
from service.parsing.printed import LONGEST_NOTICE, Printed, mentions_print, read_notice, read_printed


class Detail(Struct, frozen=True):
    """A value, where it stands, and the rule that found it."""

    field: str
    value: str
    start: int
    end: int
    rule: str
    confidence: float


NEAR, BELOW = 3, 4
"""Lines above and below the headline that may be its kicker."""
FAR = 12
"""Lines between a headline and its byline; farther away readers sign their comments."""
BEHIND = 25
"""Lines behind the body in which its keywords stand."""
MOST_KEYWORDS, LONGEST_KEYWORD = 40, 60


def find_details(layout: Layout, headline: HeadlineFound | None, bylines: set[int], dated: set[int]) -> list[Detail]:
    """What is printed of genre, column, subtitle, page and edition, each field at most once."""
    found: dict[str, Detail] = {}
    if headline:
        for detail in (*_kickers(layout, headline, bylines), *_deck(layout, headline, bylines, dated)):
            found.setdefault(detail.field, detail)
    for detail in _printed(layout, headline, dated):
        found.setdefault(detail.field, detail)
    return list(found.values())


def _kickers(layout: Layout, headline: HeadlineFound, bylines: set[int]) -> list[Detail]:
    """Genre and column: of the headline itself, of the bylines, of the lines right above and below the headline."""
    found = _of_kicker(read_headline(headline.text), layout.lines[headline.line], "headline.kicker", 0.85)
    at = headline.line
    around = [*range(at - 1, at - NEAR - 1, -1), *range(at + 1, at + BELOW + 1)]
    signed = [i for i in sorted(bylines) if at - FAR <= i <= at + FAR]
    for i in (*signed, *around):
        if not 0 <= i < len(layout.lines):
            continue
        line = layout.lines[i]
        kicker = None if line.paragraph else read_kicker(line.text, above=i == at - 1)
        if kicker and (i in bylines or not (line.listed or _in_menu(layout, i))):
            found += _of_kicker(kicker, line, "plain.kicker", 0.8)
    return found


def _in_menu(layout: Layout, index: int) -> bool:
    """Whether a line is printed elsewhere too, or stands among items of a list: a step of a menu."""
    beside = layout.lines[max(0, index - 1) : index + 2]
    return layout.times[layout.keys[index]] > 1 or any(line.listed for line in beside)


def _of_kicker(kicker: Kicker | None, line: Line, rule: str, confidence: float) -> list[Detail]:
    spans = (("genre", kicker.genre), ("column", kicker.column)) if kicker else ()
    return [
        Detail(field, in_case(line.text[at[0] : at[1]]), line.start + at[0], line.start + at[1], rule, confidence)
        for field, at in spans
        if at
    ]


def _deck(layout: Layout, headline: HeadlineFound, bylines: set[int], dated: set[int]) -> list[Detail]:
    """The line between the headline and the byline or the date; without one of them behind it may be anything.

    A deck that is a whole sentence is the article's abstract too.
    """
    at = headline.line + 1
    if at >= len(layout.lines):
        return []
    line = layout.lines[at]
    if (
        not 40 <= line.weight <= 400
        or line.listed
        or at in bylines
        or at in dated
        or at in headline.lines
        or layout.times[layout.keys[at]] > 2
        or is_furniture(line.text)
        or is_footer(line.text)
        or "|" in line.text
        or layout.keys[at].partition(":")[0] in _labels("keywords", "topics")
        or may_hold_credit(line.text)
    ):
        return []
    behind = range(at + 1, min(at + 3, len(layout.lines)))
    signed = any(i in bylines for i in behind)
    if not signed and not (at + 1 in dated and at + 1 < len(layout.lines) and layout.lines[at + 1].weight < 80):
        return []
    sure = 0.8 if signed else 0.7
    deck = Detail("subtitle", line.text, line.start, line.end, "plain.deck", sure)
    whole = line.text.rstrip('”"’»」')[-1:] in set(".!?…。")
    return [deck, Detail("abstract", line.text, line.start, line.end, "plain.deck", sure)] if whole else [deck]


def _printed(layout: Layout, headline: HeadlineFound | None, dated: set[int]) -> list[Detail]:
    """Page and edition, of a line near the headline or behind the body; there a sentence about print may say it too."""
    head = headline.line if headline else layout.first
    before = range(max(0, head - 5), max(head, layout.first) + 1)
    after = range(max(layout.last - 1, layout.first), min(len(layout.lines), layout.last + 12))
    asked = [i for i in dict.fromkeys((*before, *after)) if i != head and i < len(layout.lines)]
    if not mentions_print([layout.keys[i] for i in asked]):
        return []
    found: list[Detail] = []
    for i in asked:
        line = layout.lines[i]
        if line.listed or len(line.text) > LONGEST_NOTICE:
            continue
        if (notice := read_notice(line.text)) and not is_furniture(line.text):
            found += _of_print(notice, line, "printed.notice", 0.9)
        elif (printed := read_printed(line.text)) and not _in_menu(layout, i):
            alone = printed.page_at is None and i not in dated
            if alone and (i < head or i > layout.last):
                continue  # a switch of the site between its editions
            found += _of_print(printed, line, "printed.line", 0.8)
    return found


def _of_print(printed: Printed, line: Line, rule: str, confidence: float) -> list[Detail]:
    rows = (("page", printed.page, printed.page_at), ("edition", printed.edition, printed.edition_at))
    return [
        Detail(field, value, line.start + at[0], line.start + at[1], rule, confidence)
        for field, value, at in rows
        if value and at
    ]


_BETWEEN = re.compile(r"\s*[,;，、；|｜•·]\s*|\s+/\s+|\s*(?=#)")
_LABEL_END = re.compile(r"\s*[:：]\s*")
_COUNT = re.compile(r"\s?\(?[0-9]+\)?$")
_MARK = "■▼◆● "


@cache
def _labels(*fields: str) -> frozenset[str]:
    return frozenset(word for field in fields for word in every(field))


def find_keywords(layout: Layout) -> list[Detail]:
    """The words behind a label (Tags: a, b) or below it in a list, beside the body, each once; else none."""
    first, last = layout.first, layout.last
    for i in (*range(max(0, last - 1), min(len(layout.lines), last + BEHIND)), *range(max(0, first - 6), first)):
        line, key = layout.lines[i], layout.keys[i].lstrip(_MARK)
        label, _, rest = key.partition(":")
        if label.rstrip() in _labels("keywords", "topics"):
            found = _in_line(line) if rest.strip() else _below(layout, i)
            menu = label.rstrip() in _labels("topics") and any(_repeated(layout, word) for word in found)
            if found and not menu:
                return list({keyword.value.casefold(): keyword for keyword in reversed(found)}.values())[::-1]
    return []


def _repeated(layout: Layout, word: Detail) -> bool:
    """Whether the line of a word is printed elsewhere too, as the steps of a menu are."""
    return layout.times[layout.keys[layout.line_at(word.start)]] > 1


def _in_line(line: Line) -> list[Detail]:
    label = _LABEL_END.search(line.text)
    if label is None:
        return []
    return _parted(line, label.end())


def _parted(line: Line, at: int) -> list[Detail]:
    """The words of a line from `at` on, where signs part them; blanks alone could part the words of one name."""
    found: list[Detail] = []
    while at < len(line.text):
        sign = _BETWEEN.search(line.text, at + 1)
        end = sign.start() if sign else len(line.text)
        found += _keyword(line, at, end)
        at = sign.end() if sign else end
    blank = len(found) == 1 and " " in found[0].value
    return [] if blank or len(found) > MOST_KEYWORDS else found


def _keyword(line: Line, start: int, end: int) -> list[Detail]:
    text = line.text[start:end]
    bare = text.strip("#/.… ")
    label = bare.casefold().rsplit(" ", 1)[-1] in _labels("keywords", "topics")  # Alle Themen
    if label or not any(c.isalnum() for c in bare) or len(bare) > LONGEST_KEYWORD:
        return []
    at = line.start + start + text.index(bare)
    return [Detail("keywords", bare.replace("\u00ad", ""), at, at + len(bare), "plain.keywords", 0.8)]


def _below(layout: Layout, label: int) -> list[Detail]:
    """The items of the list right below a label, or the one line that signs part."""
    lines = layout.lines
    begin = label + 1
    if begin >= len(lines):
        return []
    if not lines[begin].listed:
        found = _parted(lines[begin], 0) if lines[begin].weight < 300 and not lines[begin].paragraph else []
        return found if len(found) > 1 else []
    found = []
    for line in lines[begin : begin + MOST_KEYWORDS]:
        if not line.listed or line.paragraph or is_furniture(line.text) or opens_related(line.text):
            break
        found += _keyword(line, 0, len(line.text))
    return _uncounted(found)


def _uncounted(found: list[Detail]) -> list[Detail]:
    """The words without the number of articles that some sites print behind each of them: Kirche 3922."""
    names = [_COUNT.sub("", word.value) for word in found]
    if len(found) < 2 or any(name in {"", word.value} for name, word in zip(names, found, strict=True)):
        return found
    return [replace(w, value=n, end=w.start + len(n)) for n, w in zip(names, found, strict=True)]
