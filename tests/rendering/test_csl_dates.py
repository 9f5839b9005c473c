"""Dates: from any kind of data, in formats of the locale and of the style, ranges, BC, seasons."""

from typing import Any

import pytest
from small_style import news, printed

from service.rendering.dates import EMPTY, Date, read_date

TEXT = '<date variable="issued" form="text"/>'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"date-parts": [[2023, 9, 3]]}, Date((2023, 9, 3))),
        ({"date-parts": [["2023", "9"]]}, Date((2023, 9, 0))),
        ({"date-parts": [[2023, 9, 3], [2023, 9, 5]]}, Date((2023, 9, 3), (2023, 9, 5))),
        ({"date-parts": [[2023]], "season": 2}, Date((2023, 14, 0))),
        ({"date-parts": [[2023]], "circa": True}, Date((2023, 0, 0), circa=True)),
        ({"literal": "last spring"}, Date(literal="last spring")),
        ({"raw": "2023-09-03"}, Date((2023, 9, 3))),
        ({"edtf": "2023-09~"}, Date((2023, 9, 0), circa=True)),
        ("2023-09-03/2023-09-05", Date((2023, 9, 3), (2023, 9, 5))),
        ("2023-21", Date((2023, 13, 0))),
        ("2023-09-XX", Date((2023, 9, 0))),
        ("September 3, 2023", Date((2023, 9, 3))),
        ("3 Sept. 2023", Date((2023, 9, 3))),
        ("in press", Date(literal="in press")),
        (2023, Date((2023, 0, 0))),
        (-44, Date((-44, 0, 0))),
        ([2023, 9, 3], Date((2023, 9, 3))),
        ({"date-parts": [[]]}, EMPTY),
        ({"date-parts": "soon"}, EMPTY),
        ({"date-parts": [[2023, 13.5, "x"]]}, Date((2023, 13, 0))),
        (True, EMPTY),
        (None, EMPTY),
        (10**40, Date(literal=str(10**40)[:40])),
    ],
)
def test_dates_are_read_however_they_come(value: Any, expected: Date) -> None:
    assert read_date(value) == expected


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        ([[2023, 9, 3]], "en-US", "September 3, 2023"),
        ([[2023, 9, 3]], "en-GB", "3 September 2023"),
        ([[2023, 9, 3]], "de-DE", "3. September 2023"),
        ([[2023, 9, 1]], "fr-FR", "1 septembre 2023"),
        ([[2023, 9, 3]], "ja-JP", "2023年9月3日"),
        ([[2023, 9]], "en-US", "September 2023"),
        ([[2023, 9, 3], [2023, 9, 5]], "en-US", "September 3–5, 2023"),
        ([[2023, 9, 30], [2023, 10, 2]], "en-US", "September 30–October 2, 2023"),
        ([[2022, 12, 30], [2023, 1, 2]], "en-US", "December 30, 2022–January 2, 2023"),
        ([[-44, 3, 15]], "en-US", "March 15, 44 BC"),
        ([[79, 8]], "en-US", "August 79 AD"),
    ],
)
def test_localised_dates(value: Any, locale: str, expected: str) -> None:
    made = printed(TEXT, news("x", issued={"date-parts": value}), locale=locale)
    assert made.replace("\u00a0", " ") == expected


def test_own_formats_and_parts() -> None:
    layout = (
        '<date variable="issued"><date-part name="day" form="ordinal" suffix=" "/><date-part name="month" form="short" '
        'strip-periods="true" suffix=" "/><date-part name="year" form="short"/></date>'
    )
    assert printed(layout, news("x", issued={"date-parts": [[2023, 9, 3]]})) == "3rd Sept 23"


def test_a_season_prints_as_its_term_and_a_date_in_words_as_it_stands() -> None:
    assert printed(TEXT, news("x", issued={"date-parts": [[2023]], "season": "1"})) == "Spring 2023"
    assert printed(TEXT, news("x", issued={"literal": "no day known"})) == "no day known"


def test_a_range_whose_printed_parts_are_the_same_is_one_date() -> None:
    """November 2001 to November 2002, where only the month is printed (APA: `2001–2002, November`)."""
    item = news("1", issued={"date-parts": [[2001, 11], [2002, 11]]})
    month = '<date variable="issued"><date-part name="month"/></date>'
    year = '<date variable="issued"><date-part name="year"/></date>'
    assert printed(f'<group delimiter=", ">{year}{month}</group>', item) == "2001–2002, November"


def test_a_parts_suffix_meets_the_full_stop_of_an_abbreviation() -> None:
    layout = '<date variable="issued"><date-part name="month" form="short" suffix=". "/><date-part name="year"/></date>'
    item = news("1", issued={"date-parts": [[2021, 3]]})
    assert printed(layout, item) == "Mar. 2021"
