"""The article's pictures: figures, captions, credits beside them, and what image objects of the metadata say."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from schemas.article import Creator, Photo
from schemas.document import (
    ARTICLE,
    AUTHOR,
    AWAY,
    BODY,
    BREADCRUMB,
    CAPTION,
    COMMENT,
    CREDIT,
    FIGURE,
    FURNITURE,
    LINKED,
    NAVIGATION,
)
from service.parsing.agency import find_agency
from service.parsing.credit import Credit, may_hold_credit, read_credit
from service.parsing.dates import read_dates
from service.parsing.names import name_likeness
from service.parsing.page.candidate import Candidate, fold, line, passage, tidy
from service.parsing.page.credits import at_end, named_agencies, without_label, without_rights
from service.parsing.page.structured import Item, absolute, name_of, resolved, types_of
from service.parsing.page.view import View
from service.parsing.publication import find_row
from service.parsing.sources import names_source
from service.parsing.vocabulary import leads
from service.parsing.words import places_of

_LABELS = (
    "foto|photo|bild|image|picture|credit|quelle|source|copyright|©|\\(c\\)|ⓒ|crédit|imagen|valokuva|kuva|写真|사진|图"
)
LABEL = re.compile(rf"^\W*(?:{_LABELS})", re.IGNORECASE)
OPENING = re.compile(rf"\n[^\w\n]*(?:{_LABELS})", re.IGNORECASE)
"""The same of the lines of a whole text."""
LABELLED = re.compile(r"[:：/©=]|\bby\b|\bvon\b|courtesy", re.IGNORECASE)
SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "srcset", "data-srcset")
SMALL = frozenset(("small", "cite", "footer", "em", "i", "span", "strong", "b", "p", "div"))
NO_CAPTION = frozenset(("img", "table", "button", "label", "a", "body", "main", "article", "video"))
ELSEWHERE = NAVIGATION | BREADCRUMB | COMMENT
WIRE = re.compile(r"\([^()]*\b(?:Photo|Foto|via|Getty Images)\b[^()]*\)\s*$")
LONGEST_CREDIT = 250
LONGEST_CAPTION = 2000
MOST = 60


class Found(Struct, frozen=True, gc=False):
    """A picture and where it was read."""

    photo: Photo
    candidate: Candidate


def find_photos(
    view: View, items: list[Item], index: dict[str, dict[str, Any]], language: str | None, first: int
) -> list[Found]:
    """Every picture of the article with a caption or a credit, each once, in the page's order.

    `first` is where the article begins in the text; pictures far above it and below its end are other articles'.
    """
    found = shown(view, language, first)
    if not any(f.photo.credit for f in found):
        found += declared(items, index, language)
    return merged(found)[:MOST]


def taken_by(photos: list[Found], photographers: tuple[Creator, ...]) -> list[Found]:
    """The pictures with the byline's photographer (Text: X, Fotos: Y), where no picture has a credit of its own."""
    if len(photographers) != 1 or any(f.photo.credit for f in photos):
        return photos
    name = line(photographers[0].printed)
    return [replace(f, photo=replace(f.photo, credit=name, photographers=photographers)) if name else f for f in photos]


