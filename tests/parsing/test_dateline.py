"""Datelines: places, agencies and days before a report; every report is made up."""

import pytest

from service.parsing.dateline import read_dateline, read_unsigned

REST = " The council of the harbour town met on Monday evening and talked for three hours about the new pier."

WIRES = [
    ("Hannover/Berlin (dpa/lni) -", "Hannover/Berlin", "Deutsche Presse-Agentur"),
    ("BEIRUT/THE HAGUE, March 7 (Reuters) -", "Beirut/The Hague", "Reuters"),
    ("Frankfurt am Main (dpa) -", "Frankfurt am Main", "Deutsche Presse-Agentur"),
    ("Bratislava 12. marca (TASR) -", "Bratislava", "Tlačová agentúra Slovenskej republiky"),
    ("Oslo (NTB-Kari Nordmann):", "Oslo", "Norsk Telegrambyrå"),
    ("VILNIUS, BNS –", "Vilnius", "Baltic News Service"),
    ("Rio de Janeiro, 3 maio 2024 (Lusa) –", "Rio de Janeiro", "Lusa"),
    ("BERLIN taz/dpa |", "Berlin", "Deutsche Presse-Agentur"),
    ("SAN FRANCISCO--(BUSINESS WIRE)--", "San Francisco", "Business Wire"),
    ("GREENPORT, Ohio (WQKX) –", "Greenport, Ohio", None),
    ("COPENHAGEN, 5 March 2024 –", "Copenhagen", None),
    ("LONDON, UK —", "London, UK", None),
]


@pytest.mark.parametrize(("opening", "place", "agency"), WIRES)
def test_places_and_agencies(opening, place, agency):
    found = read_dateline(opening + REST)
    assert (found.place, found.agency.name if found.agency else None) == (place, agency)


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("［東京　１４日　ロイター］ - 日銀は14日、金融政策を決めた。", "東京"),
        ("【ワシントン共同＝中島祐介】米議会は13日、予算案を可決した。", "ワシントン"),
        ("新华社酒泉5月14日电（记者刘洋、何雨欣）火箭发射成功。", "酒泉"),
    ],
)
def test_eastern_places(row, place):
    assert read_dateline(row).place == place


@pytest.mark.parametrize(
    "row",
    ["(서울=연합뉴스) 김하늘 오지훈 기자 = 정부는 14일", "(서울=연합뉴스) 김하늘·오지훈 기자 = 정부는 14일"],
)
def test_korean_reporters(row):
    assert [person.printed for person in read_dateline(row).reporters] == ["김하늘", "오지훈"]


def test_a_press_conference_is_no_reporter():
    assert read_dateline("(서울=연합뉴스) 정부는 오늘 기자회견을 열고").reporters == ()


NAMED_AGAIN = [
    (
        "Aurich – Der Kreistag hat die Entscheidung verschoben, wie der Landrat am Dienstag sagte.",
        "Windräder in Aurich",
    ),
    ("BRATISLAVA. Ministri na stredajšom rokovaní schválili peniaze na obnovu škôl.", "ceny v Bratislava rastú"),
    ("(Tadoussac) Une équipe de biologistes survole l’estuaire depuis le début du mois.", "les baleines à Tadoussac"),
]


@pytest.mark.parametrize(("row", "elsewhere"), NAMED_AGAIN)
def test_a_place_without_agency_and_day_is_one_that_the_article_names_again(row, elsewhere):
    assert read_unsigned(row, f"{row}\n{elsewhere}").confidence >= 0.75
    alone = read_unsigned(row, row)
    assert alone is None or alone.confidence < 0.75


@pytest.mark.parametrize(
    "row",
    ["Fazit. Der Rat hat am Montag drei Stunden lang über die neue Brücke gestritten und nichts beschlossen.",
     "MIGRATION – Der Rat hat am Montag drei Stunden lang über Migration gestritten und nichts beschlossen."],
)  # fmt: skip
def test_other_words_that_open_a_paragraph_are_no_place(row):
    found = read_unsigned(row, row)
    assert found is None or found.confidence < 0.75
