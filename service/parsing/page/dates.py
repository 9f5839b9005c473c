"""When the article was published and changed: what metadata, time elements, printed dates and the address say."""

import re
from functools import cache

from schemas.document import ARTICLE, AWAY, BODY, COMMENT, DATE, NAVIGATION, Element
from schemas.evidence import Source
from service.parsing.dates import read_date, read_dates
from service.parsing.dates import table as date_table
from service.parsing.page.candidate import Candidate
from service.parsing.page.days import Chosen, Found, Rules, Weights, arbitrate
from service.parsing.page.lead import starts_with_lead
from service.parsing.page.stamps import EARLIEST, day_of, made, stamp
from service.parsing.page.state import beside_headline
from service.parsing.page.structured import Item
from service.parsing.page.view import View
from service.parsing.page.words import words
from service.tables import read_table

IN_ADDRESS = re.compile(
    r"[/\-_=.](?P<y>(?:19|20)\d{2})[/\-_.]?(?P<m>0[1-9]|1[0-2])[/\-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/\-_.?]|$)"
)
DAY_FIRST = re.compile(
    r"[/\-_](?P<d>0[1-9]|[12]\d|3[01])[/\-_.](?P<m>0[1-9]|1[0-2])[/\-_.](?P<y>20\d{2})(?=[/\-_.?]|$)"
)
DIGIT = re.compile(r"\d")
OPENING = 70
BENEATH = 900
"""Code points below the headline in which a box is the article's own, though its class may say teaser or comments."""
LABEL = 30
"""Code points before a day at most, for a label, a weekday or a place: Pressemitteilung vom 25. Januar 2022."""
MOST_ALIKE = 12
"""Elements of one tag and class that are looked at: more are a list of teasers."""


def find_dates(
    view: View, items: list[Item], headline: tuple[int, int] | None, address: str, language: str | None
) -> Chosen:
    """All candidates, then the day with the most weight; a printed day wins over its neighbour in another zone."""
    weights = read_table("page_weights.toml", Rules).date
    published, modified = from_metadata(view, items, weights, language)
    for found in Shown(view, headline, weights, language).found():
        (modified if found.kind == "modified" else published).append(found)
    published += from_address(address, weights)
    if not published:
        published += from_states(view, headline, weights)
    return arbitrate(published, modified, weights)


def from_metadata(
    view: View, items: list[Item], weights: Weights, language: str | None
) -> tuple[list[Found], list[Found]]:
    """Structured data and meta tags: (published, modified)."""
    published: list[Found] = []
    modified: list[Found] = []

    def add(pool: list[Found], raw: object, source: Source, path: str, *, weight: float, kind: str, rule: str) -> None:
        value = stamp(raw, language)
        day = day_of(value) if value else None
        if day is not None:
            candidate = Candidate(value, source, rule, min(0.95, weight / 3.2), path, str(raw)[:200])
            pool.append(Found(candidate, day, weight, kind))

    for item in items:
        data = item.data
        weight = (weights.json_ld if data.source == "json-ld" else weights.microdata) * item.trust
        kind = f"{data.source} {item.trust}"
        for name, pool, worth, witness in (
            ("datePublished", published, weight, kind),
            ("dateCreated", published, weights.created * item.trust, "created"),
            ("uploadDate", published, weights.created * item.trust, "created"),
            ("dateModified", modified, weight, kind),
        ):
            for raw in item.values(name)[:1]:
                add(pool, raw, data.source, f"{data.path}/{name}", weight=worth, kind=witness, rule=name)
    for names, pool, weight, rule in (
        (words().published_metas, published, weights.meta, "publication date in a meta tag"),
        (words().loose_date_metas, published, weights.meta_loose, "date in a meta tag"),
        (words().modified_metas, modified, weights.meta, "modification date in a meta tag"),
    ):
        for name, raw in view.first_metas(names):
            add(pool, raw, "meta", f"meta[{name}]", weight=weight, kind=rule, rule=rule)
    return published, modified


