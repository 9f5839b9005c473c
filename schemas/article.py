"""The article: what a news page says about itself, typed, with the evidence for each field (IPTC's names)."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.base import Address, Base, Email, Language, Line, Passage
from schemas.evidence import Evidence, Warning

Kind = Literal["article-newspaper", "article-magazine", "post-weblog", "webpage", "broadcast", "interview", "graphic"]
"""CSL's names for what a newspaper, a magazine, a blog, a site or a broadcaster publishes."""

Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
"""ISO 3166-1 alpha-2."""

Issn = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{3}[0-9X]$(?!\n)")]

Edtf = Annotated[
    str,
    Meta(
        pattern=(
            r"^-?[0-9]{4}(-(2[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])"
            r"(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?))?[~?%]?$(?!\n)"
        ),
        max_length=40,
    ),
]
"""ISO 8601-2 (EDTF) level 0 date or date-time, with the seasons (21-24) and the qualifiers (~ ? %) of level 1."""


class Creator(Base, frozen=True, kw_only=True):
    """A person in name parts, or `literal`: an organisation or a name that cannot be split.

    `printed` keeps the name as it stands on the page; `native` the form in its own script where both are printed.
    """

    given: Line | None = None
    family: Line | None = None
    particle: Line | None = None
    suffix: Line | None = None
    literal: Line | None = None
    native: Line | None = None
    printed: Line | None = None
    role: Line | None = None
    job_title: Line | None = None
    place: Line | None = None
    email: Email | None = None


class Agency(Base, frozen=True, kw_only=True):
    """A news agency and the part it plays: in the byline, the dateline, a picture credit, or quoted as a source."""

    name: Line
    abbreviation: Line | None = None
    role: Literal["byline", "dateline", "photo", "source"]
    kind: Literal["text", "text+photo", "photo", "broadcaster", "press-release", "handout", "defunct"] | None = None


class DateValue(Base, frozen=True, kw_only=True):
    """A date in EDTF, how precise it is, and, where it was inferred, on what basis."""

    edtf: Edtf
    precision: Literal["year", "season", "month", "day", "time"]
    inferred: bool = False
    basis: Passage | None = None


class Photo(Base, frozen=True, kw_only=True):
    """A picture of the article; the same picture or caption twice on a page is one photo."""

    caption: Passage | None = None
    credit: Line | None = None
    photographers: tuple[Creator, ...] = ()
    agencies: tuple[Line, ...] = ()
    distributor: Line | None = None
    description: Passage | None = None
    date: DateValue | None = None
    url: Address | None = None


class Publication(Base, frozen=True, kw_only=True):
    """Where the article was published."""

    name: Line
    native_name: Line | None = None
    short_name: Line | None = None
    place: Line | None = None
    country: Country | None = None
    issn: tuple[Issn, ...] = ()
    domain: Line | None = None
    publisher: Line | None = None
    medium: Literal["newspaper", "magazine", "broadcaster", "agency", "web"] | None = None


class Dateline(Base, frozen=True, kw_only=True):
    """The line that opens a wire story: `SEOUL, Sept. 3 (Yonhap) --`."""

    place: Line | None = None
    agency: Line | None = None
    text: Line


class Dates(Base, frozen=True, kw_only=True):
    """The dates of an article, each absent unless the page proves it."""

    published: DateValue | None = None
    modified: DateValue | None = None
    accessed: DateValue | None = None
    archived: DateValue | None = None


NO_DATES = Dates()
"""The one empty struct of dates: msgspec leaves a default out of JSON where it is the same object, not an equal one."""


class Article(Base, frozen=True, kw_only=True):
    """A news article (or, with kind `graphic`, a news photograph) as read or given."""

    kind: Kind = "article-newspaper"
    headline: Line | None = None
    short_title: Line | None = None
    subtitle: Line | None = None
    original_title: Line | None = None
    byline: Line | None = None
    authors: tuple[Creator, ...] = ()
    contributors: tuple[Creator, ...] = ()
    editors: tuple[Creator, ...] = ()
    translators: tuple[Creator, ...] = ()
    emails: tuple[Email, ...] = ()
    agencies: tuple[Agency, ...] = ()
    photos: tuple[Photo, ...] = ()
    publication: Publication | None = None
    section: tuple[Line, ...] = ()
    column: Line | None = None
    genre: Line | None = None
    edition: Line | None = None
    page: Line | None = None
    dateline: Dateline | None = None
    dates: Dates = NO_DATES
    url: Address | None = None
    archive_url: Address | None = None
    doi: Line | None = None
    language: Language | None = None
    abstract: Passage | None = None
    keywords: tuple[Line, ...] = ()
    rights: Passage | None = None
    access: Line | None = None
    note: Passage | None = None
    evidence: dict[str, tuple[Evidence, ...]] = {}
    warnings: tuple[Warning, ...] = ()
