"""Dates as metadata write them: ISO 8601, seconds of the epoch, RFC 5322, figures without signs."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from schemas.article import DateValue
from service.parsing.dates import read_dates

ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?::\d{2})?|[+-]\d{2})?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?\s*$")
EARLIEST = 1985
"""Years before are the epoch of a machine, not a day of the web."""


def stamp(value: object, language: str | None = None) -> DateValue | None:
    """A metadata value as a date: ISO 8601, seconds of the epoch, RFC 5322, or as people print it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return from_epoch(float(value))
    if not isinstance(value, str):
        return None
    match = ISO.match(value)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        return made(year, month, day, hour=hour, minute=minute, second=second, zone=zone)
    match = COMPACT.match(value)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        whole = made(year, month, day, hour=hour, minute=minute, second=second, zone=zone)
        if whole:
            return whole
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return from_epoch(float(text))
    if "," in text[:12] and len(text) < 60:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            moment = None
        if moment is not None:
            zone = "Z" if moment.tzinfo is UTC else moment.strftime("%z")
            return made(
                moment.year, moment.month, moment.day, hour=moment.hour, minute=moment.minute, zone=zone or None
            )
    readings = read_dates(text[:120], language)
    return readings[0].value if readings and int(readings[0].value.edtf[:4]) >= EARLIEST else None


def from_epoch(seconds: float) -> DateValue | None:
    """Seconds or milliseconds since 1970."""
    if seconds > 1e11:
        seconds /= 1000
    if not 5e8 < seconds < 4e9:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return DateValue(edtf=moment.strftime("%Y-%m-%dT%H:%M:%SZ"), precision="time")


def made(
    year: str | int,
    month: str | int,
    day: str | int,
    *,
    hour: str | int | None = None,
    minute: str | int | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> DateValue | None:
    """A checked date. A time of nought without a zone is a day."""
    try:
        whole = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if whole.year < EARLIEST:
        return None
    edtf = whole.isoformat()
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return DateValue(edtf=edtf, precision="day")
    if not zone and int(hour) == int(minute) == 0:
        return DateValue(edtf=edtf, precision="day")
    edtf += f"T{int(hour):02}:{int(minute):02}"
    if second and int(second) <= 59:
        edtf += f":{int(second):02}"
    if zone:
        zone = zone.upper()
        if zone in {"Z", "UTC", "GMT"}:
            edtf += "Z"
        else:
            digits = zone[1:].replace(":", "")
            hours, minutes = digits[:2], digits[2:4] or "00"
            if int(hours) <= 14 and int(minutes) <= 59:
                edtf += f"{zone[0]}{hours}:{minutes}"
    return DateValue(edtf=edtf, precision="time")


def day_of(value: DateValue) -> date | None:
    """The day a value names; a value without a day has none."""
    try:
        return date.fromisoformat(value.edtf[:10])
    except ValueError:
        return None
