"""The headline as printed: headings of the page weighed by what its metadata say and by where they stand."""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from schemas.document import (
    ARTICLE,
    AUTHOR,
    AWAY,
    BREADCRUMB,
    CAPTION,
    DECK,
    FURNITURE,
    HEADLINE,
    KICKER,
    LINKED,
    NAVIGATION,
    Element,
)
from service.parsing.page.candidate import Candidate, fold, tidy
from service.parsing.page.heading import behind_kicker
from service.parsing.page.structured import Item, Wording, alike, likeness, wording
from service.parsing.page.view import FRONT, View
from service.parsing.page.words import words
from service.tables import read_table

SEPARATOR = re.compile(r" (?:[·•–—:/-]|::) |\||»|«")
"""Between a title and a site's name, in tidy text."""
HEADINGS = ("h1", "h2", "h3", "h4")
OTHER = "other"
"""The rank of what is no heading, but named a headline by its markup."""
NEVER = frozenset((*HEADINGS, "a", "body", "img", "svg"))
"""Elements that are not of that rank, however they are named."""
LONGEST = 400
"""Letters of an element named a headline; a heading may have twice as many."""
MANY = 3
"""Headings of one form that are no list yet."""


class Weights(Struct, frozen=True):
    """page_weights.toml, [headline]."""

    h1: float
    h2: float
    h3: float
    h4: float
    other: float
    itemprop: float
    named: float
    lone_h1: float
    article: float
    agrees: float
    near: float
    away: float
    crumb: float
    linked: float
    listed: float
    below: float
    deck: float
    short: float
    enough: float


class Rules(Struct, frozen=True):
    """page_weights.toml as this room reads it."""

    headline: Weights


class Scale(Struct, frozen=True):
    """What headings are weighed by: the weight of each rank, the titles of the metadata with their share of trust.

    `names` are those of the site, `prose` is where the running text begins, -1 without any.
    """

    weights: Weights
    ranks: dict[str, float]
    titles: list[tuple[Wording, float]]
    names: set[str]
    prose: int

    def most(self, rank: str) -> float:
        """The most that a heading of a rank can weigh."""
        weights = self.weights
        agrees = weights.agrees * max([share for _, share in self.titles], default=0.0)
        lone = weights.lone_h1 if rank == "h1" else 0.0
        return agrees + self.ranks[rank] + lone + weights.itemprop + weights.named + weights.article + weights.near


class Shown(Struct, frozen=True):
    """A heading as the page shows it; `element` is its index, -1 where the headline was taken from metadata."""

    candidate: Candidate
    element: int


def titles(view: View, items: list[Item], site: list[str]) -> list[Candidate]:
    """What metadata call the page, without the site's name."""
    found: list[Candidate] = []
    for item in items:
        for name in ("headline", "alternativeHeadline") if item.trust > 0.5 else ("headline", "name"):
            text = item.text(name)
            if text:
                rule = f"{item.data.source} {name}"
                found.append(
                    Candidate(text, item.data.source, rule, 0.8 * item.trust, f"{item.data.path}/{name}", text)
                )
    names = [bare for name in site if (bare := fold(name).replace(" ", ""))]
    for name, value in view.first_metas(words().headline_metas):
        text = without_site(tidy(value), names)
        if text:
            found.append(Candidate(text, "meta", "title in a meta tag", 0.7, f"meta[{name}]", value))
    if view.page.title:
        text = without_site(tidy(view.page.title), names)
        found.append(Candidate(text, "dom", "title element", 0.5, "head > title", view.page.title))
    return found


def without_site(title: str, names: list[str]) -> str:
    """Cut ` | The Site` from the end (or the front) of a title, where the part is one of the site's folded names."""
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(title))
        if not cuts:
            return title
        if is_site(title[cuts[-1].end() :], names):
            title = title[: cuts[-1].start()].strip()
        elif is_site(title[: cuts[0].start()], names):
            title = title[cuts[0].end() :].strip()
        else:
            return title
    return title


def is_site(part: str, names: list[str]) -> bool:
    """Is this part of a title one of a site's names? `zeit online` and `zeit`, `spiegel de` and `der spiegel`."""
    folded = fold(part)
    bare = folded.replace(" ", "")
    if not bare:
        return False
    few = folded.count(" ") < 6
    for name in names:
        short, long = (bare, name) if len(bare) <= len(name) else (name, bare)
        if bare == name or (few and len(short) > 3 and short in long):
            return True
    return False


