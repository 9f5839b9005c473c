"""Style and locale files into trees: citeproc-py parses them and keeps the locales; here are the bounds and the
order of locales (CSL 1.0.2, “File Types”, “Locale Fallback”).

Styles may come from strangers: no document type, hence no entities; no network; bounded size, depth and number of
nodes.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS
from citeproc.frontend import CitationStylesXML
from lxml import etree

from service.errors import BrokenStyle, UnknownName
from service.rendering.locale import LANG, Locale, LocaleTable, read_locale, tag
from service.rendering.tree import Node, read_tree

MAX_BYTES = 1_000_000
"""No style in use is over 300 kB; a larger one is a mistake or an attack."""
MAX_NODES = 20_000
MAX_DEPTH = 100

CSL = "http://purl.org/net/xbiblio/csl"

FetchParent = Callable[[str], bytes]
"""Gives the XML of the independent style that a dependent style's link names."""

_FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class LoadedStyle:
    """A style's root element and its localised tables."""

    root: Node
    locale: Locale


def load(xml: bytes, locale: str | None = None, fetch_parent: FetchParent | None = None) -> LoadedStyle:
    """Parse a style and lay its locales over one another; `locale` overrides the style's default-locale.

    Raises BrokenStyle naming the line, or UnknownName for a locale that is not there.
    """
    root = _parse(xml)
    wanted = locale or root.get("default-locale")
    parent = _parent(root)
    if root.child("citation") is None and parent is not None:
        if fetch_parent is None:
            raise BrokenStyle("a dependent style, and its parent cannot be fetched here", "style")
        root = _parse(fetch_parent(parent))
        wanted = wanted or root.get("default-locale")
    if root.child("citation") is None:
        raise BrokenStyle("a style needs a citation element", "style", line=root.line)
    if locale and normal_locale(locale) is None:
        raise UnknownName(f"no locale {locale!r}", "locale")
    return LoadedStyle(root, localised(root, wanted or "en-US"))


def _parse(xml: bytes) -> Node:
    if len(xml) > MAX_BYTES:
        raise BrokenStyle(f"a style may have at most {MAX_BYTES} bytes", "style")
    if _FORBIDDEN.search(xml):
        raise BrokenStyle("a style may not have a document type or entities", "style")
    try:
        root = CitationStylesXML(io.BytesIO(xml), validate=False).root
    except etree.XMLSyntaxError as error:
        raise BrokenStyle(f"not well-formed XML: {error.msg}", "style", line=error.lineno) from error
    if root.tag != f"{{{CSL}}}style":
        raise BrokenStyle("the root element is not a CSL style", "style", line=root.sourceline)
    if etree.QName(root).namespace != CSL:
        raise BrokenStyle("not in the CSL namespace", "style", line=root.sourceline)
    _bounded(root)
    return read_tree(root)


def _bounded(root: Any) -> None:
    nodes, level = 0, [root]
    for depth in range(MAX_DEPTH + 1):
        nodes += len(level)
        if nodes > MAX_NODES:
            raise BrokenStyle(f"a style may have at most {MAX_NODES} elements", "style")
        level = [child for element in level for child in element]
        if not level:
            return
        if depth == MAX_DEPTH:
            raise BrokenStyle(f"elements nest deeper than {MAX_DEPTH}", "style", line=level[0].sourceline)


def _parent(root: Node) -> str | None:
    for link in root.child("info") or ():
        if link.tag == "link" and link.get("rel") == "independent-parent" and link.get("href"):
            return str(link.get("href"))
    return None


def known_locales() -> tuple[str, ...]:
    """The tags of all bundled locale files."""
    return tuple(sorted(path.stem.removeprefix("locales-") for path in Path(LOCALES_PATH).glob("locales-*.xml")))


def normal_locale(name: str) -> str | None:
    """The tag of the locale file that serves `name`: en → en-US, EN_gb → en-GB, de-LU → de-DE; None if none does."""
    parts = name.replace("_", "-").split("-")
    language = parts[0].lower()
    region = [part.upper() if len(part) == 2 else part.title() for part in parts[1:]]
    full = "-".join([language, *region])
    if full in LANGUAGE_NAMES:
        return full
    primary = PRIMARY_DIALECTS.get(language)
    if primary:
        return str(primary)
    return language if language in LANGUAGE_NAMES else None


@cache
def _file_table(name: str) -> LocaleTable:
    """A locale file's table; there are some sixty, all kept once read."""
    path = Path(LOCALES_PATH) / f"locales-{name}.xml"
    return read_locale(read_tree(CitationStylesXML(str(path), validate=False).root))


def localised(root: Node, wanted: str) -> Locale:
    """The order of locales: in the style for dialect, language and all; then the files, ending in en-US."""
    name = normal_locale(wanted) or wanted  # a style may bring a locale that there is no file of
    language = name.split("-", 1)[0]
    own: dict[str | None, list[LocaleTable]] = {}
    for element in root:
        if tag(element) == "locale":
            lang = element.get(LANG)
            own.setdefault(lang.lower() if lang else None, []).append(read_locale(element))
    tables: list[LocaleTable] = []
    for key in dict.fromkeys((name.lower(), language, None)):
        tables += own.get(key, [])
    files = dict.fromkeys((name, PRIMARY_DIALECTS.get(language), "en-US"))
    tables += [_file_table(file) for file in files if file and (Path(LOCALES_PATH) / f"locales-{file}.xml").exists()]
    return Locale(name, tables)
