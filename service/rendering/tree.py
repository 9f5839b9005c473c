"""A style or locale as plain nodes: what the compiler reads, free of the XML library once read."""

from collections.abc import Iterator
from typing import Any


class Node:
    """An element: its name without namespace, attributes, text before the first child, children, line in the file."""

    __slots__ = ("attrib", "children", "line", "tag", "text")

    def __init__(self, tag: str, attrib: dict[str, str], text: str, line: int | None) -> None:
        self.tag = tag
        self.attrib = attrib
        self.text = text
        self.line = line
        self.children: list[Node] = []

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute."""
        return self.attrib.get(name, default)

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.children)

    def iter(self) -> Iterator["Node"]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.iter()

    def child(self, tag: str) -> "Node | None":
        """The first child of a name."""
        return next((child for child in self.children if child.tag == tag), None)


def read_tree(element: Any) -> Node:
    """An lxml element as nodes; comments and processing instructions are left out."""
    node = Node(element.tag.rpartition("}")[2], dict(element.attrib), element.text or "", element.sourceline)
    node.children = [read_tree(child) for child in element if isinstance(child.tag, str)]
    return node
