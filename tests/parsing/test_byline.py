"""Bylines in the small forms of many languages; every name is made up."""

import pytest

from schemas.document import Document
from service.parsing import parse
from service.parsing.byline import read_byline
from service.parsing.names import full_name
from service.reading import read


def named(people):
    return [full_name(person) for person in people]


LOWER = [
    ("di Giulia Ferrante", "it", ["Giulia Ferrante"]),
    ("di Marco Valdieri e Anna Rossi", "it", ["Marco Valdieri", "Anna Rossi"]),
    ("av Silje Myklebust", "nb", ["Silje Myklebust"]),
    ("af Mette Holm", "da", ["Mette Holm"]),
    ("de Ana Popescu", "ro", ["Ana Popescu"]),
    ("od Ivan Horvat", "hr", ["Ivan Horvat"]),
    ("par Claire Moreau", "fr", ["Claire Moreau"]),
    ("tekst: Kari Nordmann", "nb", ["Kari Nordmann"]),
]


@pytest.mark.parametrize(("line", "language", "authors"), LOWER)
def test_a_small_lead_word_before_a_known_name(line, language, authors):
    assert named(read_byline(line, language).authors) == authors


@pytest.mark.parametrize(
    ("line", "language"), [("di nuovo in vendita", "it"), ("af de store", "da"), ("av Karl", "sv")]
)
def test_a_small_lead_word_before_anything_else(line, language):
    assert read_byline(line, language) is None


BOTH = [
    ("Tekst: Kari Nordmann Foto: Ola Hansen", "nb"),
    ("Text von Kari Nordmann, Fotos von Ola Hansen", "de"),
    ("Kari Nordmann Illustration von Ola Hansen", "de"),
    ("Tekst: Kari Nordmann, zdjęcia: Ola Hansen", "pl"),
    ("Text: Kari Nordmann | Kuvat: Ola Hansen", "fi"),
]


@pytest.mark.parametrize(("line", "language"), BOTH)
def test_who_wrote_and_who_took_the_pictures_in_one_line(line, language):
    byline = read_byline(line, language)
    assert (named(byline.authors), named(byline.photographers)) == (["Kari Nordmann"], ["Ola Hansen"])


@pytest.mark.parametrize("name", ["Walter von Achen", "Christoph von Ritter"])
def test_a_particle_is_no_lead(name):
    assert named(read_byline(f"Von {name}", "de").authors) == [name]


WORDED = [
    ("Publisert av Kari Nordmann", "nb"),
    ("Opublikował: Kari Nordmann", "pl"),
    ("Zpracovala Kari Nordmann", "cs"),
    ("Nga Kari Nordmann", "sq"),
    ("Deur Kari Nordmann", "af"),
    ("Kari Nordmann, päätoimittaja", "fi"),
    ("Por Kari Nordmann, redactora jefe", "es"),
]


@pytest.mark.parametrize(("line", "language"), WORDED)
def test_lead_words_and_roles_of_many_languages(line, language):
    assert named(read_byline(line, language).authors) == ["Kari Nordmann"]


def test_an_author_who_took_the_pictures_too_stays_the_author():
    body = "".join(f"<p>{'The new ferry is tested in rough weather before the summer. ' * 4}</p>" for _ in range(4))
    page = (
        "<html lang=en><body><article><h1>A ferry for all weathers</h1><p>By Ida Holm, Ole Brandt</p>"
        f"{body}<p>Words: Ida Holm, Ole Brandt Photos: Ole Brandt</p></article></body></html>"
    )

    article = parse(read(page.encode(), media_type="text/html"))
    assert named(article.authors) == ["Ida Holm", "Ole Brandt"]


def test_who_wrote_up_a_report_helped_its_reporter():
    byline = read_byline("Reporting by Ida Holm, writing by Ole Brandt, editing by Ana Ruiz", "en")
    assert (named(byline.authors), named(byline.contributors), named(byline.editors)) == (
        ["Ida Holm"],
        ["Ole Brandt"],
        ["Ana Ruiz"],
    )


def test_a_text_without_names_has_no_author():
    assert not parse(Document(kind="text", text="di nuovo in vendita\n\naf de store")).authors


LISTS = [
    ("By Ida Holm, Ole Brandt, and Ana Ruiz", ["Ida Holm", "Ole Brandt", "Ana Ruiz"]),
    ("By Ida Holm; Ole Brandt; and Ana Ruiz", ["Ida Holm", "Ole Brandt", "Ana Ruiz"]),
    ("Por Ida Holm, Ole Brandt, y Ana Ruiz", ["Ida Holm", "Ole Brandt", "Ana Ruiz"]),
    ("Ida Holm im Gespräch mit Ole Brandt", ["Ida Holm", "Ole Brandt"]),
    ("By Ida Holm, MD, PhD, and Ole Brandt, MPH", ["Ida Holm", "Ole Brandt"]),
    ("By Ida Holm, Staff Writer, and Ole Brandt, Correspondent", ["Ida Holm", "Ole Brandt"]),
]


@pytest.mark.parametrize(("line", "authors"), LISTS)
def test_lists_of_people(line, authors):
    assert named(read_byline(line).authors) == authors


@pytest.mark.parametrize(
    ("line", "given", "particle", "family"),
    [
        ("By von Martina Scharmann", "Martina", None, "Scharmann"),
        ("By di Giulia Ferrante", "Giulia", None, "Ferrante"),
        ("By Juan de la Cruz", "Juan", None, "de la Cruz"),
        ("By van der Berg", None, "van der", "Berg"),
    ],
)
def test_a_particle_before_a_given_name_is_a_lead(line, given, particle, family):
    [author] = read_byline(line).authors
    assert (author.given, author.particle, author.family) == (given, particle, family)


def test_what_each_did_in_brackets():
    byline = read_byline("Ida Holm (Text) und Ole Brandt (Fotos)", "de")
    assert (named(byline.authors), named(byline.photographers)) == (["Ida Holm"], ["Ole Brandt"])


def test_a_story_told_to_someone():
    byline = read_byline("By Ida Holm as told to Ole Brandt", "en")
    assert (named(byline.authors), named(byline.contributors)) == (["Ida Holm"], ["Ole Brandt"])
