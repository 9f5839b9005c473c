"""CSL-JSON items as the processor reads them, and the context of one rendering (CSL 1.0.2, Appendix IV “Variables”).

An item is read lazily: names and dates are parsed when a style first asks. Nothing here raises for strange data; what
cannot be used is treated as absent and noted as a warning.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from service.rendering.dates import EMPTY, Date, read_date
from service.rendering.people import Name, read_names

if TYPE_CHECKING:
    from service.rendering.disambiguation import Ambiguity
    from service.rendering.processor import Run


class Repeated(NamedTuple):
    """Subsequent-author-substitute: what is printed for names that the entry before had too, and which those are."""

    mark: str
    rule: str
    names: list[tuple[str, ...]]
    text: str


_FAMILY_FIRST = ("hu", "vi")
_FAMILY_FIRST_COMPAT = (*_FAMILY_FIRST, "ja", "zh")  # citeproc-js turns romanised names of such items too
_SHORT = {"title": ("title-short", "shortTitle"), "container-title": ("container-title-short", "journalAbbreviation")}
_ALIASES = {
    "title-short": ("shortTitle",),
    "container-title-short": ("journalAbbreviation",),
    "event-title": ("event",),
    "event": ("event-title",),
}
_OTHER_NAMES = frozenset(alias for aliases in _ALIASES.values() for alias in aliases)
MAX_FIELD = 20_000
"""Characters of one field that are used; longer ones are cut, since no citation prints them."""


USUAL_YEARS = 3000


class Item:
    """One reference. `raw` is the caller's mapping and is never written to."""

    __slots__ = ("_dates", "_family_first", "_names", "id", "language", "present", "problems", "raw", "type")

    def __init__(self, raw: Mapping[str, Any], number: int = 0, *, compat: bool = False) -> None:
        self.raw = raw
        identifier = raw.get("id")
        if type(identifier) is str:
            self.id = identifier
        else:
            self.id = str(identifier) if isinstance(identifier, str | int) else f"item-{number + 1}"
        kind = raw.get("type")
        self.type = kind if isinstance(kind, str) else "document"
        language = raw.get("language")
        self.language = language.strip().replace("_", "-").lower() if isinstance(language, str) else ""
        self._family_first = self.language[:2] in (_FAMILY_FIRST_COMPAT if compat else _FAMILY_FIRST)
        self._names: dict[str, tuple[Name, ...]] = {}
        self._dates: dict[str, Date] = {}
        self.problems: list[tuple[str, str]] = []
        self.present = self._find_present()

    def text(self, variable: str) -> str:
        """A variable as text; empty if absent or unusable."""
        value = self.raw.get(variable)
        if type(value) is str:
            return value if len(value) <= MAX_FIELD else self._cut(variable, value)
        if value is None:
            for alias in _ALIASES.get(variable, ()):
                if alias in self.raw:
                    return self.text(alias)
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            try:
                return str(value)
            except ValueError:  # more digits than Python converts
                return self._unusable(variable)
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
        return self._unusable(variable) if value else ""

    def short(self, variable: str) -> str:
        """The short form of a variable, or the long one where there is none."""
        for name in _SHORT.get(variable, (variable + "-short",)):
            found = self.text(name)
            if found:
                return found
        return self.text(variable)

    def _cut(self, variable: str, value: str) -> str:
        self._note(variable, f"longer than {MAX_FIELD} characters: cut")
        return value[:MAX_FIELD]

    def _unusable(self, variable: str) -> str:
        self._note(variable, "neither text nor a number: left out")
        return ""

    def _note(self, variable: str, message: str) -> None:
        if (variable, message) not in self.problems:
            self.problems.append((variable, message))

    def names(self, variable: str) -> tuple[Name, ...]:
        """A name variable; empty if absent."""
        found = self._names.get(variable)
        if found is None:
            value = self.raw.get(variable)
            if value is None:
                found = ()
            else:
                found = read_names(value, family_first=self._family_first)
                if value and not found:
                    self._note(variable, "not a list of names: left out")
            self._names[variable] = found
        return found

    def date(self, variable: str) -> Date:
        """A date variable; an empty date if absent."""
        found = self._dates.get(variable)
        if found is None:
            value = self.raw.get(variable)
            found = EMPTY if value is None else read_date(value)
            if value and found.empty and value not in ({}, [], {"date-parts": [[]]}):
                self._note(variable, "not a date: left out")
            self._dates[variable] = found
        return found

    def _find_present(self) -> frozenset[str]:
        """The variables that have a value (CSL 1.0.2, “Choose”: variable), other names of a variable included."""
        names = frozenset(
            [
                name
                for name, value in self.raw.items()
                if ((value and not value.isspace()) if type(value) is str else self._has(name, value))
            ]
        )
        if names.isdisjoint(_OTHER_NAMES):
            return names
        return names.union(
            [name for name, aliases in _ALIASES.items() if not names.isdisjoint(aliases) and self.raw.get(name) is None]
        )

    def _has(self, variable: str, value: Any) -> bool:
        if type(value) is list:
            return bool(value)
        if value is None:
            return False
        if type(value) is dict and len(value) == 1:  # the usual date is not taken apart before it is asked for
            parts = value.get("date-parts")
            if type(parts) is list and parts and type(parts[0]) is list and parts[0] and type(parts[0][0]) is int:
                return bool(0 < parts[0][0] < USUAL_YEARS) or not self.date(variable).empty
        if isinstance(value, Mapping):
            return not self.date(variable).empty
        return bool(value) or value == 0


