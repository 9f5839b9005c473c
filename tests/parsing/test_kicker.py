"""Genre and column at a headline, page and edition in print, as small grammars over one line."""

import pytest

from service.parsing.kicker import read_headline, read_kicker
from service.parsing.printed import read_notice, read_printed


def said(line, kicker):
    if kicker is None:
        return None
    return tuple(line[slice(*at)] if at else None for at in (kicker.genre, kicker.column))


@pytest.mark.parametrize(
    ("line", "genre", "column"),
    [
        ("OPINION", "OPINION", None),
        ("Opinion | By Nora Lind", "Opinion", None),
        ("The Long View | Opinion", "Opinion", "The Long View"),
        ("Analysis | Harbour Politics", "Analysis", None),
        ("Column: Low Water Notes", None, "Low Water Notes"),
        ("Kolumne: Hafenlicht", None, "Hafenlicht"),
        ("Hafenlicht – Kolumne", None, "Hafenlicht"),
        ("Kolumne „Hafenlicht“", None, "Hafenlicht"),
        ("Kolumne: Anna Berg", "Kolumne", None),
        ("Eine Kolumne von Anna Berg", "Kolumne", None),
        ("Kommentar von", "Kommentar", None),
        ("Une analyse de Claire Moreau", "analyse", None),
        ("Columna: El Faro Viejo", None, "El Faro Viejo"),
        ("【社説】", "社説", None),
        ("コラム「潮の目」", None, "潮の目"),
        ("칼럼 | 바다의 시간", "칼럼", "바다의 시간"),
        ("Мнение", "Мнение", None),
    ],
)
def test_kicker(line, genre, column):
    assert said(line, read_kicker(line)) == (genre, column)


@pytest.mark.parametrize(
    "line", ["Kommentar", "Comment", "Opinion polls open at eight", "Harbour | Politics", "Page 3", "", "| – |"]
)
def test_no_kicker(line):
    assert read_kicker(line) is None


def test_a_word_that_heads_comments_is_a_genre_right_above_a_headline():
    assert said("KOMMENTAR", read_kicker("KOMMENTAR", above=True)) == ("KOMMENTAR", None)


@pytest.mark.parametrize(
    ("headline", "genre", "column"),
    [
        ("Analysis: What the ferry vote means", "Analysis", None),
        ("Review: A quiet play in a loud hall", "Review", None),
        ("Let the ferries run late | Opinion", "Opinion", None),
        ("Kommentar: Die Fähre muss warten", "Kommentar", None),
        ("【社説】港の時計が問うもの", "社説", None),
        ("社説　港の時計が問うもの", "社説", None),
        ("[사설] 항구의 시계", "사설", None),
        ("[김하늘의 바다읽기] 항구의 시계", None, "김하늘의 바다읽기"),
    ],
)
def test_headline(headline, genre, column):
    assert said(headline, read_headline(headline)) == (genre, column)


@pytest.mark.parametrize("headline", ["[속보] 항구의 시계 멈춰", "Mayor: ferries will run late", "Opinion polls close"])
def test_headline_without(headline):
    assert read_headline(headline) is None


@pytest.mark.parametrize(
    ("line", "page", "edition"),
    [
        ("Page A12", "A12", None),
        ("S. 7", "7", None),
        ("p. 3", "3", None),
        ("The Harbour Post | 2 June 2024 | Page 3", "3", None),
        ("Seoul edition, Page 5", "5", "Seoul edition"),
        ("Hafenbote, 3. Mai 2024, Seite 7", "7", None),
        ("European edition | 4 September 2023", None, "European edition"),
        ("2024年2月3日 朝刊・12面", "12", None),
        ("A4면", "A4", None),
        ("Edición impresa", None, "Edición impresa"),
    ],
)
def test_printed(line, page, edition):
    found = read_printed(line)
    assert found is not None
    assert (found.page, found.edition) == (page, edition)
    if found.edition_at:
        assert line[slice(*found.edition_at)] == edition


@pytest.mark.parametrize(
    "line",
    [
        "Page 2",
        "Seite 1 von 3",
        "Page not found",
        "The edition was small.",
        "S. 7 ff. und mehr",
        "3 May 2024",
        "Lind, N. (2016): Why ferries wait for nobody any more. Tide, 3(1), S. 1-33",
    ],
)
def test_not_printed(line):
    assert read_printed(line) is None


@pytest.mark.parametrize(
    ("line", "page", "edition"),
    [
        (
            "A version of this article appears in print on June 3, 2024, Section B, Page 4 of the Port edition.",
            "B4",
            "Port edition",
        ),
        ("This story ran in print on page A3.", "A3", None),
        ("Dieser Text erschien in der Printausgabe vom 3. Mai 2024 auf Seite 7.", "7", "Printausgabe"),
        ("Article paru dans l'édition papier du 12 avril 2024, page 9.", "9", "édition papier"),
        ("2024年2月3日の紙面12面に掲載", "12", None),
    ],
)
def test_notice(line, page, edition):
    found = read_notice(line)
    assert found is not None
    assert (found.page, found.edition) == (page, edition)


def test_an_invitation_to_the_printed_paper_is_no_notice():
    assert read_notice("Read the print edition on your phone.") is None
    assert read_notice("Leia a edição impressa no celular") is None
