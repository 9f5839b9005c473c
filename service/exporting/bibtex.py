"""BibTeX: `@article` for what a newspaper or magazine printed, `@misc` for the rest (rules: FACTS section 2)."""

from service.exporting import tex
from service.exporting.dates import MONTHS, Moment
from service.exporting.keys import ascii_words
from service.exporting.names import Roles
from service.exporting.reference import Places, Reference, grouped, strung

SUBTYPES = {
    "article-newspaper": "newspaper",
    "article-magazine": "magazine",
    "post-weblog": "weblog",
    "webpage": "webpage",
    "broadcast": "broadcast",
    "interview": "interview",
    "graphic": "photograph",
}
"""`entrysubtype`, ignored by styles and read back by importers: the kind."""

FIELDS = (
    ("short_title", "shorttitle"),
    ("subtitle", "subtitle"),
    ("original_title", "origtitle"),
    ("place", "address"),
    ("publisher", "publisher"),
    ("edition", "edition"),
    ("page", "pages"),
    ("genre", "type"),
    ("issn", "issn"),
    ("language", "language"),
    ("abstract", "abstract"),
    ("rights", "copyright"),
)
ADDRESSES = (("url", "url"), ("doi", "doi"))
CREATORS: Roles = (("author", "author"), ("editor", "editor"), ("translator", "translator"))
REQUIRED = ("title", "container")

PLACES = Places(
    several=("keywords",),
    values=(*(name for name, _ in FIELDS), *(name for name, _ in ADDRESSES), *REQUIRED),
    parts=("author", "editor", "translator"),
    dates=("published", "accessed"),
    exact_name=tex.exact_name,
)


def month(when: Moment) -> str:
    """`sep # "~3"`: the style's macro for the month, and the day tied to it."""
    return MONTHS[(when.month or 1) - 1] + (f' # "~{when.day}"' if when.day else "")


def entry(reference: Reference) -> str:
    """One entry; `@article` needs author, title and journal, so an article without one of them is `@misc`."""
    article, texts = reference.article, reference.values
    printed = article.kind in ("article-newspaper", "article-magazine")
    kind = "article" if printed and reference.by("author") and all(name in texts for name in REQUIRED) else "misc"
    found: list[tuple[str, str]] = [("entrysubtype", f"{{{SUBTYPES[article.kind]}}}")]
    for part, field in CREATORS:
        if people := reference.by(part):
            found.append((field, f"{{{' and '.join(map(tex.name, people))}}}"))
    if "title" in texts:
        found.append(("title", f"{{{tex.protected(texts['title'])}}}"))
    if not reference.by("author"):
        # What styles sort it by and make labels of, byte by byte: nothing but ASCII letters.
        words = " ".join(ascii_words(texts.get("title", "")))
        found.append(("key", f"{{{words or reference.key}}}"))
    if "container" in texts:
        found.append(("journal" if kind == "article" else "howpublished", f"{{{tex.escaped(texts['container'])}}}"))
    published = reference.dates.get("published")
    found.append(("year", f"{{{published.year_text if published else 'n.d.'}}}"))
    if published:
        if published.month:
            found.append(("month", month(published)))
        found.append(("date", f"{{{published.day_text}}}"))
    found += [(field, f"{{{tex.escaped(texts[name])}}}") for name, field in FIELDS if name in texts]
    found += [(field, f"{{{tex.raw(texts[name])}}}") for name, field in ADDRESSES if name in texts]
    if article.keywords:
        found.append(("keywords", f"{{{', '.join(map(tex.keyword, article.keywords))}}}"))
    if accessed := reference.dates.get("accessed"):
        found.append(("urldate", f"{{{accessed.day_text}}}"))
    rest = PLACES.rest(reference)
    found += [(tex.field(path), f"{{{tex.escaped(value)}}}") for path, value in grouped(rest).items()]
    return f"@{kind}{{{reference.key},\n" + "".join(f"  {field} = {value},\n" for field, value in found) + "}\n"


write = strung(entry, between="\n")
