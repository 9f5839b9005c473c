"""The article's pictures: figures, captions, credits beside them, and what image objects of the metadata say."""

import re
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct

from schemas.article import Photo
from service.parsing.credit import Credit, read_credit
from service.parsing.page.candidate import Candidate, fold, line, passage, tidy
from service.parsing.page.structured import Item, name_of, resolved, types_of
from service.parsing.page.view import AWAY, CAPTION, CREDIT, FIGURE, View

LABEL = re.compile(
    r"^\W*(?:foto|photo|bild|image|picture|credit|quelle|source|copyright|©|\(c\)|ⓒ|crédit|imagen|fotograf|valokuva|kuva|写真|사진|图)", re.IGNORECASE
)
LABELLED = re.compile(r"[:：/©=]|\bby\b|\bvon\b|courtesy", re.IGNORECASE)
SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "srcset", "data-srcset")
LONGEST_CREDIT = 250
LONGEST_CAPTION = 2000
MOST = 60


class Found(Struct, frozen=True):
    """A picture and where it was read."""

    photo: Photo
    candidate: Candidate


def find_photos(view: View, items: list[Item], index: dict[str, dict[str, Any]], language: str | None, first: int) -> list[Found]:
    """Every picture of the article with a caption or a credit, each once, in the page's order.

    `first` is where the article begins in the text; pictures far above it and below its end are other articles'.
    """
    found = shown(view, language, first)
    if not any(f.photo.credit for f in found):
        found += declared(items, index, language)
    return merged(found)[:MOST]


def shown(view: View, language: str | None, first: int) -> list[Found]:
    """Figures, captions outside of figures, credits beside an image."""
    found: list[Found] = []
    low, high = first - 2500, view.body[1] + 2500 if view.body[1] >= 0 else len(view.text)
    done = -1
    image = -1
    for index, element in enumerate(view.elements):
        if element.tag == "img":
            image = index
            said = from_attributes(view, index, language) if not view.bits[index] & AWAY else None
            if said:
                found.append(said)
        if index <= done or view.bits[index] & AWAY or not low <= element.start <= high:
            continue
        own, size = view.own[index], element.end - element.start
        if element.tag == "figure":
            if holds(view, index, "figure"):
                continue
            done = element.last
            row = from_box(view, index, language)
        elif own & CAPTION and 3 < size <= LONGEST_CAPTION and element.tag not in {"img", "table", "button", "label", "a"}:
            done = element.last
            row = from_box(view, index, language)
        elif own & CREDIT and 2 < size <= LONGEST_CREDIT and not view.bits[index] & (CAPTION | FIGURE) and 0 <= image and index - image < 14:
            done = element.last
            row = from_box(view, index, language) if element.start - view.elements[image].start < 400 else None
        else:
            continue
        if row is not None:
            found.append(row)
    return found or from_lines(view, language, low, high)


def holds(view: View, index: int, tag: str) -> bool:
    """Is there an element of this kind inside?"""
    return any(view.elements[n].tag == tag for n in range(index + 1, view.elements[index].last + 1))


def from_box(view: View, index: int, language: str | None) -> Found | None:
    """One figure, caption or credit element: its credit elements first, else the credit that ends its caption."""
    box = view.elements[index]
    credits: list[tuple[int, int]] = []
    caption: tuple[int, int] | None = None
    source = ""
    skip = -1
    for n in range(index, box.last + 1):
        element, own = view.elements[n], view.own[n]
        size = element.end - element.start
        if element.tag == "img" and not source:
            source = address(view, element.attributes)
        if n <= skip or not size:
            continue
        if own & CREDIT and size <= LONGEST_CREDIT and element.tag not in {"figure", "figcaption", "img"} and (n > index or box.tag != "figure"):
            credits.append((element.start, element.end))
            skip = element.last
        elif own & CAPTION and caption is None and size <= LONGEST_CAPTION and n > index:
            caption = (element.start, element.end)
    start, end = caption or (box.start, box.end)
    if end - start > LONGEST_CAPTION:
        return None
    text = view.text[start:end]
    for low, high in reversed(credits):
        if start <= low and high <= end:
            text = text[: low - start] + " " + text[high - start :]
    text = tidy(text)
    made: Credit | None = None
    credit: str | None = None
    place = (start, end)
    rule = "caption of a figure"
    if credits:
        parts = [tidy(view.text[low:high]) for low, high in credits]
        readings = [(read_credit(part, language), part) for part in parts if part]
        named = [(reading, reading.credit if reading and not reading.caption else without_label(part)) for reading, part in readings]
        seen: dict[str, str] = {}
        for _, name in named:
            if name and fold(name):
                seen.setdefault(fold(name), name)
        credit = " | ".join(seen.values()) or None
        made = read_credit(credit, language) if credit and len(seen) > 1 else next((r for r, _ in named if r), None)
        place, rule = credits[0], "element marked as credit"
    if credit is None and text:
        made = read_credit(text, language)
        if made is not None:
            credit, text = made.credit, tidy(made.caption or "")
            rule = "credit at the end of a caption" if text else "credit line"
    if not credit and not text:
        return None
    confidence = 0.85 if credits else made.confidence if made else 0.7
    candidate = Candidate(None, "dom", rule, confidence, view.path(index), view.text[place[0] : place[1]], *place)
    return Found(photo(text, credit, made, source), candidate)


