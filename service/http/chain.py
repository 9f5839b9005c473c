"""Chains the rooms behind the article, for the API and the command line: article → items → citation | export."""

import itertools
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from schemas.article import Article
from schemas.citation import Bibliography, Citation, Cite, Cluster, Entry, Output
from schemas.csl import Item
from schemas.library import StoredArticle
from schemas.request import ArticleSelection, Selection, Work
from service import exporting, importing, referencing, rendering
from service.errors import BrokenStyle, UnknownName
from service.rendering import registry


class Wish(NamedTuple):
    """How works are to be cited: the style, and its locale where not its own; `csl` is a whole style of the asker's."""

    style: str = "apa"
    locale: str | None = None
    csl: str | None = None

    def ready(self) -> "Ready":
        """The style made ready; UnknownName or BrokenStyle where there is none."""
        if self.csl is not None:
            return Ready(sent_style(self.csl, self.locale, "/csl"), None)
        source = _found(self.style, int(time.monotonic()))
        return Ready(rendering.compiled(source, self.locale or source.locale), source.layout)


class Ready(NamedTuple):
    """A style ready to render, and the id by which its manual is known: of a dependent style, its parent's."""

    style: rendering.CompiledStyle
    manual: str | None


def sent_style(csl: str, locale: str | None, at: str) -> rendering.CompiledStyle:
    """A style that was sent, at the JSON Pointer `at`; BrokenStyle names that place, and the line in the style."""
    try:
        return rendering.compiled(locale=locale, csl=csl)
    except (BrokenStyle, UnknownName) as error:
        if error.field == "locale":
            raise
        raise BrokenStyle(error.reason, at, getattr(error, "line", None)) from error


@lru_cache(256)
def _found(name: str, second: int) -> registry.StyleSource:  # noqa: ARG001 - the second makes it look again
    """A style by its name; that a file of one's own has changed is seen within a second, at no cost to each request.

    Where it lies is kept, not what is made of it: how many compiled styles are kept is for the renderer to say.
    """
    return registry.find(name)


def works_of(selection: Selection) -> tuple[Work, ...]:
    """The works of a selection, in the order sent."""
    return selection.articles if isinstance(selection, ArticleSelection) else selection.items


def csl_items(works: Sequence[Work], style: str) -> list[dict[str, Any]]:
    """Works → CSL-JSON items as a style wants them (of no manual: the empty string), each with an id of its own."""
    taken: set[str] = set()
    items = []
    for n, work in enumerate(works, 1):
        if isinstance(work, Item):
            item = work.to_dict()
        else:
            item = referencing.to_csl(work, style=style, id=work.id if isinstance(work, StoredArticle) else None)
        wanted = name = str(item.get("id") or f"item-{n}")
        again = itertools.count(2)
        while name in taken:
            name = f"{wanted}-{next(again)}"
        taken.add(name)
        items.append({**item, "id": name})
    return items


def entries(style: rendering.CompiledStyle, items: Sequence[dict[str, Any]], output: Output) -> tuple[Entry, ...]:
    """The bibliography in the style's order; of a style that has none, each work's first citation."""
    rendered = style.render(items, output=output)
    if rendered.entries is not None:
        return rendered.entries
    clusters = tuple(Cluster(cites=(Cite(id=item["id"]),), note=n) for n, item in enumerate(items, 1))
    noted = style.render(items, clusters, output=output).clusters
    return tuple(Entry(id=item["id"], text=text) for item, text in zip(items, noted, strict=True))


def cite_as(works: Sequence[Work], wish: Wish, output: Output) -> list[str]:
    """Works as lines of a bibliography in an output format."""
    style, manual = wish.ready()
    # an item that the style leaves out of its bibliography has an entry without text, and no line
    return [entry.text for entry in entries(style, csl_items(works, manual or ""), output) if entry.text]


def cite_whole(works: Sequence[Work], wish: Wish, markup: Output = "text") -> Bibliography:
    """Every form of each work's citation, in the style's order, its strings as plain text or marked up."""
    style, manual = wish.ready()
    items = csl_items(works, manual or "")
    # an item made of an article is shown without the marks that are for the style alone; one sent as CSL-JSON as sent
    shown = [
        item if isinstance(work, Item) else referencing.plain_item(item)
        for work, item in zip(works, items, strict=True)
    ]
    citations: dict[str, Citation] = {
        item["id"]: msgspec.structs.replace(citation, item=item)
        for item, citation in zip(shown, rendering.cite(style, items, output=markup), strict=True)
    }
    return Bibliography(
        style=style.id,
        locale=style.locale,
        entries=tuple(citations[entry.id] for entry in entries(style, items, markup)),
    )


def export(works: Sequence[Work], format: str) -> Iterator[str]:  # noqa: A002 - the name of the parameter asked with
    """Works in a reference format, piece by piece; a CSL-JSON item goes through the article it describes."""
    return exporting.export((article for work in works for article in _articles(work)), format)


def _articles(work: Work) -> tuple[Article, ...]:
    if isinstance(work, StoredArticle):
        return (work.article(),)  # what the library keeps of it is no part of a reference
    if isinstance(work, Article):
        return (work,)
    return importing.read(msgspec.json.encode([work.to_dict()]).decode(), "csl-json").articles
