"""Which variables a part of a style needs to print anything, so that a group can be passed over unread.

A group prints nothing when all the variables it calls are empty (CSL 1.0.2, “Group”). An item of news fills a dozen of
CSL's hundred variables, and most groups of a large style are about the others: comparing two sets spares the walk
through them. Read from the style's tree when it is compiled; where a part might print, or change what a later part
prints, without any variable of the item, nothing is said of it.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from service.rendering.locale import tag


class Needs(NamedTuple):
    """Nothing is printed unless one of `variables` has a value; `certain`: at least one of them is always called."""

    variables: frozenset[str]
    certain: bool


class Always(Enum):
    """A part that prints whenever the group it stands in does: a term, a value."""

    PRINTS = 0


Reading = Needs | Always | None

# Not of the item but of its place among others, or made up from other variables.
_OF_A_CITE = frozenset(["citation-number", "year-suffix", "locator", "first-reference-note-number", "citation-label"])

_OTHER_NAMES = {
    "title": ("title-short", "shortTitle"),
    "title-short": ("shortTitle",),
    "container-title": ("container-title-short", "journalAbbreviation"),
    "container-title-short": ("journalAbbreviation",),
    "event": ("event-title",),
    "event-title": ("event",),
    "page-first": ("page",),
}


class NeedsReader:
    """Reads the needs of the groups and macros of one style."""

    def __init__(self, macros: Mapping[str, Any]) -> None:
        self._macros = macros
        self._known: dict[str, Reading] = {}
        self._open: set[str] = set()

    def group(self, children: Iterable[Any]) -> frozenset[str] | None:
        """The variables without which a group of these children prints nothing and counts as empty; None if unsure."""
        return _sure(self._group(children))

    def macro(self, name: str) -> frozenset[str] | None:
        """The same of a macro."""
        return _sure(self._macro(name))

    def _element(self, element: Any) -> Reading:
        kind = tag(element)
        if kind == "text":
            return self._text(element)
        if kind in ("number", "date"):
            return _variable(element.get("variable", ""), certain=True)
        if kind == "label":
            return _variable(element.get("variable", ""), certain=False)
        if kind == "names":
            return self._names(element)
        if kind == "group":
            return self._group(element)
        if kind == "choose":
            return self._choose(element)
        return None

    def _text(self, element: Any) -> Reading:
        if "variable" in element.attrib:
            return _variable(element.get("variable"), certain=True)
        if "macro" in element.attrib:
            return self._macro(element.get("macro"))
        return Always.PRINTS

    def _macro(self, name: str) -> Reading:
        if name not in self._known:
            if name in self._open or name not in self._macros:
                return None
            self._open.add(name)
            self._known[name] = self._group(self._macros[name])  # a macro called by a text is a group (CSL 1.0.2)
            self._open.discard(name)
        return self._known[name]

    def _names(self, element: Any) -> Reading:
        variables = frozenset(element.get("variable", "").split())
        for child in element.iter():
            if child.get("form") == "count":  # prints 0 for none
                return None
            if tag(child) == "substitute":
                instead = self._sequence(child)
                if not isinstance(instead, Needs):
                    return None
                variables |= instead.variables
        return Needs(variables, certain=True)

    def _choose(self, element: Any) -> Reading:
        variables: frozenset[str] = frozenset()
        certain, otherwise = True, False
        for branch in element:
            if branch.get("disambiguate") is not None:  # counts how often it is asked
                return None
            found = self._sequence(branch)
            if not isinstance(found, Needs):
                return None
            variables |= found.variables
            certain &= found.certain
            otherwise |= tag(branch) == "else"
        return Needs(variables, certain and otherwise)

    def _sequence(self, children: Iterable[Any]) -> Reading:
        """Parts side by side, each printing by itself."""
        found = [self._element(child) for child in children]
        needs = [each for each in found if isinstance(each, Needs)]
        return _together(needs) if len(needs) == len(found) else None

    def _group(self, children: Iterable[Any]) -> Reading:
        """Parts of a group: terms and values print only if a variable called beside them does."""
        found = [self._element(child) for child in children]
        if None in found:
            return None
        needs = [each for each in found if isinstance(each, Needs)]
        if len(needs) == len(found) or any(each.certain for each in needs):
            return _together(needs)
        return None  # a group of terms alone prints, and counts as a variable for the group around it


def _sure(found: Reading) -> frozenset[str] | None:
    return found.variables if isinstance(found, Needs) and found.certain else None


def _together(needs: list[Needs]) -> Needs:
    return Needs(frozenset().union(*(each.variables for each in needs)), any(each.certain for each in needs))


def _variable(names: str, *, certain: bool) -> Needs | None:
    name = names.split(" ", maxsplit=1)[0]
    if not name or name in _OF_A_CITE:
        return None
    return Needs(frozenset((name, *_OTHER_NAMES.get(name, ()))), certain)