def shown(view: View, language: str | None, first: int) -> list[Found]:
    """Figures, captions outside of figures, credits beside an image."""
    found: list[Found] = []
    last = view.body[1]
    low, high = first - 2500, last + 2500 if last >= 0 else len(view.text)
    boxes: list[tuple[int, int]] = []
    done = image = -1
    for index in sorted({*view.called(CAPTION | CREDIT | AUTHOR | FIGURE), *view.tagged.get("img", ())}):
        bits, element = view.bits[index], view.elements[index]
        if element.tag == "img":
            image = index
            apart = bits & AWAY or (bits & LINKED and element.start > last >= 0)  # teasers below the text
            said = from_attributes(view, index, language) if not apart and low <= element.start <= high else None
            if said:
                found.append(said)
        if index <= done or bits & ELSEWHERE or not low <= element.start <= high:
            continue
        # Teasers and galleries share their class names with the lead picture: inside the article a credit decides.
        doubtful = bool(bits & FURNITURE)
        if doubtful and not first - 1500 <= element.start <= last:
            continue
        own, size = view.own[index], element.end - element.start
        if element.tag == "figure":
            if holds(view, index, "figure"):
                continue
        elif own & CAPTION and 3 < size <= LONGEST_CAPTION and element.tag not in NO_CAPTION:
            pass
        elif own & (CREDIT | AUTHOR) and 2 < size <= LONGEST_CREDIT and element.tag not in NO_CAPTION:
            beside = image >= 0 and index - image < 30 and element.start - view.elements[image].start < 400
            if not beside or bits & (CAPTION | FIGURE) or (own & AUTHOR and not own & CREDIT):
                continue
            words = view.words(index)
            if (names_source(words) and not near_image(view, index, 4)) or names_helpers(words):
                continue  # of the text
        else:
            continue
        done = element.last
        if bits & LINKED or (own & AUTHOR and not own & CREDIT) or portrait(view, index):
            continue
        row = from_box(view, index, language)
        if row is None or (doubtful and (not row.photo.credit or leads_elsewhere(view, index))):
            continue
        found.append(row)
        boxes.append((element.start, element.end))
    return found + from_lines(view, language, low, last if last >= 0 and found else high, before=found, boxes=boxes)


def portrait(view: View, index: int) -> bool:
    """Is the box the author's portrait: inside an element marked author, with no caption?"""
    for _ in range(3):
        index = view.elements[index].parent
        if index < 0 or view.own[index] & (ARTICLE | BODY | CAPTION):
            return False
        if view.own[index] & AUTHOR and view.elements[index].end - view.elements[index].start < 600:
            return True
    return False


def names_helpers(text: str) -> bool:
    """Does a line open with a word for who helped, edited or translated: With files from X?"""
    words = text[:60].casefold().split()
    known = (leads().get(" ".join(words[:n]).strip(":")) for n in range(1, min(5, len(words))))
    return any(lead is not None and lead[0] in {"contributor", "editor", "translator"} for lead in known)


def holds(view: View, index: int, tag: str) -> bool:
    """Is there an element of this kind inside?"""
    return any(view.elements[n].tag == tag for n in range(index + 1, view.elements[index].last + 1))


def leads_elsewhere(view: View, index: int) -> bool:
    """Does the box stand in a link, or hold one around a heading (a teaser)?"""
    return (
        bool(view.bits[index] & LINKED)
        or holds(view, index, "h2")
        or holds(view, index, "h3")
        or holds(view, index, "h4")
    )


