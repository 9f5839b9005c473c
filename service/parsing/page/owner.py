"""Who wrote a page that prints no byline: the person its scripts name, or on a personal site its owner."""

import re

from service.parsing.names import name_likeness
from service.parsing.page.candidate import Candidate
from service.parsing.page.state import beside_headline
from service.parsing.page.view import View

KNOWN = 0.75
"""A likeness that needs a known given name and a known family name, or an initial or particle beside one of them."""
FOOT = 1500
"""Code points at the end of a page where its notice of rights stands."""
_WORD = r"[^\Wa-z\d_](?:\.|[\w'’-]+)"
_NAME = rf"{_WORD}(?:\s(?:[a-z]{{2,3}}\s)?{_WORD}){{1,2}}"
_SIGN = r"©|\([cC]\)|(?i:copyright)"
_NOTICE = re.compile(rf"(?:{_SIGN})(?:\s|{_SIGN}|(?i:by|von|par|por)\b|[-–,:\d])*({_NAME})")
_OF = re.compile(rf"^({_NAME})['’]s\s|^(?i:blog|weblog|site|seite|sito|bitácora)\s(?:of|von|de|di|by)\s({_NAME})$")


def find_in_state(view: View, headline: str | None, language: str | None) -> Candidate | None:
    """The person whom the state of a script names as the author of the article."""
    for name in beside_headline(view, "state_authors", headline):
        if name_likeness(name, language) >= KNOWN:
            return Candidate(name, "dom", "state script", 0.4, "script", name)
    return None


def find_owner(view: View, names: list[Candidate], language: str | None) -> Candidate | None:
    """The person whom the site is named after or who claims the rights in it; None for everyone else's sites."""
    titles = (view.page.title or "").rsplit(" | ", 1)[1:]
    for name in (*(c.value for c in names), *titles):
        match = _OF.match(name)
        person = (match[1] or match[2]) if match else name
        if name_likeness(person, language) >= KNOWN:
            return Candidate(person, "dom", "site that bears a person's name", 0.4, None, name)
    begin = max(0, len(view.text) - FOOT, view.body[1])
    for match in _NOTICE.finditer(view.text, begin):
        if name_likeness(match[1], language) >= KNOWN:
            start, end = match.span(1)
            return Candidate(match[1], "dom", "person who claims the rights", 0.4, view.at(start), match[0], start, end)
    return None
