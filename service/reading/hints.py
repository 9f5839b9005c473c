"""What an element's markup says about it: words of the trade in its class, id, itemprop, role, rel and tag."""

import re
from functools import cache, lru_cache

from msgspec import Struct

from schemas.document import ARTICLE, CAPTION, DATE, FIGURE, FURNITURE, LINKED, NAVIGATION
from service.tables import read_table

BY_TAG = {
    "nav": NAVIGATION,
    "footer": FURNITURE,
    "aside": FURNITURE,
    "article": ARTICLE,
    "main": ARTICLE,
    "figure": FIGURE,
    "figcaption": CAPTION,
    "time": DATE,
    "a": LINKED,
}
HINTING = frozenset(("id", "itemprop", "role", "data-testid", "rel"))
"""Attributes that say what an element is, as its class does."""
EDGES = " -_\t\n\r\f"
LONGEST_KEY = 160
"""Of a long list of classes (style sheets of single properties) the beginning says what the element is."""


class Words(Struct, frozen=True):
    """page_hints.toml: the words of each bit, parted by blanks."""

    breadcrumb: str
    navigation: str
    furniture: str
    author: str
    date: str
    caption: str
    credit: str
    headline: str
    kicker: str
    deck: str
    body: str
    section: str
    comment: str
    ending: str
    offscreen: str


class Lexicon(Struct, frozen=True):
    """The table compiled: one pattern for all words, and what each word means: (bit, starts a word, ends a word)."""

    pattern: re.Pattern[str]
    meanings: dict[str, tuple[tuple[int, bool, bool], ...]]


@cache
def lexicon() -> Lexicon:
    """The table of hints, once. The bits are those of schemas.document, in the order of the table's fields."""
    words = read_table("page_hints.toml", Words)
    meanings: dict[str, list[tuple[int, bool, bool]]] = {}
    for n, name in enumerate(Words.__struct_fields__):
        for word in getattr(words, name).split():
            starts, ends, bare = word[0] == "<", word[-1] == ">", word.strip("<>")
            for form in {bare.replace("-", sign) for sign in ("", "-", "_", "__", "--")} | {bare}:
                meanings.setdefault(form, []).append((1 << n, starts, ends))
    return Lexicon(re.compile(branches(sorted(meanings))), {k: tuple(v) for k, v in meanings.items()})


def branches(words: list[str]) -> str:
    """A pattern that shares the beginnings of its words; a flat alternation of 300 words is ten times slower."""
    if "" in words:
        rest = [word for word in words if word]
        return f"(?:{branches(rest)})?" if rest else ""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[0], []).append(word[1:])
    parts = [re.escape(first) + branches(rest) for first, rest in tails.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


@lru_cache(maxsize=32768)
def says(key: str) -> int:
    """The bits of a class or id: those of its words together."""
    table, found = lexicon(), 0
    key = f" {key[:LONGEST_KEY].lower()} "
    for match in table.pattern.finditer(key):
        for bit, starts, ends in table.meanings[match[0]]:
            if (not starts or key[match.start() - 1] in EDGES) and (not ends or key[match.end()] in EDGES):
                found |= bit
    return found


def ends_article(names: str) -> bool:
    """Is a footer or aside one of an article itself, by its class? Its author and date may stand there."""
    return not says(names.replace("footer", "")) & FURNITURE