def from_box(view: View, index: int, language: str | None) -> Found | None:
    """One figure, caption or credit element.

    Its credit is, in this order, what elements inside are marked as credit, a last small element or line of its own, or
    the end of the caption.
    """
    box = view.elements[index]
    if box.end - box.start > LONGEST_CAPTION:
        return None
    marked = marked_credits(view, index)
    source = next(
        (
            a
            for n in range(index, box.last + 1)
            if view.elements[n].tag == "img" and (a := address(view, view.elements[n].attributes))
        ),
        "",
    )
    buttons = [view.elements[n] for n in range(index + 1, box.last + 1) if view.elements[n].tag == "button"]
    spans = [(e.start, e.end) for e in buttons] + marked
    lines = [tidy(row) for row in without(view.text, box.start, box.end, spans).split("\n")]
    lines = [row for row in lines if row]
    made: Credit | None = None
    credit: str | None = None
    place, rule = (box.start, box.end), "caption of a figure"
    if marked:
        names: dict[str, str] = {}
        for low, high in marked:
            part = without_rights(tidy(without(view.text, low, high, spans[: len(buttons)])))
            reading = read_credit(part, language)
            if reading is not None and (not reading.caption or reading.labelled):
                made, name = made or reading, reading.credit
                if reading.caption and fold(reading.caption) not in fold(" ".join(lines)):
                    lines.append(reading.caption)
            else:
                name = without_label(part) if len(part) <= 100 else ""
                if not name:
                    lines.append(part)
            if fold(name) and not read_dates(name, language):
                names.setdefault(fold(name), name)
        credit = " | ".join(names.values()) or None
        if credit and len(names) > 1:
            made = read_credit(credit, language)
        if credit:
            place, rule = marked[0], "element marked as credit"
            if signs(lines) and not any(view.own[n] & CREDIT for n in range(index, box.last + 1)):
                return None  # a name in a figure, marked as author, alone or with the day: the author's portrait
    if credit is None:
        credit, made, lines = from_last(view, index, lines, language)
        if credit:
            rule = "last line of a figure"
    caption = " ".join(lines)
    if credit is None and caption:
        made = read_credit(without_rights(caption), language)
        unproved = at_end(caption) if made is None else None
        if made is not None:
            credit, caption = without_rights(made.credit), tidy(made.caption or "")
            rule = "credit at the end of a caption" if caption else "credit line"
        elif unproved:
            (credit, caption), rule = unproved, "end of the caption"
        elif find_row(name=caption) is not None and view.bits[index] & (CAPTION | FIGURE):
            credit, caption, rule = caption, "", "name of a publication alone"
    if not credit and (not caption or not view.bits[index] & (CAPTION | FIGURE)):
        return None
    confidence = 0.85 if marked else made.confidence if made else 0.6
    candidate = Candidate(None, "dom", rule, confidence, index, view.text[place[0] : place[1]], place[0], place[1])
    return Found(photo(caption, credit, made, source), candidate)


def signs(lines: list[str]) -> bool:
    """Is what stands beside a name nothing, or what stands in a byline: a few words and a day?"""
    beside = " ".join(lines)
    return not beside or (len(beside) < 90 and bool(read_dates(beside)))


def marked_credits(view: View, index: int) -> list[tuple[int, int]]:
    """Where the markup inside a box says credit, or author, which in a figure is the photographer; the innermost."""
    box = view.elements[index]
    spans: list[tuple[int, int]] = []
    for n in range(index, box.last + 1):
        element, own = view.elements[n], view.own[n]
        if (
            not own & (CREDIT | AUTHOR)
            or not 0 < element.end - element.start <= LONGEST_CREDIT
            or element.tag in {"figure", "img", "button"}
        ):
            continue
        if n == index and box.tag in {"figure", "figcaption"}:
            continue
        if (
            any(
                view.own[k] & (CREDIT | AUTHOR) and view.elements[k].start < view.elements[k].end
                for k in range(n + 1, element.last + 1)
            )
            and own & CAPTION
        ):
            continue
        if spans and element.start < spans[-1][1]:
            continue
        spans.append((element.start, element.end))
    return spans


