"""Everyone a page names as its maker: metadata, marked elements, lines with a lead word, datelines."""

import re
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from schemas.article import Creator
from schemas.document import Element
from service.parsing.agency import printed_agency
from service.parsing.byline import Byline, read_byline
from service.parsing.dateline import read_dateline
from service.parsing.email import find_emails
from service.parsing.names import full_name, given_names, name_likeness, read_name
from service.parsing.page.candidate import Candidate, fold, line, tidy
from service.parsing.page.publication import host_of
from service.parsing.page.structured import Item, name_of, resolved, types_of
from service.parsing.page.view import AUTHOR, AWAY, CAPTION, COMMENT, CREDIT, LINKED, NAVIGATION, View
from service.parsing.page.words import author_page, folded, more_by, words
from service.parsing.vocabulary import leads
from service.tables import read_table

ORGANISATIONS = frozenset(
    (
        "organization",
        "newsmediaorganization",
        "corporation",
        "organisation",
        "newspaper",
        "website",
        "localbusiness",
        "ngo",
        "educationalorganization",
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
DIGITS = re.compile(r"[\d:!?]{2}")
DESK = ("redaktion", "faktencheck")
"""Labels of desks below a text: editors and checkers, not the author."""
MAILED = re.compile(r"\s*[\(<\[]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[\)>\]]?\s*")
DEGREES = re.compile(r"(?:,?\s(?:Ph\.?\s?D|M\.?D|MPH|MBA|M\.?Sc|B\.?Sc|M\.?A|B\.?A|LL\.?M|J\.?D|R\.?D|R\.?N)\.?)+$")
SIGN = re.compile(r"\s*\([a-zäöüß/.]{2,5}\)$")
"""A staff sign behind a name: Elena Oberholzer (obe)."""
LONGEST = 400
SIGNATURE = 0.7
POSTED = re.compile(
    r"\b(?:by|von|par|por)\s+([\w.-]{3,25})\s+(?:on|am|le|el)\b.{0,6}.*\d"
    r"|\b(?:posted|published|veröffentlicht|erstellt)\s(?:by|von)\s([\w.-]{2,25})\s(?:under|in|unter)\b"
    r"|\b\d{1,2}[:.]\d{2}(?:\s*uhr)?\s+(?:by|von|par|por|door|av|af)\s+([\w.-]{3,25})\s*(?:$|[|·•])"
    r"|\b(?:posted|published|veröffentlicht|erstellt|verfasst|geschrieben|eingestellt|publicado|publié)\b.{0,60}?\d.{0,20}?\b(?:by|von|por|par)\s+([\w.-]{3,25})\s*(?:$|[|·•])",
    re.IGNORECASE,
)
PERSONAL = 0.6
"""A likeness from which a text is taken for a person's name against other signs."""
MOST_BYLINES = 40
"""Lines given to the byline grammar for one page."""


class Weights(Struct, frozen=True):
    """page_weights.toml, [people]."""

    json_ld: float
    microdata: float
    meta: float
    rel: float
    marked: float
    far: float
    away: float
    aside: float
    dated: float
    signed: float
    posted: float
    opening: float
    again: float
    line: float
    shape: float
    foot: float
    dateline: float
    state: float
    agrees: float
    labelled: float
    nickname: float
    enough: float
    companion: float
    before: int
    after: int
    into: int
    beyond: int


class Rules(Struct, frozen=True):
    """page_weights.toml as this room reads it."""

    people: Weights


class Mention(Struct, frozen=True):
    """One place that names people or organisations as authors."""

    people: tuple[Creator, ...]
    organisations: tuple[str, ...]
    weight: float
    kind: str
    candidate: Candidate
    byline: Byline | None = None
    element: int = -1
    near: bool = False
    away: bool = False


class Reader:
    """Gathers mentions of one page; keeps count of the lines it has given to the grammar."""

    def __init__(self, view: View, place: tuple[int, int] | None, language: str | None, site: list[str]) -> None:
        self.view = view
        self.language = language
        self.site = [fold(name) for name in site if fold(name)]
        self.weights = read_table("page_weights.toml", Rules).people
        first, last = view.body
        self.low, self.high = (
            (place[0] - self.weights.before, place[1] + self.weights.after) if place else (0, self.weights.after)
        )
        if place and place[1] <= first < place[1] + 6000:
            self.high = first + self.weights.into
        self.foot_low = last - 60 if last >= 0 else len(view.text)
        self.foot = last + self.weights.beyond if last >= 0 else len(view.text)
        self.headline = place
        self.left = MOST_BYLINES
        self.declared: frozenset[str] = frozenset()
        self.read: dict[str, Byline | None] = {}

    def byline(self, text: str) -> Byline | None:
        """The grammar's reading of a line, each line once."""
        if text not in self.read:
            if self.left <= 0:
                return None
            self.left -= 1
            self.read[text] = read_byline(text, self.language)
        return self.read[text]

    def is_site(self, name: str) -> bool:
        """Is this the paper's own name? A blog that bears its writer's name does not make the writer a paper."""
        bare = fold(name).replace(" ", "")
        return (
            any(bare == known.replace(" ", "") for known in self.site) and name_likeness(name, self.language) < PERSONAL
        )

    def of_site(self, name: str) -> bool:
        """The paper's name with more words around it: `Guardian staff reporter`, `Redaktion hessenschau.de`."""
        folded = f" {fold(name)} "
        return (
            any(len(known) > 3 and f" {known.removeprefix('the ')} " in folded for known in self.site)
            and name_likeness(name, self.language) < PERSONAL
        )

    # Metadata

    def from_items(self, items: list[Item], index: dict[str, dict[str, Any]]) -> list[Mention]:
        """Author and creator of the article's objects."""
        found = []
        for item in items:
            for name in ("author", "creator"):
                values = [resolved(value, index) for value in item.values(name)]
                people: list[Creator] = []
                organisations: list[str] = []
                for value in values[:40]:
                    self.value(value, people, organisations, index)
                if people or organisations:
                    base = self.weights.json_ld if item.data.source == "json-ld" else self.weights.microdata
                    weight = base * item.trust / 0.9
                    quote = ", ".join([full_name(p) for p in people] + organisations)
                    candidate = Candidate(
                        None,
                        item.data.source,
                        f"{name} of the article",
                        min(0.9, weight / 3),
                        f"{item.data.path}/{name}",
                        quote,
                    )
                    found.append(Mention(tuple(people), tuple(organisations), weight, item.data.source, candidate))
                    break
        return found

    def value(
        self, value: Any, people: list[Creator], organisations: list[str], index: dict[str, dict[str, Any]]
    ) -> None:
        """One author of structured data: a string, a Person, an Organization, or a list of them."""
        if isinstance(value, list):
            for inner in value[:40]:
                self.value(resolved(inner, index), people, organisations, index)
            return
        kinds = types_of(value) if isinstance(value, dict) else ()
        extra: dict[str, str] = {}
        if isinstance(value, dict):
            name = (
                name_of(value.get("name"))
                or " ".join(x for x in (name_of(value.get("givenName")), name_of(value.get("familyName"))) if x)
                or name_of(value)
            )
            job, email = line(name_of(value.get("jobTitle"))), tidy(value.get("email")).removeprefix("mailto:")
            if job and len(job) < 120:
                extra["job_title"] = job
            if find_emails(email):
                extra["email"] = find_emails(email)[0].address
        else:
            name = tidy(value)
        self.named(
            name,
            people,
            organisations,
            organisation=bool(ORGANISATIONS.intersection(kinds)),
            extra=extra,
        )

    def from_metas(self) -> list[Mention]:
        """Author-like meta tags, each a mention of its own."""
        found = []
        rows = [(name, value) for name in words().author_metas for value in self.view.metas.get(name, ())[:20]]
        for n in ("1", "2"):
            label = (self.view.meta(f"twitter:label{n}") or "").casefold()
            if any(word in label for word in words().written_by):
                rows += [(f"twitter:data{n}", self.view.meta(f"twitter:data{n}") or "")]
        merged: dict[str, tuple[list[Creator], list[str], list[str]]] = {}
        for name, value in rows:
            text = tidy(value)
            if not text or "://" in text or "www." in text or text.startswith(("@", "/")) or len(text) > 300:
                continue
            people, organisations, quotes = merged.setdefault(name, ([], [], []))
            self.named(text, people, organisations)
            quotes.append(text)
        for name, (people, organisations, quotes) in merged.items():
            if people or organisations:
                candidate = Candidate(None, "meta", "author in a meta tag", 0.65, f"meta[{name}]", ", ".join(quotes))
                found.append(Mention(tuple(people), tuple(organisations), self.weights.meta, "meta", candidate))
        return found

    def named(
        self,
        text: str,
        people: list[Creator],
        organisations: list[str],
        *,
        organisation: bool = False,
        extra: dict[str, str] | None = None,
    ) -> None:
        """Sort a metadata name into people and organisations."""
        text = MAILED.sub(" ", text[:400]) if "@" in text else text[:400]
        text = DEGREES.sub("", SIGN.sub("", text)).strip(" ,;|")
        if fold(text) in folded("nobody"):
            return
        if (
            not text
            or "://" in text
            or text.startswith("@")
            or len(text) > 200
            or (" " not in text and find_emails(text))
        ):
            return
        if (organisation and name_likeness(text, self.language) < 0.7) or self.is_site(text):
            organisations.append(text)
            return
        if self.of_site(text):
            organisations.append(text)
            return
        given, dot, family = text.partition(".")
        if dot and family.isalpha() and given.casefold() in given_names():
            text = f"{given} {family}".title()  # the account anna.berg
        # The place says that it is an author: the grammar reads it as after a lead word.
        reading = self.byline(f"By {text}") or self.byline(text)
        if reading is not None and (reading.authors or reading.agencies or reading.collective):
            alone = (extra or {}) if len(reading.authors) == 1 else {}
            people += [replace(author, **alone) for author in reading.authors]
            if not reading.authors:
                organisations += [printed_agency(a, text) for a in reading.agencies] or [text]
            return
        if organisation:
            organisations.append(text)
        elif len(text.split()) <= 5 and not re.search(r"[?!:|/]|\d{3}", text):
            people.append(replace(read_name(text, self.language), **(extra or {})))

    # The page

    def from_elements(self) -> list[Mention]:
        """Elements that the markup calls author or byline, and links to an author's page."""
        view, weights = self.view, self.weights
        found: list[Mention] = []
        skip = -1
        for index in view.said:
            if index <= skip:
                continue
            own, element = view.own[index], view.elements[index]
            attributes = element.attributes
            linked = element.tag == "a" and (
                "author" in (attributes.get("rel") or "")
                or author_page().search(attributes.get("href") or "") is not None
            )
            if not linked and not own & AUTHOR:
                continue
            if linked and not own & AUTHOR and self.in_prose(element):
                continue
            size = element.end - element.start
            if (
                not 1 < size <= LONGEST
                or element.tag in {"body", "main", "article", "img"}
                or view.bits[index] & (COMMENT | CAPTION)
                or own & CREDIT
            ):
                continue
            if view.bits[index] & LINKED and not linked and not self.near(element.start):
                continue
            strong = linked or "author" in (attributes.get("itemprop") or "")
            away = bool(view.bits[index] & AWAY)
            near = self.near(element.start) and not (away and self.above(element.start))
            weight = (
                (weights.rel if strong else weights.marked) * (weights.aside if away else 1.0)
                if near
                else weights.far
                if not away
                else weights.away
            )
            mention = self.mention(
                index,
                weight,
                strong or element.tag in {"a", "span", "address"} or "vcard" in str(attributes.get("class")),
                near=near,
            )
            if mention:
                found.append(replace(mention, away=away))
                skip = element.last
        return found

    def in_prose(self, element: Element) -> bool:
        """A link in the middle of a paragraph: a person the text speaks of."""
        parent = self.view.elements[element.parent] if element.parent >= 0 else element
        return parent.tag in {"p", "li"} and parent.end - parent.start > 3 * (element.end - element.start) + 60

    def near(self, position: int) -> bool:
        """Is a place of the text near the headline?"""
        return self.low <= position <= self.high

    def above(self, position: int) -> bool:
        """Does a place of the text stand before the headline? Furniture there is menus and teasers."""
        return self.headline is not None and position < self.headline[0]

    def mention(self, index: int, weight: float, nickname: bool, *, near: bool) -> Mention | None:
        """Read a marked element line by line (a lead word goes with the line after it), its links, or as a nickname."""
        view, element = self.view, self.view.elements[index]
        text = view.text[element.start : element.end]
        kind = "marked near" if near else "marked"
        rows = [row for row in text.split("\n") if row.strip()][:8]
        people: list[Creator] = []
        organisations: list[str] = []
        readings: list[Byline] = []
        for force in (False, True):
            # The markup says that names stand here: where the line alone is no byline, it is read as after a lead.
            if force and (people or organisations or readings or not near):
                break
            lead = "By" if force else ""
            for row in rows:
                if is_lead(row):
                    lead = row
                    continue
                if force and not self.may_name(row):
                    continue
                reading = self.byline(f"{lead} {row}" if lead else row) or (self.byline(row) if lead else None)
                lead = "By" if force else ""
                if reading is None or (not near and row.casefold().startswith(DESK)):
                    continue
                if people and not reading.labelled and all(self.likeness(p) < PERSONAL for p in reading.authors):
                    continue  # a job or a place under the name
                readings.append(reading)
                people += reading.authors
                organisations += [printed_agency(a, row) for a in reading.agencies]
                organisations += [reading.collective] if reading.collective else []
        if not readings and len(rows) > 1 and len(text) < 120:
            reading = self.byline(text.replace("\n", " "))
            if reading is not None:
                readings.append(reading)
                people += reading.authors
        if near and element.last - index > 1:
            people = self.linked_names(index, people)
        people = merged(people)
        candidate = Candidate(
            None,
            "dom",
            "element marked as byline" if near else "element marked as author",
            min(0.9, weight / 3),
            view.path(index),
            text,
            element.start,
            element.end,
        )
        if not people and not organisations and not any(r.editors or r.translators or r.contributors for r in readings):
            if (
                not (nickname or (near and starts_with_lead(text)))
                or len(text) > 40
                or "\n" in text
                or DIGITS.search(text)
                or not text[0].isalnum()
                or fold(text) in folded("nobody")
            ):
                return None
            handle = author_page().search(element.attributes.get("href") or "")
            if handle is None or fold(text).replace(" ", "") not in fold(handle[0]).replace(" ", ""):
                weight += self.weights.nickname
            name = more_by().sub("", tidy(text))
            if not name or self.is_site(name):
                return Mention((), (name or text,), weight, kind, candidate, None, index, near)
            people = [Creator(literal=name[:2000], printed=name[:2000])]
        if fold(text) in self.declared:
            return Mention((), (" ".join(text.split()),), weight, kind, candidate, None, index, near)
        people = [p for p in people if not self.is_site(full_name(p))]
        whole = joined(readings, text)
        return Mention(tuple(people), tuple(organisations), weight, kind, candidate, whole, index, near)

    def is_signature(self, row: str) -> bool:
        """A line below the text that is one person's name and nothing else."""
        return 1 < len(row.split()) <= 4 and row[0].isupper() and name_likeness(row, self.language) >= SIGNATURE

    def posted(self, row: str, match: re.Match[str], start: int) -> Mention:
        """A blog's line: `Posted in Notes by someone on August 3, 2019`, where the name is one word."""
        name = match[match.lastindex or 1]
        at = start + match.start(match.lastindex or 1)
        candidate = Candidate(
            None,
            "dom",
            "name in a line of a blog's template",
            0.5,
            self.view.path(self.view.at(at)),
            row,
            start,
            start + len(row),
        )
        person = Creator(literal=name[:2000], printed=name[:2000])
        return Mention((person,), (), self.weights.posted, "line near", candidate, None, self.view.at(at), True)

    def opens_text(self, mention: Mention) -> bool:
        """Does a line stand right before or in the running text?"""
        first, last = self.view.body
        return first >= 0 and first - 200 <= (mention.candidate.start or 0) <= min(last, first + 600)

    def may_name(self, row: str) -> bool:
        """Can a row be read as after a lead word? Names, or several of them; no single word, no figures."""
        if len(row) > 90 or DIGITS.search(row) or " " not in row.strip():
            return False
        return name_likeness(row, self.language) >= 0.35 or any(
            mark in row for mark in (",", "/", "&", " und ", " and ")
        )

    def likeness(self, person: Creator) -> float:
        """How much a person's name looks like one."""
        return name_likeness(full_name(person), self.language)

    def linked_names(self, index: int, people: list[Creator]) -> list[Creator]:
        """The links of a byline, where they name everyone that its text was read to name, and more."""
        view, host = self.view, host_of(self.view.document.url or self.view.canonical)
        names: list[Creator] = []
        for child in range(index + 1, min(view.elements[index].last, index + 40) + 1):
            inner = view.elements[child]
            if inner.tag != "a" or not 3 < inner.end - inner.start < 60:
                continue
            words, other = view.words(child), host_of(inner.attributes.get("href") or "")
            if name_likeness(words, self.language) >= 0.4 and (other is None or host is None or other == host):
                names.append(read_name(words, self.language))
        names = merged(names)
        covered = all(any(same_person(key_of(p), key_of(n)) for n in names) for p in people)
        return names if names and covered else people

    def listed(self, index: int) -> bool:
        """Does an element stand in an item of a list?"""
        while index >= 0:
            if self.view.elements[index].tag == "li":
                return True
            index = self.view.elements[index].parent
        return False

    def opens_body(self, index: int, end: int) -> bool:
        """Does a line that is no heading stand right before the first paragraph?"""
        first = self.view.body[0]
        heading = index >= 0 and self.view.elements[index].tag in HEADINGS
        return not heading and end <= first and not self.view.text[end:first].strip()

    def from_lines(self, *, settled: bool) -> list[Mention]:
        """Lines that open with a lead word, anywhere in the article; lines of names alone near the headline.

        Where the byline is `settled` (marked near the headline and confirmed by metadata), only lines with a lead word
        below it are read: they name contributors and editors.
        """
        view, weights = self.view, self.weights
        found: list[Mention] = []
        for start, row in view.rows:
            if start > self.foot and start > self.high:
                break
            if not 4 < len(row) <= 200:
                continue
            end = start + len(row)
            near = self.near(start)
            if self.headline and start == self.headline[0]:
                continue
            labelled = start <= self.foot and starts_with_lead(row)
            shape = (
                near
                and not settled
                and not labelled
                and start >= self.low + self.weights.before - 250
                and looks_like_names(row)
            )
            signed = (
                not settled
                and not labelled
                and not shape
                and self.foot_low <= start <= self.foot
                and self.is_signature(row)
            )
            if not labelled and not shape and not signed:
                if near and len(row) < 160 and (posted := POSTED.search(row)):
                    found.append(self.posted(row, posted, start))
                continue
            index = view.at(start)
            bits = view.bits[index] if index >= 0 else 0
            if signed and (bits & LINKED or view.elements[index].tag == "li"):
                continue  # a tag of the article, not its author
            if shape and ((bits & LINKED and self.listed(index)) or (bits & AWAY and self.above(start))):
                continue  # a step of a menu, a teaser above the headline
            if bits & (COMMENT | CAPTION | NAVIGATION) or (index >= 0 and view.own[index] & CREDIT):
                continue
            reading = self.byline(row)
            if reading is None and near and len(row) < 160 and (posted := POSTED.search(row)):
                found.append(self.posted(row, posted, start))
            if reading is None or (shape and not reading.authors and (not reading.agencies or bits & LINKED)):
                continue
            if labelled and not reading.labelled:
                labelled = False
            if labelled and not near and row.casefold().startswith(DESK):
                continue
            weight = (weights.line if labelled else weights.shape) if near else weights.foot if labelled else 0.0
            if shape and FIGURES.search(row):
                weight *= weights.dated
            if signed:
                weight = weights.signed
            if bits & AWAY:
                weight *= 0.4
            if weight <= 0:
                continue
            people = tuple(
                p for p in reading.authors if not self.is_site(full_name(p)) and fold(row) not in self.declared
            )
            organisations = tuple(printed_agency(a, row) for a in reading.agencies) + (
                (reading.collective,) if reading.collective else ()
            )
            rule = (
                "line with a lead word"
                if labelled
                else "line of names " + ("below the text" if signed else "near the headline")
            )
            candidate = Candidate(None, "dom", rule, min(0.9, weight / 3), view.path(index), row, start, end)
            kind = "opening line" if shape and self.opens_body(index, end) else "line near" if near else "foot"
            away = bool(bits & AWAY)
            found.append(Mention(people, organisations, weight, kind, candidate, reading, index, near, away))
        return found


@cache
def lead_words() -> frozenset[str]:
    """First words of every lead phrase."""
    return frozenset(phrase.split()[0].strip(":") for phrase in leads())


def starts_with_lead(row: str) -> bool:
    """A cheap look before the grammar: does the line open with a lead word, or end in a role of the East?"""
    first = row[:24].casefold().split(None, 1)
    if not first:
        return False
    word = first[0].strip("(（[*•·—–-").split(":")[0].split("：")[0].split("=")[0]
    if word in lead_words():
        return True
    return not row[0].isascii() and any(
        mark in row for mark in ("기자", "記者", "记者", "특파원", "文・", "文／", "作者")
    )


def is_lead(row: str) -> bool:
    """A lead word and nothing else: `Von`, `Text:`."""
    return len(row) < 30 and row.strip().rstrip(":：").casefold() in leads()


FIGURES = re.compile(r"\d.*$|[|·•].*$")


LEADING_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}[:.]\d{2})?(?: Uhr)?\s*[-–—|·•,]\s*")


