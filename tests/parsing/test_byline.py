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


CAPITALS = [
    ("BY MICHAEL LEE AND SARAH KIM", "en", ["Michael Lee", "Sarah Kim"]),
    ("VON THOMAS MÜLLER UND SABINE SCHMIDT", "de", ["Thomas Müller", "Sabine Schmidt"]),
    ("By OLIVER PRENTICE FOR POSTONLINE", "en", ["Oliver Prentice"]),
]


@pytest.mark.parametrize(("line", "language", "authors"), CAPITALS)
def test_joiners_in_capitals_join(line, language, authors):
    assert named(read_byline(line, language).authors) == authors


PICTURED = [
    ("Kari Aaslund Journalist", ["Kari Aaslund"], []),
    ("Marius Beck Dahl Fotograf", [], ["Marius Beck Dahl"]),
    ("Mary Smith, Staff Photographer", [], ["Mary Smith"]),
    ("By Mary Smith, Staff Photographer", ["Mary Smith"], []),
    ("By Jane Doe and John Roe (photos)", ["Jane Doe"], ["John Roe"]),
    ("Story and photos by Mary Smith", ["Mary Smith"], []),
    ("Text och foto: Karin Lund", ["Karin Lund"], []),
]


@pytest.mark.parametrize(("line", "authors", "photographers"), PICTURED)
def test_who_takes_pictures_is_no_author_unless_nobody_else_wrote(line, authors, photographers):
    reading = read_byline(line)
    assert (named(reading.authors), named(reading.photographers)) == (authors, photographers)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Karin Lund Reporter", ["Karin Lund"]),
        ("By June Park", ["June Park"]),
        ("By Nguyen Thi Mai", ["Nguyen Thi Mai"]),
        ("By Ana Ruiz.", ["Ana Ruiz"]),
        ("(By Ana Ruiz)", ["Ana Ruiz"]),
        ("—Story by Malachy Dunne ’24", ["Malachy Dunne"]),
        ("By Hannah Cole, Springfield Gazette", ["Hannah Cole"]),
        ("Por Thaís Fagundes, Folha do Planalto", ["Thaís Fagundes"]),
        ("By Ana Ruiz and Emily Post", ["Ana Ruiz", "Emily Post"]),
        ("Von Lisa Gerhards und Timo Kraft, Lokalredaktion Essling", ["Lisa Gerhards", "Timo Kraft"]),
        ("Aus Tiflis berichten Anna Berg und Nina Oberländer", ["Anna Berg", "Nina Oberländer"]),
        ("Par Anne Le Goff (Rennes, correspondante)", ["Anne Le Goff"]),
    ],
)
def test_people_and_nothing_that_stands_beside_them(line, authors):
    assert named(read_byline(line).authors) == authors


def test_a_papers_own_text_with_an_agency():
    reading = read_byline("Par Le Monde avec AFP", "fr")
    assert (named(reading.authors), [a.name for a in reading.agencies]) == ([], ["Agence France-Presse"])
    assert read_byline("Par ailleurs", "fr") is None


HELPED = [
    ("Kit Rask is a reporter here. Data reporter Simone Hartigan contributed to this report.", ["Simone Hartigan"]),
    ("Associated Press writers Dinah Kessler in Oslo and Joe Poe in Paris contributed to this report.",
     ["Dinah Kessler", "Joe Poe"]),
    ("Additional reporting by Lou Benning.", ["Lou Benning"]),
    ("Medically reviewed by Ingeborg Salter", ["Ingeborg Salter"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "helpers"), HELPED)
def test_who_helped(line, helpers):
    assert named(read_byline(line, "en").contributors) == helpers


EASTERN = [
    ("来源：江海网 作者：黄晓燕 王 磊 编辑：李强", "zh", ["黄晓燕", "王磊"]),
    ("江海晚报记者 吴桐 通讯员 孙莉", "zh", ["吴桐", "孙莉"]),
    ("經緯報／ 記者李佩珊／台南即時報導", "zh-TW", ["李佩珊"]),
    ("本报记者 蒋　欣　方海涛", "zh", ["蒋欣", "方海涛"]),
    ("[이데일리 문지호 기자]", "ko", ["문지호"]),
]


@pytest.mark.parametrize(("line", "language", "authors"), EASTERN)
def test_reporters_behind_their_paper_and_beside_their_editor(line, language, authors):
    assert [person.printed for person in read_byline(line, language).authors] == authors
