"""`cs:choose` compiled (CSL 1.0.2, “Choose”)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from service.rendering.items import IBID, IBID_WITH_LOCATOR, SUBSEQUENT, Context, Render, nothing
from service.rendering.locale import tag
from service.rendering.numbers import read_number

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler

Test = Callable[[Context], bool]


def compile_choose(compiler: "Compiler", element: Any) -> Render:
    """The closure that renders the first branch whose conditions hold.

    Which branches an item of a type can take at all is found once a type: most conditions of a large style ask for it.
    """
    branches: list[tuple[Condition, Render]] = []
    last: Render = nothing
    for child in element:
        kind = tag(child)
        if kind in ("if", "else-if"):
            branches.append((Condition(child), compiler.branch(child)))
        elif kind == "else":
            last = compiler.branch(child)
    if not any(condition.types for condition, _ in branches):
        return _first([(condition.test, then) for condition, then in branches], last)
    by_type: dict[str, Render] = {}

    def choose(cx: Context) -> str:
        kind = cx.item.type
        chosen = by_type.get(kind)
        if chosen is None:
            chosen = _first([(condition.of_type(kind), then) for condition, then in branches], last)
            if len(by_type) < MAX_TYPES:  # the same for every thread that gets here
                by_type[kind] = chosen
        return chosen(cx)

    return choose


MAX_TYPES = 64
"""CSL has 45 types; what a stranger's items call themselves beyond is not remembered."""


def _first(cases: list[tuple[Test | bool, Render]], last: Render) -> Render:
    """The closure of an if, else-if, else; what always or never holds is settled here."""
    open_cases: list[tuple[Test, Render]] = []
    for test, then in cases:
        if test is True:
            last = then
            break
        if test is not False:
            open_cases.append((test, then))
    if not open_cases:
        return last
    if len(open_cases) == 1:
        only, then = open_cases[0]
        return lambda cx: then(cx) if only(cx) else last(cx)
    if len(open_cases) == 2:
        (one, first), (two, second) = open_cases
        return lambda cx: first(cx) if one(cx) else second(cx) if two(cx) else last(cx)
    found = tuple(open_cases)

    def choose(cx: Context) -> str:
        for test, then in found:
            if test(cx):
                return then(cx)
        return last(cx)

    return choose


class Condition:
    """The conditions of one if or else-if: those on the type, and `test` for all others."""

    __slots__ = ("_match", "_others", "test", "types")

    def __init__(self, element: Any) -> None:
        self._match = element.get("match", "all")
        self.types = frozenset((element.get("type") or "").split())
        every = self._match in ("all", "nand")
        self._others: list[Test] = []
        for attribute, make in _TESTS.items():
            value = element.get(attribute)
            if value is not None:
                self._others += _variables(value.split(), every) if make is None else make(value.split())
        self.test = _matched(self._others, self._match)

    def of_type(self, kind: str) -> Test | bool:
        """What remains to be asked of an item of this type; True or False if the type settles it."""
        if not self.types:
            return self.test
        fits, match = kind in self.types, self._match
        if match in ("any", "nand") and fits == (match == "any"):
            return True
        if match in ("all", "none") and fits == (match == "none"):
            return False
        return self.test if self._others else match in ("all", "none")


def _matched(tests: list[Test], match: str) -> Test | bool:
    """Tests as one."""
    if not tests:
        return match == "all"
    if len(tests) == 1:
        only = tests[0]
        return (lambda cx: not only(cx)) if match in ("none", "nand") else only
    if len(tests) == 2:
        one, two = tests
        if match == "any":
            return lambda cx: one(cx) or two(cx)
        if match == "none":
            return lambda cx: not (one(cx) or two(cx))
        if match == "nand":
            return lambda cx: not (one(cx) and two(cx))
        return lambda cx: one(cx) and two(cx)
    found = tuple(tests)
    if match == "any":
        return lambda cx: any(test(cx) for test in found)
    if match == "none":
        return lambda cx: not any(test(cx) for test in found)
    if match == "nand":
        return lambda cx: not all(test(cx) for test in found)
    return lambda cx: all(test(cx) for test in found)


def _variables(values: list[str], every: bool) -> list[Test]:
    """Plain variables of one condition are asked for at once, by sets; all of them (`every`) or any."""
    plain = frozenset(value for value in values if value not in _OF_A_CITE)
    tests = [_OF_A_CITE[value] for value in values if value in _OF_A_CITE]
    if len(plain) == 1:
        (name,) = plain
        tests.append(lambda cx: name in cx.present)
    elif plain and every:
        tests.append(lambda cx: plain <= cx.present)
    elif plain:
        tests.append(lambda cx: not plain.isdisjoint(cx.present))
    return tests


_OF_A_CITE: dict[str, Test] = {
    "locator": lambda cx: bool(cx.locator) and not cx.looking,
    "first-reference-note-number": lambda cx: bool(cx.first_note),
    "year-suffix": lambda cx: bool(cx.ambiguity is not None and cx.ambiguity.suffix),
    "citation-number": lambda cx: bool(cx.number),
}


def _numeric(values: list[str]) -> list[Test]:
    return [_is_numeric(value) for value in values]


def _is_numeric(name: str) -> Test:
    def numeric(cx: Context) -> bool:
        if name not in cx.present:
            return False
        return read_number(cx.item.text(name)).numeric

    return numeric if name != "locator" else lambda cx: bool(cx.locator) and read_number(cx.locator).numeric


def _uncertain(values: list[str]) -> list[Test]:
    return [_is_uncertain(value) for value in values]


def _is_uncertain(name: str) -> Test:
    return lambda cx: cx.item.date(name).circa


def _locators(values: list[str]) -> list[Test]:
    labels = frozenset("sub verbo" if value == "sub-verbo" else value for value in values)
    return [lambda cx: bool(cx.locator) and (cx.label or "page").replace("sub-verbo", "sub verbo") in labels]


def _positions(values: list[str]) -> list[Test]:
    return [_POSITIONS[value] for value in values if value in _POSITIONS]


_POSITIONS: dict[str, Test] = {
    "first": lambda cx: cx.area == "citation" and cx.position < SUBSEQUENT,
    "subsequent": lambda cx: cx.area == "citation" and cx.position >= SUBSEQUENT,
    "ibid": lambda cx: cx.area == "citation" and cx.position >= IBID,
    "ibid-with-locator": lambda cx: cx.area == "citation" and cx.position == IBID_WITH_LOCATOR,
    "near-note": lambda cx: cx.area == "citation" and cx.position >= SUBSEQUENT and cx.near,
    "far-note": lambda cx: cx.area == "citation" and cx.position >= SUBSEQUENT and not cx.near,
}


def _disambiguate(values: list[str]) -> list[Test]:
    if values != ["true"]:
        return [lambda _cx: False]

    def disambiguate(cx: Context) -> bool:
        cx.conditions_seen += 1
        if cx.ambiguity is not None and cx.conditions < cx.ambiguity.condition:
            cx.conditions += 1
            return True
        return False

    return [disambiguate]


_TESTS: dict[str, Callable[[list[str]], list[Test]] | None] = {
    "variable": None,  # needs to know how they are to be matched
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locators,
    "position": _positions,
    "disambiguate": _disambiguate,
}
