"""The parts of a heading: which of its words are the headline, and which a kicker set in a box of its own before it."""

from schemas.document import KICKER
from service.parsing.page.candidate import fold, tidy
from service.parsing.page.view import View

RUNNING = frozenset(("a", "abbr", "b", "cite", "em", "i", "mark", "q", "ruby", "strong", "sub", "sup", "time", "u"))
"""Elements within a sentence: what they hold goes on behind them."""
DASHES, SIGNS = "–—-", ":|–—-·"
LEAST = 8
"""Letters of a headline that stands without its kicker."""


def behind_kicker(view: View, index: int, titles: dict[str, str]) -> int | None:
    """Where the headline begins in a heading that opens with a kicker; None where it has none or reads on from it.

    A kicker stands in a box of its own. It is one if the markup calls it so, a dash or a line parts it from the rest,
    or the metadata do, whose `titles` are given by their folded form. A colon joins the two: `Kyiv: A day of rain`.
    """
    heading, text = view.elements[index], view.text
    box = next(
        (
            n
            for n in range(index + 1, heading.last + 1)
            if view.elements[n].start == heading.start < view.elements[n].end < heading.end
        ),
        -1,
    )
    if box < 0 or view.elements[box].tag in RUNNING:
        return None
    first = view.elements[box]
    before, behind = tidy(text[first.start : first.end]), text[first.end : heading.end]
    rest = behind.lstrip()
    if not before or not rest:
        return None
    named = any(
        view.own[n] & KICKER and view.elements[n].start == first.start < view.elements[n].end
        for n in range(box, first.last + 1)
    )
    start = heading.end - len(rest)
    if before[-1] == ":" or rest[0] == ":":
        apart = named and (before[-2:-1] == " " if before[-1] == ":" else behind[0].isspace())
    elif before[-1] in DASHES or rest[0] in DASHES:
        apart = True
    else:
        apart = (
            named
            or ("\n" in behind[: len(behind) - len(rest)] and len(before) < len(rest) and set_apart(view, box, start))
            or fold(rest) in titles
            or parted(titles.get(fold(f"{before} {rest}"), ""), before)
        )
    opening = rest.lstrip(f"{SIGNS} \n")
    return heading.end - len(opening) if apart and len(fold(opening)) >= LEAST else None


def set_apart(view: View, box: int, start: int) -> bool:
    """Does the box that begins at a place look different from one before it? Lines of one headline look the same."""
    first = view.elements[box]
    following = next((n for n in range(first.last + 1, len(view.elements)) if view.elements[n].start >= start), -1)
    if following < 0 or view.elements[following].start > start:
        return True
    other = view.elements[following]
    return (first.tag, first.attributes.get("class")) != (other.tag, other.attributes.get("class"))


def parted(title: str, before: str) -> bool:
    """Does a title set a sign behind the words of the kicker?"""
    rest = title[len(before) :].lstrip()
    return fold(title[: len(before)]) == fold(before) and rest[:1] in SIGNS and bool(rest)