def from_last(
    view: View, index: int, lines: list[str], language: str | None
) -> tuple[str | None, Credit | None, list[str]]:
    """A labelled line, or a last small element or line that is nothing but a credit."""
    for n, row in enumerate(lines):
        made = (
            read_credit(row, language) if len(row) <= LONGEST_CREDIT and (len(lines) > 1 and LABEL.match(row)) else None
        )
        if made is not None and made.labelled and not made.caption:
            return without_rights(made.credit), made, [*lines[:n], *lines[n + 1 :]]
    box = view.elements[index]
    if len(lines) > 1 and len(lines[0]) <= 80:
        made = read_credit(lines[0], language)
        if made is not None and not made.caption and (made.agencies or made.labelled):
            return without_rights(made.credit), made, lines[1:]
        if made is None and find_row(name=lines[0]) is not None:
            return lines[0], None, lines[1:]
    pieces = [lines[-1]] if len(lines) > 1 else []
    for n in range(box.last, index, -1):
        element = view.elements[n]
        if element.end == box.end and box.start < element.start < element.end and element.tag in SMALL:
            pieces.insert(0, view.words(n))
            break
    for shown in map(tidy, pieces):
        if not 1 < len(shown) <= 120 or not lines or not lines[-1].endswith(shown):
            continue
        piece = shown[1:-1].strip() if shown[0] + shown[-1] in {"()", "[]"} else shown
        made = read_credit(piece, language)
        rest = [*lines[:-1], lines[-1].removesuffix(shown).strip(" |")]
        apart = not rest[-1] or rest[-1][-1] in '.!?…”"»)'
        if made is not None and not made.caption:
            return without_rights(made.credit), made, [row for row in rest if row]
        if (
            apart
            and made is None
            and piece[-1] not in ".!?:…"
            and len(piece.split()) <= 5
            and piece[0].isupper()
            and (rest[-1] or len(rest) > 1)
            and (name_likeness(piece, language) >= 0.45 or (len(piece.split()) <= 2 and "/" in piece))
        ):
            return piece, None, [row for row in rest if row]
    return None, None, lines


def without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """A stretch of text with some spans cut out, each leaving a line break."""
    pieces, at = [], start
    for low, high in sorted(spans):
        if start <= low < high <= end and low >= at:
            pieces.append(text[at:low])
            at = high
    pieces.append(text[at:end])
    return "\n".join(pieces)


def photo(caption: str, credit: str | None, made: Credit | None, source: str, description: str | None = None) -> Photo:
    """A photo of its parts."""
    return Photo(
        caption=passage(caption),
        credit=line(credit),
        photographers=made.photographers if made else (),
        agencies=tuple(name for a in made.agencies if (name := line(a.name))) if made else named_agencies(credit or ""),
        distributor=line(made.distributor) if made else None,
        description=passage(description),
        url=source or None,
    )


def address(view: View, attributes: dict[str, str | None]) -> str:
    """The image's address, absolute where the page's is known; data: addresses are placeholders."""
    for name in SOURCES:
        value = (attributes.get(name) or "").strip().split(" ")[0].rstrip(",")
        if value and not value.startswith("data:"):
            return tidy(absolute(value, view.document.url or view.canonical))[:8192]
    return ""


def from_attributes(view: View, index: int, language: str | None) -> Found | None:
    """A credit in the title or alt of an image, where a label says that it is one."""
    attributes = view.elements[index].attributes
    for name in ("title", "alt", "data-credit", "data-copyright", "data-caption"):
        raw = attributes.get(name)
        if not raw:
            continue
        value = tidy(raw)
        if not 5 < len(value) < 600 or not (name.startswith("data-c") or "|" in value or LABELLED.search(value)):
            continue
        made = read_credit(value, language)
        caption = tidy(made.caption or "") if made else ""
        if made is None or not made.labelled:
            said, bar, last = value.rpartition(" | ")
            if bar and 1 < len(last) < 60 and ("/" in last or find_agency(last)):
                made, caption = read_credit(f"© {last}", language), said
        elif not made.caption and not (made.agencies or made.photographers):
            continue  # Illustration: a headline
        if made is None or read_dates(made.credit, language):
            continue
        if made.labelled or name in {"data-credit", "data-copyright"}:
            rule = f"credit in the {name} of an image"
            candidate = Candidate(None, "dom", rule, 0.6, index, value, attribute=name)
            return Found(photo(caption, made.credit, made, address(view, attributes)), candidate)
    return None


