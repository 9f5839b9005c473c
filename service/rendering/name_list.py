"""`cs:name` and `cs:et-al` compiled: one name and a list of names as a style prints them (CSL 1.0.2, “Name”, “Et-al”,
“Name-part Order”).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from service.rendering.formatting import Formatter, formatter
from service.rendering.items import Context, Shown
from service.rendering.locale import tag
from service.rendering.people import HAS_ROMANESQUE, STARTS_ROMANESQUE, Name, initials

if TYPE_CHECKING:
    from service.rendering.compiling import Compiler

SHORT, INITIALS, FULL = 0, 1, 2
"""How much of a given name is printed; disambiguation raises it (CSL 1.0.2, “Disambiguation”)."""

_NBSP_LANGUAGES = ("fr", "ru", "cs")
_JOINING = ("\u2019", "'", "-", "\u02bc")


class Limits(NamedTuple):
    """Et-al settings: from `least` names on, print `shown`; least 0 is never."""

    least: int
    shown: int


def _count(value: str | None, default: int = 0) -> int:
    try:
        return max(0, min(int(value), 1000)) if value else default
    except ValueError:
        return default


class Options:
    """The attributes of a `cs:name` with what it inherits (CSL 1.0.2, “Inheritable Name Options”)."""

    __slots__ = (
        "and_",
        "delimiter",
        "demote",
        "et_al_rule",
        "first",
        "form",
        "given_level",
        "hyphens",
        "initial_space",
        "inverted",
        "last_rule",
        "mark",
        "never_demote",
        "separator",
        "space",
        "subsequent",
        "use_last",
        "whole",
    )  # fmt: skip

    def __init__(self, compiler: "Compiler", attributes: dict[str, str]) -> None:
        inherited = compiler.options

        def get(name: str, above: str | None = None) -> str | None:
            value = attributes.get(name)
            return value if value is not None else inherited.get(above or name)

        self.form = get("form", "name-form") or "long"
        delimiter = get("delimiter", "name-delimiter")
        self.delimiter = compiler.affix(", " if delimiter is None else delimiter)
        kind = get("and")
        term = compiler.locale.term("and") if kind == "text" else "&" if kind == "symbol" else ""
        self.and_ = term
        self.last_rule = get("delimiter-precedes-last") or "contextual"
        self.et_al_rule = get("delimiter-precedes-et-al") or "contextual"
        self.first = Limits(_count(get("et-al-min")), _count(get("et-al-use-first"), 1))
        self.subsequent = Limits(
            _count(get("et-al-subsequent-min"), self.first.least),
            _count(get("et-al-subsequent-use-first"), self.first.shown),
        )
        self.use_last = get("et-al-use-last") == "true"
        self.mark = get("initialize-with")
        self.whole = get("initialize") == "false"
        self.hyphens = compiler.root.get("initialize-with-hyphen") != "false"
        self.inverted = get("name-as-sort-order")
        separator = get("sort-separator")
        self.separator = ", " if separator is None else separator
        self.demote = compiler.root.get("demote-non-dropping-particle", "display-and-sort") == "display-and-sort"
        self.never_demote = compiler.root.get("demote-non-dropping-particle") == "never"
        self.given_level = SHORT if self.form != "long" else INITIALS if self.mark is not None else FULL
        self.space = "\u00a0" if compiler.locale.language in _NBSP_LANGUAGES else " "
        breakless = self.mark is not None and ("\u00a0" in self.mark or "\ufeff" in self.mark)
        self.initial_space = self.space if breakless else " "

    def with_initials(self) -> bool:
        """Whether initials can be made."""
        return self.mark is not None


class PartFormat(NamedTuple):
    """What `cs:name-part` does to a part: font formatting and case on the text, affixes around the whole."""

    text: Formatter | None = None
    prefix: str = ""
    suffix: str = ""

    def around(self, text: str) -> str:
        """The text with its affixes."""
        return f"{self.prefix}{text}{self.suffix}" if text else ""


def _part_format(compiler: "Compiler", element: Any) -> PartFormat:
    attributes = dict(element.attrib)
    prefix, suffix = attributes.pop("prefix", ""), attributes.pop("suffix", "")
    return PartFormat(formatter(compiler, attributes), prefix, suffix)


class NameList:
    """Prints lists of names for one `cs:name`; made at compile time, holds nothing that rendering changes."""

    def __init__(
        self, compiler: "Compiler", element: Any | None, et_al: Any | None, given: dict[str, str] | None = None
    ) -> None:
        attributes = given or (dict(element.attrib) if element is not None else {})
        self.options = o = Options(compiler, attributes)
        self.cat, self.join = compiler.cat, compiler.join
        self.read = compiler.quotes.read
        self.compat = compiler.compat
        parts = {}
        if element is not None:
            for child in element:
                if tag(child) == "name-part":
                    parts[child.get("name")] = _part_format(compiler, child)
        self.family_part, self.given_part = parts.get("family", PartFormat()), parts.get("given", PartFormat())
        own = {k: v for k, v in attributes.items() if k not in ("delimiter", "form")}
        self.each = formatter(compiler, own)
        term = et_al.get("term", "et-al") if et_al is not None else "et-al"
        et_al_text = compiler.locale.term(term)
        look = dict(et_al.attrib) if et_al is not None else {}
        if compiler.compat and not HAS_ROMANESQUE.search(et_al_text):
            look.pop("font-style", None)
        et_al_format = formatter(compiler, look)
        self.et_al = et_al_format(et_al_text) if et_al_format and et_al_text else et_al_text
        spaced = bool(STARTS_ROMANESQUE.match(et_al_text)) if et_al_text else True
        gap = " " if spaced else ""
        single, multiple = gap, o.delimiter
        if o.et_al_rule == "always":
            single = o.delimiter
        elif o.et_al_rule in ("never", "after-inverted-name"):
            multiple = gap
        self.et_al_single, self.et_al_multiple = single, multiple
        roman = bool(STARTS_ROMANESQUE.match(o.and_)) if o.and_ else True
        and_gap, after = (" ", " ") if roman else ("", "")
        single, multiple = and_gap, o.delimiter if roman else ""
        if o.last_rule == "always":
            single = o.delimiter
        elif o.last_rule in ("never", "after-inverted-name"):
            multiple = and_gap
        self.and_single, self.and_multiple = single + o.and_ + after, multiple + o.and_ + after
        self.and_inverted = o.delimiter + o.and_ + after
        self.and_institution = and_gap + o.and_ + after
        self.plain = (
            self.family_part.text is None and self.given_part.text is None and self.each is None
            and not (self.family_part.prefix or self.family_part.suffix or self.given_part.prefix or
            self.given_part.suffix) )  # fmt: skip

    # -- one name ------------------------------------------------------------------------------------------------

    def person(self, name: Name, level: int, inverted: bool) -> str:
        """One name as the style prints it; `level` is how much of the given name."""
        if name.literal:
            return self._family(name.literal)
        o = self.options
        given = ""
        if level and name.given:
            given = name.given
            if level == INITIALS and name.family and o.mark is not None:
                given = initials(given, o.mark, whole=o.whole, hyphens=o.hyphens, compat=self.compat)
        elif level and not name.family:
            given = name.given
        if name.order != 2:
            return self._family_first(name, given)
        if self.plain and given and name.family and not (name.dropping or name.suffix or name.particle):
            if inverted:
                return self.read(f"{name.family}{o.separator}{given}")
            return self.read(f"{given}{o.initial_space if level == INITIALS else ' '}{name.family}")
        return self._composed(name, given, level, inverted)

    def _family_first(self, name: Name, given: str) -> str:
        family = self._family(
            name.particle + (self.options.space if name.particle and name.order else "") + name.family
        )
        given = self._given(given)
        gap = " " if name.order == 1 and family and given else ""
        return self.family_part.around(family) + gap + self.given_part.around(given)

    def _family(self, text: str) -> str:
        text = self.read(text)
        return self.family_part.text(text) if self.family_part.text and text else text

    def _given(self, text: str) -> str:
        text = self.read(text)
        return self.given_part.text(text) if self.given_part.text and text else text

    def _composed(self, name: Name, given: str, level: int, inverted: bool) -> str:
        o = self.options
        dropping, suffix = (name.dropping, name.suffix) if given else ("", "")
        if suffix and o.mark is not None:
            suffix = initials(suffix, o.mark, whole=True)
        family, particle = self._family(name.family), self._family(name.particle)
        given, dropping = self._given(given), self._given(dropping)
        tight = name.particle.endswith((*_JOINING, " "))
        space = "" if tight else o.space
        if inverted:
            if o.demote:
                second = " ".join(x for x in (given, dropping, particle) if x)
                first = family
            else:
                first = space.join(x for x in (particle, family) if x)
                second = " ".join(x for x in (given, dropping) if x)
            first, second = self.family_part.around(first), self.given_part.around(second)
            text = self.cat(self.cat(first, o.separator), second) if first and second else first or second
            return self.cat(self.cat(text, o.separator), self.read(suffix)) if suffix else text
        if dropping and family and not particle and name.dropping.endswith(_JOINING) and name.dropping[:-1] != "de":
            family, dropping = dropping + family, ""
        second = space.join(x for x in (particle, family) if x)
        second = o.space.join(x for x in (dropping, second) if x)
        if suffix:
            second += (", " if name.comma_suffix else " ") + self.read(suffix)
        second = self.family_part.around(second)
        given = self.given_part.around(given)
        if not given or not second:
            return given or second
        return self.cat(given, o.initial_space if level == INITIALS else " ") + second

    def sort_key(self, name: Name) -> str:
        """A name as it sorts (CSL 1.0.2, “Name-part Order”: demote-non-dropping-particle; “Sorting”)."""
        if name.literal:
            return name.literal
        o = self.options
        given = name.given
        if given and o.mark is not None:
            given = initials(given, o.mark, whole=o.whole, hyphens=o.hyphens, compat=self.compat)
        if name.order != 2:
            return f"{name.particle}{name.family} {given}".strip()
        if o.never_demote:
            first = " ".join(x for x in (name.particle, name.family, name.dropping) if x)
            return " ".join(x for x in (first, given, name.suffix) if x)
        return " ".join(x for x in (name.family, given, name.dropping, name.particle, name.suffix) if x)

    # -- lists ---------------------------------------------------------------------------------------------------

    def limits(self, cx: Context) -> tuple[int, int, bool]:
        """(least, shown, use last) for this rendering."""
        o = self.options
        limits = o.subsequent if cx.position else o.first
        if cx.names_limit is not None:
            least, shown, last = cx.names_limit
            return (
                limits.least if least is None else least,
                limits.shown if shown is None else shown,
                o.use_last if last is None else last,
            )
        return limits.least, limits.shown, o.use_last

    def shown(self, cx: Context, names: Sequence[Name], position: int) -> int:
        """How many of the names are printed before “et al.”."""
        count = len(names)
        least, shown, _ = self.limits(cx)
        if not least or count < least:
            return count
        if cx.ambiguity is not None and position < len(cx.ambiguity.names):
            shown = max(shown, cx.ambiguity.names[position])
        return min(shown, count)

    def levels(self, cx: Context, names: Sequence[Name], position: int) -> list[int] | None:
        """How much of each given name disambiguation asks for; None if nothing beyond what the style prints."""
        disambiguator = cx.run.disambiguator
        register = disambiguator.register if disambiguator is not None else None
        if register is None:
            return None
        if cx.enter_names:
            register.add(cx.item, names)
            return None
        default, marked = self.options.given_level, self.options.mark is not None
        wanted = cx.ambiguity.givens[position] if cx.ambiguity and position < len(cx.ambiguity.givens) else ()
        return [
            register.level(cx.item, name, i, default, marked=marked, wanted=wanted[i] if i < len(wanted) else 0)
            for i, name in enumerate(names)
        ]

    def text(self, cx: Context, names: Sequence[Name], position: int, replaced: int = 0) -> str:
        """A whole list of names, the first `replaced` of them by the mark for repeated ones."""
        o = self.options
        count = len(names)
        shown = self.shown(cx, names, position)
        level, inverted_rule = o.given_level, o.inverted
        if cx.sorting:
            texts = [self.sort_key(name) for name in names[:shown]]
            if shown < count and self.limits(cx)[2]:
                texts.append(self.sort_key(names[-1]))
            return o.delimiter.join(texts)
        levels = self.levels(cx, names, position) if cx.run.disambiguator is not None else None
        if cx.shown is not None:
            cx.shown.append(Shown(names, shown, tuple(levels or [level] * count), level, o.mark is not None))
        use_last = o.use_last and shown < count - 1
        texts, inverted = [], False
        for i in range(shown):
            name = names[i]
            wanted = level if levels is None or i >= len(levels) or levels[i] < level else levels[i]
            inverted = inverted_rule == "all" or (inverted_rule == "first" and i == 0)
            text = self.person(name, wanted, inverted)
            if i < replaced and cx.repeated is not None:
                text = cx.repeated.mark
            if self.each is not None and text:
                text = self.each(text)
            if text:
                texts.append(text)
            if name.literal or name.order != 2:
                inverted = False
        if not texts:
            return ""
        if shown < count:
            if use_last or (o.use_last and shown == count - 1):
                last = self.person(names[-1], level, inverted_rule == "all")
                gap = " " if len(texts) == 1 else o.delimiter
                return self.cat(self.cat(self.join(texts, o.delimiter), gap) + "\u2026 ", last)
            text = self.join(texts, o.delimiter) if len(texts) > 1 else texts[0]
            return self._et_al(text, len(texts), inverted)
        if any(name.et_al for name in names):
            return self._et_al(self.join(texts, o.delimiter), len(texts), inverted)
        return self._and(texts, names[:shown])

    def _et_al(self, text: str, count: int, inverted: bool) -> str:
        if not self.et_al:
            return text
        gap = self.et_al_single if count == 1 else self.et_al_multiple
        if self.options.et_al_rule == "after-inverted-name" and inverted:
            gap = self.options.delimiter
        return self.cat(self.cat(text, gap), self.et_al)

    def _and(self, texts: list[str], names: Sequence[Name]) -> str:
        count = len(texts)
        if count == 1:
            return texts[0]
        o = self.options
        if not o.and_:
            return self.join(texts, o.delimiter)
        link = self.and_single if count == 2 else self.and_multiple
        if o.last_rule == "after-inverted-name":
            before = names[-2]
            turned = o.inverted == "all" or (o.inverted == "first" and count == 2)
            if turned and not before.literal and before.order == 2:
                link = self.and_inverted
        if self.compat and names[-1].literal:
            link = self.and_institution if count == 2 else self.and_inverted
        head = texts[0] if count == 2 else self.join(texts[:-1], o.delimiter)
        return self.cat(self.cat(head, link), texts[-1])