def looks_like_names(row: str) -> bool:
    """Two to nine words before a date or a bar, each with a capital or small joining words; no sentence."""
    if len(row) > 110:
        return False
    row = LEADING_DATE.sub("", row)
    head = FIGURES.sub("", row).strip(" ,-–—|") if len(row) > 12 else row
    if not head:
        return False
    if not head.isascii() and len(head) < 24 and EASTERN.match(head):
        return True
    words = head.split()
    if not 2 <= len(words) <= 9 or (head[-1] in ".!?:…" and not head[-3:-2].isspace()):
        return False
    capital = sum(word[0].isupper() for word in words)
    return capital >= 2 and capital >= len(words) - 2


EASTERN = re.compile(r"^[가-힣一-鿿々・·、\s]{2,}$")


def joined(readings: list[Byline], text: str) -> Byline | None:
    """Several lines of one element as one byline."""
    if not readings:
        return None
    if len(readings) == 1:
        return readings[0]
    return Byline(
        text=" ".join(text.split()),
        authors=tuple(c for r in readings for c in r.authors),
        contributors=tuple(c for r in readings for c in r.contributors),
        editors=tuple(c for r in readings for c in r.editors),
        translators=tuple(c for r in readings for c in r.translators),
        photographers=tuple(c for r in readings for c in r.photographers),
        agencies=tuple(a for r in readings for a in r.agencies),
        collective=next((r.collective for r in readings if r.collective), None),
        emails=tuple(e for r in readings for e in r.emails),
        role=next((r.role for r in readings if r.role), None),
        labelled=any(r.labelled for r in readings),
        confidence=max(r.confidence for r in readings),
    )


