"""What each format carries: an article in which every value is a word of its own, and which words a file still has."""

import re
from typing import Any

from schemas.article import Agency, Article, Creator, Dateline, Dates, DateValue, Photo, Publication
from service.exporting import FORMATS, export
from service.exporting.fields import leaves

ENUMERATED = re.compile(r"kind|.*\.(precision|inferred|kind|medium|country|role)")
"""Words of a short list, which stand in many a file anyway; the role of a creator is a text and is looked for."""


def _word(*path: str) -> str:
    return "Q" + "".join(part.capitalize() for name in path for part in name.split("_"))


def _creator(part: str) -> Creator:
    names = ("given", "family", "particle", "suffix", "native", "printed", "role", "job_title", "place")
    return Creator(**{name: _word(part, name) for name in names}, email=f"{_word(part, 'email')}@example.org")


def _date(year: int) -> DateValue:
    return DateValue(edtf=f"{year}-05-06", precision="day", inferred=True, basis=f"QBasis{year}")


def marked() -> Article:
    """Every field once, with a word that stands nowhere else."""
    texts: dict[str, Any] = {
        name: _word(name)
        for name in ("headline", "short_title", "subtitle", "original_title", "byline", "column", "genre", "edition")
    }
    texts |= {name: _word(name) for name in ("page", "doi", "abstract", "rights", "access")}
    return Article(
        **texts,
        authors=(_creator("author"),),
        contributors=(_creator("contributor"),),
        editors=(_creator("editor"),),
        translators=(_creator("translator"),),
        emails=("QMail@example.org",),
        agencies=(Agency(name="QAgency", abbreviation="QAbbreviation", role="dateline"),),
        photos=(
            Photo(
                caption="QCaption",
                credit="QCredit",
                photographers=(_creator("photographer"),),
                agencies=("QPhotoAgency",),
                distributor="QDistributor",
                description="QDescription",
                date=_date(1905),
                url="https://example.org/QPhotoUrl",
            ),
        ),
        publication=Publication(
            name="QPublication",
            native_name="QNative",
            short_name="QShort",
            place="QPlace",
            issn=("1234-5679",),
            domain="QDomain",
            publisher="QPublisher",
        ),
        section=("QSection",),
        keywords=("QKeyword",),
        dateline=Dateline(place="QDatelinePlace", agency="QDatelineAgency", text="QDatelineText"),
        dates=Dates(published=_date(1901), modified=_date(1902), accessed=_date(1903), archived=_date(1904)),
        url="https://example.org/QUrl",
        archive_url="https://example.org/QArchive",
        language="tlh",
    )


def missing(name: str) -> list[str]:
    """The paths, with `*` for a place in a list, whose words a file of this format does not have."""
    text = "".join(export([marked()], name)).replace("%2F", "/").replace("%40", "@").replace("%3A", ":")
    found = []
    for path, value in leaves(marked()).items():
        general = re.sub(r"\.\d+", ".*", path)
        if ENUMERATED.fullmatch(general) and not value.startswith("Q"):
            continue
        needle = value[:4] if path.endswith(".edtf") else value
        if needle not in text:
            found.append(general)
    return found


def grouped(paths: list[str]) -> str:
    """Paths for people: what several things share is said once, `authors, editors: native, printed`."""
    leaves_of: dict[str, list[str]] = {}
    for path in paths:
        head, _, leaf = path.rpartition(".")
        leaves_of.setdefault(head.removesuffix(".*"), []).append(leaf)
    heads_of: dict[tuple[str, ...], list[str]] = {}
    for head, names in leaves_of.items():
        heads_of.setdefault(tuple(names), []).append(head)
    written = []
    for names, heads in heads_of.items():
        plain = ", ".join("" if name == "*" else name for name in names)
        what = ", ".join(heads)
        written.append(plain if not what else f"{what}: {plain}" if plain else what)
    return "; ".join(written) or "–"


def table() -> str:
    """The table of docs/formats.md."""
    rows = ["| format | name | aliases | media type | file | has no place for |", "|---|---|---|---|---|---|"]
    for row in FORMATS.values():
        aliases = ", ".join(f"`{alias}`" for alias in row.aliases) or "–"
        place = f"`{row.media_type}` | `.{row.extension}`"
        rows.append(f"| {row.title} | `{row.name}` | {aliases} | {place} | {grouped(missing(row.name))} |")
    return "\n".join(rows) + "\n"


def documented(page: str) -> str:
    """The table as it stands in docs/formats.md."""
    begin = page.index("| format | name |")
    return page[begin : page.index("\n\n", begin) + 1]
