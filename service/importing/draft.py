"""What a reader finds in one entry, by the article's paths, and how it becomes an Article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, get_args, get_type_hints

import msgspec

from schemas.article import Article
from schemas.evidence import Evidence, Warning

FIELDS: dict[str, Any] = {
    name: kind
    for name, kind in get_type_hints(Article, include_extras=True).items()
    if name not in ("evidence", "warnings")
}
SCALAR = {
    name
    for name, kind in FIELDS.items()
    if name == "kind"
    or (type(None) in get_args(kind) and str in (getattr(arg, "__origin__", arg) for arg in get_args(kind)))
}
"""The article's own texts, as against lists and things with parts."""

NAME_PARTS = ("given", "family", "particle", "suffix", "literal")
CREATORS = ("authors", "contributors", "editors", "translators")
LIST_LIMIT = 1000
"""Places a list may have: a path that names the millionth author would cost a million empty ones."""

PATH = re.compile(r"[a-z_]+(?:\.(?:[a-z_]+|[1-9][0-9]{0,3})){0,5}")
GROUP = re.compile(r"([a-z_]+(?:\.[1-9][0-9]{0,3})?): (.*)", re.DOTALL)
MEMBER = re.compile(r"((?:[^;]|;;)*)(?:; |$)", re.DOTALL)
WORD = re.compile(r"\w+")
NAMED = re.compile(r"([a-z_]+(?:\.(?:[a-z_]+|[1-9][0-9]{0,3}))*)=(.*)", re.DOTALL)


@dataclass(slots=True)
class Draft:
    """One entry as read: where it begins, its values by path (`authors.1.family`), what was not understood."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    rest: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def put(self, path: str, value: str | None) -> None:
        """A value, if there is one."""
        if value and value.strip():
            self.values[path] = value.strip()

    def add(self, path: str, value: str | None) -> None:
        """One more value of a list of plain texts."""
        if value and value.strip() and (n := self._next(path)):
            self.values[f"{path}.{n}"] = value.strip()

    def person(self, path: str, parts: dict[str, str | None]) -> None:
        """One more creator, in name parts or `literal`."""
        found = {name: part.strip() for name, part in parts.items() if part and part.strip()}
        if found and (n := self._next(path)):
            self.values |= {f"{path}.{n}.{name}": part for name, part in found.items()}

    def _next(self, path: str) -> int:
        """The next place of a list; 0 where the list is full."""
        n = self.counts[path] = self.counts.get(path, 0) + 1
        return n if n <= LIST_LIMIT else 0


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that could not be read: the line it begins on and why."""

    line: int
    reason: str


def unfold(lines: Iterable[str], names: dict[str, str] | None = None) -> tuple[dict[str, str], list[str]]:
    """The values that exporters leave in a format's free place (`agencies.1: name=TASS; role=source`), by path.

    `names` are other spellings of a line's name. Second comes what is not of that kind: somebody's own notes.
    """
    found: dict[str, str] = {}
    others: list[str] = []
    for line in lines:
        name, colon, text = line.partition(": ")
        group = GROUP.fullmatch(f"{(names or {}).get(name, name)}{colon}{text}")
        if group is None or group[1].split(".")[0] not in FIELDS:
            others.append(line)
        elif group[1] in SCALAR:
            found[group[1]] = group[2]
        else:
            found |= _members(group[1], group[2])
    return found, others


def _members(head: str, text: str) -> dict[str, str]:
    found = {}
    for n, member in enumerate((part[1] for part in MEMBER.finditer(text) if part[0]), 1):
        named = NAMED.fullmatch(member)
        if head in ("section", "keywords", "emails") or named is None:
            found[f"{head}.{n}"] = member.replace(";;", ";")
        else:
            found[f"{head}.{named[1]}"] = named[2].replace(";;", ";")
    return found


def flat(value: Any, path: str = "") -> dict[str, str]:
    """A JSON value's texts by path, the way exporters count them."""
    if isinstance(value, dict):
        pairs = [(str(name), inner) for name, inner in value.items()]
    elif isinstance(value, list):
        pairs = [(str(n), inner) for n, inner in enumerate(value[:LIST_LIMIT], 1)]
    else:
        return {path: value if isinstance(value, str) else str(value).lower()} if value is not None else {}
    found: dict[str, str] = {}
    for name, inner in pairs:
        found |= flat(inner, f"{path}.{name}" if path else name)
    return found