def find_headline(view: View, metadata: list[Candidate], site: list[str]) -> Shown | None:
    """The heading that is the article's; the best title of the metadata where no heading is.

    The headings are weighed rank by rank, a rank only where one of it could still outweigh the best of those above.
    """
    weights = read_table("page_weights.toml", Rules).headline
    named = {fold(c.value): c for c in sorted(metadata, key=lambda c: c.confidence)}.values()
    scale = Scale(
        weights,
        {"h1": weights.h1, "h2": weights.h2, "h3": weights.h3, "h4": weights.h4, OTHER: weights.other},
        titles=[(wording(c.value), 0.7 + 0.3 * c.confidence) for c in named],
        names={fold(name) for name in site},
        prose=first_prose(view),
    )
    best: tuple[float, int, str] | None = None
    for rank in scale.ranks:
        if best is not None and best[0] > scale.most(rank):
            continue
        for score, index, text in weighed(view, rank, scale):
            if best is None or score > best[0] or (score == best[0] and index < best[1]):
                best = (score, index, text)
    if best is not None and best[0] >= weights.enough:
        score, index, text = best
        return Shown(as_printed(view, index, text, metadata, min(0.98, 0.5 + score / 25)), index)
    return from_metadata(metadata, scale.names)


def weighed(view: View, rank: str, scale: Scale) -> Iterator[tuple[float, int, str]]:
    """The weight, element and text of each heading of a rank that is not the site's name."""
    elements = view.elements
    if rank == OTHER:
        named = [index for index in view.called(HEADLINE) if elements[index].tag not in NEVER]
        rows, longest = named, LONGEST
    else:
        rows, longest = view.tagged.get(rank, []), 2 * LONGEST
    rows = [index for index in rows if 2 < elements[index].end - elements[index].start <= longest]
    many = Counter([form(elements[index]) for index in rows]) if len(rows) > MANY and rank != "h1" else None
    for index in rows:
        text = tidy(view.words(index))
        folded = fold(text)
        if folded and folded not in scale.names and not heads_site(view, index):
            score = weigh(view, index, rank, wording(text), scale)
            if rank == "h1" and len(rows) == 1:
                score += scale.weights.lone_h1
            if many and many[form(elements[index])] > MANY:
                score += scale.weights.listed
            if len(folded) < 12 and len(text) < 8:
                score += scale.weights.short
            yield score, index, text


def form(element: Element) -> tuple[str, str]:
    """What the headings of a list have in common."""
    return element.tag, element.attributes.get("class") or ""


def weigh(view: View, index: int, rank: str, called: Wording, scale: Scale) -> float:
    """A heading by its rank, its place, what the markup calls it, and its agreement with the metadata."""
    weights = scale.weights
    own, bits, element = view.own[index], view.bits[index], view.elements[index]
    score = weights.agrees * max([alike(called, title) * share for title, share in scale.titles], default=0.0)
    score += scale.ranks[rank]
    if "headline" in (element.attributes.get("itemprop") or "").lower():
        score += weights.itemprop
    if own & HEADLINE:
        score += weights.named
    if bits & ARTICLE:
        score += weights.article
    if bits & BREADCRUMB or crumbs_around(view, index):
        score += weights.crumb
    elif bits & (NAVIGATION | FURNITURE):
        score += weights.away
    if own & (DECK | KICKER | AUTHOR) or bits & CAPTION:
        score += weights.deck
    if bits & LINKED or leads_away(view, index):
        score += weights.linked
    if scale.prose >= 0:
        score += weights.near if element.start <= scale.prose else weights.below
    return score


def from_metadata(metadata: list[Candidate], site_names: set[str]) -> Shown | None:
    """No heading fits: the title that most of the metadata share."""
    pool = [c for c in metadata if fold(c.value) and fold(c.value) not in site_names]
    if not pool:
        return None
    best = max(pool, key=lambda c: sum(likeness(c.value, other.value) for other in pool) + c.confidence)
    return Shown(
        Candidate(
            best.value,
            best.source,
            f"{best.rule}; no heading of the page fits",
            0.5 * best.confidence + 0.1,
            best.path,
            best.quote,
        ),
        -1,
    )


