"""Who wrote the article: one arbitration over everyone the page names."""

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from schemas.article import Creator
from service.parsing.byline import Byline
from service.parsing.names import full_name, name_likeness, read_name
from service.parsing.page.candidate import fold, line
from service.parsing.page.comparing import key_of, merged, same_person
from service.parsing.page.declared import from_items, from_metas
from service.parsing.page.lines import from_brackets, from_dateline, from_lines, from_notes
from service.parsing.page.marked import from_elements
from service.parsing.page.mention import PERSONAL, Mention, Reader
from service.parsing.page.structured import Item
from service.parsing.page.view import View
from service.parsing.page.words import folded
from service.parsing.people import collective_of

MARKED = frozenset(("marked near", "marked"))
"""The kinds of mentions that elements make; the others are lines, of which few are read."""


class Makers(Struct, frozen=True):
    """The arbitration's outcome; `mentions` are those that speak for it, the chosen byline first."""

    authors: tuple[Creator, ...] = ()
    contributors: tuple[Creator, ...] = ()
    editors: tuple[Creator, ...] = ()
    translators: tuple[Creator, ...] = ()
    byline: str | None = None
    bylines: tuple[Byline, ...] = ()
    organisations: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    shown: tuple[Mention, ...] = ()
    confidence: float = 0.0
    collective: bool = False
    declared: bool = False


def find_makers(
    view: View,
    items: list[Item],
    index: dict[str, dict[str, Any]],
    *,
    place: tuple[int, int] | None,
    language: str | None,
    site: list[str],
) -> Makers:
    """Gather every mention, then decide."""
    reader = Reader(view, place, language, site)
    metadata = [*from_items(reader, items, index), *from_metas(reader)]
    # What metadata declare an organisation is none's name, however it reads.
    reader.declared = frozenset(fold(o) for m in metadata for o in m.organisations)
    known = {key for m in metadata for key in m.keys}
    marked = from_elements(reader, named=bool(known))
    settled = any(m.near and not m.away and m.people and known.issuperset(m.keys) for m in marked)
    shown = [
        *marked,
        *from_lines(reader, settled=settled),
        *from_dateline(reader),
        *from_notes(reader),
        *from_brackets(reader),
    ]
    return arbitrate(metadata, shown, reader)


def arbitrate(metadata: list[Mention], shown: list[Mention], reader: Reader) -> Makers:
    """The people of the visible byline; else those of the metadata; else the organisations of either."""
    weights = reader.weights
    known = {key for m in metadata for key in m.keys}
    apart = {
        key_of(p)
        for m in shown
        if m.byline
        for p in (*m.byline.editors, *m.byline.translators, *m.byline.photographers)
    }
    # Who wrote and took the pictures too is named twice.
    apart -= {key_of(p) for m in shown if m.byline and m.byline.labelled for p in m.byline.authors}

    def agrees(mention: Mention) -> bool:
        return any(key in known or any(same_person(key, other) for other in known) for key in mention.keys)

    scored: list[tuple[float, Mention]] = []
    printed_keys = [key for m in shown for key in {*m.keys}]
    persons = [m for m in metadata if m.people]
    spoken = any(
        m.near
        and (
            (m.weight >= weights.marked and any(not is_account(name) for name in m.organisations))
            or (m.weight > weights.shape and any(p.family for p in m.people))
        )
        for m in shown
    )
    wide = [m for m in shown if len(m.people) > 1 and m.kind in MARKED]
    # Where the paper's own account posted it, its writer may sign below the text.
    desks = not persons and all(
        reader.of_site(name) or reader.is_site(name) or collective_of(name) is not None
        for m in shown
        if m.near
        for name in m.organisations
    )
    for mention in shown:
        if not mention.people or (mention.kind not in MARKED and any(is_part(mention, other) for other in wide)):
            continue
        score = mention.weight
        ends = (
            desks
            and not (mention.near or mention.away)
            and reader.ends_text(mention)
            and any(reader.likeness(p) >= PERSONAL for p in mention.people)
        )
        if ends:
            score += weights.ending
        if agrees(mention):
            score += weights.agrees
        elif persons and (mention.away or all(reader.likeness(p) < 0.35 for p in mention.people)):
            continue  # a staff sign, a commenter, a teaser's author
        if any(printed_keys.count(key) > 1 for key in mention.keys):
            score += weights.again
        if not mention.near and (persons or spoken) and not ends:
            # Metadata or a byline near the headline name someone: far from it stand teasers and other articles.
            continue
        if mention.kind == "opening line" and not persons and bool(metadata):
            score += weights.opening  # the paper's account posted it; a line above the text names its writer
        if mention.byline is not None and mention.byline.labelled:
            score += weights.labelled
            if mention.kind == "line near" and not mention.away and reader.opens_text(mention):
                score += weights.opening  # the paper's account posted it; the text names its writer
        if mention.byline is not None:
            score *= 0.6 + 0.4 * mention.byline.confidence
        scored.append((score, mention))
    best = max(scored, key=lambda row: row[0], default=None)
    bylines = tuple(m.byline for m in shown if m.byline is not None and (m.near or m.byline.labelled))
    makers: list[Creator] = []
    mentions: list[Mention] = []
    confidence = 0.0
    if best is not None and best[0] >= weights.enough:
        top = best[1]
        mentions = [top]
        for score, mention in scored:
            if mention is top or score < weights.companion * best[0] or (top.near and not mention.near):
                continue
            if agrees(mention) == agrees(top) and (agrees(top) or alike(mention, top, reader.view)):
                mentions.append(mention)
        confidence = min(0.98, 0.35 + best[0] / 8)
        order = sorted(mentions, key=lambda m: m.candidate.start or 0)
        makers = merged([p for m in order for p in m.people])
        printed = fold(" ".join(m.candidate.quote or "" for m in order))
        makers = merged([*makers, *(p for m in persons for p in m.people if fold(full_name(p)) in printed)])
        keys = [key_of(p) for p in makers]
        mentions += [m for m in metadata if any(same_person(a, b) for a in m.keys for b in keys)][:2]
    if not makers and persons:
        top = max(persons, key=lambda m: (m.weight, len(m.people)))
        makers = merged(list(top.people))
        mentions = [top]
        confidence = 0.7 if all(full_name(p) in reader.view.text for p in makers) else 0.5
    makers = [p for p in makers if key_of(p) not in apart] if apart else makers
    organisations: list[str] = []
    for mention in sorted((*shown, *metadata), key=lambda m: -m.weight):
        if (mention.weight >= weights.shape and mention.near) or mention in metadata:
            organisations += [o for o in mention.organisations if fold(o) not in {fold(x) for x in organisations}]
    chosen = next((m.byline for m in mentions if m.byline is not None), None)
    collective = False
    if not makers and organisations:
        # An agency or a desk that the page names is preferred to the paper's own name in the metadata.
        pool = [
            (m, o)
            for m in (*shown, *metadata)
            for o in m.organisations
            if (m in metadata or m.near or m.weight >= weights.far) and not is_account(o)
        ]
        pool.sort(
            key=lambda row: (
                reader.is_site(row[1]) or (row[0] in metadata and reader.of_site(row[1])),
                row[0] in metadata,
                -row[0].weight,
            )
        )
        if pool:
            named, organisation = pool[0]
            makers = [p for p in named.people if reader.likeness(p) >= PERSONAL and key_of(p) not in apart]
            collective = not makers
            makers = makers or [Creator(literal=organisation[:2000], printed=organisation[:2000])]
            mentions, confidence, chosen = [named], 0.45, named.byline
    makers = [whole_name(p, (*metadata, *shown), reader) for p in makers]
    author_keys = {key_of(p) for p in makers}
    return Makers(
        authors=tuple(with_mail(p, mentions) for p in makers),
        contributors=others(bylines, "contributors", author_keys),
        editors=others(bylines, "editors", author_keys),
        translators=others(bylines, "translators", author_keys),
        byline=line(chosen.text) if chosen is not None else None,
        bylines=bylines,
        organisations=tuple(organisations),
        mentions=tuple(mentions),
        shown=tuple(shown),
        confidence=confidence,
        collective=collective,
        declared=any(m in metadata for m in mentions),
    )


