"""JSON-LD, microdata and RDFa objects: which one is the article, and what its properties hold."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from schemas.document import Data
from service.parsing.page.candidate import fold, tidy
from service.parsing.page.view import View

KINDS = {
    "newsarticle": 3.0,
    "reportagenewsarticle": 3.0,
    "analysisnewsarticle": 3.0,
    "opinionnewsarticle": 3.0,
    "backgroundnewsarticle": 3.0,
    "askpublicnewsarticle": 3.0,
    "reviewnewsarticle": 3.0,
    "satiricalarticle": 3.0,
    "advertisercontentarticle": 2.5,
    "liveblogposting": 3.0,
    "article": 2.5,
    "blogposting": 2.5,
    "report": 2.0,
    "scholarlyarticle": 2.0,
    "techarticle": 2.5,
    "socialmediaposting": 2.0,
    "discussionforumposting": 2.0,
    "review": 1.0,
    "recipe": 1.5,
    "howto": 1.5,
    "podcastepisode": 1.0,
    "qapage": 1.0,
    "creativework": 1.0,
    "webpage": 0.5,
    "itempage": 0.5,
    "aboutpage": 0.5,
    "videoobject": 0.3,
    "thing": 0.2,
}
"""schema.org types that can be an article, and how much each says so."""
DEEPEST = 4
PLAIN_ADDRESS = re.compile(r"https?://([a-zA-Z0-9.-]+)(/[^\s?#]*)(?:[?#]|$)")
"""What nearly all addresses are: told apart without the care that others need."""


WHOLE_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.:-]+/[!$-:=@-~]*(?:\?[!$-:=@-~]+)?")
"""One that needs no base, nor any care."""


class Item(Struct, frozen=True, dict=True):
    """One object of the page's structured data, as chosen: `path` where it stands, `trust` 0-1."""

    data: Data
    trust: float

    @cached_property
    def by_small_name(self) -> dict[str, Any]:
        """The properties by their names in small letters, the first of those that then are the same."""
        return {name.lower(): value for name, value in reversed(self.data.value.items())}

    def values(self, name: str) -> list[Any]:
        """A property as a list, in any spelling of its case."""
        value = self.data.value.get(name)
        if value is None:
            value = self.by_small_name.get(name.lower())
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def text(self, name: str) -> str:
        """The first plain text of a property, clean."""
        for value in self.values(name):
            text = name_of(value)
            if text:
                return text
        return ""


def types_of(value: dict[str, Any]) -> tuple[str, ...]:
    """Lower-cased schema.org types without their prefix."""
    kind = value.get("@type") or value.get("type")
    if isinstance(kind, str):
        return (bare_type(kind),)
    return tuple([bare_type(k) for k in kind if isinstance(k, str)]) if isinstance(kind, list) else ()


@lru_cache(maxsize=512)
def bare_type(kind: str) -> str:
    """http://schema.org/NewsArticle and schema:NewsArticle are newsarticle."""
    return kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()


def name_of(value: Any) -> str:
    """The text of a value: itself, or its name, headline or @value."""
    for _ in range(DEEPEST):
        if isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("headline") or value.get("@text")
        elif isinstance(value, list):
            value = value[0] if value else None
        else:
            break
    return tidy(value) if isinstance(value, str | int | float) else ""


def index_of(data: tuple[Data, ...]) -> dict[str, dict[str, Any]]:
    """Objects by @id, so that `{"@id": "#author"}` can be followed."""
    found: dict[str, dict[str, Any]] = {}
    for row in data:
        for value in (row.value, *(v for v in row.value.values() if isinstance(v, dict))):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1:
                found.setdefault(name, value)
    return found


def resolved(value: Any, index: dict[str, dict[str, Any]]) -> Any:
    """Follow a bare reference."""
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        return index.get(value["@id"], value) if isinstance(value["@id"], str) else value
    return value


