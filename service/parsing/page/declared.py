"""Authors that the metadata of a page declare: structured data and author-like meta tags."""

import re
from typing import Any

from msgspec.structs import replace

from schemas.article import Creator
from service.parsing.agency import printed_agency
from service.parsing.email import find_emails
from service.parsing.names import full_name, given_names, name_likeness, read_name
from service.parsing.page.candidate import Candidate, fold, line, tidy
from service.parsing.page.mention import Mention, Reader
from service.parsing.page.structured import Item, name_of, resolved, types_of
from service.parsing.page.words import folded, words

ORGANISATIONS = frozenset(
    (
        "organization",
        "newsmediaorganization",
        "corporation",
        "organisation",
        "newspaper",
        "website",
        "localbusiness",
        "ngo",
        "educationalorganization",
    )
)
MAILED = re.compile(r"\s*[\(<\[]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[\)>\]]?\s*")
DEGREES = re.compile(r"(?:,?\s(?:Ph\.?\s?D|M\.?D|MPH|MBA|M\.?Sc|B\.?Sc|M\.?A|B\.?A|LL\.?M|J\.?D|R\.?D|R\.?N)\.?)+$")
SIGN = re.compile(r"\s*\([a-zäöüß/.]{2,5}\)$")
"""A staff sign behind a name: Elena Oberholzer (obe)."""


def from_items(reader: Reader, items: list[Item], index: dict[str, dict[str, Any]]) -> list[Mention]:
    """Author and creator of the article's objects."""
    found = []
    for item in items:
        for name in ("author", "creator"):
            values = [resolved(value, index) for value in item.values(name)]
            people: list[Creator] = []
            organisations: list[str] = []
            for value in values[:40]:
                sort_value(reader, value, people, organisations, index)
            if people or organisations:
                base = reader.weights.json_ld if item.data.source == "json-ld" else reader.weights.microdata
                weight = base * item.trust / 0.9
                quote = ", ".join([full_name(p) for p in people] + organisations)
                candidate = Candidate(
                    None,
                    item.data.source,
                    f"{name} of the article",
                    min(0.9, weight / 3),
                    f"{item.data.path}/{name}",
                    quote,
                )
                found.append(Mention(tuple(people), tuple(organisations), weight, item.data.source, candidate))
                break
    return found


def sort_value(
    reader: Reader, value: Any, people: list[Creator], organisations: list[str], index: dict[str, dict[str, Any]]
) -> None:
    """One author of structured data: a string, a Person, an Organization, or a list of them."""
    if isinstance(value, list):
        for inner in value[:40]:
            sort_value(reader, resolved(inner, index), people, organisations, index)
        return
    kinds = types_of(value) if isinstance(value, dict) else ()
    if isinstance(value, dict) and isinstance(names := value.get("name"), list) and len(names) > 1:
        for inner in names[:40]:  # a page that lists its writers in one object
            sort_value(reader, {**value, "name": inner}, people, organisations, index)
        return
    extra: dict[str, str] = {}
    if isinstance(value, dict):
        name = (
            name_of(value.get("name"))
            or " ".join(x for x in (name_of(value.get("givenName")), name_of(value.get("familyName"))) if x)
            or name_of(value)
        )
        job, email = line(name_of(value.get("jobTitle"))), tidy(value.get("email")).removeprefix("mailto:")
        if job and len(job) < 120:
            extra["job_title"] = job
        if find_emails(email):
            extra["email"] = find_emails(email)[0].address
    else:
        name = tidy(value)
    sort_name(
        reader,
        name,
        people,
        organisations,
        organisation=bool(ORGANISATIONS.intersection(kinds)),
        extra=extra,
    )


def from_metas(reader: Reader) -> list[Mention]:
    """Author-like meta tags, each a mention of its own."""
    found = []
    metas = reader.view.metas
    rows = [(name, value) for name in words().author_metas if name in metas for value in metas[name][:20]]
    for n in ("1", "2"):
        label = (reader.view.meta(f"twitter:label{n}") or "").casefold()
        if label and any(word in label for word in words().written_by):
            rows += [(f"twitter:data{n}", reader.view.meta(f"twitter:data{n}") or "")]
    merged: dict[str, tuple[list[Creator], list[str], list[str]]] = {}
    for name, value in rows:
        text = tidy(value)
        if not text or "://" in text or "www." in text or text.startswith(("@", "/")) or len(text) > 300:
            continue
        people, organisations, quotes = merged.setdefault(name, ([], [], []))
        sort_name(reader, text, people, organisations)
        quotes.append(text)
    for name, (people, organisations, quotes) in merged.items():
        if people or organisations:
            candidate = Candidate(None, "meta", "author in a meta tag", 0.65, f"meta[{name}]", ", ".join(quotes))
            found.append(Mention(tuple(people), tuple(organisations), reader.weights.meta, "meta", candidate))
    return found


def sort_name(
    reader: Reader,
    text: str,
    people: list[Creator],
    organisations: list[str],
    *,
    organisation: bool = False,
    extra: dict[str, str] | None = None,
) -> None:
    """Sort a metadata name into people and organisations."""
    text = MAILED.sub(" ", text[:400]) if "@" in text else text[:400]
    if text.endswith(")"):
        text = SIGN.sub("", text)
    text = DEGREES.sub("", text).strip(" ,;|")
    if fold(text) in folded("nobody"):
        return
    if not text or "://" in text or text.startswith("@") or len(text) > 200 or (" " not in text and find_emails(text)):
        return
    if (organisation and name_likeness(text, reader.language) < 0.7) or reader.is_site(text):
        organisations.append(text)
        return
    if reader.of_site(text):
        organisations.append(text)
        return
    given, dot, family = text.partition(".")
    if dot and family.isalpha() and given.casefold() in given_names():
        text = f"{given} {family}".title()  # the account anna.berg
    # The place says that it is an author: the grammar reads it as after a lead word.
    reading = reader.byline(f"By {text}") or reader.byline(text)
    if reading is not None and (reading.authors or reading.agencies or reading.collective):
        alone = (extra or {}) if len(reading.authors) == 1 else {}
        people += [replace(author, **alone) for author in reading.authors]
        if not reading.authors:
            organisations += [printed_agency(a, text) for a in reading.agencies] or [text]
        return
    if organisation:
        organisations.append(text)
    elif len(text.split()) <= 5 and not re.search(r"[?!:|/]|\d{3}", text):
        people.append(replace(read_name(text, reader.language), **(extra or {})))
