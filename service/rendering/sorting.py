"""`cs:sort` compiled: keys from variables and macros, directions, empty keys last (CSL 1.0.2, “Sorting”)."""

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, NamedTuple

from service.rendering import marks
from service.rendering.collation import Collator, Key
from service.rendering.dates import date_key
from service.rendering.items import Context
from service.rendering.locale import tag
from service.rendering.name_list import NameList
from service.rendering.names import NAME_VARIABLES, trigraph
from service.rendering.numbers import NUMERIC, read_number

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler, Macro

DATES = frozenset({"accessed", "available-date", "event-date", "issued", "original-date", "submitted"})
"""Date variables (CSL 1.0.2, Appendix IV)."""

Text = Callable[[Context], str]


class SortKey(NamedTuple):
    """One `cs:key`: how to get its text, its direction, its own et-al settings, whether it is the citation number."""

    text: Text
    descending: bool
    limit: tuple[int | None, int | None, bool | None] | None
    number: bool


def compile_sort(compiler: "Compiler", section: Any) -> tuple[SortKey, ...]:
    """The keys of a citation's or bibliography's `cs:sort`."""
    sort = next((child for child in section if tag(child) == "sort"), None)
    if sort is None:
        return ()
    return tuple(_key(compiler, key) for key in sort if tag(key) == "key")


def _number_or_none(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() and len(value) < 5 else None


def _key(compiler: "Compiler", element: Any) -> SortKey:
    descending = element.get("sort") == "descending"
    last = element.get("names-use-last")
    limit = (
        _number_or_none(element.get("names-min")),
        _number_or_none(element.get("names-use-first")),
        None if last is None else last == "true",
    )
    macro, variable = element.get("macro"), element.get("variable", "")
    number = variable == "citation-number"
    if macro is not None:
        number = _is_number(compiler, macro)
        return SortKey(
            _of_macro(compiler.macro(macro, element.line)),
            descending,
            limit if any(x is not None for x in limit) else None,
            number,
        )
    return SortKey(_variable(compiler, variable), descending, None, number)


def _of_macro(macro: "Macro") -> Text:
    return lambda cx: macro.render(cx)  # noqa: PLW0108 - render is another one after its first call


def _is_number(compiler: "Compiler", name: str) -> bool:
    """Whether a macro does nothing but print the citation number."""
    element = next((e for e in compiler.root if tag(e) == "macro" and e.get("name") == name), None)
    children = list(element) if element is not None else []
    return len(children) == 1 and children[0].get("variable") == "citation-number"


def _variable(compiler: "Compiler", variable: str) -> Text:
    if variable in NAME_VARIABLES:
        names = NameList(compiler, None, None)

        def by_names(cx: Context) -> str:
            return ", ".join(names.sort_key(name) for name in cx.item.names(variable))

        return by_names
    if variable in DATES:
        return lambda cx: date_key(cx.item.date(variable))
    if variable == "citation-number":
        return lambda cx: f"{cx.number:08d}"
    if variable == "citation-label":
        return lambda cx: cx.item.text("citation-label") or trigraph(cx.item)
    if variable in NUMERIC:
        return lambda cx: _padded(cx.item.text(variable))
    read = compiler.quotes.read
    return lambda cx: read(cx.item.text(variable))


def _padded(value: str) -> str:
    """Numbers sort by size: digits are padded."""
    number = read_number(value) if value else None
    if number is None:
        return ""
    first = number.parts[0]
    return first.zfill(12) if first.isdigit() else value


class SortValues:
    """The values of all keys of one item, each worked out when it is first compared: most items differ in the first."""

    __slots__ = ("_collator", "_context", "_keys", "_made")

    def __init__(self, keys: Sequence[SortKey], context: Callable[[], Context], collator: Collator) -> None:
        self._keys, self._context, self._collator = keys, context, collator
        self._made: list[Key | None] = []

    def __getitem__(self, place: int) -> Key | None:
        """The value of one key as the collator compares it; None where it is empty."""
        made = self._made
        while len(made) <= place:
            key = self._keys[len(made)]
            cx = self._context()
            cx.sorting = True
            cx.names_limit = key.limit
            text = marks.plain(key.text(cx))
            made.append(self._collator(text) if text.strip() else None)
        return made[place]


def sort_order(keys: Sequence[SortKey], values: Sequence[SortValues]) -> list[int]:
    """Indexes in sorted order; equal items keep their places, items without a key come last in both directions."""
    signs = [-1 if key.descending else 1 for key in keys]

    def compare(one: int, other: int) -> int:
        first, second = values[one], values[other]
        for place, sign in enumerate(signs):
            a, b = first[place], second[place]
            if a == b:
                continue
            if a is None:
                return 1
            if b is None:
                return -1
            return sign if a > b else -sign
        return 0

    return sorted(range(len(values)), key=cmp_to_key(compare))
