"""One article made ready for every format, and how the entries of a format are strung together as they come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Any

import msgspec

from schemas.article import Article, Creator
from service.exporting.dates import Moment
from service.exporting.fields import JOINED, PARTS, PATHS, cleaned, fold, leaves, moments, title, values
from service.exporting.keys import Keys
from service.exporting.names import NAME_PARTS, Part, creators, reading_order, stand_ins


@dataclass(frozen=True, slots=True)
class Reference:
    """An article with its key and its fields by the names that the formats' tables use (see fields.py)."""

    key: str
    article: Article
    leaves: dict[str, str]
    values: dict[str, str]
    dates: dict[str, Moment]
    creators: tuple[tuple[Part, Creator], ...]

    def folded(self, name: str) -> str:
        """A value on one line, empty where there is none."""
        return fold(self.values.get(name, ""))

    def by(self, part: Part) -> list[Creator]:
        """The creators who play one part."""
        return [creator for played, creator in self.creators if played == part]


def references(articles: Iterable[Article]) -> Iterator[Reference]:
    """Articles as references, one at a time; keys are unique within the answer."""
    keys = Keys()
    for given in articles:
        found = leaves(given)
        article = cleaned(given, found)
        if article is not given:
            found = leaves(article)
        yield Reference(
            key=keys.of(article),
            article=article,
            leaves=found,
            values=values(article, found),
            dates=moments(article),
            creators=tuple(creators(article)),
        )


Write = Callable[[Iterable[Reference]], Iterator[str]]


def strung(entry: Callable[[Reference], str], head: str = "", between: str = "", tail: str = "") -> Write:
    """A format whose document is a head, its entries with something between them, and a tail; streams."""

    def write(found: Iterable[Reference]) -> Iterator[str]:
        yield head
        for n, reference in enumerate(found):
            yield between + entry(reference) if n else entry(reference)
        yield tail

    return write


@dataclass(frozen=True, slots=True)
class Places:
    """What a format has places of its own for, by the names of fields.py; what they cannot give back is the rest.

    `values` stand in one place each, `several` value by value. A creator or a date that its place cannot carry exactly
    stands in the rest whole. `typed` formats have an item type for every kind of article.
    """

    values: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    dates: tuple[str, ...] = ()
    exact_name: Callable[[Creator], bool] = lambda _: True
    exact_date: Callable[[Moment], bool] = lambda when: when.exact
    typed: bool = True

    def rest(self, reference: Reference) -> dict[str, str]:
        """What is left over, by path (`photos.1.credit`), for a free place: a note, `extra`, `custom`."""
        article, found = reference.article, reference.leaves.copy()
        if self.typed or article.kind == "article-newspaper":  # what every importer takes an article for
            found.pop("kind", None)
        for name in self.values:
            if name in JOINED:
                _take_joined(found, *JOINED[name])
            else:
                found.pop(PATHS[name], None)
        for name in self.several:
            _take_joined(found, JOINED[name][0], None)
        standing = title(msgspec.structs.replace(article, headline=None)) if article.kind == "graphic" else None
        if article.headline and article.headline == standing:
            found["headline"] = article.headline  # else it would be taken for the picture's description
        signed = list(map(reading_order, article.authors)) == list(map(reading_order, stand_ins(article)))
        for part, path in PARTS.items():
            for n, creator in enumerate(getattr(article, path), 1):
                if part in self.parts and self.exact_name(creator) and not (signed and part == "author"):
                    for member in NAME_PARTS:
                        found.pop(f"{path}.{n}.{member}", None)
                if creator.printed == reading_order(creator):
                    found.pop(f"{path}.{n}.printed", None)
        for name, when in reference.dates.items():
            found.pop(f"dates.{name}.precision", None)  # the date itself says it
            if name in self.dates and self.exact_date(when):
                found.pop(f"dates.{name}.edtf", None)
        return found


def _take_joined(found: dict[str, str], path: str, between: str | None) -> None:
    """Several values in one place come back as they were unless one holds what stands between them."""
    several = list(takewhile(found.__contains__, (f"{path}.{n}" for n in count(1))))
    if between is None or not any(between.strip() in found[name] for name in several):
        for name in several:
            del found[name]


def grouped(rest: dict[str, str]) -> dict[str, str]:
    """The rest with one line a thing: `{"agencies.1": "name=TASS; role=source", "section": "National; Asia"}`.

    A semicolon inside a value is doubled. Single fields (`byline`) stand as they are.
    """
    found: dict[str, list[str]] = {}
    for path, value in rest.items():
        head, *tail = path.split(".")
        text = fold(value)
        if tail:
            if ";" in text:
                text = text.replace(";", ";;")
            if len(tail) > 1 and tail[0].isdigit():
                head += f".{tail.pop(0)}"
            if not tail[0].isdigit():
                text = f"{'.'.join(tail)}={text}"
        found.setdefault(head, []).append(text)
    return {head: "; ".join(texts) for head, texts in found.items()}


def lines(rest: dict[str, str]) -> list[str]:
    """The grouped rest as `name: value` lines, for formats whose free place is text."""
    return [f"{name}: {value}" for name, value in grouped(rest).items()]


def nested(rest: dict[str, str]) -> dict[str, Any]:
    """The rest as the article's own JSON; list places before the last that have nothing left over are empty objects."""
    tree: dict[str, Any] = {}
    for path, value in rest.items():
        *heads, leaf = path.split(".")
        node = tree
        for head in heads:
            node = node.setdefault(head, {})
        node[leaf] = value == "true" if leaf == "inferred" else value  # the article's one flag
    return {name: _lists(inner) for name, inner in tree.items()}


def _lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    inner = {name: _lists(value) for name, value in node.items()}
    if not next(iter(inner)).isdigit():
        return inner
    return [inner.get(str(n), {}) for n in range(1, max(map(int, inner)) + 1)]
