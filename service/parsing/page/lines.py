"""Visible lines that name makers: after a lead word, names alone near the headline, a signature, a dateline."""

import re
from typing import Literal

from schemas.document import AWAY, CAPTION, COMMENT, CREDIT, DATE, FIGURE, LINKED, NAVIGATION
from service.parsing.agency import printed_agency
from service.parsing.byline import Byline, read_note
from service.parsing.dateline import read_dateline
from service.parsing.dates import read_dates
from service.parsing.names import full_name, name_likeness, read_name
from service.parsing.page.candidate import Candidate, fold
from service.parsing.page.lead import is_lead, rows_with_lead, starts_with_lead
from service.parsing.page.mention import DESK, PERSONAL, Mention, Reader
from service.parsing.page.view import FRONT, View
from service.parsing.posted import find_posted

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
OPENS = frozenset("(（[［〔")
SENT = re.compile(r"[一-鿿]{2,12}(?:[0-9]{1,2}月[0-9]{1,2}日)?\s?[电電讯訊]\s?[（(]")
"""How a Chinese report opens that names its reporters: 新华社酒泉5月14日电（记者刘洋）, 本报讯（记者…）."""
SIGNED = re.compile(r"（([一-鿿々]{1,4}[\s　]?[一-鿿々ぁ-ヺ]{1,5})）$")
SIGNATURE = 0.7
LABEL = 14
"""Code points before a day in a line of it: a label."""
Sign = Literal["lead", "names", "signature"]
"""What makes a line worth reading: a lead word, names alone near the headline, one name alone below the text."""
FIGURES = re.compile(r"[\d|·•]")
JOINING = frozenset(("and", "und", "et", "y", "e", "en", "och", "og", "&", ","))
NOTE = 400
"""Code points of the last paragraphs in which a note of helpers may stand."""
MOST_JOINED = 20
"""Lines of one byline whose names stand in lines of their own."""
BARS = re.compile(r"\s*[|•·]\s*")
LEADING_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}[:.]\d{2})?(?: Uhr)?\s*[-–—|·•,]\s*")
EASTERN = re.compile(r"^[가-힣一-鿿々・·、\s]{2,}$")


def from_lines(reader: Reader, *, settled: bool) -> list[Mention]:
    """Lines that open with a lead word, anywhere in the article; lines of names alone near the headline.

    Where the byline is `settled` (marked near the headline and confirmed by metadata), only lines with a lead word
    below it are read: they name contributors and editors.
    """
    view = reader.view
    near = view.numbers(reader.low, reader.high)
    foot = range(0) if settled else view.numbers(reader.foot_low, reader.foot)
    leading = rows_with_lead(view, view.numbers(reader.low, reader.foot))
    worth = leading if settled else {*leading, *near, *foot}
    headline = reader.headline[0] if reader.headline else -1
    found: list[Mention] = []
    for n in sorted(worth):
        start, row = view.row_starts[n], view.row_texts[n]
        led = from_lead(view, n) if n in leading else behind_bars(row) if n in near else ""
        if led:
            start, row = start + max(0, row.find(led)), led
        if not 4 < len(row) <= 200 or start == headline:
            continue
        sign: Sign | None = None
        if led:
            sign = "lead"
        elif not settled and n in near and start >= reader.low + reader.weights.before - 250 and looks_like_names(row):
            sign = "names"
        elif n in foot and is_signature(reader, row):
            sign = "signature"
        index = view.at(start) if sign else -1
        if sign and stands_elsewhere(reader, n, index, sign):
            continue
        reading = reader.byline(row) if sign else None
        if sign and reading:
            dated = sign == "names" and (
                FIGURES.search(row) is not None or (of_persons(reader, reading) and above_date(reader, n))
            )
            mention = read_line(reader, start, row, index, sign=sign, reading=reading, near=n in near, dated=dated)
        elif n in near:
            mention = posted_by(reader, row, start)
        else:
            continue
        if mention is not None:
            found.append(mention)
    return found


def from_brackets(reader: Reader) -> list[Mention]:
    """The writer whose name ends a Japanese report: …と話した。（渡辺直樹）"""
    view = reader.view
    if not (reader.language or "").startswith("ja") or view.body[1] < 0:
        return []
    for n in reversed(view.numbers(max(0, view.body[1] - 600), view.body[1] + 60)):
        start, row = view.row_starts[n], view.row_texts[n]
        match = SIGNED.search(row)
        if match and name_likeness(match[1], "ja") >= 0.5:
            index, low = view.at(start), start + match.start(1)
            candidate = Candidate(
                None, "dom", "name that ends the text", 0.5, index, match[1], low, low + len(match[1])
            )
            return [Mention((read_name(match[1], "ja"),), (), reader.weights.signed, "foot", candidate, None, index)]
    return []


