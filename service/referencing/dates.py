"""EDTF dates as CSL dates (ISO 8601-2 level 1; CSL 1.0.2, “Dates”)."""

import re
from typing import Any

_EDTF = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?([~?%]?)")

SPRING = 21
"""EDTF numbers the seasons 21 to 24, CSL 1 to 4."""


def csl_date(edtf: str, *, coarse: bool = False) -> dict[str, Any]:
    """The object form of a date; a time of day has no place in CSL.

    Approximate and uncertain dates both become `circa`, the only mark CSL has. `coarse` gives of such a date the year
    alone: a month that was reasoned out is not printed as if it were known.
    """
    match = _EDTF.fullmatch(edtf)
    if match is None:
        return {"literal": edtf}
    year, month, day, unsure = match.groups()
    parts = [int(year)]
    date: dict[str, Any] = {"date-parts": [parts]}
    if unsure:
        date["circa"] = True
    if unsure and coarse:
        return date
    if month and int(month) >= SPRING:
        date["season"] = int(month) - SPRING + 1
    elif month:
        parts.append(int(month))
        if day:
            parts.append(int(day))
    return date
