"""`cs:choose` compiled (CSL 1.0.2, “Choose”)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from service.rendering.items import IBID, IBID_WITH_LOCATOR, SUBSEQUENT, Context
from service.rendering.locale import tag
from service.rendering.numbers import read_number

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler, Render

Test = Callable[[Context], bool]


def compile_choose(compiler: "Compiler", element: Any) -> "Render":
    """The closure that renders the first branch whose conditions hold."""
    branches: list[tuple[Test, Render]] = []
    otherwise: Render | None = None
    for child in element:
        kind = tag(child)
        if kind in ("if", "else-if"):
            branches.append((_condition(child), compiler.sequence(compiler.children(child), compiler.delimiter)))
        elif kind == "else":
            otherwise = compiler.sequence(compiler.children(child), compiler.delimiter)
    last = otherwise or _nothing
    if len(branches) == 1:
        test, then = branches[0]
        return lambda cx: then(cx) if test(cx) else last(cx)
    cases = tuple(branches)

    def choose(cx: Context) -> str:
        for test, then in cases:
            if test(cx):
                return then(cx)
        return last(cx)

    return choose


def _nothing(_cx: Context) -> str:
    return ""


def _condition(element: Any) -> Test:
    tests: list[Test] = []
    for attribute, make in _TESTS.items():
        value = element.get(attribute)
        if value is not None:
            tests += make(value.split())
    match = element.get("match", "all")
    if not tests:
        return lambda _cx: match == "all"
    if len(tests) == 1:
        only = tests[0]
        return (lambda cx: not only(cx)) if match in ("none", "nand") else only
    found = tuple(tests)
    if match == "any":
        return lambda cx: any(test(cx) for test in found)
    if match == "none":
        return lambda cx: not any(test(cx) for test in found)
    if match == "nand":
        return lambda cx: not all(test(cx) for test in found)
    return lambda cx: all(test(cx) for test in found)


def _types(values: list[str]) -> list[Test]:
    types = frozenset(values)
    return [lambda cx: cx.item.type in types]


def _variables(values: list[str]) -> list[Test]:
    return [_variable(value) for value in values]


def _variable(name: str) -> Test:
    if name == "locator":
        return lambda cx: bool(cx.locator) and not cx.looking
    if name == "first-reference-note-number":
        return lambda cx: bool(cx.first_note)
    if name == "year-suffix":
        return lambda cx: bool(cx.ambiguity is not None and cx.ambiguity.suffix)
    if name == "citation-number":
        return lambda cx: bool(cx.number)

    def variable(cx: Context) -> bool:
        value = cx.item.raw.get(name)
        if type(value) is str and value:
            return not value.isspace()
        return cx.item.has(name)

    return variable


def _numeric(values: list[str]) -> list[Test]:
    return [_is_numeric(value) for value in values]


def _is_numeric(name: str) -> Test:
    def numeric(cx: Context) -> bool:
        value = cx.locator if name == "locator" else cx.item.text(name)
        return bool(value) and read_number(value).numeric

    return numeric


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
    wanted = values == ["true"]
    return [lambda cx: (cx.ambiguity is not None and cx.ambiguity.condition) == wanted]


_TESTS: dict[str, Callable[[list[str]], list[Test]]] = {
    "type": _types,
    "variable": _variables,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locators,
    "position": _positions,
    "disambiguate": _disambiguate,
}
