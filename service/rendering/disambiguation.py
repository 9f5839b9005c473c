"""Cites that would look alike made different: names, given names, the disambiguate condition, year suffixes (CSL 1.0.2,
“Disambiguation”).

Cites are grouped by how they print without help, and only groups of more than one are worked on, so that the cost is
linear in the number of items. Within a group the steps are the specification's: show more of the names, one at a time,
then (by-cite) more of the given names, then the style's own condition, then a letter after the year.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from service.rendering.items import SUBSEQUENT, Context, Item, Shown
from service.rendering.marks import plain
from service.rendering.people import Name, initials
from service.rendering.sorting import SortValues, sort_order

if TYPE_CHECKING:
    from service.rendering.processor import Run


class Ambiguity:
    """What is decided for one item: names shown and given-name levels by name list, year suffix, condition."""

    __slots__ = ("condition", "givens", "names", "suffix")

    def __init__(self, names: Sequence[int] = (), givens: Sequence[Sequence[int]] = ()) -> None:
        self.names = list(names)
        self.givens = [list(levels) for levels in givens]
        self.suffix: int = 0
        self.condition: int = 0

    def copy(self) -> "Ambiguity":
        """An independent copy."""
        other = Ambiguity(self.names, self.givens)
        other.suffix, other.condition = self.suffix, self.condition
        return other

    def key(self) -> tuple[object, ...]:
        """What rendering depends on."""
        return (tuple(self.names), tuple(tuple(g) for g in self.givens), self.condition)

    def padded(self) -> "Ambiguity":
        """Itself, with a level for every name shown."""
        for i, count in enumerate(self.names):
            while len(self.givens) <= i:
                self.givens.append([])
            levels = self.givens[i]
            levels += [0] * (count - len(levels))
        return self


class _Family:
    """All persons of one family name: the given names seen for each set of initials."""

    __slots__ = ("by_initials",)

    def __init__(self) -> None:
        self.by_initials: dict[str, set[str]] = {}


class NameRegister:
    """The names of all items, to tell which family names and initials are shared (givenname-disambiguation-rule)."""

    def __init__(self, rule: str, *, keep_particle: bool) -> None:
        self.by_cite = rule == "by-cite"
        self.primary_only = rule.startswith("primary-name")
        self.initials_only = rule.endswith("-with-initials")
        self._keep_particle = keep_particle
        self._families: dict[str, _Family] = {}
        self._keys: dict[tuple[str, ...], tuple[str, str, str]] = {}

    def _key(self, item: Item, name: Name) -> tuple[str, str, str]:
        found = self._keys.get(name.key)
        if found is None:
            family = _without_periods(name.family)
            if self._keep_particle and name.particle:
                family = f"{family} {name.particle}"
            given = _without_periods(name.given)
            found = self._keys[name.key] = (family, initials(given, "", whole=False), given)
        family, short, given = found
        return (f"{item.id}\0{family}" if self.by_cite else family), short, given

    def add(self, item: Item, names: Sequence[Name]) -> None:
        """Enter the names of one list."""
        for i, name in enumerate(names):
            if name.literal or (self.primary_only and i):
                continue
            family, short, given = self._key(item, name)
            entry = self._families.get(family)
            if entry is None:
                entry = self._families[family] = _Family()
            entry.by_initials.setdefault(short, set()).add(given)

    def level(self, item: Item, name: Name, place: int, default: int, *, marked: bool, wanted: int) -> int:
        """How much of a given name one name needs: 0 none, 1 initials, 2 all.

        `default` is what the style prints anyway, `wanted` what the cite's own disambiguation asks for, `marked`
        whether the style makes initials.
        """
        if name.literal:
            return default
        if self.by_cite:
            if wanted == 1 and not marked:
                wanted = 2
            if default <= wanted:
                return wanted
        if self.primary_only and place:
            return default
        family, short, _ = self._key(item, name)
        entry = self._families.get(family)
        if entry is None or short not in entry.by_initials:
            return default
        shared = len(entry.by_initials) > 1
        if self.initials_only:
            return max(default, 1) if shared else default
        level = default
        if shared:
            level = max(default, 1)
        if len(entry.by_initials[short]) > 1 or (shared and not marked):
            level = 2
        return level


def _without_periods(text: str) -> str:
    return " ".join(text.replace(".", " ").split())


class Disambiguator:
    """Works out the ambiguities of one run."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        options = run.style.citation.options
        self.add_names = options.get("disambiguate-add-names") == "true"
        self.add_givens = options.get("disambiguate-add-givenname") == "true"
        self.add_years = options.get("disambiguate-add-year-suffix") == "true"
        rule = options.get("givenname-disambiguation-rule", "by-cite")
        self.by_cite = self.add_givens and rule == "by-cite"
        self.register = (
            NameRegister(rule, keep_particle=run.style.never_demote) if self.add_givens else None
        )  # read by names.py
        self.modes: list[str] = []
        if self.add_names or self.by_cite:
            self.modes.append("names")
        years = ["years"] if self.add_years else []
        condition = ["condition"] if run.style.has_condition else []
        # The condition comes before the letters (CSL 1.0.2, “Disambiguation”); citeproc-js turns them round.
        self.modes += [*years, *condition] if run.style.compat else [*condition, *years]
        self._cites: dict[tuple[str, tuple[object, ...]], tuple[str, int, int]] = {}
        self._places: dict[str, int] = {}

    def run_all(self, items: Sequence[Item]) -> None:
        """Decide for all items, given in the order of citing."""
        self._places = {item.id: place for place, item in enumerate(items)}
        looks = [self._look(item, enter=self.register is not None) for item in items]
        groups: dict[str, list[tuple[Item, Ambiguity, list[int]]]] = {}
        for item, (text, shown) in zip(items, looks, strict=True):
            if self.register is not None and not self._stands(item, shown):
                text, shown = self._look(item, enter=False)  # noqa: PLW2901 - its names are not alone, now that all are known
            base = Ambiguity([s.shown for s in shown], [s.levels for s in shown])
            self.run.ambiguities[item.id] = base
            if len(items) > 1 and self.modes:
                groups.setdefault(text, []).append((item, base, [len(s.names) for s in shown]))
        for group in groups.values():
            if len(group) > 1:
                _Group(self, group).resolve()

    def _look(self, item: Item, *, enter: bool) -> tuple[str, list[Shown]]:
        """How an item prints without help, with the lists of names it shows; `enter` puts those into the register."""
        cx = self._context(item, None)
        cx.enter_names = enter
        cx.shown = []
        return plain(self.run.style.citation.render(cx)), cx.shown

    def _stands(self, item: Item, shown: list[Shown]) -> bool:
        """Whether every name needs just as much of its given name as the style prints anyway."""
        level = self.register.level if self.register is not None else None
        return level is None or all(
            level(item, name, i, s.default, marked=s.marked, wanted=0) == s.levels[i]
            for s in shown
            for i, name in enumerate(s.names)
        )

    def _context(self, item: Item, ambiguity: Ambiguity | None) -> Context:
        cx = Context(item, self.run, "citation")
        cx.looking = True
        cx.position = SUBSEQUENT
        cx.near = True
        cx.ambiguity = ambiguity
        return cx

    def cite(self, item: Item, base: Ambiguity) -> tuple[str, int, int]:
        """How an item would print under `base`, and how many disambiguate conditions it met of how many."""
        key = (item.id, base.key())
        found = self._cites.get(key)
        if found is None:
            cx = self._context(item, base)
            found = self._cites[key] = (plain(self.run.style.citation.render(cx)), cx.conditions, cx.conditions_seen)
        return found

    def in_order(self, items: Sequence[Item]) -> list[Item]:
        """Items in the order in which they get their letters: the bibliography's."""
        layout = self.run.style.bibliography
        ordered = sorted(items, key=lambda item: self._places[item.id])
        if layout is None or not layout.sort:
            return ordered
        values = [
            SortValues(layout.sort, partial(self.run.context, item, "bibliography"), self.run.style.collator)
            for item in ordered
        ]
        return [ordered[i] for i in sort_order(layout.sort, values)]