class Shown(NamedTuple):
    """One list of names as a cite printed it: the names, how many were shown, at which levels.

    `default` is the level at which the style prints, `marked` whether it makes initials.
    """

    names: Sequence[Name]
    shown: int
    levels: tuple[int, ...]
    default: int
    marked: bool


FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = range(4)
"""Positions of a cite, in the order in which each implies the one before it."""


class Context:
    """What one rendering of one item changes; made anew for each, seen by nobody else."""

    __slots__ = (
        "ambiguity",
        "area",
        "collapsed",
        "conditions",
        "conditions_seen",
        "counted",
        "done",
        "enter_names",
        "first_names",
        "first_note",
        "hits",
        "item",
        "label",
        "last_names",
        "last_years",
        "located",
        "locator",
        "looking",
        "misses",
        "names_keys",
        "names_limit",
        "nameset",
        "near",
        "number",
        "position",
        "present",
        "repeated",
        "run",
        "seen",
        "shown",
        "sorting",
        "substituted",
        "suffix",
        "suffix_only",
        "suppress_names",
        "trace",
        "years",
    )  # fmt: skip

    def __init__(self, item: Item, run: "Run", area: str) -> None:
        self.item = item
        self.present = item.present
        self.run = run
        self.area = area
        self.hits = 0  # variables that printed something
        self.misses = 0  # variables that were asked for and were empty
        self.seen = False  # whether anything has been printed, for capitals at the start of a note
        self.done: set[str] | None = None  # variables that a substitution has used up
        self.trace: list[str] | None = None  # variables printed while a substitution is tried
        # The cite.
        self.locator = ""
        self.label = ""
        self.located = False  # whether the locator has been printed
        self.position = FIRST
        self.near = False
        self.first_note = 0
        self.suppress_names = False
        self.number = 0  # citation number
        # Sorting and disambiguation.
        self.sorting = False
        self.names_limit: tuple[int | None, int | None, bool | None] | None = None  # a sort key's own et-al settings
        self.looking = False  # rendering only to compare
        self.ambiguity: Ambiguity | None = None
        self.conditions = 0  # disambiguate conditions met
        self.conditions_seen = 0  # and all that were asked
        self.enter_names = False  # whether names are to be entered in the register
        self.shown: list[Shown] | None = None  # collects the lists of names printed
        self.nameset = 0  # lists of names printed so far
        # What the neighbours in a cluster or bibliography need to know.
        self.collapsed = False
        self.first_names: str | None = None  # the first names printed
        self.substituted = ""  # what stood in for them
        self.last_names: str | None = None  # those of the cite before
        self.last_years: list[str] = []
        self.years: list[str] = []
        self.counted = 0  # the citation number, if printed
        self.suffix = 0  # the year suffix, if printed
        self.suffix_only = False
        self.repeated: Repeated | None = None  # what the entry before began with
        self.names_keys: list[tuple[str, ...]] = []


Render = Callable[[Context], str]
"""A compiled element: what it prints as marked text, empty for nothing."""


def nothing(_cx: Context) -> str:
    """Prints nothing."""
    return ""
