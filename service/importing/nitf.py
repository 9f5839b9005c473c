"""NITF 3: head and body of each `nitf` in the file."""

from collections.abc import Iterator

from lxml import etree

from service.importing import dates, names
from service.importing.draft import Draft, Fault, unfold
from service.importing.xml import all_of, first, text, tree

PUBDATA = (
    ("name", "publication.name"),
    ("position.sequence", "page"),
    ("edition.name", "edition"),
    ("ex-ref", "url"),
)
ROLES = ("byline", "dateline", "photo", "source")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(source: str) -> Iterator[Draft | Fault]:
    """The documents, in order."""
    root, faults = tree(source)
    yield from faults
    for document in root.iter("nitf"):
        yield _draft(document)


def _draft(document: etree._Element) -> Draft:
    draft = Draft(document.sourceline or 1)
    draft.values["kind"] = "article-newspaper"
    draft.put("language", document.get(LANG))
    for data in all_of(document, "head/pubdata"):
        for name, path in PUBDATA:
            draft.put(path, data.get(name))
        for part in (data.get("position.section") or "").split(" > "):
            draft.add("section", part)
        for part in (data.get("issn") or "").split(","):
            draft.add("publication.issn", part)
        dates.put(draft, "published", data.get("date.publication"))
    _docdata(draft, document)
    for head in all_of(document, "body/body.head"):
        _head(draft, head)
    if "headline" not in draft.values:
        draft.put("headline", first(document, "head/title"))
    for n, media in enumerate(all_of(document, "body/body.content/media"), 1):
        _photo(draft, f"photos.{n}", media)
    messages = (message.get("info") or "" for message in all_of(document, "head/docdata/ed-msg"))
    draft.rest, others = unfold(messages)
    draft.put("note", "\n".join(others) or draft.rest.pop("note", None))
    return draft


def _docdata(draft: Draft, document: etree._Element) -> None:
    for data in all_of(document, "head/docdata"):
        for identifier in all_of(data, "doc-id"):
            found = identifier.get("id-string") or ""
            draft.put("doi", found if found.startswith("10.") else None)
        for issue in all_of(data, "date.issue"):
            dates.put(draft, "published", issue.get("norm"))
        for release in all_of(data, "date.release"):
            dates.put(draft, "modified", release.get("norm"))
        for rights in all_of(data, "doc.rights"):
            draft.put("rights", rights.get("owner"))
        for owner in all_of(data, "doc.copyright"):
            holder = owner.get("holder")
            draft.put("publication.publisher", holder if holder != draft.values.get("publication.name") else None)
        for keyword in all_of(data, "key-list/keyword"):
            draft.add("keywords", keyword.get("key"))


def _head(draft: Draft, head: etree._Element) -> None:
    draft.put("headline", first(head, "hedline/hl1"))
    draft.put("subtitle", first(head, "hedline/hl2"))
    draft.put("abstract", first(head, "abstract"))
    bylines = list(all_of(head, "byline"))
    draft.put("byline", (bylines[0].text or "").strip() if bylines else None)
    for line in bylines:
        title, place = first(line, "byttl") or None, first(line, "location") or None
        for name in _names(line):
            draft.person("authors", name | {"job_title": title, "place": place})
    n = 0
    for distributor in all_of(head, "distributor"):
        for agency in list(all_of(distributor, "org")) or [distributor]:
            n += 1
            role = agency.get("value")
            draft.put(f"agencies.{n}.name", text(agency))
            draft.put(f"agencies.{n}.role", role if role in ROLES else "source")
    for line in all_of(head, "dateline"):
        draft.put("dateline.text", (line.text or "").strip() or text(line))
        draft.put("dateline.place", first(line, "location"))


def _names(holder: etree._Element) -> Iterator[dict[str, str | None]]:
    """The persons and organisations of a line, in order."""
    for child in holder.iter("person", "org"):
        family, given = first(child, "name.family"), first(child, "name.given")
        if child.tag == "person" and (family or given):
            yield names.two_fields(family, given) | {"suffix": first(child, "name.suffix") or None}
        elif child.tag == "person":
            yield names.spoken(text(child))
        elif child.get("value") != "distributor":
            yield {"literal": text(child)}


def _photo(draft: Draft, path: str, media: etree._Element) -> None:
    for reference in all_of(media, "media-reference"):
        draft.put(f"{path}.url", reference.get("source"))
        draft.put(f"{path}.description", text(reference))
    draft.put(f"{path}.caption", first(media, "media-caption"))
    for producer in all_of(media, "media-producer"):
        draft.put(f"{path}.credit", (producer.text or "").strip())
        for name in _names(producer):
            if "family" in name:
                draft.person(f"{path}.photographers", name)
            else:
                draft.add(f"{path}.agencies", name.get("literal"))
        for agency in all_of(producer, "org"):
            if agency.get("value") == "distributor":
                draft.put(f"{path}.distributor", text(agency))
    for metadata in all_of(media, "media-metadata"):
        if metadata.get("name") == "date":
            draft.put(f"{path}.date.edtf", dates.edtf(metadata.get("value") or ""))
