"""RIS (Research Information Systems 2011): a tag and a value a line, CRLF; the rest in M2, Zotero's extra."""

import re

from schemas.article import Creator
from service.exporting.dates import Moment
from service.exporting.fields import fold
from service.exporting.names import Roles, inverted
from service.exporting.reference import Places, Reference, lines, strung
from service.exporting.zotero import MEDIUM

TYPES = {
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "post-weblog": "BLOG",
    "webpage": "ELEC",
    "broadcast": "VIDEO",
    "interview": "PCOMM",
    "graphic": "ART",
}
CREATORS: Roles = (("author", "AU"), ("editor", "ED"), ("translator", "A4"), ("contributor", "A2"))
TAGS = (
    ("title", "TI"),
    ("container", "T2"),
    ("short_title", "ST"),
    ("original_title", "OP"),
    ("section", "SE"),
    ("column", "C1"),
    ("genre", "M3"),
    ("edition", "ET"),
    ("place", "CY"),
    ("publisher", "PB"),
    ("issn", "SN"),
    ("container_short", "J2"),
    ("doi", "DO"),
    ("language", "LA"),
    ("abstract", "AB"),
    ("rights", "CR"),
    ("emails", "AD"),
    ("url", "UR"),
)
REPEATED = "KW"
PAGES = re.compile(r"(\w+)(?:–|(?<=\d)-(?=\d))(\w+)")


def exact(creator: Creator) -> bool:
    """`Family, Given, Suffix` comes back exactly without a particle or an inner comma."""
    if creator.literal:
        return "," not in creator.literal and not creator.family and not creator.given
    parts = (creator.family, creator.given, creator.suffix)
    return bool(creator.family and creator.given and not creator.particle) and "," not in "".join(filter(None, parts))


PLACES = Places(
    values=(*(name for name, _ in TAGS), "page"),
    several=("keywords",),
    parts=("author", "editor", "translator", "contributor"),
    dates=("published", "accessed"),
    exact_name=exact,
)


def day(when: Moment) -> str:
    """`2023/09/03/`: year, month, day and a free fourth part, empty here; a season stands in the fourth."""
    month, day = (f"{part:02d}" if part else "" for part in (when.month, when.day))
    return f"{when.year_text}/{month}/{day}/"


def pages(text: str) -> list[tuple[str, str]]:
    """First and last page; a label with a hyphen of its own (`B-2`) is one page."""
    found = PAGES.fullmatch(text)
    if found is None or found[1] == found[2]:
        return [("SP", text)]
    return [("SP", found[1]), ("EP", found[2])]


def entry(reference: Reference) -> str:
    """One record; every value on its own line, never wrapped."""
    found = [("TY", TYPES[reference.article.kind])]
    for part, tag in CREATORS:
        found += [(tag, fold(inverted(creator))) for creator in reference.by(part)]
    found += [(tag, reference.folded(name)) for name, tag in TAGS if name in reference.values]
    if reference.article.kind == "graphic" and "genre" not in reference.values:
        found.append(("M3", MEDIUM))
    rest = PLACES.rest(reference)
    if page := reference.folded("page"):
        found += pages(page)
        if found[-1][0] == "EP" and "–" not in page:
            rest["page"] = page  # a range comes back with the dash of the typographers
    found += [(REPEATED, fold(keyword)) for keyword in reference.article.keywords]
    if published := reference.dates.get("published"):
        found += [("PY", published.year_text), ("DA", day(published))]
    if accessed := reference.dates.get("accessed"):
        found += [("Y2", day(accessed))]
    found += [("ID", reference.key)]
    found += [("N1", fold(line)) for line in rest.pop("note", "").splitlines()]
    found += [("M2", line) for line in lines(rest)]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*found, ("ER", "")])


write = strung(entry, between="\r\n")
