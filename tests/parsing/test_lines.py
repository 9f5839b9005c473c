"""Bylines of copied pages: lead words in lines of their own, names below each other, ages in place of days."""

import pytest

from schemas.document import Document
from service.parsing import parse
from service.parsing.byline import read_byline
from service.parsing.names import full_name

BODY = "\n\n".join(
    "The harbour council will vote on the new ferry line next week, its chair said at a long public meeting." + " x" * n
    for n in range(5)
)


def authors(above, below=""):
    text = f"Ferry line delayed by another year\n\n{above}\n\n{BODY}\n\n{below}\n"
    return [full_name(p) for p in parse(Document(kind="text", text=text)).authors]


BROKEN = [
    ("By\n\nIda Holm\n\nDate\n\nMay 3, 2024", ["Ida Holm"]),
    ("Von\nRobert\n-\n31. Dezember 2019", ["Robert"]),
    ("Ein Kommentar von\n\nIda Holm", ["Ida Holm"]),
    ("By\nIda Holm\nand\nOle Brandt\n\nPublished Nov 8, 2023", ["Ida Holm", "Ole Brandt"]),
]


@pytest.mark.parametrize(("above", "expected"), BROKEN)
def test_a_lead_word_in_a_line_of_its_own(above, expected):
    assert authors(above) == expected


def test_a_name_beside_its_age():
    assert authors("Lineo Khoali|Published 15 hours ago") == ["Lineo Khoali"]


def test_a_name_a_day_and_the_sections_of_a_blog():
    byline = read_byline("Nora Lind – 14.09.2022 – Kolumne, Garten, Allgemein, Nachbarn, Feminismus", "de")
    assert [full_name(p) for p in byline.authors] == ["Nora Lind"]


def test_bullets_between_day_writer_and_artist():
    byline = read_byline("February 4, 2020 • words written by Ida Holm • Art by Koichi", "en")
    assert [full_name(p) for p in byline.authors] == ["Ida Holm"]
