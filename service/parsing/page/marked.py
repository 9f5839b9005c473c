"""Elements that the markup calls author or byline, and links to an author's page."""

from msgspec.structs import replace

from schemas.article import Creator
from schemas.document import AUTHOR, AWAY, CAPTION, COMMENT, CREDIT, LINKED, Element
from service.parsing.agency import find_agency, printed_agency
from service.parsing.byline import Byline
from service.parsing.names import full_name, name_likeness, read_name
from service.parsing.page.candidate import Candidate, fold, tidy
from service.parsing.page.comparing import key_of, merged, same_person
from service.parsing.page.lead import is_lead, starts_with_lead
from service.parsing.page.mention import DESK, DIGITS, PERSONAL, Mention, Reader
from service.parsing.page.publication import host_of
from service.parsing.page.view import View
from service.parsing.page.words import author_folders, author_page, folded, more_by
from service.parsing.vocabulary import every

LONGEST = 400


def from_elements(reader: Reader, *, named: bool) -> list[Mention]:
    """Elements that the markup calls author or byline, and links to an author's page.

    Where metadata have `named` the authors, those far from the headline are read only with a lead word: they may name
    editors and translators; the others are teasers and boxes about the author.
    """
    view, weights = reader.view, reader.weights
    found: list[Mention] = []
    skip = -1
    links = author_links(view)
    for index in sorted({*view.called(AUTHOR), *links}):
        if index <= skip:
            continue
        own, element = view.own[index], view.elements[index]
        attributes, linked = element.attributes, index in links
        if linked and not own & AUTHOR and in_prose(reader, element):
            continue
        size = element.end - element.start
        if (
            not 1 < size <= LONGEST
            or element.tag in {"body", "main", "article", "img"}
            or view.bits[index] & COMMENT
            or (view.bits[index] & CAPTION and not (linked and led(reader, element)))
            or own & CREDIT
        ):
            continue
        if view.bits[index] & LINKED and not linked and not reader.near(element.start):
            continue
        strong = linked or "author" in (attributes.get("itemprop") or "")
        away = bool(view.bits[index] & AWAY)
        near = reader.near(element.start) and not (away and reader.above(element.start))
        if named and not near and not led(reader, element):
            continue
        weight = (
            (weights.rel if strong else weights.marked) * (weights.aside if away else 1.0)
            if near
            else weights.far
            if not away
            else weights.away
        )
        mention = read_element(
            reader,
            index,
            weight,
            strong or element.tag in {"a", "span", "address"} or "vcard" in str(attributes.get("class")),
            near=near,
        )
        if mention:
            found.append(replace(mention, away=away))
            skip = element.last
    return found


def led(reader: Reader, element: Element) -> bool:
    """Does the line of an element open with a lead word? Some pages set the byline in a box with the picture."""
    text = reader.view.text
    return starts_with_lead(text[text.rfind("\n", 0, element.start) + 1 : element.start + 1])


def author_links(view: View) -> set[int]:
    """The links whose address leads to a person's page, or that say so themselves."""
    folders, page = author_folders(), author_page()
    found: set[int] = set()
    for index in view.tagged.get("a", ()):
        attributes = view.elements[index].attributes
        address = attributes.get("href") or ""
        # Most addresses have no such folder at all, which is seen without the pattern.
        leads = not folders.isdisjoint(address.lower().split("/")) and page.search(address) is not None
        if leads or "author" in (attributes.get("rel") or ""):
            found.add(index)
    return found


def in_prose(reader: Reader, element: Element) -> bool:
    """A link in the middle of a paragraph: a person the text speaks of."""
    parent = reader.view.elements[element.parent] if element.parent >= 0 else element
    return parent.tag in {"p", "li"} and parent.end - parent.start > 3 * (element.end - element.start) + 60


def read_element(reader: Reader, index: int, weight: float, nickname: bool, *, near: bool) -> Mention | None:
    """Read a marked element line by line (a lead word goes with the line after it), its links, or as a nickname."""
    view, element = reader.view, reader.view.elements[index]
    text = view.text[element.start : element.end]
    if fold(text.partition(",")[0]) in folded("towns"):
        return None  # where the author writes from
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
            if force and (not reader.may_name(row) or is_credit(row)):
                continue
            reading = reader.byline(f"{lead} {row}" if lead else row) or (reader.byline(row) if lead else None)
            lead = "By" if force else ""
            if reading is None or (not near and row.casefold().startswith(DESK)):
                continue
            told = reading.labelled or reading.photographers
            if people and not told and all(reader.likeness(p) < PERSONAL for p in reading.authors):
                continue  # a job or a place under the name
            readings.append(reading)
            people += reading.authors
            organisations += [printed_agency(a, row) for a in reading.agencies]
            organisations += [reading.collective] if reading.collective else []
    if not readings and len(rows) > 1 and len(text) < 120:
        reading = reader.byline(text.replace("\n", " "))
        if reading is not None:
            readings.append(reading)
            people += reading.authors
    if near and element.last - index > 1:
        people = linked_names(reader, index, people)
    helped = {key_of(p) for r in readings for p in (*r.photographers, *r.editors, *r.translators)}
    people = [p for p in merged(people) if key_of(p) not in helped] if helped else merged(people)
    candidate = Candidate(
        None,
        "dom",
        "element marked as byline" if near else "element marked as author",
        min(0.9, weight / 3),
        index,
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
            or fold(text) in folded("nobody") | folded("accounts")
            or is_credit(text)
            or is_lead(text)
        ):
            return None
        if find_agency(text, position="byline") is not None:
            return Mention((), (text,), weight, kind, candidate, None, index, near)
        handle = author_page().search(element.attributes.get("href") or "")
        if handle is None or fold(text).replace(" ", "") not in fold(handle[0]).replace(" ", ""):
            weight += reader.weights.nickname
        name = more_by().sub("", tidy(text))
        if not name or reader.is_site(name):
            return Mention((), (name or text,), weight, kind, candidate, None, index, near)
        people = [Creator(literal=name[:2000], printed=name[:2000])]
    if fold(text) in reader.declared:
        return Mention((), (" ".join(text.split()),), weight, kind, candidate, None, index, near)
    people = [p for p in people if not reader.is_site(full_name(p))]
    whole = joined(readings, text)
    return Mention(tuple(people), tuple(organisations), weight, kind, candidate, whole, index, near)


def is_credit(row: str) -> bool:
    """Does a row open with the label of a picture credit?"""
    label, colon, _ = row.partition(":")
    return bool(colon) and label.strip().casefold() in every("label") | every("photographer")


def linked_names(reader: Reader, index: int, people: list[Creator]) -> list[Creator]:
    """The links of a byline, where they name everyone that its text was read to name, and more."""
    view, host = reader.view, host_of(reader.view.document.url or reader.view.canonical)
    names: list[Creator] = []
    for child in range(index + 1, min(view.elements[index].last, index + 40) + 1):
        inner = view.elements[child]
        if inner.tag != "a" or not 3 < inner.end - inner.start < 60:
            continue
        words, other = view.words(child), host_of(inner.attributes.get("href") or "")
        if name_likeness(words, reader.language) >= 0.4 and (other is None or host is None or other == host):
            names.append(read_name(words, reader.language))
    names = merged(names)
    covered = all(any(same_person(key_of(p), key_of(n)) for n in names) for p in people)
    return names if names and covered else people


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
