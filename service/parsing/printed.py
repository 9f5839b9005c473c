"""Where an article stood in the printed paper: its page and its edition (Seoul edition | Page A12)."""

import re
from functools import cache

from msgspec import Struct

from service.parsing.dates import read_date
from service.parsing.kicker import every
from service.parsing.vocabulary import alternation


class Printed(Struct, frozen=True):
    """Page as cited (A12) and edition as printed, each with its span in the line read."""

    page: str | None = None
    page_at: tuple[int, int] | None = None
    edition: str | None = None
    edition_at: tuple[int, int] | None = None


LONGEST_LINE, LONGEST_NOTICE = 120, 400
MOST_PARTS, LONGEST_PART = 4, 40
"""A line with more, or with a longer part, is a reference to another work (… Animal Sentience, 3(1), S. 1-33)."""
_PARTS = re.compile(r"[^|｜│•·・,，;]+")
_NUMBER = r"[A-Z]{0,2}[ -]?[0-9]{1,3}[A-Z]?(?:\s?[-–]\s?[A-Z]{0,2}[0-9]{1,3})?"
_SECTION = re.compile(r"\bSection\s+([A-Z]{1,2}),?\s+Page\s+([0-9]{1,3})\b")
"""Section B, Page 4 is page B4."""
_FIGURE = re.compile(r"[0-9０-９〇零一二三四五六七八九十]")
_LETTERED = re.compile(r"[A-Z]")


def _either(field: str) -> str:
    return alternation(every(field))


@cache
def _page() -> re.Pattern[str]:
    """A page's number, in a group of its own behind a word, behind an abbreviation, and before a sign."""
    return re.compile(
        rf"(?<![^\W_])(?:(?i:{_either('page')})\s({_NUMBER})|(?i:{_either('short')})\s?({_NUMBER}))(?![\w/.-]*\w)"
        rf"|(?:第)?([A-Z]?[0-9]{{1,2}}){_either('page_after')}"
    )


@cache
def _edition() -> re.Pattern[str]:
    """An edition; * of the table is one to three words that open with a capital."""
    name = r"(?-i:[^\Wa-z\d_][\w.’'-]*(?:\s[^\Wa-z\d_][\w.’'-]*){0,2})"
    forms = sorted(every("edition"), key=len, reverse=True)
    return re.compile(
        "(?:" + "|".join(re.escape(f).replace(r"\*", name).replace(r"\ ", r"\s") for f in forms) + ")", re.IGNORECASE
    )


@cache
def _stems(field: str) -> tuple[str, ...]:
    """What a line must hold, in lower case, before a pattern is tried: phrases without names, none within another."""
    stems = {form.strip("* -") for form in every(field)}
    return tuple(stem for stem in stems if not any(other in stem for other in stems - {stem}))


@cache
def _ascii_stems(field: str) -> tuple[str, ...]:
    return tuple(filter(str.isascii, _stems(field)))


def _holds(low: str, field: str) -> bool:
    return any(map(low.__contains__, _ascii_stems(field) if low.isascii() else _stems(field)))


@cache
def _numbers() -> tuple[re.Pattern[str], ...]:
    """What a page's number looks like in lower case: cheap to look for, each pattern beginning with a letter."""
    number = "[a-z]{0,2}[ -]?[0-9]"
    return re.compile(rf"{_either('page')}\s{number}"), re.compile(rf"{_either('short')}\s?{number}")


def mentions_print(lines: list[str]) -> bool:
    """Whether any of some lines in small letters holds anything of a page or an edition."""
    if _holds("\n".join(lines), "edition"):
        return True
    worded, short = _numbers()
    low = "\n".join([line for line in lines if _FIGURE.search(line)])
    return bool(worded.search(low) or short.search(low)) or _holds(low, "page_after")


def may_be_printed(text: str) -> bool:
    """Whether a line may say a page, or an edition and a day: most have no figure."""
    if not _FIGURE.search(text):
        return False
    low = text.lower()
    if len(text) > LONGEST_LINE and not _holds(low, "print"):
        return False
    return _may_be_page(text, low) or _holds(low, "edition")


def _may_be_page(text: str, low: str) -> bool:
    if not _FIGURE.search(text):
        return False
    worded, short = _numbers()
    said = worded.search(low) or short.search(low) or _holds(low, "page_after")
    return bool(said) and _page().search(text) is not None


def read_printed(text: str) -> Printed | None:
    """A line whose parts say page or edition and nothing more than a date or a name beside them.

    A bare `Page 2` is what sites print below a text of several pages: it proves nothing without a letter (A12), an
    abbreviation (S. 7), or an edition or a date in the same line.
    """
    if len(text) > LONGEST_LINE or not (_holds(low := text.lower(), "edition") or _may_be_page(text, low)):
        return None
    found, sure = Printed(), False
    parts = [(m.start() + len(m[0]) - len(m[0].lstrip()), m[0].strip()) for m in _PARTS.finditer(text)]
    if len(parts) > MOST_PARTS or any(len(part) > LONGEST_PART for _, part in parts):
        return None
    for start, part in parts:
        if page := _page().fullmatch(part):
            group = page.lastindex or 0
            sure = sure or group > 1 or bool(_LETTERED.match(page[group]))
            found = _with_page(found, page[group], (start, start + len(part)))
        elif _edition().fullmatch(part):
            found = _with_edition(found, part, (start, start + len(part)))
    if found.page_at is None and found.edition_at is None:
        return None
    dated = len(parts) > 1 and read_date(text) is not None
    if found.page_at is not None and not (sure or dated or found.edition_at):
        return None
    return found if found.page_at or dated or len(parts) == 1 else None


def _with_page(found: Printed, page: str, at: tuple[int, int]) -> Printed:
    return Printed(page.replace(" ", ""), at, found.edition, found.edition_at)


def _with_edition(found: Printed, edition: str, at: tuple[int, int]) -> Printed:
    return Printed(found.page, found.page_at, edition, at)


def read_notice(text: str) -> Printed | None:
    """A sentence that says on which page or day the article was printed: …appears in print on May 4, Section B, Page 4.

    One without either invites the reader to the edition in print.
    """
    if len(text) > LONGEST_NOTICE or not may_be_printed(text) or not _holds(text.lower(), "print"):
        return None
    found = Printed()
    if section := _SECTION.search(text):
        found = _with_page(found, section[1] + section[2], section.span())
    elif page := _page().search(text):
        found = _with_page(found, page[page.lastindex or 0], page.span())
    if edition := _edition().search(text):
        found = _with_edition(found, edition[0], edition.span())
    return found if found.page_at or (found.edition_at and read_date(text)) else None
