"""RefWorks tagged format: `RT Newspaper Article` and a two-letter tag a line; the rest in NO."""

from service.exporting.fields import fold
from service.exporting.names import Roles, inverted
from service.exporting.reference import Places, Reference, lines, strung
from service.exporting.ris import exact

TYPES = {
    "article-newspaper": "Newspaper Article",
    "article-magazine": "Magazine Article",
    "post-weblog": "Web Page",
    "webpage": "Web Page",
    "broadcast": "Video/DVD",
    "interview": "Personal Communication",
    "graphic": "Artwork",
}
CREATORS: Roles = (("author", "A1"), ("editor", "A2"), ("translator", "A4"), ("contributor", "A3"))
TAGS = (
    ("title", "T1"),
    ("container", "JF"),
    ("container_short", "JO"),
    ("original_title", "OT"),
    ("place", "PP"),
    ("publisher", "PB"),
    ("edition", "ED"),
    ("page", "SP"),
    ("issn", "SN"),
    ("doi", "DO"),
    ("language", "LA"),
    ("abstract", "AB"),
    ("url", "LK"),
)
PLACES = Places(
    typed=False,  # blogs are web pages here
    values=tuple(name for name, _ in TAGS),
    several=("keywords",),
    parts=("author", "editor", "translator", "contributor"),
    dates=("published", "accessed"),
    exact_name=exact,
)


def entry(reference: Reference) -> str:
    """One record; an empty line ends it."""
    found = [("RT", TYPES[reference.article.kind])]
    for part, tag in CREATORS:
        found += [(tag, fold(inverted(creator))) for creator in reference.by(part)]
    found += [(tag, reference.folded(name)) for name, tag in TAGS if name in reference.values]
    found += [("K1", fold(keyword)) for keyword in reference.article.keywords]
    if published := reference.dates.get("published"):
        found += [("YR", published.year_text), ("FD", published.day_text)]
    if accessed := reference.dates.get("accessed"):
        found += [("RD", accessed.day_text)]
    found += [("ID", reference.key)]
    found += [("NO", line) for line in lines(PLACES.rest(reference))]
    return "".join(f"{tag} {value}\n" for tag, value in found) + "\n"


write = strung(entry)