def settle(draft: Draft, source: str) -> Article:
    """The article: the rest laid over the values, each field checked by itself, evidence `given` for every one.

    A field that does not fit is left out with a warning; it never costs the entry.
    """
    values = _overlaid(draft)
    built: dict[str, Any] = {}
    warnings = [Warning(code="import", message=f"Line {draft.line}: {doubt}"[:20_000]) for doubt in draft.doubts]
    for name, value in _nested(values).items():
        if name not in FIELDS:
            continue
        try:
            built[name] = msgspec.convert(value, FIELDS[name], strict=False)
        except (msgspec.ValidationError, ValueError) as error:
            text = f"Line {draft.line}: {name} is left out: {error}"
            warnings.append(Warning(code="import-field", field=f"/{name}", message=text[:20_000]))
    evidence: dict[str, tuple[Evidence, ...]] = {
        f"/{name}": (Evidence(source="given", rule=f"import:{source}", confidence=1.0),)
        for name in built
        if name != "kind"
    }
    return Article(**built, evidence=evidence, warnings=tuple(warnings))


def _overlaid(draft: Draft) -> dict[str, str]:
    """Values and rest together: a name, or a list of plain texts, in the rest replaces the one that was read."""
    values, rest = draft.values, {path: text for path, text in draft.rest.items() if PATH.fullmatch(path)}
    replaced: set[str] = set()
    stems: set[str] = set()
    for path in rest:
        head, *tail = path.split(".")
        if head in CREATORS and len(tail) == 2 and tail[1] in NAME_PARTS:
            replaced |= {f"{head}.{tail[0]}.{part}" for part in NAME_PARTS}
        elif tail and tail[-1].isdigit():
            stems.add(path.rpartition(".")[0])
    kept = {
        name: text for name, text in values.items() if name not in replaced and name.rpartition(".")[0] not in stems
    }
    merged = kept | rest
    _unsign(merged, rest)
    _untitle(merged, rest)
    for path in [path for path in merged if path.endswith(".edtf")]:
        merged[path.removesuffix("edtf") + "precision"] = precision(merged[path])
    return merged


def _unsign(merged: dict[str, str], rest: dict[str, str]) -> None:
    """Whoever only stood in for a missing author (see exporting/names.py) goes back to where they belong."""
    written = _words(merged, "authors")
    if not written or any(path.startswith("authors.") for path in rest):
        return
    standing = _words(merged, "photos.1.photographers") or _words(merged, "photos.1.agencies")
    if merged.get("kind") != "graphic" or not standing:
        signing = range(1, len(_words(merged, "agencies")) + 1)
        names = [merged.get(f"agencies.{n}.name", "") for n in signing if merged.get(f"agencies.{n}.role") == "byline"]
        standing = [sorted(WORD.findall(name)) for name in names]
    if written == standing:
        for path in [path for path in merged if path.startswith("authors.")]:
            del merged[path]


def _words(values: dict[str, str], path: str) -> list[list[str]]:
    """The words of each name of a list, however the name is split."""
    found: dict[str, list[str]] = {}
    for name, text in values.items():
        if name.startswith(f"{path}."):
            n, _, part = name.removeprefix(f"{path}.").partition(".")
            if part in ("", "name", *NAME_PARTS):
                found.setdefault(n, []).extend(WORD.findall(text))
    return [sorted(found[n]) for n in sorted(found, key=lambda n: int(n) if n.isdigit() else 0)]


def _untitle(merged: dict[str, str], rest: dict[str, str]) -> None:
    """A photograph's description that only stood in for a missing headline goes back to being the description."""
    standing = merged.get("photos.1.description", merged.get("photos.1.caption"))
    if merged.get("kind") == "graphic" and "headline" not in rest and merged.get("headline") == standing:
        merged.pop("headline", None)


def precision(edtf: str) -> str:
    """How precise an EDTF date is, by its own form."""
    parts = edtf.rstrip("~?%").lstrip("-").split("-", 2)
    if "T" in edtf:
        return "time"
    if len(parts) == 2:
        return "season" if parts[1] > "20" else "month"
    return ("year", "year", "month", "day")[len(parts)]


def _nested(values: dict[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, value in values.items():
        *heads, leaf = path.split(".")
        node = tree
        for head in heads:
            inner = node.setdefault(head, {})
            if not isinstance(inner, dict):
                break
            node = inner
        else:
            node.setdefault(leaf, value)
    return {name: _lists(inner) for name, inner in tree.items()}


def _lists(node: Any) -> Any:
    """Mappings whose names are all numbers are lists, in the order of the numbers."""
    if not isinstance(node, dict):
        return node
    inner = {name: _lists(value) for name, value in node.items()}
    if all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)][:LIST_LIMIT]
    return inner
