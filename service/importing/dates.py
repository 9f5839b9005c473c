"""Dates as reference files have them, to EDTF."""

import re
from typing import get_args

from schemas.article import Edtf
from service.importing.draft import Draft

EDTF = re.compile(get_args(Edtf)[1].pattern)
FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")
ZONE = re.compile(r"(T[\d:]+)([+-]\d\d)(\d\d)?$")
ISO_LIKE = re.compile(r"(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?(?:/.*)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WORDS = re.compile(r"[^\W\d_]+|\d+")


def edtf(text: str) -> str | None:
    """EDTF, ISO, RIS's `2023/09/03/`, `3 September 2023`, `Sept. 3, 2023`, `Autumn 2023`, `c. 2023`; else None."""
    text = ZONE.sub(lambda found: f"{found[1]}{found[2]}:{found[3] or '00'}", FRACTION.sub("", text.strip()))
    for candidate in (text, text.replace(" ", "T"), text.split("T")[0], text.split(" ")[0]):
        if "-" in candidate and EDTF.fullmatch(candidate):
            return candidate
    if EDTF.fullmatch(text):
        return text
    if found := ISO_LIKE.fullmatch(text.replace(" ", "")):
        return compose(found[1], found[2], found[3])
    return _in_words(text)


def compose(year: str | int, month: str | int | None = None, day: str | int | None = None) -> str | None:
    """EDTF from numbers; an impossible month or day is left out."""
    number, month, day = int(year), int(month or 0), int(day or 0)
    text = f"{number:05d}" if number < 0 else f"{number:04d}"
    if not 1 <= month <= 12:
        return text
    return f"{text}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{text}-{month:02d}"


def _in_words(text: str) -> str | None:
    words = [word.lower() for word in WORDS.findall(text)]
    years = [word for word in words if word.isdigit() and len(word) == 4]
    days = [word for word in words if word.isdigit() and len(word) <= 2]
    months = [MONTHS.index(word[:3]) + 1 for word in words if word[:3] in MONTHS and not word.isdigit()]
    seasons = [SEASONS[word] for word in words if word in SEASONS]
    if len(years) != 1:
        return None
    doubt = "~" if words[0] in ("c", "ca", "circa") else ""
    if seasons:
        return f"{years[0]}-{seasons[0]}{doubt}"
    if not months:
        return years[0] + doubt if len(words) == 1 + bool(doubt) else None
    return f"{compose(years[0], months[0], days[0] if len(days) == 1 else None)}{doubt}"


def put(draft: Draft, name: str, text: str | None) -> None:
    """One of the article's dates, if the text is one; what is not a date is a doubt."""
    if not text or not text.strip() or text.strip().lower() in ("n.d.", "nodate", "no date"):
        return
    if found := edtf(text):
        draft.values[f"dates.{name}.edtf"] = found
    else:
        draft.doubts.append(f"{text.strip()!r} is not understood as a date")