def from_notes(reader: Reader) -> list[Mention]:
    """Sentences below the text that name who helped, translated or edited."""
    view = reader.view
    found: list[Mention] = []
    for n in view.numbers(max(0, reader.foot_low - NOTE), reader.foot):
        start, row = view.row_starts[n], view.row_texts[n]
        for reading in read_note(row, reader.language):
            candidate = Candidate(None, "dom", "note below the text", 0.6, view.at(start), row, start, start + len(row))
            found.append(Mention((), (), 0.0, "note", candidate, reading, view.at(start)))
    return found


def stands_elsewhere(reader: Reader, n: int, index: int, sign: Sign) -> bool:
    """Is a line part of a menu, a list of tags, a comment, a caption, or a teaser above the headline?

    A byline and its day may be set in the box of the picture, or marked as its credit.
    """
    if index < 0:
        return False
    view, start = reader.view, reader.view.row_starts[n]
    bits, own, linked = view.bits[index], view.own[index], view.bits[index] & LINKED
    if bits & (COMMENT | NAVIGATION) or (own & CREDIT and not own & DATE):
        return True
    if sign == "lead" and not reader.near(start) and (linked or below_teaser(reader, n)):
        return True
    if sign == "names" and ((bits & FIGURE and not above_date(reader, n)) or (linked and leads_home(view, index))):
        return True
    if bits & CAPTION and not (sign == "lead" and above_date(reader, n)):
        return True
    if sign == "signature":
        return bool(linked) or view.elements[index].tag == "li"
    menu = linked and listed(reader, index) and not above_date(reader, n)
    return sign == "names" and bool(menu or (bits & AWAY and reader.above(start)))


def below_teaser(reader: Reader, n: int) -> bool:
    """Does a line follow one that is a link: the title of another article?"""
    view = reader.view
    before = view.at(view.row_starts[n - 1]) if n else -1
    return before >= 0 and bool(view.bits[before] & LINKED)


def leads_home(view: View, index: int) -> bool:
    """Is an element part of a link to a front page? It bears the site's name."""
    while index >= 0 and view.elements[index].tag != "a":
        index = view.elements[index].parent
    address = view.elements[index].attributes.get("href") if index >= 0 else None
    return bool(address) and FRONT.fullmatch(address or "") is not None


def read_line(
    reader: Reader, start: int, row: str, index: int, *, sign: Sign, reading: Byline, near: bool, dated: bool
) -> Mention | None:
    """What a line that reads as a byline says, weighed by where it stands and what showed it."""
    view, weights = reader.view, reader.weights
    bits = view.bits[index] if index >= 0 else 0
    labelled, end = sign == "lead" and reading.labelled, start + len(row)
    if sign == "names" and not reading.authors and (not reading.agencies or bits & LINKED):
        return None
    if "\n" in row and not reading.authors:
        return None
    if labelled and not near and row.casefold().startswith(DESK):
        return None
    weight = (weights.line if labelled else weights.shape) if near else weights.foot if labelled else 0.0
    if dated:
        weight *= weights.dated
    if sign == "signature":
        weight = weights.signed
    if bits & AWAY:
        weight *= 0.4
    if weight <= 0:
        return None
    declared = fold(row) in reader.declared
    people = () if declared else tuple([p for p in reading.authors if not reader.is_site(full_name(p))])
    organisations = tuple([printed_agency(a, row) for a in reading.agencies])
    if reading.collective:
        organisations += (reading.collective,)
    if labelled:
        rule = "line with a lead word"
    else:
        rule = "line of names " + ("below the text" if sign == "signature" else "near the headline")
    candidate = Candidate(None, "dom", rule, min(0.9, weight / 3), index, row, start, end)
    opening = sign == "names" and opens_body(reader, index, end)
    kind = "opening line" if opening else "line near" if near else "foot"
    return Mention(people, organisations, weight, kind, candidate, reading, index, near, bool(bits & AWAY))


def from_lead(view: View, n: int) -> str:
    """A line that opens with a lead word; one that is nothing else, with the name below it and those joined to that."""
    rows = view.row_texts
    end = n + 1
    if is_lead(rows[n]) and not rows[n].casefold().startswith(DESK):
        end += 1
        while end + 1 < min(len(rows), n + MOST_JOINED) and rows[end].casefold() in JOINING:
            end += 2
    return "\n".join(rows[n:end])


