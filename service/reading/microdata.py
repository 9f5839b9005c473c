"""Microdata and RDFa items of a page, gathered during the walk and given in the shape of JSON-LD."""

from typing import Any

from schemas.document import Data

LONG = frozenset({"articlebody", "text", "reviewbody", "comment"})
"""Properties whose text is the article itself; it is in the document already."""
ADDRESSES = frozenset({"url", "sameas", "mainentityofpage", "contenturl", "thumbnailurl", "logo", "image"})
MOST_ITEMS = 400
MOST_CHARACTERS = 2000


class Items:
    """The items opened so far; `enter` is called for each element with an item or property, `leave` with its depth."""

    def __init__(self) -> None:
        self.found: list[Data] = []
        self.open: list[tuple[int, dict[str, Any]]] = []

    def enter(self, depth: int, tag: str, attributes: dict[str, str | None], text: str, path: str) -> None:
        """One element: `text` its text content, `depth` its depth in the tree."""
        kind = attributes.get("itemtype") or attributes.get("typeof")
        opens = kind is not None or "itemscope" in attributes
        names = [short(name) for name in (attributes.get("itemprop") or attributes.get("property") or "").split()]
        item: dict[str, Any] | None = None
        if opens and len(self.found) < MOST_ITEMS:
            item = {"@type": short(kind.split()[0]) if kind and kind.split() else "Thing"}
        parent = self.open[-1][1] if self.open else None
        if names and parent is not None:
            for name in names:
                value = item if item is not None else literal(name.lower(), tag, attributes, text)
                if value:
                    add(parent, name, value)
        elif names and item is None and "itemprop" in attributes:
            # A property outside of any item: templates lose the scope, the meaning stays.
            for name in names:
                value = literal(name.lower(), tag, attributes, text)
                if value and len(self.found) < MOST_ITEMS:
                    self.found.append(Data("microdata", path, {"@type": "Thing", name: value}))
        elif item is not None:
            self.found.append(Data("microdata", path, item))
        if item is not None:
            if text and "name" not in item:
                item["@text"] = text[:MOST_CHARACTERS]
            self.open.append((depth, item))

    def leave(self, depth: int) -> None:
        """Close the items opened at this depth."""
        while self.open and self.open[-1][0] >= depth:
            self.open.pop()


def short(name: str) -> str:
    """`http://schema.org/NewsArticle`, `schema:author`, `dc.title` → the last part."""
    return name.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].rsplit(":", 1)[-1]


def literal(name: str, tag: str, attributes: dict[str, str | None], text: str) -> str:
    """The value of a property that is no item: content, datetime, an address, or the text."""
    if name in LONG:
        return ""
    content = attributes.get("content") or attributes.get("datetime")
    if content:
        return content[:MOST_CHARACTERS]
    if name in ADDRESSES or tag in {"img", "link", "source"}:
        return (attributes.get("href") or attributes.get("src") or text)[:MOST_CHARACTERS]
    return text[:MOST_CHARACTERS]


def add(item: dict[str, Any], name: str, value: Any) -> None:
    """A property given twice is a list."""
    if name not in item:
        item[name] = value
    elif isinstance(item[name], list):
        item[name].append(value)
    else:
        item[name] = [item[name], value]
