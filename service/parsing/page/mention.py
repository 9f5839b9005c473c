"""One place that names makers of the article, and the page as it is known while such places are gathered."""

import re
from functools import cached_property

from msgspec import Struct

from schemas.article import Creator
from service.parsing.byline import Byline, read_byline
from service.parsing.names import full_name, name_likeness
from service.parsing.page.candidate import Candidate, fold
from service.parsing.page.comparing import key_of
from service.parsing.page.view import View
from service.tables import read_table

DIGITS = re.compile(r"[\d:!?]{2}")
DESK = ("redaktion", "faktencheck")
"""Labels of desks below a text: editors and checkers, not the author."""
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
    ending: float
    enough: float
    companion: float
    before: int
    after: int
    into: int
    beyond: int


class Rules(Struct, frozen=True):
    """page_weights.toml as this room reads it."""

    people: Weights


class Mention(Struct, frozen=True, dict=True):
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

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Its people as they are compared: every mention is, with every other."""
        return tuple([key_of(person) for person in self.people])


class Reader:
    """Gathers mentions of one page; keeps count of the lines it has given to the grammar."""

    def __init__(self, view: View, place: tuple[int, int] | None, language: str | None, site: list[str]) -> None:
        self.view = view
        self.language = language
        self.site = [folded for name in site if (folded := fold(name))]
        self.bare_site = {folded.replace(" ", "") for folded in self.site}
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
        return bare in self.bare_site and name_likeness(name, self.language) < PERSONAL

    def of_site(self, name: str) -> bool:
        """The paper's name with more words around it: `Guardian staff reporter`, `Redaktion hessenschau.de`."""
        folded = f" {fold(name)} "
        return (
            any(len(known) > 3 and f" {known.removeprefix('the ')} " in folded for known in self.site)
            and name_likeness(name, self.language) < PERSONAL
        )

    def near(self, position: int) -> bool:
        """Is a place of the text near the headline?"""
        return self.low <= position <= self.high

    def above(self, position: int) -> bool:
        """Does a place of the text stand before the headline? Furniture there is menus and teasers."""
        return self.headline is not None and position < self.headline[0]

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

    def ends_text(self, mention: Mention) -> bool:
        """Does a line or element stand at the end of the running text, or right below it?"""
        last = self.view.body[1]
        return last >= 0 and last - 120 <= (mention.candidate.start or 0) <= last + 200

    def opens_text(self, mention: Mention) -> bool:
        """Does a line stand right before or in the running text?"""
        first, last = self.view.body
        return first >= 0 and first - 200 <= (mention.candidate.start or 0) <= min(last, first + 600)