def whole_name(person: Creator, mentions: tuple[Mention, ...], reader: Reader) -> Creator:
    """A name of one word made whole where an author's box prints it with a family name."""
    if (
        person.family
        or not person.literal
        or " " in person.literal
        or not person.literal.istitle()
        or not person.literal.isalpha()
    ):
        return person
    pattern = re.compile(rf"\b{re.escape(person.literal)} ([^\W\d_]+(?:-[^\W\d_]+)?)")
    for mention in mentions:
        match = pattern.search(mention.candidate.quote or "")
        if (
            match
            and match[1][0].isupper()
            and reader.may_name(match[0])
            and name_likeness(match[0], reader.language) >= 0.45
        ):
            return read_name(match[0], reader.language)
    return person


def is_account(name: str) -> bool:
    """Is a name that of an account which posts what others wrote?"""
    return fold(name) in folded("accounts") or "admin" in fold(name).split()


def is_part(mention: Mention, other: Mention) -> bool:
    """Is a line one of a marked element that names its people and more, or parts what the line takes for one name?"""
    a, b = mention.candidate, other.candidate
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    if not b.start <= a.start or not a.end <= b.end:
        return False
    if mention.near:
        names = {word for key in other.keys for word in key.split()}
        return len(mention.people) == 1 < len(other.people) and names <= set(mention.keys[0].split())
    return set(mention.keys) < set(other.keys)


def alike(a: Mention, b: Mention, view: View) -> bool:
    """Do two marked elements look the same (a row of author links)?"""
    if a.element < 0 or b.element < 0 or not a.near:
        return False
    ea, eb = view.elements[a.element], view.elements[b.element]
    return (
        ea.tag == eb.tag and ea.attributes.get("class") == eb.attributes.get("class") and abs(ea.start - eb.start) < 300
    )


def others(bylines: tuple[Byline, ...], field: str, authors: set[str]) -> tuple[Creator, ...]:
    """Contributors, editors, translators that bylines name, without the authors."""
    return tuple(p for p in merged([p for b in bylines for p in getattr(b, field)]) if key_of(p) not in authors)


def with_mail(person: Creator, mentions: list[Mention]) -> Creator:
    """What metadata know of the same person: address and job."""
    for mention in mentions:
        for other, key in zip(mention.people, mention.keys, strict=True):
            if (other.email or other.job_title) and same_person(key_of(person), key):
                if other.email and not person.email:
                    person = replace(person, email=other.email)
                if other.job_title and not person.job_title:
                    person = replace(person, job_title=other.job_title)
    return person