MAX_STEPS = 10_000
"""Steps for one group of cites at most; what is not settled by then prints as it is."""


class _Group:
    """One set of items whose cites print alike."""

    def __init__(self, owner: Disambiguator, members: list[tuple[Item, Ambiguity, list[int]]]) -> None:
        self.owner = owner
        self.givens_max = 2 if owner.by_cite else None
        self.base = members[0][1].copy()
        self.better = members[0][1].copy()
        for _, config, _ in members[1:]:
            if len(config.names) < len(self.base.names):
                self.base = config.copy()
            for i, count in enumerate(config.names[: len(self.base.names)]):
                if count > self.base.names[i]:
                    self.base.names[i] = count
                    self.base.givens[i] = list(config.givens[i])
        self.better = self.base.copy()
        self.base.padded()
        self.better.padded()
        ordered = sorted(members, key=lambda m: (",".join(map(str, m[2])), m[0].id))
        self.items = [m[0] for m in ordered]
        self.names_max = ordered[0][2][0] if ordered[0][2] else None
        self.sets_max = len(members[-1][1].names) - 1
        self.mode = 0
        self.lists: list[tuple[Ambiguity, list[Item]]] = [(self.base, self.items)]
        self.clashes = (1, 0)
        self.partners: list[Item] = []
        self.others: list[Item] = []
        self.nameset = self.name = 0
        self.first_look = True
        self.conditions = self.conditions_seen = 0

    def resolve(self) -> None:
        """Try one step after the other until every member is settled."""
        while self.lists:
            self.nameset = self.name = 0
            self.clashes = (1, 0)
            for _ in range(MAX_STEPS):
                if not self.lists[0][1]:
                    break
                maxed = self._step()
                self._compare(self.lists[0][1])
                getattr(self, "_by_" + self.owner.modes[self.mode])(maxed)
                if maxed:
                    if self.mode < len(self.owner.modes) - 1:
                        self.mode += 1
                    else:
                        self._put(1, (self.base, []))
            self.lists = self.lists[1:]

    def _put(self, place: int, entry: tuple[Ambiguity, list[Item]]) -> None:
        if place < len(self.lists):
            self.lists[place] = entry
        else:
            self.lists.append(entry)

    def _settle(self, item: Item, base: Ambiguity) -> None:
        self.owner.run.ambiguities[item.id] = base.copy()

    def _compare(self, items: list[Item]) -> None:
        """Split a list by whether its members print like its first."""
        first, self.conditions, self.conditions_seen = self.owner.cite(items[0], self.base)
        self.partners, self.others = [items[0]], []
        for item in items[1:]:
            text, self.conditions, self.conditions_seen = self.owner.cite(item, self.base)
            (self.partners if text == first else self.others).append(item)
        self.clashes = (self.clashes[1], len(self.partners) - 1)

    def _step(self) -> bool:
        """Show a little more; True when there is no more to show."""
        if self.first_look:
            self.first_look = False
            return False
        if self.owner.modes[self.mode] != "names":
            if self.owner.modes[self.mode] == "condition":
                self.base.condition += 1
                self.better.condition += 1
            return False
        base = self.base
        more_names = self.givens_max is None
        more_sets = self.names_max is None
        if self.givens_max is not None:
            level = self._level()
            if level is not None and level < self.givens_max:
                base.givens[self.nameset][self.name] += 1
            else:
                more_names = True
        if self.names_max is not None and more_names:
            if self.owner.add_names and self.name < self.names_max:
                if self.nameset < len(base.names):
                    base.names[self.nameset] += 1
                self.name += 1
                base.padded()
            else:
                more_sets = True
        if more_sets and self.nameset < self.sets_max:
            self.nameset += 1
            if self.nameset < len(base.names):
                base.names[self.nameset] = 1
            self.name = 0
            base.padded()
        level = self._level()
        return (
            (self.sets_max == -1 or self.nameset >= self.sets_max)
            and (not self.owner.add_names or self.names_max is None or self.name >= self.names_max)
            and (self.givens_max is None or level is None or level >= self.givens_max)
        )

    def _level(self) -> int | None:
        givens = self.base.givens
        if self.nameset < len(givens) and self.name < len(givens[self.nameset]):
            return givens[self.nameset][self.name]
        return None

    def _keep(self) -> None:
        """The last step helped: keep it."""
        base, better = self.base, self.better
        if self.owner.by_cite and base.givens and self._level() is not None:
            while len(better.givens) < len(base.givens):
                better.givens.append(list(base.givens[len(better.givens)]))
            while len(better.givens[self.nameset]) <= self.name:
                better.givens[self.nameset].append(0)
            better.givens[self.nameset][self.name] = base.givens[self.nameset][self.name]
        if self.nameset < len(base.names):
            while len(better.names) <= self.nameset:
                better.names.append(base.names[len(better.names)])
            better.names[self.nameset] = base.names[self.nameset]
        better.condition = base.condition
        better.padded()

    def _by_names(self, maxed: bool) -> None:
        alone = self.clashes[1] == 0
        if alone and len(self.others) <= 1:
            self._keep()
            for item in (*self.others, self.partners[0]):
                self._settle(item, self.better)
            self._put(0, (self.better, []))
        elif alone:
            self._keep()
            self._settle(self.partners[0], self.better)
            self._put(0, (self.better, self.others))
            self.first_look = True
        elif len(self.others) == 1:
            self._keep()
            self._settle(self.others[0], self.better)
            self._put(0, (self.better, self.partners))
        elif self.clashes[1] < self.clashes[0]:
            self._keep()
            self._put(0, (self.better, self.partners))
            self.lists.append((self.better, self.others))
        elif maxed:
            self._put(0, (self.better, self.others))
            self.lists.append((self.better, self.partners))
            if self.mode == len(self.owner.modes) - 1:
                for item in self.partners:
                    self._settle(item, self.better)
                self._put(0, (self.better, []))

    def _by_years(self, _maxed: bool) -> None:
        base, items = self.lists[0]
        if self.clashes[1]:
            for number, item in enumerate(self.owner.in_order(items), 1):
                base.suffix = number
                self._settle(item, base)
            base.suffix = 0
        self._put(0, (self.better, []))

    def _by_condition(self, _maxed: bool) -> None:
        base, items = self.lists[0]
        done = self.clashes[1] == 0 and len(self.others) < 2
        if not done and (not self.base.condition or self.conditions != self.conditions_seen):
            self.mode = 0
            self.base.condition = self.better.condition = self.conditions
            if self.base.condition:
                self._by_names(False)
            else:
                self.first_look = True
                self.base.condition = 1
            return
        if done or self.mode == len(self.owner.modes) - 1:
            base.condition = self.base.condition
            for item in items:
                self._settle(item, base)
            self._put(0, (self.better, []))
        else:
            self.mode = len(self.owner.modes) - 1
            base.condition = max(base.condition, 1)
            for item in items:
                self._settle(item, base)
