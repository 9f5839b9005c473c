"""`cs:names` compiled: whose names are printed, their labels, what stands in for them (CSL 1.0.2, “Names”, “Label (in
Names)”, “Substitute”).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context, Item, Render, Repeated
from service.rendering.locale import tag
from service.rendering.name_list import NameList
from service.rendering.people import Name

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler


class Label(NamedTuple):
    """A label of names: before or after them, its form and when it is plural."""

    before: bool
    form: str
    plural: str
    strip: bool
    format: Formatter | None


def _label(compiler: "Compiler", element: Any, *, before: bool) -> Label:
    attributes = dict(element.attrib)
    strip = attributes.pop("strip-periods", None) == "true"
    return Label(
        before,
        attributes.get("form", "long"),
        attributes.get("plural", "contextual"),
        strip,
        formatter(compiler, attributes),
    )


class Shape(NamedTuple):
    """What a `cs:names` without children takes from the one around it."""

    names: NameList
    label: Label | None


class _Ends(NamedTuple):
    """What is done with the lists: the format of all, the delimiter between them, what stands in for them."""

    finish: Formatter | None
    delimiter: str
    instead: tuple[Render, ...]


def compile_names(compiler: "Compiler", element: Any) -> Render:
    """The closure that prints a `cs:names`."""
    shape = compiler.shape
    variables = tuple(element.get("variable", "").split())
    name = et_al = substitute = None
    label: Label | None = None
    children = list(element)
    for place, child in enumerate(children):
        kind = tag(child)
        if kind == "name":
            name = child
        elif kind == "et-al":
            et_al = child
        elif kind == "label":
            label = _label(compiler, child, before=any(tag(later) == "name" for later in children[place:]))
        elif kind == "substitute":
            substitute = child
    if shape is not None and name is None and et_al is None and label is None:
        names_list, label = shape
    else:
        names_list = NameList(compiler, name, et_al)
        if shape is not None and name is None:
            names_list = shape.names
    own = {k: v for k, v in element.attrib.items() if k not in ("variable", "delimiter")}
    finish = formatter(compiler, own)
    delimiter = element.get("delimiter")
    if delimiter is None:
        delimiter = compiler.options.get("names-delimiter", "")
    delimiter = compiler.affix(delimiter)
    instead = _substitutes(compiler, substitute, Shape(names_list, label)) if substitute is not None else ()
    return _render(compiler, variables, Shape(names_list, label), _Ends(finish, delimiter, instead))


def _substitutes(compiler: "Compiler", element: Any, shape: Shape) -> tuple[Render, ...]:
    outer = compiler.shape, compiler.substituting
    compiler.shape, compiler.substituting = shape, True
    found = tuple(compiler.element(child) for child in element)
    compiler.shape, compiler.substituting = outer
    return found


def _render(
    compiler: "Compiler",
    variables: tuple[str, ...],
    shape: Shape,
    ends: _Ends,
) -> Render:
    (names_list, label), (finish, delimiter, instead) = shape, ends
    cat, join = compiler.cat, compiler.join
    locale = compiler.locale
    counted = names_list.options.form == "count"
    pair = "".join(sorted(variables)) if len(variables) == 2 else ""

    def label_text(role: str, many: bool) -> str:
        assert label is not None  # only called where there is one
        plural = label.plural == "always" or (label.plural == "contextual" and many)
        text = locale.find(role, label.form, plural=plural) or ""
        if label.strip:
            text = text.replace(".", "")
        return label.format(text) if label.format and text else text

    labels = {}
    if label is not None:
        roles = {*variables, *_PAIR_ROLES}
        labels = {(role, many): label_text(role, many) for role in roles for many in (False, True)}
    collapsing = compiler.collapse is not None and compiler.collapse != "citation-number"
    substituting = compiler.section is not None and "subsequent-author-substitute" in compiler.section.attrib
    together = bool(pair and label is not None and labels.get((pair, False)))

    def names(cx: Context) -> str:
        item, done = cx.item, cx.done
        present = []
        for variable in variables:
            if variable not in item.raw or (done is not None and variable in done):
                continue
            if cx.trace and variable in cx.trace:
                continue
            found = item.names(variable)
            if found:
                present.append((variable, found))
        if not present:
            return instead_of(cx) if instead else missing(cx)
        if cx.trace is not None:
            cx.trace += [variable for variable, _ in present]
        position = cx.nameset
        if counted:
            cx.nameset += len(present)
            cx.hits += 1
            total = sum(names_list.shown(cx, found, position + i) for i, (_, found) in enumerate(present))
            return f"{total:06d}" if cx.sorting else str(total)
        role = ""
        if together and len(present) == 2 and same(present[0][1], present[1][1]):
            present, role = present[:1], pair
        texts: list[str] = []
        replaced, mark = 0, None
        if substituting and cx.first_names is None:
            cx.names_keys = [
                n.key for i, (_, f) in enumerate(present) for n in f[: names_list.shown(cx, f, position + i)]
            ]
            if cx.repeated is not None:
                replaced, mark = repetition(cx.names_keys, cx.repeated)
        for variable, found in present:
            text = mark if mark is not None else names_list.text(cx, found, cx.nameset, replaced)
            if mark is not None and texts:
                break
            replaced = max(0, replaced - len(found))
            cx.nameset += 1
            if text and label is not None and not cx.sorting:
                key = (role or variable, len(found) > 1)
                word = labels[key] if key in labels else label_text(*key)
                if word:
                    text = cat(word, text) if label.before else cat(text, word)
            if text:
                texts.append(text)
        if not texts:
            return missing(cx)
        cx.hits += 1
        text = join(texts, delimiter) if len(texts) > 1 else texts[0]
        if cx.first_names is None:
            cx.first_names = text
            if cx.suppress_names or (collapsing and text == cx.last_names and not cx.looking):
                return ""
        cx.seen = True
        return finish(text) if finish else text

    def missing(cx: Context) -> str:
        cx.misses += 1
        return ""

    def instead_of(cx: Context) -> str:
        outer = cx.trace
        for render in instead:
            cx.trace = []
            hits = cx.hits
            text = render(cx)
            if text or (cx.hits != hits and cx.trace):
                used, cx.trace = cx.trace, outer
                if outer is not None:
                    outer += used
                cx.done = {*used, *(cx.done or ())} if not cx.sorting else cx.done
                if cx.first_names is None and text:
                    cx.first_names = ""
                    cx.substituted = text
                    if cx.suppress_names:  # what stands in for the authors goes with them
                        return ""
                    if cx.repeated is not None and cx.repeated.text == text:
                        text = cx.repeated.mark
                return finish(text) if finish and text and not used_names(used) else text
        cx.trace = outer
        return missing(cx)

    def used_names(used: list[str]) -> bool:
        return bool(used) and used[0] in NAME_VARIABLES

    return names


def repetition(keys: list[tuple[str, ...]], repeated: Repeated) -> tuple[int, str | None]:
    """How many leading names are replaced one by one, or the mark that replaces all at once.

    CSL 1.0.2, “Reference Grouping”: subsequent-author-substitute-rule.
    """
    before, rule = repeated.names, repeated.rule
    if rule in ("complete-all", "complete-each"):
        if keys != before or not keys:
            return 0, None
        return (0, repeated.mark) if rule == "complete-all" else (len(keys), None)
    same = 0
    for key, other in zip(keys, before, strict=False):
        if key != other:
            break
        same += 1
    return (min(same, 1) if rule == "partial-first" else same), None


_PAIR_ROLES = ("editortranslator",)
_NAME_WORDS = """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator"""
NAME_VARIABLES = frozenset(_NAME_WORDS.split())
"""Name variables (CSL 1.0.2, Appendix IV)."""


def same(one: Sequence[Name], other: Sequence[Name]) -> bool:
    """Whether two lists hold the same names."""
    return len(one) == len(other) and all(a.key == b.key for a, b in zip(one, other, strict=True))


def trigraph(item: Item) -> str:
    """The label of label styles: AAAA99 after up to four names and the year, as citeproc-js makes it."""
    names: Sequence[Name] = next((item.names(v) for v in ("author", "editor", "translator") if item.names(v)), ())
    families = [name.family or name.literal for name in names]
    widths = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}.get(len(families), (1, 1, 1, 1))
    letters = "".join(family[:width] for family, width in zip(families, widths, strict=False))
    year = abs(item.date("issued").start[0])
    return f"{letters}{year % 100:02d}" if year else letters