def articles(view: View, addresses: set[str], titles: list[str]) -> list[Item]:
    """The objects that are the article of this page, the best first.

    An object counts by its type, by an address that is the page's, and by a headline that the page itself shows. One
    whose address is another page's and whose headline the page does not show is about something else.
    """
    scored: list[tuple[float, int, Item]] = []
    shown = list(dict.fromkeys(titles))
    for order, row in enumerate(objects(view.page.data)):
        kinds = types_of(row.value)
        weight = max([KINDS.get(kind, 0.0) for kind in kinds], default=0.0)
        if weight == 0.0:
            continue
        known = addresses_of(row.value)
        here = bool(known & addresses)
        headline = name_of(row.value.get("headline") or row.value.get("name") or row.value.get("title"))
        called = wording(headline) if headline else None
        likest = likest_of(called, shown) if called else 0.0
        if headline and likest < 0.35 and known and addresses and not here:
            continue
        if not headline and not here and weight < 0.5 and row.source == "json-ld":
            continue
        score = weight + (1.5 if here else 0.0) + 2.0 * likest + (0.2 if row.source == "json-ld" else 0.0)
        if weight >= 1 and (here or likest >= 0.35 or not headline):
            trust = 0.9 if here or likest > 0.6 else 0.75
        else:
            trust = 0.5
        scored.append((-score, order, Item(row, trust)))
    scored.sort(key=lambda row: row[:2])
    return [item for _, _, item in scored]


def objects(data: tuple[Data, ...]) -> Iterator[Data]:
    """The objects of a page and those they are about: a WebPage's mainEntity is often the article."""
    for row in data:
        yield row
        for name in ("mainEntity", "mainEntityOfPage"):
            inner = row.value.get(name)
            if isinstance(inner, dict) and len(inner) > 3:
                yield Data(row.source, f"{row.path}/{name}", inner)


def addresses_of(value: dict[str, Any]) -> set[str]:
    """The addresses an object gives for itself, comparable."""
    found = set()
    for name in ("url", "mainEntityOfPage", "@id"):
        inner = value.get(name)
        if isinstance(inner, dict):
            inner = inner.get("@id") or inner.get("url")
        if isinstance(inner, str) and "/" in inner:
            address = comparable(inner)
            if address:
                found.add(address)
    return found


def comparable(address: str) -> str:
    """An address without scheme, www, query and fragment, for comparing; empty where it names no page."""
    address = address.strip()
    if plain := PLAIN_ADDRESS.match(address):
        host, path = plain.groups()
    else:
        try:
            _, host, path, _, _ = urlsplit(address)
        except ValueError:
            return ""
    path = unquote(path).rstrip("/")
    host = host.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return f"{host}{path}".lower() if path else ""


def absolute(address: str, base: str) -> str:
    """An address made whole; empty where it cannot be read."""
    if WHOLE_ADDRESS.fullmatch(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


class Wording(Struct, frozen=True, gc=False):
    """A headline made ready for being compared: folded, and its words."""

    folded: str
    words: frozenset[str]


@lru_cache(maxsize=512)  # the same titles are compared with objects, headings and steps
def wording(text: str) -> Wording:
    """A headline as it is compared, made once for many comparisons."""
    folded = fold(text)
    return Wording(folded, frozenset(folded.split()))


def likeness(a: str, b: str) -> float:
    """How alike two headlines are: 0-1."""
    return alike(wording(a), wording(b))


def alike(a: Wording, b: Wording) -> float:
    """The same of headlines made ready: by words, or letters where words are not divided."""
    fa, fb, wa, wb = a.folded, b.folded, a.words, b.words
    if not fa or not fb:
        return 0.0
    if fa == fb:
        return 1.0
    if len(wa) > 2 and len(wb) > 2:
        common = len(wa & wb)
        return 0.5 * common / min(len(wa), len(wb)) + 0.5 * common / max(len(wa), len(wb))
    if fa in fb or fb in fa:
        return 0.5 + 0.5 * min(len(fa), len(fb)) / max(len(fa), len(fb))
    if (fa.isascii() or fb.isascii()) and (len(wa) > 1 or len(wb) > 1):
        return 0.0
    pa, pb = pairs(fa), pairs(fb)
    return 2 * len(pa & pb) / (len(pa) + len(pb)) if pa and pb else 0.0


def likest_of(called: Wording, titles: list[str]) -> float:
    """How alike a headline is to the title that is most like it; none is looked at behind one that is the same."""
    best = 0.0
    for title in titles:
        best = max(best, alike(called, wording(title)))
        if best >= 1.0:
            break
    return best


def pairs(text: str) -> set[str]:
    """Neighbouring letters, for scripts that do not divide words."""
    return {text[n : n + 2] for n in range(len(text) - 1)}
