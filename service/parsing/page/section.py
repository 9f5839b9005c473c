"""The breadcrumb: printed steps, BreadcrumbList, article:section."""

import re

from schemas.document import BREADCRUMB, FURNITURE, SECTION
from service.parsing.page.candidate import Candidate, fold, line, tidy
from service.parsing.page.structured import Item, comparable, likeness, name_of, types_of
from service.parsing.page.view import View
from service.parsing.page.words import folded as table_of
from service.parsing.page.words import words

MARKS = re.compile(r"^[\s>›»/|•·→\\<«‹:-]+|[\s>›»/|•·→\\<«‹:-]+$")
STEPS = re.compile(r"\s*[>›»→|]\s*|\s+/\s+|\n+")
MOST = 6


def find_section(
    view: View, items: list[Item], headline: str | None, site: list[str], addresses: set[str]
) -> tuple[tuple[str, ...], list[Candidate]]:
    """The steps from the front page down, without the front page and the article itself.

    Of several breadcrumbs the one that goes further down is taken, where they agree on the way.
    """
    rows = [*from_lists(view, addresses), *from_elements(view), *from_properties(view, items), *from_label(view)]
    names = {fold(name) for name in site}
    read = [(steps, c) for c in rows if (steps := cleaned(c.value, headline, names))]
    if not read:
        return (), []
    steps, best = read[0]
    for other, candidate in read[1:]:
        if candidate.confidence >= 0.6 and len(other) > len(steps) and fold(steps[-1]) in {fold(o) for o in other[:-1]}:
            steps, best = other, candidate
    agreeing = [c for other, c in read if c is not best and fold(other[-1]) == fold(steps[-1])]
    return steps, [best, *agreeing[:2]]


def cleaned(steps: list[str], headline: str | None, names: set[str]) -> tuple[str, ...]:
    """Steps without marks, the front page, the site's `names`, the headline; each once."""
    home = table_of("home")
    found: dict[str, str] = {}
    for step in steps:
        text = line(MARKS.sub("", tidy(step)))
        if not text or len(text) > 60:
            continue
        folded = fold(text)
        if not folded or folded in home or folded in names or (headline and repeats(text, headline)):
            continue
        found.setdefault(folded, text)
    return tuple(found.values())[:MOST]


def repeats(step: str, headline: str) -> bool:
    """Is a step the headline itself, not a word of it?"""
    return likeness(step, headline) > 0.6 and (len(step) > 0.5 * len(headline) or step.count(" ") > 1)


def from_lists(view: View, addresses: set[str]) -> list[Candidate]:
    """BreadcrumbList objects."""
    found = []
    for row in view.page.data:
        value = row.value
        if "breadcrumblist" not in types_of(value):
            inner = value.get("breadcrumb")
            if not isinstance(inner, dict):
                continue
            value = inner
        entries = value.get("itemListElement")
        entries = entries if isinstance(entries, list) else [entries]
        rows: list[tuple[float, str]] = []
        for order, entry in enumerate(entries[:12]):
            if isinstance(entry, dict):
                name = name_of(entry.get("name")) or name_of(entry.get("item"))
                target = entry.get("item")
                target = (target.get("@id") or target.get("url")) if isinstance(target, dict) else target
                if isinstance(target, str) and comparable(target) in addresses:
                    continue
                position = entry.get("position")
                rows.append((float(position) if isinstance(position, int | float) else order, name))
        steps = [name for _, name in sorted(rows, key=lambda r: r[0]) if name and not name.startswith("http")]
        if steps:
            found.append(Candidate(steps, row.source, "BreadcrumbList", 0.8, row.path, " > ".join(steps)))
    return found


def from_elements(view: View) -> list[Candidate]:
    """Elements that the markup calls a breadcrumb."""
    found = []
    skip = -1
    for index in view.called(BREADCRUMB):
        element = view.elements[index]
        if index <= skip or not view.own[index] & BREADCRUMB or not 2 < element.end - element.start < 300:
            continue
        skip = element.last
        links = [
            view.words(child)
            for child in range(index + 1, element.last + 1)
            if view.elements[child].tag == "a" and view.elements[child].end > view.elements[child].start
        ]
        text = view.text[element.start : element.end]
        steps = links or [step for step in STEPS.split(text) if step.strip()]
        last = STEPS.split(text)[-1].strip()
        if any(view.elements[n].tag == "h1" and tidy(view.words(n)) == last for n in range(index, element.last + 1)):
            last = ""  # the article itself, set as a step
        if links and last and fold(links[-1]) not in fold(last) and fold(last) not in {fold(step) for step in steps}:
            steps = [*steps, last]
        found.append(Candidate(steps, "dom", "printed breadcrumb", 0.75, index, text, element.start, element.end))
    return found


def from_properties(view: View, items: list[Item]) -> list[Candidate]:
    """ArticleSection and the section of meta tags."""
    rule = "section in a meta tag"
    found = [
        Candidate([value], "meta", rule, 0.6, f"meta[{name}]", value)
        for name, value in view.first_metas(words().section_metas)
    ]
    for item in items:
        values = [name_of(v) for v in item.values("articleSection")]
        values = [v for v in values if v]
        if values:
            found.append(
                Candidate(
                    values[-1:] if len(values) > 3 else values,
                    item.data.source,
                    "articleSection",
                    0.6,
                    f"{item.data.path}/articleSection",
                    values[0],
                )
            )
    found += [
        Candidate([value], "meta", rule, 0.5, f"meta[{name}]", value)
        for name, value in view.first_metas(words().loose_section_metas)
    ]
    return found


def from_label(view: View) -> list[Candidate]:
    """A short link that the markup calls a section or a category."""
    for index in view.called(SECTION):
        element = view.elements[index]
        if (
            element.tag in {"a", "span", "div", "p", "li"}
            and not view.bits[index] & FURNITURE
            and 2 < element.end - element.start < 40
            and "\n" not in view.text[element.start : element.end]
        ):
            text = view.words(index)
            return [Candidate([text], "dom", "printed section", 0.5, index, text, element.start, element.end)]
    return []
