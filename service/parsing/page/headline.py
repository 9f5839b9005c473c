"""The headline as printed: headings of the page weighed by what its metadata say and by where they stand."""

import re

from msgspec import Struct

from service.parsing.page.candidate import Candidate, fold, tidy
from service.parsing.page.structured import Item, likeness
from service.parsing.page.view import (
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
    View,
)
from service.parsing.page.words import words
from service.tables import read_table

SEPARATOR = re.compile(r"\s+[|·•»«–—:/-]\s+|\s*[|»«]\s*|\s::\s")
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
LONGEST = 400


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
    for name in words().headline_metas:
        for value in view.metas.get(name, ())[:1]:
            text = without_site(tidy(value), site)
            if text:
                found.append(Candidate(text, "meta", "title in a meta tag", 0.7, f"meta[{name}]", value))
    if view.page.title:
        text = without_site(tidy(view.page.title), site)
        found.append(Candidate(text, "dom", "title element", 0.5, "head > title", view.page.title))
    return found


def without_site(title: str, site: list[str]) -> str:
    """Cut ` | The Site` from the end (or the front) of a title, where the part is the site's name."""
    names = [f for name in site if (f := fold(name))]
    for _ in range(3):
        cuts = list(SEPARATOR.finditer(title))
        if not cuts:
            return title
        tail, head = fold(title[cuts[-1].end() :]), fold(title[: cuts[0].start()])
        if tail and any(same_site(tail, name) for name in names):
            title = title[: cuts[-1].start()].strip()
        elif head and any(same_site(head, name) for name in names):
            title = title[cuts[0].end() :].strip()
        else:
            return title
    return title


def same_site(part: str, name: str) -> bool:
    """Is this part of a title a site's name? `zeit online` and `zeit`, `spiegel de` and `der spiegel`."""
    short, long = sorted((part.replace(" ", ""), name.replace(" ", "")), key=len)
    return short == long or (len(short) > 3 and len(part.split()) <= 6 and short in long)


def find_headline(view: View, metadata: list[Candidate], site: list[str]) -> Shown | None:
    """The heading that is the article's; the best title of the metadata where no heading is."""
    weights = read_table("page_weights.toml", Rules).headline
    named = {fold(c.value): c for c in sorted(metadata, key=lambda c: c.confidence)}.values()
    repeated: dict[tuple[str, str], int] = {}
    rows: list[tuple[int, str]] = []
    headings = [index for tag in HEADINGS for index in view.tagged.get(tag, ())]
    for index in sorted({*headings, *(index for index in view.said if view.own[index] & HEADLINE)}):
        element = view.elements[index]
        tag, size = element.tag, element.end - element.start
        if tag in HEADINGS or (tag not in {"a", "body", "img", "svg"} and size <= LONGEST):
            if not 2 < size <= 2 * LONGEST:
                continue
            key = (tag, element.attributes.get("class") or "")
            repeated[key] = repeated.get(key, 0) + 1
            rows.append((index, tag))
    h1s = sum(tag == "h1" for _, tag in rows)
    prose = first_prose(view)
    site_names = {fold(name) for name in site}
    best: tuple[float, int, str] | None = None
    for index, tag in rows:
        text = tidy(view.words(index))
        folded = fold(text)
        if not folded or folded in site_names:
            continue
        own, bits, element = view.own[index], view.bits[index], view.elements[index]
        agreement = max((likeness(text, c.value) * (0.7 + 0.3 * c.confidence) for c in named), default=0.0)
        score = weights.agrees * agreement
        score += {"h1": weights.h1, "h2": weights.h2, "h3": weights.h3, "h4": weights.h4}.get(tag, weights.other)
        if tag == "h1" and h1s == 1:
            score += weights.lone_h1
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
        if repeated[(tag, element.attributes.get("class") or "")] > 3 and tag != "h1":
            score += weights.listed
        if prose >= 0:
            score += weights.near if element.start <= prose else weights.below
        if len(folded) < 12 and len(text) < 8:
            score += weights.short
        if best is None or score > best[0]:
            best = (score, index, text)
    if best is not None and best[0] >= weights.enough:
        score, index, text = best
        return Shown(as_printed(view, index, text, metadata, min(0.98, 0.5 + score / 25)), index)
    return from_metadata(metadata, site_names)


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
    quote = view.text[start:end]
    spelled = values.get(fold(text))
    if spelled and spelled != text and "\n" in quote and fold(spelled) == fold(text):
        # Set over two lines; the metadata give the sign between them.
        text = spelled
    return Candidate(text, "dom", rule, confidence, view.path(index), quote, start, end)


def first_prose(view: View) -> int:
    """Where the first paragraph of running text starts: a text block of over 120 letters, outside furniture."""
    for index, element in enumerate(view.elements):
        if (
            element.tag in {"p", "div"}
            and element.end - element.start > 120
            and not view.bits[index] & (AWAY | CAPTION)
        ):
            if element.tag == "div" and (
                element.last - index > 12
                or "\n" in view.text[element.start : element.start + 120]
                or element.end - element.start > 3000
            ):
                continue
            return element.start
    return -1


def crumbs_around(view: View, index: int) -> bool:
    """Is the heading a step of a list (a breadcrumb's last step set as h1)?"""
    for _ in range(3):
        index = view.elements[index].parent
        if index < 0:
            return False
        if view.elements[index].tag in {"li", "nav", "ol"}:
            return True
    return False


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