def from_dateline(reader: Reader) -> list[Mention]:
    """Reporters that a dateline names: 【ソウル＝小池和樹】, (서울=연합뉴스) 김은지 기자."""
    text = reader.view.text
    if not any(mark in text for mark in ("【", "기자", "특파원", "記者", "记者")):
        return []
    found: list[Mention] = []
    at = 0
    for row in text.split("\n"):
        here, at = at, at + len(row) + 1
        bracket = row.find("【")
        if bracket < 0:
            bracket = 0 if row[:1] in {"(", "（", "["} else -1
        if bracket < 0 or len(row) < 5 or (bracket > 3 and not row.endswith("】")):
            continue
        start = here + bracket
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


def key_of(creator: Creator) -> str:
    """How names are compared: letters only, in any order of their parts."""
    return " ".join(sorted(fold(full_name(creator)).split()))


def same_person(a: str, b: str) -> bool:
    """The same name, or one with middle names or initials more than the other, or a part of the other alone."""
    if a == b:
        return True
    wa, wb = set(a.split()), set(b.split())
    if len(wa) == 1 or len(wb) == 1:
        return bool(wa and wb) and len(wa | wb) <= 3 and (wa <= wb or wb <= wa)
    return len(wa & wb) >= 2 and (wa <= wb or wb <= wa)


def once(person: Creator) -> Creator:
    """A name printed twice over (`Ida Holm Ida Holm`, for two widths of the screen) is one."""
    words = full_name(person).split()
    half = len(words) // 2
    return read_name(" ".join(words[:half])) if half > 1 and words[:half] == words[half:] else person


def merged(people: list[Creator]) -> list[Creator]:
    """Each person once; of two forms the longer."""
    found: list[Creator] = []
    for person in map(once, people):
        key = key_of(person)
        if not key:
            continue
        for n, other in enumerate(found):
            if same_person(key, key_of(other)):
                if len(key) > len(key_of(other)):
                    found[n] = person
                break
        else:
            found.append(person)
    return found
