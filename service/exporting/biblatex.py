"""biblatex: `@article` with `entrysubtype`, `@online`, `@image` …; dates in ISO 8601-2 (rules: FACTS section 2)."""

from service.exporting import tex
from service.exporting.bibtex import SUBTYPES
from service.exporting.dates import Moment
from service.exporting.names import Roles
from service.exporting.reference import Places, Reference, grouped, strung

TYPES = {
    "article-newspaper": "article",
    "article-magazine": "article",
    "post-weblog": "online",
    "webpage": "online",
    "broadcast": "video",
    "interview": "misc",
    "graphic": "image",
}
CONTAINERS = {"article": "journaltitle", "online": "organization"}
FIELDS = (
    ("short_title", "shorttitle"),
    ("subtitle", "subtitle"),
    ("original_title", "origtitle"),
    ("place", "location"),
    ("publisher", "publisher"),
    ("edition", "edition"),
    ("page", "pages"),
    ("genre", "type"),
    ("issn", "issn"),
    ("abstract", "abstract"),
    ("rights", "rights"),
)
ADDRESSES = (("url", "url"), ("doi", "doi"))
CREATORS: Roles = (("author", "author"), ("editor", "editor"), ("translator", "translator"), ("contributor", "editora"))
DATES = (("published", "date"), ("accessed", "urldate"))


def exact(when: Moment) -> bool:
    """Biber reads EDTF with seasons and doubt; times only whole and with their zone."""
    return not when.time


PLACES = Places(
    several=("keywords",),
    values=(*(name for name, _ in FIELDS), *(name for name, _ in ADDRESSES), "title", "container", "language"),
    parts=("author", "editor", "translator", "contributor"),
    dates=("published", "accessed"),
    exact_name=tex.exact_name,
    exact_date=exact,
)


def day(when: Moment) -> str:
    """EDTF without the time."""
    return when._replace(time="").edtf


def entry(reference: Reference) -> str:
    """One entry; a field without a value is left out, a missing date too."""
    texts = reference.values
    kind = TYPES[reference.article.kind]
    found: list[tuple[str, str]] = [("entrysubtype", SUBTYPES[reference.article.kind])]
    for part, field in CREATORS:
        if people := reference.by(part):
            found.append((field, " and ".join(map(tex.name, people))))
            if part == "contributor":
                found.append(("editoratype", "collaborator"))
    if "title" in texts:
        found.append(("title", tex.protected(texts["title"])))
    if "container" in texts:
        found.append((CONTAINERS.get(kind, "howpublished"), tex.escaped(texts["container"])))
    found += [(field, day(reference.dates[name])) for name, field in DATES if name in reference.dates]
    found += [(field, tex.escaped(texts[name])) for name, field in FIELDS if name in texts]
    if "language" in texts:
        found.append(("langid", tex.LANGUAGES.get(texts["language"], texts["language"])))
    found += [(field, tex.raw(texts[name])) for name, field in ADDRESSES if name in texts]
    if reference.article.keywords:
        found.append(("keywords", ", ".join(map(tex.keyword, reference.article.keywords))))
    rest = PLACES.rest(reference)
    found += [(tex.field(path), tex.escaped(value)) for path, value in grouped(rest).items()]
    return f"@{kind}{{{reference.key},\n" + "".join(f"  {field} = {{{value}}},\n" for field, value in found) + "}\n"


write = strung(entry, between="\n")
