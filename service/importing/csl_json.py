"""CSL-JSON (1.0.2): an array of items, or one."""

from collections.abc import Iterator
from typing import Any

from service.importing import dates, kinds
from service.importing.draft import FIELDS, Draft, Fault, flat
from service.importing.json import objects, text_of, texts

KINDS = {
    kind: kind
    for kind in ("article-newspaper", "article-magazine", "post-weblog", "webpage", "broadcast", "interview", "graphic")
}
VARIABLES = (
    ("title", "headline"),
    ("title-short", "short_title"),
    ("shortTitle", "short_title"),
    ("original-title", "original_title"),
    ("container-title", "publication.name"),
    ("container-title-short", "publication.short_name"),
    ("publisher", "publication.publisher"),
    ("publisher-place", "publication.place"),
    ("genre", "genre"),
    ("edition", "edition"),
    ("page", "page"),
    ("URL", "url"),
    ("DOI", "doi"),
    ("language", "language"),
    ("abstract", "abstract"),
    ("note", "note"),
    ("license", "rights"),
)
NAMES = (("author", "authors"), ("contributor", "contributors"), ("editor", "editors"), ("translator", "translators"))
DATES = (("issued", "published"), ("accessed", "accessed"))


def from_csl(item: dict[str, Any], line: int = 1) -> Draft:
    """One item as a draft."""
    draft = Draft(line)
    kinds.put(draft, text_of(item.get("type")), KINDS)
    for variable, path in VARIABLES:
        draft.put(path, " ".join(texts(item.get(variable))) or None)
    for variable, path in (("ISSN", "publication.issn"), ("keyword", "keywords")):
        for part in (text_of(item.get(variable)) or "").split(","):
            draft.add(path, part)
    for variable, path in NAMES:
        people = item.get(variable)
        for name in people if isinstance(people, list) else []:
            if isinstance(name, dict):
                draft.person(path, _name(name))
    for variable, name in DATES:
        _date(draft, name, item.get(variable))
    custom = item.get("custom")
    if isinstance(custom, dict):
        known = {name: value for name, value in custom.items() if name in FIELDS}
        draft.rest = flat(known)
    if "column" not in draft.rest:
        if "section" in draft.rest or "custom" in item:
            draft.put("column", text_of(item.get("section")))
        else:
            draft.add("section", text_of(item.get("section")))
    return draft


def _name(name: dict[str, Any]) -> dict[str, str | None]:
    dropping, kept = text_of(name.get("dropping-particle")), text_of(name.get("non-dropping-particle"))
    return {
        "given": text_of(name.get("given")),
        "family": text_of(name.get("family")),
        "particle": " ".join(filter(None, (dropping, kept))) or None,
        "suffix": text_of(name.get("suffix")),
        "literal": text_of(name.get("literal")),
    }


def _date(draft: Draft, name: str, date: Any) -> None:
    """A CSL date in its object form, a raw text, or a bare year."""
    if not isinstance(date, dict):
        dates.put(draft, name, text_of(date))
        return
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [int(part) for part in map(str, first) if part.lstrip("-").isdigit() and len(part) <= 5]
    if not numbers:
        dates.put(draft, name, text_of(date.get("raw")) or text_of(date.get("literal")) or text_of(date.get("edtf")))
        return
    season = text_of(date.get("season"))
    if season in ("1", "2", "3", "4"):
        found: str | None = f"{dates.compose(numbers[0])}-2{season}"
    else:
        found = dates.compose(*numbers[:3])
    draft.values[f"dates.{name}.edtf"] = f"{found}{'~' if date.get('circa') else ''}"


def read(text: str) -> Iterator[Draft | Fault]:
    """The items, in order."""
    for found in objects(text):
        if isinstance(found, Fault):
            yield found
        elif "type" not in found[1] and "title" not in found[1]:
            yield Fault(found[0], "not a CSL item: no type")
        else:
            yield from_csl(found[1], found[0])