def as_printed(view: View, index: int, text: str, metadata: list[Candidate], confidence: float) -> Candidate:
    """The heading's text; without a kicker or a date glued to it, where the metadata give it without."""
    element = view.elements[index]
    start, end = element.start, element.end
    rule = f"{element.tag} weighed by place and agreement with the metadata"
    values = {fold(c.value): c.value for c in reversed(metadata)}
    if fold(text) not in values:
        for child in range(index + 1, element.last + 1):
            inner = view.elements[child]
            if inner.start == inner.end:
                continue
            rest = tidy(view.text[inner.end : end]) if inner.start == start else tidy(view.text[start : inner.start])
            part = tidy(view.words(child))
            for piece, kind, where in ((rest, "without the part beside it", 0), (part, "inner part", 1)):
                if fold(piece) in values and len(fold(piece)) > 0.4 * len(fold(text)):
                    if where:
                        start, end = inner.start, inner.end
                    elif inner.start == start:
                        start = inner.end + len(view.text[inner.end : end]) - len(view.text[inner.end : end].lstrip())
                    else:
                        end = start + len(view.text[start : inner.start].rstrip())
                    text, rule = piece, f"{rule}; {kind}"
                    break
            else:
                continue
            break
    if (start, end) == (element.start, element.end) and (opening := behind_kicker(view, index, values)) is not None:
        start, text, rule = opening, tidy(view.text[opening:end]), f"{rule}; without the kicker"
    quote = view.text[start:end]
    spelled = values.get(fold(text))
    if spelled and spelled != text and ("\n" in quote or " :" in quote) and fold(spelled) == fold(text):
        # Set over two lines, or a colon beside its box; the metadata give the sign between the parts.
        text = spelled
    return Candidate(text, "dom", rule, confidence, index, quote, start, end)


def first_prose(view: View) -> int:
    """Where the first paragraph of running text starts: a text block of over 120 letters, outside furniture."""
    elements, bits = view.elements, view.bits
    first = len(elements)
    for tag in ("p", "div"):
        for index in view.tagged.get(tag, ()):
            if index > first:
                break
            element = elements[index]
            long = element.end - element.start > 120
            if long and not bits[index] & (AWAY | CAPTION) and (tag == "p" or is_block(view, index)):
                first = index
                break
    return elements[first].start if first < len(elements) else -1


def is_block(view: View, index: int) -> bool:
    """Is a box one paragraph, and not one around many?"""
    element = view.elements[index]
    few = element.last - index <= 12 and element.end - element.start <= 3000 and not view.holds_flat(index)
    return few and "\n" not in view.text[element.start : element.start + 120]


def crumbs_around(view: View, index: int) -> bool:
    """Is the heading a step of a list (a breadcrumb's last step set as h1)?"""
    for _ in range(3):
        index = view.elements[index].parent
        if index < 0:
            return False
        if view.elements[index].tag in {"li", "nav", "ol"}:
            return True
    return False


def heads_site(view: View, index: int) -> bool:
    """Is a heading nothing but a link to the site's front page, on a page that is not the front page itself?"""
    element = view.elements[index]
    own = view.document.url or view.canonical
    if element.last == index or not own or FRONT.fullmatch(own):
        return False
    inner = view.elements[index + 1]
    if inner.tag != "a" or inner.end - inner.start < 0.8 * (element.end - element.start):
        return False
    return FRONT.fullmatch(inner.attributes.get("href") or "#") is not None


def leads_away(view: View, index: int) -> bool:
    """Does the heading hold a link (a teaser) that is not the page's own?"""
    element = view.elements[index]
    for child in range(index + 1, min(element.last, index + 4) + 1):
        inner = view.elements[child]
        if (
            inner.tag == "a"
            and inner.attributes.get("href")
            and inner.end - inner.start > 0.8 * (element.end - element.start)
        ):
            href = inner.attributes["href"] or ""
            own = view.document.url or view.canonical
            return not (href.startswith("#") or (own and href.rstrip("/").split("?")[0].rsplit("/", 1)[-1] in own))
    return False
