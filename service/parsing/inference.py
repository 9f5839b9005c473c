"""A date inferred from what the text says (FACTS section 5): opt-in, flagged, and with its basis; never the clock.

“the 75th anniversary of …” and “established … on Sept. 9, 1948” prove 2023 where both speak of the same day of the
year; the month is the one the anniversary falls in. No single day can be proved.
"""

import re

from msgspec import Struct

from schemas.article import DateValue
from service.parsing.dates import month_number, read_dates

_ANNIVERSARY = re.compile(
    r"\b([1-9][0-9]{0,2})(?:st|nd|rd|th|\.|e|er|ème|º|°)?[\s-]+(?:anniversar(?:y|ies)|jahrestag(?:s|es)?|aniversario|aniversário"
    r"|anniversaire|anniversario)\b|([1-9][0-9]{0,2})\s?(?:주년|周年|週年)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b([^\W\d_]{3,10})\.?\s([0-3]?[0-9])\b(?!,?\s?[0-9]{4})|\b([0-3]?[0-9])\.?\s(?:de\s)?([^\W\d_]{3,10})\b(?!\.?\s(?:de\s)?[0-9]{4})"
)
_NEAR = 160
"""Characters between an anniversary and the day it falls on: a sentence."""


class Inferred(Struct, frozen=True):
    """An inferred date and the two places of the text that prove it."""

    value: DateValue
    spans: tuple[tuple[int, int], ...]


def infer_date(text: str, language: str | None = None) -> Inferred | None:
    """The year and month that a stated anniversary gives, where the founding day is stated too; None where unproved."""
    founded = {(r.value.edtf[5:10]): r for r in reversed(read_dates(text, language)) if r.value.precision == "day"}
    proofs: dict[str, Inferred] = {}
    for found in _ANNIVERSARY.finditer(text):
        count = int(found[1] or found[2])
        sentence = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _NEAR)
        for day in _DAY.finditer(text, sentence, found.end() + _NEAR):
            month = month_number(day[1] or day[4], language)
            number = int(day[2] or day[3])
            origin = founded.get(f"{month:02}-{number:02}") if month else None
            if origin is None or not month:
                continue
            year = int(origin.value.edtf[:4]) + count
            if not 1900 <= year <= 2100:
                continue
            quote = " ".join(text[found.start() : found.end()].split())
            basis = (
                f"The text speaks of the {quote} on {' '.join(day[0].split())}, and of "
                f"{' '.join(text[origin.start : origin.end].split())}: {year}. The day of publication is not stated."
            )
            value = DateValue(edtf=f"{year:04}-{month:02}~", precision="month", inferred=True, basis=basis)
            proofs[value.edtf] = Inferred(value, ((found.start(), found.end()), (origin.start, origin.end)))
    return next(iter(proofs.values())) if len(proofs) == 1 else None