def photo(caption: str, credit: str | None, made: Credit | None, source: str, description: str | None = None) -> Photo:
    """A photo of its parts."""
    return Photo(
        caption=passage(caption),
        credit=line(credit),
        photographers=made.photographers if made else (),
        agencies=tuple(name for a in made.agencies if (name := line(a.name))) if made else (),
        distributor=line(made.distributor) if made else None,
        description=passage(description),
        url=source or None,
    )


def without_label(text: str) -> str:
    """`Foto: X`, `© X` → X."""
    return re.sub(
        r"^\W*(?:(?:fotos?|photos?|bild(?:er|quelle|nachweis|rechte)?|images?|pictures?|credits?|quelle|source|copyright|crédit(?:s)?(?: photo)?|crédito|©|\(c\)|ⓒ)\s*(?:by|von|de|:|/|©|：)*\s*)+(?=\S)",
        "",
        text,
        flags=re.IGNORECASE,
    ).strip(" ()[]|,;")


def address(view: View, attributes: dict[str, str | None]) -> str:
    """The image's address, absolute where the page's is known; data: addresses are placeholders."""
    for name in SOURCES:
        value = (attributes.get(name) or "").strip().split(" ")[0].rstrip(",")
        if value and not value.startswith("data:"):
            try:
                return tidy(urljoin(view.document.url or view.canonical or "", value))[:8192]
            except ValueError:
                return ""
    return ""


def from_attributes(view: View, index: int, language: str | None) -> Found | None:
    """A credit in the title or alt of an image, where a label says that it is one."""
    attributes = view.elements[index].attributes
    for name in ("title", "alt", "data-credit", "data-copyright", "data-caption"):
        value = tidy(attributes.get(name))
        if not 5 < len(value) < 600 or not (name.startswith("data-c") or LABELLED.search(value)):
            continue
        made = read_credit(value, language)
        if made is not None and (made.labelled or name in {"data-credit", "data-copyright"}):
            candidate = Candidate(None, "dom", f"credit in the {name} of an image", 0.6, f"{view.path(index)}[{name}]", value)
            return Found(photo(tidy(made.caption or ""), made.credit, made, address(view, attributes)), candidate)
    return None


def from_lines(view: View, language: str | None, low: int, high: int) -> list[Found]:
    """Labelled credits in lines of their own, for pages whose markup says nothing."""
    found: list[Found] = []
    at = 0
    for row in view.text.split("\n"):
        start, at = at, at + len(row) + 1
        if not 5 < len(row) <= 400 or not low <= start <= high or not (LABEL.match(row) or "©" in row or "Foto:" in row or "Photo:" in row):
            continue
        index = view.at(start)
        if index >= 0 and view.bits[index] & AWAY:
            continue
        made = read_credit(row, language)
        if made is None or not made.labelled:
            continue
        candidate = Candidate(None, "dom", "line with a credit label", 0.6, view.path(index), row, start, start + len(row))
        found.append(Found(photo(tidy(made.caption or ""), made.credit, made, ""), candidate))
    return found


def declared(items: list[Item], index: dict[str, dict[str, Any]], language: str | None) -> list[Found]:
    """Image objects of the article that name a credit."""
    found: list[Found] = []
    for item in items[:1]:
        for raw in item.values("image")[:20]:
            value = resolved(raw, index)
            if not isinstance(value, dict) or not {"imageobject", "photograph", ""} & {*types_of(value), ""}:
                continue
            names = [name_of(value.get(key)) for key in ("creditText", "copyrightNotice", "creator", "author", "copyrightHolder")]
            credit = next((without_label(name) for name in names if name and not name.startswith("http")), None)
            caption = name_of(value.get("caption")) or name_of(value.get("description"))
            if not credit and caption:
                made = read_credit(caption, language)
                if made is not None and made.labelled:
                    credit, caption = made.credit, tidy(made.caption or "")
            if not credit:
                continue
            source = name_of(value.get("contentUrl")) or name_of(value.get("url"))
            candidate = Candidate(None, item.data.source, "image object of the article", 0.5, f"{item.data.path}/image", credit)
            found.append(Found(photo(caption, credit, read_credit(credit, language), source[:8192]), candidate))
    return found


def merged(found: list[Found]) -> list[Found]:
    """The same picture or caption twice is one photo; the fuller reading stays."""
    kept: list[Found] = []
    for row in found:
        for n, other in enumerate(kept):
            if same(row.photo, other.photo):
                if worth(row.photo) > worth(other.photo):
                    kept[n] = row
                break
        else:
            kept.append(row)
    return kept


def same(a: Photo, b: Photo) -> bool:
    """One picture, by its address, its caption, or a credit without a caption."""
    if a.caption and b.caption:
        return fold(a.caption) == fold(b.caption) or (fold(a.caption) in fold(b.caption) and a.credit == b.credit)
    if a.url and a.url == b.url:
        return True
    return bool(a.credit and b.credit and fold(a.credit) == fold(b.credit)) and not (a.url and b.url)


def worth(a: Photo) -> int:
    """How much a reading says."""
    return 2 * bool(a.credit) + bool(a.caption) + bool(a.url)