class Shown:
    """The dates that a page shows: in marked elements, around the headline, else in lines of their own."""

    def __init__(self, view: View, headline: tuple[int, int] | None, weights: Weights, language: str | None) -> None:
        self.view, self.headline, self.weights, self.language = view, headline, weights, language
        self.low, self.high = (
            (headline[0] - weights.before, headline[1] + weights.after) if headline else (0, weights.after)
        )
        self.top = headline[0] - 100 if headline else 0
        self.seen: set[int] = set()

    def found(self) -> list[Found]:
        """Every reading; farther places are looked at only where nearer ones print none."""
        found = [*self.in_elements(), *self.around_headline()]
        if not any(f.printed for f in found):
            found += self.in_lines()
        return found or self.above_text()

    def in_elements(self) -> list[Found]:
        """`time` elements, and those that the markup calls dates."""
        view = self.view
        found: list[Found] = []
        alike: dict[str, int] = {}
        for index in view.called(DATE):
            element = view.elements[index]
            if self.away(index, element.start) or element.end - element.start > 200:
                continue
            key = f"{element.tag} {element.attributes.get('class')}"
            alike[key] = alike.get(key, 0) + 1
            if alike[key] > MOST_ALIKE:
                continue
            near = self.low <= element.start <= self.high
            stated = self.stated(
                element,
                index,
                self.weights.time_near if near else self.weights.time_far / min(3, alike[key]),
                near=near,
            )
            if stated is not None:
                found.append(stated)
            if element.end > element.start:
                found += self.printed(element.start, element.end, near=near, marked=True, top=self.top)
        return found

    def away(self, index: int, at: int) -> bool:
        """Does an element stand in a menu, a teaser, a comment? What stands around the headline is no teaser."""
        away = self.view.bits[index] & AWAY
        if away and not away & NAVIGATION and self.headline is not None:
            return not self.top <= at <= min(self.headline[1] + BENEATH, self.view.body[0])
        return bool(away)

    def stated(self, element: Element, index: int, weight: float, *, near: bool) -> Found | None:
        """What an element states in its attributes."""
        said = element.attributes
        moment = said.get("datetime") or (said.get("content") if element.tag == "time" else None)
        value = stamp(moment, self.language) if moment else None
        day = day_of(value) if value else None
        if day is None:
            return None
        changed = label_before(self.view.text, element.start) == "modified" or says_modified(said)
        # An element that is a property of the structured data too is one witness, not two.
        kind = "microdata 0.9" if "datepublished" in (said.get("itemprop") or "").lower() else "time"
        rule = "time element near the headline" if near else "time element"
        candidate = Candidate(value, "dom", rule, min(0.9, weight / 3), index, moment, attribute="datetime")
        return Found(candidate, day, weight, "modified" if changed else kind)

    def around_headline(self) -> list[Found]:
        """Short lines near the headline, and the openings of longer ones."""
        found: list[Found] = []
        if self.headline:
            at = self.view.text.rfind("\n", 0, max(0, self.low)) + 1
            for row in self.view.text[at : self.high].split("\n"):
                # Of a paragraph only the opening is looked at: `27.1.2022 - …`, `Pressemitteilung vom …`, `Oslo, (…)`.
                stop = len(row) if len(row) <= 160 else OPENING
                if len(row) > 5 and DIGIT.search(row, 0, stop):
                    found += self.printed(at, at + stop, near=True, marked=False, top=self.top)
                at += len(row) + 1
        return found

    def in_lines(self) -> list[Found]:
        """Short lines anywhere on the page."""
        return [
            found
            for at, row in self.view.rows
            if 5 < len(row) <= 80 and (" " in row or "." in row) and DIGIT.search(row)
            for found in self.printed(at, at + len(row), near=False, marked=False)
        ]

    def above_text(self) -> list[Found]:
        """The day that opens a line between headline and text, whatever the markup calls its box: a teaser, a menu."""
        if self.headline is None:
            return []
        view = self.view
        at = view.text.find("\n", self.headline[1]) + 1
        while 0 < at <= max(view.body[0], self.headline[1] + 1):
            end = view.text.find("\n", at)
            stop = min(len(view.text) if end < 0 else end, at + OPENING)
            reading = read_date(view.text[at:stop], self.language)
            day = day_of(reading.value) if reading and reading.start <= LABEL else None
            if reading and day and day.year >= EARLIEST and not view.bits[view.at(at)] & COMMENT:
                span = (at + reading.start, at + reading.end)
                candidate = Candidate(
                    reading.value,
                    "dom",
                    "printed above the text",
                    0.4,
                    view.at(at),
                    view.text[slice(*span)],
                    *span,
                )
                weight = self.weights.printed_far
                return [Found(candidate, day, weight, "printed above", printed=True, unsure=reading.unsure)]
            at = end + 1
        return []

    def printed(self, start: int, end: int, *, near: bool, marked: bool, top: int = 0) -> list[Found]:
        """The dates printed in a stretch of text; before `top`, the site's head, only elements of the article count."""
        view = self.view
        found: list[Found] = []
        text = view.text[start:end]
        for n, reading in enumerate(read_dates(text, self.language)[:3]):
            at = start + reading.start
            day = day_of(reading.value)
            if at in self.seen or day is None or day.year < EARLIEST:
                continue
            label = label_before(view.text, at)
            if label == "member":
                continue
            if not marked:
                index = view.at(at)
                if self.away(index, at) if near or label != "published" else view.bits[index] & COMMENT:
                    continue
            self.seen.add(at)
            alone = reading.end - reading.start > 0.6 * len(text)
            if near and at < top and not view.bits[view.at(at)] & (ARTICLE | BODY):
                weight: float | None = self.weights.printed_far  # today's date in the head of the site
            elif near:
                weight = self.near_weight(marked=marked, plain=alone or len(text) < 90 or label is not None)
            else:
                opens = len(text) < 60 and (not reading.start or starts_with_lead(text))
                weight = self.far_weight(label, plain=alone or marked or opens)
            if weight is None:
                continue
            if n and label != "published":
                weight *= 0.5
            rule = "printed " + ("near the headline" if near else "after a label" if label else "in a line of its own")
            quote = text[reading.start : reading.end]
            candidate = Candidate(
                reading.value,
                "dom",
                rule,
                min(0.9, weight / 2.8),
                view.at(at),
                quote,
                at,
                start + reading.end,
            )
            kind = "modified" if label == "modified" else f"printed {rule}"
            found.append(Found(candidate, day, weight, kind, printed=True, unsure=reading.unsure))
        return found

    def near_weight(self, *, marked: bool, plain: bool) -> float:
        """Of a day near the headline: in an element for dates, in a short line or after a label, in a sentence."""
        if marked:
            return self.weights.printed_near
        return self.weights.printed_line if plain else self.weights.printed_far

    def far_weight(self, label: str | None, *, plain: bool) -> float | None:
        """Of a day far from the headline, where only labelled and lone ones count."""
        if label == "published":
            return self.weights.printed_label
        return self.weights.printed_far if plain or label == "modified" else None


def label_before(text: str, at: int) -> str | None:
    """What the words before a date say happened that day."""
    before = text[max(0, at - 40) : at].rsplit("\n", 2)
    line = before[-1].strip() or (before[-2].strip() if len(before) > 1 else "")
    words = line.casefold().rstrip(":：,.|·•([–-").strip()
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
    return {"modified": rows.modified, "published": rows.published, "member": rows.member}


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
    # WordPress marks a post that was never changed `entry-date published updated`.
    return "modif" in said or ("update" in said and "publish" not in said and "entry-date" not in said)


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
