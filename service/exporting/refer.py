"""Refer, as EndNote imports it (.enw): `%0 Newspaper Article` and one `%` tag a line; the rest in %Z."""

from service.exporting.fields import fold
from service.exporting.names import Roles, inverted
from service.exporting.reference import Places, Reference, lines, strung
from service.exporting.ris import exact

TYPES = {
    "article-newspaper": "Newspaper Article",
    "article-magazine": "Magazine Article",
    "post-weblog": "Blog",
    "webpage": "Web Page",
    "broadcast": "Film or Broadcast",
    "interview": "Personal Communication",
    "graphic": "Artwork",
}
CREATORS: Roles = (("author", "%A"), ("editor", "%E"), ("translator", "%Y"))
TAGS = (
    ("title", "%T"),
    ("container", "%B"),
    ("short_title", "%!"),
    ("place", "%C"),
    ("publisher", "%I"),
    ("page", "%P"),
    ("edition", "%7"),
    ("section", "%&"),
    ("column", "%1"),
    ("genre", "%9"),
    ("issn", "%@"),
    ("doi", "%R"),
    ("language", "%G"),
    ("abstract", "%X"),
    ("rights", "%*"),
    ("emails", "%+"),
    ("url", "%U"),
)
"""%Q and a second name of the paper (%J) are left out: Zotero takes them for an author and for the paper's name."""

PLACES = Places(
    values=tuple(name for name, _ in TAGS),
    several=("keywords",),
    parts=("author", "editor", "translator"),
    dates=("published", "accessed"),
    exact_name=exact,
)


def entry(reference: Reference) -> str:
    """One record; an empty line ends it."""
    found = [("%0", TYPES[reference.article.kind])]
    for part, tag in CREATORS:
        found += [(tag, fold(inverted(creator))) for creator in reference.by(part)]
    found += [(tag, reference.folded(name)) for name, tag in TAGS if name in reference.values]
    found += [("%K", fold(keyword)) for keyword in reference.article.keywords]
    if published := reference.dates.get("published"):
        found += [("%8", published.day_text), ("%D", published.year_text)]  # Zotero keeps the first that says more
    if accessed := reference.dates.get("accessed"):
        found += [("%[", accessed.day_text)]
    found += [("%F", reference.key)]
    rest = PLACES.rest(reference)
    if rest:
        found.append(("%Z", "\n".join(lines(rest))))  # one note of several lines
    return "".join(f"{tag} {value}\n" for tag, value in found) + "\n"


write = strung(entry)
