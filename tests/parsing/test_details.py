"""What a copied text prints around its story: genre, column, deck, page, edition, keywords."""

import pytest

from schemas.document import Document
from service.parsing import parse

STORY = (
    "The last ferry of the evening left the harbour at eight, as it has done for forty years, and nobody waved.\n\n"
    "The deckhand said that he would have waited if the rule allowed it, but that every minute costs him a form.\n\n"
    "The harbour board will look at the timetable again in the spring, when the new boat has been delivered.\n\n"
)
BERICHT = (
    "Die letzte Fähre des Abends hat den Hafen um acht Uhr verlassen, wie sie es seit vierzig Jahren jeden Tag tut.\n\n"
    "Der Decksmann sagte, er hätte gewartet, wenn die Regel es erlaubt hätte, aber jede Minute koste ihn einen Zettel.\n\n"
    "Die Hafenbehörde will sich den Fahrplan im Frühjahr noch einmal ansehen, wenn das neue Schiff geliefert ist.\n\n"
)
FIELDS = ("genre", "column", "subtitle", "abstract", "page", "edition", "keywords")


def read(text):
    article = parse(Document(kind="text", text=text))
    for pointer, rows in article.evidence.items():
        for row in rows:
            if row.start is not None:
                assert text[row.start : row.end] == row.quote, pointer
    found = {field: value for field in FIELDS if (value := getattr(article, field))}
    for field in found:
        assert f"/{field}" in article.evidence or f"/{field}/0" in article.evidence, field
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The Long View | Opinion\n\nLet the ferries run late tonight\n\nBy Nora Lind\n\nJune 2, 2024\n\n" + STORY,
            {"genre": "Opinion", "column": "The Long View"},
        ),
        (
            "KOMMENTAR\n\nLasst die Fähren später fahren\n\nVon Nora Lind\n\n2. Juni 2024\n\n" + BERICHT,
            {"genre": "Kommentar"},
        ),
        (
            "Lasst die Fähren später fahren\n\nEine Kolumne von Nora Lind\n\n2. Juni 2024\n\n" + BERICHT,
            {"genre": "Kolumne"},
        ),
        (
            "Let the ferries run late tonight\n\nLet the ferries run late tonight\n\n"
            "The board counts minutes; the island counts the people left behind.\n\n"
            "By Nora Lind\n\nJune 2, 2024\n\n" + STORY,
            {
                "subtitle": "The board counts minutes; the island counts the people left behind.",
                "abstract": "The board counts minutes; the island counts the people left behind.",
            },
        ),
        (
            "Let the ferries run late tonight\n\nBy Nora Lind\n\nThe Harbour Post, June 2, 2024, Page B3\n\n" + STORY,
            {"page": "B3"},
        ),
        (
            "Let the ferries run late tonight\n\nBy Nora Lind\n\nJune 2, 2024\n\n"
            + STORY
            + "A version of this article "
            "appears in print on June 3, 2024, Section A, Page 11 of the Port edition.\n",
            {"page": "A11", "edition": "Port edition"},
        ),
        (
            "Let the ferries run late tonight\n\nBy Nora Lind\n\nJune 2, 2024\n\n"
            + STORY
            + "Tags: ferries, harbour board, "
            "timetable\n",
            {"keywords": ("ferries", "harbour board", "timetable")},
        ),
        (
            "Lasst die Fähren später fahren\n\nVon Nora Lind\n\n2. Juni 2024\n\n"
            + BERICHT
            + "Schlagwörter\n\n  * Fähre 12\n  * Hafen 340\n  * Fahrplan 7\n\nImpressum\n",
            {"keywords": ("Fähre", "Hafen", "Fahrplan")},
        ),
    ],
)
def test_details(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        # a switch between the editions of a site, and a pagination
        "US edition\n\nUK edition\n\nLet the ferries run late tonight\n\nBy Nora Lind\n\nJune 2, 2024\n\n"
        + STORY
        + "Page 1\n\nPage 2\n",
        # a menu under the heading of topics: its steps are printed twice
        "Harbour\n\nIslands\n\nLet the ferries run late tonight\n\nBy Nora Lind\n\nJune 2, 2024\n\n"
        + STORY
        + "Topics\n\n  * Harbour\n  * Islands\n",
        # words that no sign parts
        "Let the ferries run late tonight\n\nBy Nora Lind\n\nJune 2, 2024\n\n"
        + STORY
        + "Tags: ferries harbour board\n",
        # readers' comments are no genre
        "Lasst die Fähren später fahren\n\nVon Nora Lind\n\n2. Juni 2024\n\n" + BERICHT + "Kommentar\n\nSehr wahr!\n",
        # a first paragraph is no deck
        "Let the ferries run late tonight\n\n" + STORY,
    ],
)
def test_no_details(text):
    assert read(text) == {}
