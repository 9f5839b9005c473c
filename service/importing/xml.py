"""XML files read safely: no entities, no network, no DTD, bounded; broken ones as far as they go."""

import re
from collections.abc import Iterator

from lxml import etree

from service.errors import BadInput
from service.importing.draft import Fault

DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[)?")


def tree(text: str) -> tuple[etree._Element, list[Fault]]:
    """The root and where the text was broken; BadInput where nothing can be read.

    An internal DTD subset is refused: it can only hold entities, and those are how XML attacks a reader.
    """
    doctype = DOCTYPE.search(text)
    if doctype and doctype[1]:
        raise BadInput("A document type with declarations of its own is not read.", field="body")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"Not XML: {error}"[:500], field="body") from error
    if root is None:
        raise BadInput("Not XML.", field="body")
    faults = [Fault(entry.line, entry.message) for entry in parser.error_log if entry.level_name in ("ERROR", "FATAL")]
    return root, faults[:100]


def local(element: etree._Element) -> str:
    """An element's name without its namespace; a comment or an instruction has none."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def all_of(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Descendants along a path of local names, `dates/year`, whatever their namespace."""
    name, _, deeper = path.partition("/")
    for child in element:
        if local(child) == name:
            if deeper:
                yield from all_of(child, deeper)
            else:
                yield child


def text(element: etree._Element | None) -> str:
    """All the text inside an element, trimmed."""
    return "".join(map(str, element.itertext())).strip() if element is not None else ""


def first(element: etree._Element, path: str) -> str:
    """The text of the first element along the path, or nothing."""
    return text(next(all_of(element, path), None))
