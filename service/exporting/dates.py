"""An EDTF date taken apart into what the reference formats print."""

import re
from typing import NamedTuple

from schemas.article import DateValue

EDTF = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(.+?))?)?)?([~?%]?)$")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}


class Moment(NamedTuple):
    """Year, month, day and season as numbers; `time` as written; `unsure` one of `~ ? %`, or empty."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    time: str = ""
    unsure: str = ""

    @property
    def year_text(self) -> str:
        """Four digits, as ISO 8601 wants them."""
        return f"{self.year:05d}" if self.year < 0 else f"{self.year:04d}"

    @property
    def day_text(self) -> str:
        """`2023-09-03`, `2023-09` or `2023`: as much of an ISO date as there is; a season counts as its year."""
        rest = [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join([self.year_text, *rest])

    @property
    def stamp(self) -> str:
        """The day, and the time where one is known: ISO 8601."""
        return f"{self.day_text}T{self.time}" if self.time else self.day_text

    @property
    def edtf(self) -> str:
        """ISO 8601-2 again: the stamp with season and qualifier."""
        return (f"{self.year_text}-{self.season}" if self.season else self.stamp) + self.unsure

    @property
    def exact(self) -> bool:
        """Whether `day_text` says all there is."""
        return not (self.season or self.time or self.unsure)


def moment(date: DateValue) -> Moment:
    """The parts of an EDTF date."""
    found = EDTF.match(date.edtf)
    if found is None:  # the struct's own pattern lets nothing else through
        raise ValueError(date.edtf)
    year, month, day, time, unsure = found.groups()
    number = int(month) if month else None
    season = number if number and number > 12 else None
    return Moment(int(year), None if season else number, int(day) if day else None, season, time or "", unsure)