def from_lines(
    view: View, language: str | None, low: int, high: int, *, before: Sequence[Found], boxes: Sequence[tuple[int, int]]
) -> list[Found]:
    """Credits in lines of their own, for pages whose markup says nothing: after a label, or in a wire's brackets.

    `before` are the pictures that the markup told of, `boxes` where they stand.
    """
    found: list[Found] = []
    taken = [(f.candidate.start, f.candidate.end) for f in before if f.candidate.start is not None] + [*boxes]
    known = {fold(f.photo.credit) for f in before if f.photo.credit}
    below = rows_below_images(view, low, high)
    for n in sorted(below.union(may_credit_rows(view, view.numbers(low, high)))):
        start, row = view.row_starts[n], view.row_texts[n]
        if not 5 < len(row) <= 600:
            continue
        wire = row[-1] == ")" and WIRE.search(row) is not None
        told = wire or (LABEL.match(row) and len(row) < 300) or "©" in row or "Foto:" in row
        if not told and not (n in below and len(row) < 300 and may_hold_credit(row)):
            continue
        if any(a is not None and b is not None and a < start + len(row) and start < b for a, b in taken):
            continue
        index = view.at(start)
        beneath = 0 <= view.body[0] < start and not near_image(view, index, 4)
        if beneath and names_source(row):
            continue  # of the text
        if index >= 0 and (
            view.bits[index] & (ELSEWHERE | LINKED) or (taken and not wire and not near_image(view, index))
        ):
            continue
        made = read_credit(row, language)
        if (
            made is None
            or not (made.labelled or wire)
            or (beneath and row.startswith(("©", "(©")) and made.agencies and not made.photographers)
            or not (told or ((made.photographers or made.agencies) and fold(made.credit) not in known))
            or (view.bits[index] & FURNITURE and not made.agencies and not taken)
        ):
            continue
        candidate = Candidate(None, "dom", "line with a credit label", 0.6, index, row, start, start + len(row))
        found.append(Found(photo(tidy(made.caption or ""), without_rights(made.credit), made, ""), candidate))
    return found


def rows_below_images(view: View, low: int, high: int) -> set[int]:
    """The numbers of the rows that follow an image at once: its caption, where the markup does not say so."""
    places = [
        view.elements[index].start for index in view.tagged.get("img", ()) if low <= view.elements[index].start <= high
    ]
    return {bisect_left(view.row_starts, place) for place in places} & set(view.numbers(low, high))


def may_credit_rows(view: View, rows: range) -> list[int]:
    """The numbers of the rows that open with a label, hold one of the surest, or end in a bracket as a wire's do."""
    if not rows:
        return []
    start, last = view.row_starts[rows[0]], rows[-1]
    text = f"\n{view.text[start : view.row_starts[last] + len(view.row_texts[last])]}\n"
    places = places_of(text, ("©", "Foto:", ")\n")) + [opening.end() - 1 for opening in OPENING.finditer(text)]
    return sorted({view.number(start + place - 1) for place in places})


def near_image(view: View, index: int, before: int = 10) -> bool:
    """Is there an image among the elements just before or after?"""
    return any(view.elements[n].tag == "img" for n in range(max(0, index - before), min(len(view.elements), index + 4)))


def declared(items: list[Item], index: dict[str, dict[str, Any]], language: str | None) -> list[Found]:
    """Image objects of the article that name a credit."""
    found: list[Found] = []
    for item in items[:1]:
        for raw in item.values("image")[:20]:
            value = resolved(raw, index)
            if not isinstance(value, dict) or not {"imageobject", "photograph", ""} & {*types_of(value), ""}:
                continue
            names = [
                name_of(value.get(key))
                for key in ("creditText", "copyrightNotice", "creator", "author", "copyrightHolder")
            ]
            credit = next((without_label(name) for name in names if name and not name.startswith("http")), None)
            caption = name_of(value.get("caption")) or name_of(value.get("description"))
            if not credit and caption:
                made = read_credit(caption, language)
                if made is not None and made.labelled:
                    credit, caption = made.credit, tidy(made.caption or "")
            if not credit:
                continue
            source = name_of(value.get("contentUrl")) or name_of(value.get("url"))
            candidate = Candidate(
                None, item.data.source, "image object of the article", 0.5, f"{item.data.path}/image", credit
            )
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
