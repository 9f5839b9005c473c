"""CSV (RFC 4180) with Zotero's column names; the rest in Extra. Cells are never altered: a spreadsheet that runs
formulas has to import them as text.
"""

from collections.abc import Iterable, Iterator

from service.exporting.names import Part, inverted
from service.exporting.reference import Places, Reference, lines
from service.exporting.ris import exact
from service.exporting.zotero import TYPES, key

COLUMNS = (
    ("Title", "title"),
    ("Publication Title", "container"),
    ("ISSN", "issn"),
    ("DOI", "doi"),
    ("Url", "url"),
    ("Abstract Note", "abstract"),
    ("Pages", "page"),
    ("Short Title", "short_title"),
    ("Language", "language"),
    ("Rights", "rights"),
    ("Place", "place"),
    ("Publisher", "publisher"),
    ("Section", "section"),
    ("Edition", "edition"),
    ("Type", "genre"),
)
PEOPLE: tuple[tuple[str, Part], ...] = (
    ("Author", "author"),
    ("Editor", "editor"),
    ("Translator", "translator"),
    ("Contributor", "contributor"),
)
DATES = (("Date", "published"), ("Date Modified", "modified"), ("Access Date", "accessed"))
HEAD = ("Key", "Item Type", "Publication Year")
TAIL = ("Manual Tags", "Extra")
PLACES = Places(
    values=tuple(name for _, name in COLUMNS),
    several=("keywords",),
    parts=("author", "editor", "translator", "contributor"),
    dates=tuple(name for _, name in DATES),
    exact_name=exact,
    exact_date=lambda when: when.exact or bool(when.time),
)


def row(cells: Iterable[str]) -> str:
    """Every cell in quotes, quotes doubled, CRLF at the end."""
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n"


def write(found: Iterable[Reference]) -> Iterator[str]:
    """The head line, then a line an article."""
    names = [name for table in (PEOPLE, COLUMNS, DATES) for name, _ in table]
    yield row([*HEAD, *names, *TAIL])
    for reference in found:
        published = reference.dates.get("published")
        rest = PLACES.rest(reference)
        yield row(
            [
                key(reference),
                TYPES[reference.article.kind],
                published.year_text if published else "",
                *("; ".join(map(inverted, reference.by(part))) for _, part in PEOPLE),
                *(reference.values.get(name, "") for _, name in COLUMNS),
                *(reference.dates[name].stamp if name in reference.dates else "" for _, name in DATES),
                "; ".join(reference.article.keywords),
                "\n".join(lines(rest)),
            ]
        )
