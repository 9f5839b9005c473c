"""Dates as pages print them: glued to what stands beside them, with the order of day and month to be told."""

import pytest

from schemas.document import Document
from service.parsing import parse
from service.parsing.dates import read_dates

GLUED = [
    ("2 minute readMay 7, 20243:26 PM GMT+2Last updated", "2024-05-07T15:26+02:00"),
    ("by Harbour PostNovember 21, 202501747", "2025-11-21"),
    ("7. Januar 20220", "2022-01-07"),
    ("3 de mayo de 202221:25LA COSTA", "2022-05-03T21:25"),
    ("12 Dec 202019. Dezember", "2020-12-12"),
    ("NOVEMBER 21, 2025", "2025-11-21"),
]


@pytest.mark.parametrize(("line", "day"), GLUED)
def test_a_year_glued_to_a_time_or_a_count(line, day):
    assert read_dates(line)[0].value.edtf == day


@pytest.mark.parametrize("line", ["Am 3. Mai 20000 Menschen", "On May 3, 20000 people", "On May 3 20500 people"])
def test_a_number_of_people_is_no_year(line):
    assert read_dates(line) == []


ORDERED = [
    ("Published on 06/01/2026 - 13:55 GMT+1", "2026-01-06"),
    ("Updated 03/05/2020 5:00 PM EST", "2020-03-05"),
    ("02/03/2024, and before on 25/02/2024", "2024-03-02"),
    ("02/03/2024, and before on 02/25/2024", "2024-02-03"),
    ("The Harbour Post 02/10/2020. Pictured on Sept. 29, 2020", "2020-10-02"),
]


@pytest.mark.parametrize(("text", "day"), ORDERED)
def test_zone_and_neighbours_settle_the_order_of_day_and_month(text, day):
    first = read_dates(text, "en")[0]
    assert (first.value.edtf[:10], first.unsure) == (day, False)


def test_an_order_that_nothing_settles_stays_unsure():
    assert read_dates("03/05/2020", "en")[0].unsure


BODY = "\n\n".join(
    "The harbour council will vote on the new ferry line next week, its chair said at a long public meeting." + " x" * n
    for n in range(5)
)


def test_a_day_with_blanks_between_its_numbers_is_no_item_of_a_list():
    page = f"Fähre kommt später\n\n06. 01. 2026, 14:59 Uhr\n\n{BODY}"
    assert parse(Document(kind="text", text=page, language="de")).dates.published.edtf == "2026-01-06T14:59"


def test_the_day_of_a_caption_is_not_the_day_of_publication():
    page = (
        "Ferry line delayed by another year\n\n"
        "The old ferry leaves the harbour of Port Ansel, where the council met, on July 12, 2023. ANNA BERG / AFP\n\n"
        f"Published on August 30, 2023 at 14:52\n\n{BODY}"
    )
    assert parse(Document(kind="text", text=page)).dates.published.edtf == "2023-08-30T14:52"


def published(page):
    day = parse(Document(kind="text", text=page)).dates.published
    return day and day.edtf


SENTENCES = [
    "The refinery above the harbour on a sunny Sunday, Dec. 21, 2025. (AP Photo/Ida Holm)",
    "The head of the union in front of the ministry in Oslo, 12 July 2025, waits for guests",
    "The town celebrates until 8 May 2026 the day of the bridge with many offers for all who come to see it.",
]


@pytest.mark.parametrize("caption", SENTENCES)
def test_a_day_within_a_sentence_is_not_the_day_of_publication(caption):
    text = f"Council speaks about the old bridge\n\n{caption}\n\nBy Nora Lind\n\nPublished on 6 January 2026\n\n{BODY}"
    assert published(text) == "2026-01-06"
    assert published(text.replace("Published on 6 January 2026\n\n", "")) is None


def test_the_first_publication_stands_beside_the_change():
    text = (
        "Council speaks about the old bridge\n\nTHE PAPER — 02.01.2023 09:51\n\nA deck of a few words\n\nBridges\n\n"
        f"von Nora Lind, Redaktion Veröffentlicht: 26.12.2022\n\n{BODY}"
    )
    assert published(text) == "2022-12-26"


MARKS = [("12 Μαΐου 2025", "2025-05-12"), ("3 سبتمبر، 2023", "2023-09-03")]


@pytest.mark.parametrize(("text", "day"), MARKS)
def test_months_with_marks_and_commas_of_other_scripts(text, day):
    assert read_dates(text)[0].value.edtf == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("प्रकाशित 4 सितंबर 2024, 10:30", "2024-09-04T10:30"),
        ("सितंबर 4, 2024", "2024-09-04"),
        ("4 செப்டம்பர் 2024", "2024-09-04"),
        ("12 ডিসেম্বর 2023", "2023-12-12"),
        ("ngày 12 tháng 5 năm 2025", "2025-05-12"),
        ("12 tháng 5, 2025", "2025-05-12"),
    ],
)
def test_days_of_south_and_southeast_asia(text, day):
    (reading,) = read_dates(text)
    assert reading.value.edtf == day


OTHER_FIGURES = [
    ("14 พฤษภาคม 2567", "2024-05-14"),
    ("เผยแพร่ 14 พ.ค. 67", "2024-05-14"),
    ("১৪ মে ২০২৪, ১০:২০", "2024-05-14T10:20"),
    ("१४ मई २०२४", "2024-05-14"),
    ("٣ مايو ٢٠٢٤", "2024-05-03"),
    ("２０２４年５月１４日", "2024-05-14"),
    ("令和6年5月14日", "2024-05-14"),
    ("民國113年5月14日", "2024-05-14"),
    ("14 مئی 2024", "2024-05-14"),
    ("May 14. 2024", "2024-05-14"),
]


@pytest.mark.parametrize(("line", "day"), OTHER_FIGURES)
def test_figures_and_calendars_of_the_east(line, day):
    assert [reading.value.edtf for reading in read_dates(line)] == [day]