def behind_bars(row: str) -> str:
    """The last part of a line that opens with a lead word: `News | May 3 | Written by Ida Holm`; empty without any."""
    if "|" in row or "•" in row or "·" in row:
        for part in reversed(BARS.split(row)[1:]):
            if len(part) > 4 and starts_with_lead(part):
                return part
    return ""


def above_date(reader: Reader, n: int) -> bool:
    """Does one of the two lines below a line give a day, and nothing else?"""
    for row in reader.view.row_texts[n + 1 : n + 3]:
        if len(row) <= 60 and (dates := read_dates(row, reader.language)):
            return 2 * (dates[0].end - dates[0].start) >= len(row) or dates[0].start <= LABEL
    return False


def of_persons(reader: Reader, reading: Byline) -> bool:
    """Are all authors of a byline named as persons are?"""
    return bool(reading.authors) and all(reader.likeness(person) >= PERSONAL for person in reading.authors)


def is_signature(reader: Reader, row: str) -> bool:
    """A line below the text that is one person's name and nothing else, or a dash before it."""
    row = row.lstrip("-–— ")
    return 1 < len(row.split()) <= 4 and row[0].isupper() and name_likeness(row, reader.language) >= SIGNATURE


def posted_by(reader: Reader, row: str, start: int) -> Mention | None:
    """A blog's line that names who posted."""
    posted = find_posted(row)
    if posted is None:
        return None
    person, at = posted
    view = reader.view
    index = view.at(start + at)
    rule = "name in a line of a blog's template"
    candidate = Candidate(None, "dom", rule, 0.5, index, row, start, start + len(row))
    return Mention((person,), (), reader.weights.posted, "line near", candidate, None, index, True)


def listed(reader: Reader, index: int) -> bool:
    """Does an element stand in an item of a list?"""
    while index >= 0:
        if reader.view.elements[index].tag == "li":
            return True
        index = reader.view.elements[index].parent
    return False


def opens_body(reader: Reader, index: int, end: int) -> bool:
    """Does a line that is no heading stand right before the first paragraph?"""
    first = reader.view.body[0]
    heading = index >= 0 and reader.view.elements[index].tag in HEADINGS
    return not heading and end <= first and not reader.view.text[end:first].strip()


def looks_like_names(row: str) -> bool:
    """Two to nine words before a date or a bar, each with a capital or small joining words; no sentence."""
    if len(row) > 110:
        return False
    if row[0].isdigit():
        row = LEADING_DATE.sub("", row)
    figures = FIGURES.search(row) if len(row) > 12 else None
    head = row[: figures.start()] if figures else row
    if len(row) > 12:
        head = head.strip(" ,-–—|")
    if not head:
        return False
    if not head.isascii() and len(head) < 24 and EASTERN.match(head):
        return True
    words = head.split()
    if not 2 <= len(words) <= 9 or (head[-1] in ".!?:…" and not head[-3:-2].isspace()):
        return False
    capital = sum(word[0].isupper() for word in words)
    return capital >= 2 and capital >= len(words) - 2


def from_dateline(reader: Reader) -> list[Mention]:
    """Reporters that a dateline names: 【ソウル＝小池和樹】, (서울=연합뉴스) 김은지 기자."""
    text = reader.view.text
    if not any(sign in text for sign in "【자원者"):  # of each of the words 기자, 특파원, 記者, 记者 one
        return []
    if not any(mark in text for mark in ("【", "기자", "특파원", "記者", "记者")):
        return []
    found: list[Mention] = []
    for here, row in reader.view.rows:
        bracket = row.find("【")
        if bracket < 0:
            bracket = 0 if row[:1] in OPENS or SENT.match(row) else -1
        if bracket < 0 or len(row) < 5 or (bracket > 3 and not row.endswith("】")):
            continue
        start = here + bracket
        if reader.view.bits[reader.view.at(start)] & (CAPTION | COMMENT | NAVIGATION):
            continue  # who wrote the caption
        reading = read_dateline(text[start : here + len(row)][:200], reader.language)
        if reading is not None and reading.reporters:
            low, high = start + reading.start, start + reading.end
            candidate = Candidate(None, "dom", "reporter of the dateline", 0.6, None, text[low:high], low, high)
            element = reader.view.at(start)
            found.append(
                Mention(reading.reporters, (), reader.weights.dateline, "dateline", candidate, None, element, True)
            )
        if len(found) >= 3:
            break
    return found
