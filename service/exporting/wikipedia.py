"""Wikipedia's citation templates, `{{cite news}}` first (Citation Style 1)."""

import re

from schemas.article import Article, Creator
from service.exporting.dates import SEASONS, Moment
from service.exporting.fields import fold
from service.exporting.names import authors, first, is_person, last
from service.exporting.reference import Reference, strung

TEMPLATES = {
    "article-newspaper": ("cite news", "newspaper"),
    "article-magazine": ("cite magazine", "magazine"),
    "post-weblog": ("cite web", "website"),
    "webpage": ("cite web", "website"),
    "broadcast": ("cite news", "work"),
    "interview": ("cite interview", "work"),
    "graphic": ("cite web", "website"),
}
MONTH_NAMES = "January February March April May June July August September October November December"
MONTHS = MONTH_NAMES.split(" ")
PEOPLE = (("author", ""), ("editor", "editor-"), ("translator", "translator-"))
PARAMETERS = (
    ("location", "place"),
    ("publisher", "publisher"),
    ("edition", "edition"),
    ("doi", "doi"),
    ("language", "language"),
)
ACCESS = {"subscription", "registration", "limited"}
MARKUP = {
    "|": "{{!}}",
    "[": "&#91;",
    "]": "&#93;",
    "{": "&#123;",
    "}": "&#125;",
    "<": "&lt;",
    ">": "&gt;",
    "~": "&#126;",
    "&": "&amp;",
}
SPECIAL = re.compile(r"[|\[\]{}<>~]|&(?=#?\w+;)|''+")
URL = str.maketrans(
    {"|": "%7C", "[": "%5B", "]": "%5D", "{": "%7B", "}": "%7D", "<": "%3C", ">": "%3E", '"': "%22", " ": "%20"}
)


def wikitext(text: str) -> str:
    """One line in which nothing is markup: pipes, brackets, braces, tags, entities, doubled apostrophes."""
    return SPECIAL.sub(lambda found: MARKUP.get(found[0]) or "&#39;" * len(found[0]), fold(text))


def address(text: str) -> str:
    """A URL that ends neither the parameter nor the link."""
    return fold(text).translate(URL).replace("''", "%27%27")


def date(when: Moment) -> str:
    """`3 September 2023`, `September 2023`, `Autumn 2023`, `2023`; with doubt only a year can be marked (`c. 2023`)."""
    parts = [
        str(when.day) if when.day else "",
        MONTHS[when.month - 1] if when.month else "",
        SEASONS.get(when.season or 0, ""),
    ]
    text = " ".join(filter(None, [*parts, str(when.year)]))
    return f"c. {when.year}" if when.unsure else text


def people(prefix: str, creators: list[Creator] | tuple[Creator, ...]) -> list[tuple[str, str]]:
    """`last1`, `first1` for persons; `author1` for the rest."""
    found = []
    for n, creator in enumerate(creators, 1):
        if is_person(creator) and first(creator):
            given = " ".join(filter(None, (first(creator), creator.suffix)))
            found += [(f"{prefix}last{n}", wikitext(last(creator))), (f"{prefix}first{n}", wikitext(given))]
        else:
            found.append((f"{prefix.rstrip('-') or 'author'}{n}", wikitext(last(creator))))
    return found


def agency(article: Article) -> str:
    """The agencies that signed or filed the story, where another outlet carries it (the template's own rule)."""
    own = article.publication.name if article.publication else None
    names = dict.fromkeys(given.name for given in article.agencies if given.role in ("byline", "dateline"))
    return ", ".join(name for name in names if name != own)


def entry(reference: Reference) -> str:
    """One template on one line."""
    article, values, dates = reference.article, reference.values, reference.dates
    template, work = TEMPLATES[article.kind]
    # An agency that stands in for the author goes to |agency=, not to the names.
    by = {
        "author": authors(article) if article.kind == "graphic" else article.authors,
        "editor": article.editors,
        "translator": article.translators,
    }
    found = [pair for part, prefix in PEOPLE for pair in people(prefix, by[part])]
    others = ", ".join(" ".join(filter(None, (first(who), last(who)))) for who in article.contributors)
    found += [("others", wikitext(others))]
    found += [("date", date(dates["published"]) if "published" in dates else "")]
    found += [("title", wikitext(values.get("title", "")))]
    if "original_title" in values:
        found += [("trans-title", found.pop()[1]), ("title", wikitext(values["original_title"]))]
    found += [("url", address(values.get("url", "")))]
    found += [("url-access", article.access if article.access in ACCESS and article.url else "")]
    found += [(work, wikitext(values.get("container", ""))), ("agency", wikitext(agency(article)))]
    found += [("department", wikitext(article.column or next(iter(article.section[-1:]), "")))]
    found += [(name, wikitext(values.get(field, ""))) for name, field in PARAMETERS]
    publication = article.publication
    found += [("issn", publication.issn[0] if publication and publication.issn else "")]
    found += [("page" if (values.get("page") or "").isalnum() else "pages", wikitext(values.get("page", "")))]
    found += [("type", wikitext(values.get("genre", "Photograph" if article.kind == "graphic" else "")))]
    found += [("access-date", date(dates["accessed"]) if "accessed" in dates and article.url else "")]
    if article.archive_url and article.url and "archived" in dates and dates["archived"].day:
        found += [("archive-url", address(article.archive_url)), ("archive-date", date(dates["archived"]))]
        found += [("url-status", "live")]
    return f"{{{{{template} {' '.join(f'|{name}={text}' for name, text in found if text)}}}}}\n"


write = strung(entry)
