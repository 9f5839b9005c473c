"""Addresses that belong to the byline: printed, linked, or given by the metadata of an author."""

import re

from msgspec.structs import replace

from schemas.article import Creator
from schemas.document import AUTHOR, AWAY, COMMENT, NAVIGATION
from service.parsing.email import find_emails
from service.parsing.names import full_name
from service.parsing.page.candidate import Candidate, fold
from service.parsing.page.people import Makers
from service.parsing.page.view import View
from service.parsing.words import places_of

GENERIC = frozenset(
    [
        "info",
        "redaktion",
        "redaccion",
        "redacao",
        "contact",
        "kontakt",
        "contacto",
        "office",
        "mail",
        "news",
        "editor",
        "editors",
        "newsroom",
        "press",
        "presse",
        "service",
        "support",
        "online",
        "web",
        "webmaster",
        "desk",
        "tips",
        "feedback",
        "help",
        "abo",
        "leserbriefe",
        "letters",
        "hello",
        "team",
        "admin",
        "datenschutz",
        "privacy",
        "werbung",
        "anzeigen",
    ]
)
LINK = re.compile(r"mailto:([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,100}\.[A-Za-z]{2,24})")
MARKS = ("@", "(at)", "(AT)", "[at]", "[AT]", "{at}")
"""What a printed address is not without."""
PLAIN = re.compile(r"^[^@\x00-\x20]{1,200}@[^@\x00-\x20]{3,110}$")


def find_addresses(view: View, makers: Makers) -> list[Candidate]:
    """Every address of the byline, in order: those in elements of the authors, and those that bear an author's name."""
    names = [words_of(person) for person in makers.authors]
    found: dict[str, Candidate] = {}

    def add(address: str, candidate: Candidate) -> None:
        if PLAIN.match(address):
            found.setdefault(address.lower(), candidate)

    for byline in makers.bylines:
        if byline in [m.byline for m in makers.mentions]:
            for address in byline.emails:
                add(address, Candidate(address, "dom", "address in the byline", 0.9, None, byline.text))
    for person in makers.authors:
        if person.email:
            add(person.email, Candidate(person.email, "json-ld", "address of the author", 0.85, None, person.email))
    for index in view.tagged.get("a", ()):
        href = view.elements[index].attributes.get("href")
        if href and href[:7].lower() == "mailto:" and "@" in href[:200]:
            for mail in find_emails(href[7:207].split("?")[0].replace("%40", "@")):
                if belongs(view, index, mail.address, names):
                    add(mail.address, Candidate(mail.address, "dom", "mailto link", 0.8, index, href[:200]))
    for n in sorted({view.number(at) for at in places_of(view.text, MARKS)}):
        here, row = view.row_starts[n], view.row_texts[n]
        for mail in find_emails(row):
            start, end = here + mail.start, here + mail.end
            index = view.at(start)
            if belongs(view, index, mail.address, names):
                candidate = Candidate(mail.address, "dom", "printed address", 0.8, index, mail.printed, start, end)
                add(mail.address, candidate)
    if not found:
        # The page's state scripts may hold the only copy of a link that is drawn by a script.
        for state in view.page.states if names else ():
            for at in places_of(state, ("@",)):
                match = LINK.search(state, max(0, at - 72), at + 130)
                if match and any(bears(match[1], words) for words in names):
                    rule = "mailto link in a state script"
                    add(match[1], Candidate(match[1], "dom", rule, 0.5, "script", match[0]))
    return list(found.values())


def words_of(person: Creator) -> list[str]:
    """The parts of a name that an address may bear."""
    return [word for word in fold(full_name(person)).split() if len(word) > 1]


def bears(address: str, words: list[str]) -> bool:
    """Does the local part bear a person's name: a family name, initials with it, or both parts?"""
    local = fold(address.split("@", maxsplit=1)[0].replace(".", " ").replace("_", " ").replace("-", " "))
    bare = local.replace(" ", "")
    if not words or not bare:
        return False
    long = [word for word in words if len(word) > 3]
    if any(word in bare for word in long[-1:] or words[-1:]) or sum(word in bare for word in words) >= 2:
        return True
    return bare == "".join(word[0] for word in words) or (len(words[0]) > 3 and bare.startswith(words[0]))


def belongs(view: View, index: int, address: str, names: list[list[str]]) -> bool:
    """Is it an author's: by its name, or by standing in an element of the author's that is no general desk?"""
    if index < 0 or view.bits[index] & (COMMENT | NAVIGATION):
        return False
    if any(bears(address, words) for words in names):
        return True
    if re.split(r"[.@_-]", address.lower())[0] in GENERIC or not names:
        return False
    if view.bits[index] & AWAY:
        return False
    for _ in range(4):
        if view.own[index] & AUTHOR and view.elements[index].end - view.elements[index].start < 500:
            return True
        index = view.elements[index].parent
        if index < 0:
            return False
    return False


def with_addresses(people: tuple[Creator, ...], addresses: list[Candidate]) -> tuple[Creator, ...]:
    """Give each author the address that bears the name; the only address to the only author."""
    if len(people) == 1 and len(addresses) == 1 and not people[0].email:
        return (replace(people[0], email=addresses[0].value),)
    return tuple(
        person
        if person.email
        else replace(person, email=next((c.value for c in addresses if bears(c.value, words_of(person))), None))
        for person in people
    )
