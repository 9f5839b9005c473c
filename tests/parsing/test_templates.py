"""Habits of the templates that sites are made with: byline, day, place, picture and name where each sets them."""

import pytest

from schemas.article import Article
from service.parsing import parse
from service.parsing.names import full_name
from service.reading.html import read_html

SENTENCE = "The council of the harbour town met on Monday evening and talked for three hours about the new pier. "
PROSE = f"<p>{4 * SENTENCE}</p>\n<p>{4 * SENTENCE}</p>"
URL = "https://www.harbourpost.example/town/new-pier"


def article(body: str, head: str = "", url: str = URL, lang: str = "en") -> Article:
    return parse(read_html(f"<html lang={lang}><head>{head}</head><body>{body}</body></html>", url=url))


def names(people) -> list[str]:
    return [full_name(person) for person in people]


ACCOUNT = '<div class="meta"><span class="author-name">By <a href="/author/redaktion/">Redaktion</a></span></div>'


def test_a_writer_signs_below_a_text_that_the_papers_account_posted():
    read = article(
        f"<h1>Feuerwehr rettet den Storch vom Turm</h1>{ACCOUNT}<div class=text>{PROSE}"
        "<p style='text-align:right'><em>Hannelore Mittermeier</em></p></div>",
        lang="de",
    )
    assert names(read.authors) == ["Hannelore Mittermeier"]


@pytest.mark.parametrize("account", ["webmaster", "admin", "Super User"])
def test_an_account_is_nobody(account):
    assert article(f"<h1>A new pier for the harbour</h1><p>By {account}, 12 June 2023</p>{PROSE}").authors == ()


def test_a_photographer_beside_the_reporter_in_a_row_of_profiles():
    profiles = "<li><a href='/av/1'>Kari Aaslund</a> <span>Journalist</span></li><li><a href='/av/2'>Marius Beck</a> <span>Fotograf</span></li>"
    read = article(
        f"<h1>Fiskerne raser mot nye kvoter</h1><div class=byline><ul>{profiles}</ul></div>{PROSE}", lang="nb"
    )
    assert names(read.authors) == ["Kari Aaslund"]


def test_names_in_a_figure_and_in_the_sites_head_are_no_byline():
    read = article(
        "<header><a href='/'>Somogyi Anna</a></header><h1>A new pier for the harbour</h1>"
        f"<figure><img src=1.jpg><figcaption>The harbour.</figcaption><footer>Tobias Steinmann</footer></figure>{PROSE}"
    )
    assert read.authors == ()


def test_notes_below_the_text():
    read = article(
        f"<h1>A new pier for the harbour</h1><p class=byline>By Ida Holm</p>{PROSE}"
        "<p>Associated Press writer Dinah Kessler in Oslo contributed to this report.</p>"
        "<p>Ida Holm writes about the sea. Translated from the Danish by Nora Quayle.</p>"
    )
    assert names(read.authors) == ["Ida Holm"]
    assert names(read.contributors) == ["Dinah Kessler"]
    assert names(read.translators) == ["Nora Quayle"]


def test_the_heading_that_links_home_is_the_sites():
    read = article(
        f"<h1 id=banner><a href='/'>County Table</a></h1><h3 class=entry-header>Five ways with old bread</h3>{PROSE}",
        "<title>County Table: Five ways with old bread</title>",
    )
    assert read.headline == "Five ways with old bread"


def test_a_post_that_was_never_changed_is_marked_updated():
    read = article(
        "<div class=head>Thursday, November 26, 2026</div><h1>A new pier for the harbour</h1>"
        f"<time class='entry-date updated' datetime='2024-09-02T06:15:00+01:00'>September 2, 2024</time>{PROSE}"
    )
    assert read.dates.published.edtf[:10] == "2024-09-02"


@pytest.mark.parametrize(
    ("title", "body", "url", "name"),
    [
        ("Pier to reopen – The Bay Post", "", "https://baypost.example/a", "The Bay Post"),
        ("Bog & Fen: Pier to reopen", "", "https://bogandfen.example/a", "Bog & Fen"),
        ("Pier to reopen | Town | Tern Weekly", "<a href='/'>Tern Weekly</a>", "https://tw.example/a", "Tern Weekly"),
        ("Pier to reopen - Tern Weekly", "<p>© 2024 Tern Weekly</p>", "https://cms.example/a", "Tern Weekly"),
        ("Pier to reopen", "<a href='/'><img alt='Bay Post logo'></a>", "https://baypost.example/a", "Bay Post"),
        ("Pier to reopen | Town", "", "https://cms.example/a", "cms.example"),
    ],
)
def test_the_name_of_a_site_whose_metadata_say_none(title, body, url, name):
    read = article(f"<h1>Pier to reopen</h1>{PROSE}{body}", f"<title>{title}</title>", url)
    assert read.publication.name == name


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        (
            "<p><b>Essling.</b> Nach dem Feuer in Essling hat die Polizei am Montag Bilder ausgewertet, sagte sie.</p>",
            "Essling",
        ),
        ("<p>ALMERÍA, 18 Nov. (EUROPA PRESS) -</p>", "Almería"),
        (
            "<p>NORTHFIELD — The city council voted on Tuesday to keep the night buses of Northfield running.</p>",
            "Northfield",
        ),
    ],
)
def test_datelines_in_their_boxes(opening, place):
    assert article(f"<h1>A new pier for the harbour</h1><p>By Ida Holm</p>{opening}{PROSE}").dateline.place == place


def test_a_caption_that_only_follows_its_picture():
    read = article(
        f"<h1>A new pier for the harbour</h1>{PROSE}"
        f"<p><img src='/clock.jpg'><br><em>The finished case. Photo by Agnes Doyle.</em></p>{PROSE}"
    )
    assert [(photo.caption, photo.credit) for photo in read.photos] == [("The finished case.", "Agnes Doyle")]


def test_a_picture_is_one_though_box_and_caption_credit_it():
    read = article(
        "<h1>A new pier for the harbour</h1><figure><img src='/a.jpg'><figcaption><span class=caption-text>"
        "<p>The pier on Monday. (AP Photo/Rodrigo Aldama)</p></span><span class=credit>Rodrigo Aldama - stringer, AP</span>"
        f"</figcaption></figure>{PROSE}"
    )
    assert len(read.photos) == 1


def test_a_label_for_screen_readers_tells_a_credit():
    read = article(
        "<h1>A new pier for the harbour</h1><figure><img src='/a.jpg'><span class='visually-hidden'>Image source, </span>"
        f"<span>Getty Images</span><figcaption>The pier.</figcaption></figure>{PROSE}"
    )
    assert [photo.credit for photo in read.photos] == ["Getty Images"]


def test_the_source_of_the_text_is_no_credit():
    read = article(
        f"<h1>A new pier for the harbour</h1><figure><img src='/a.jpg'><figcaption>Foto: Anna Berg</figcaption></figure>"
        f"{PROSE}<p>Quelle: dpa, APA</p>",
        lang="de",
    )
    assert [photo.credit for photo in read.photos] == ["Anna Berg"]
    assert [(agency.name, agency.role) for agency in read.agencies] == [("dpa", "source"), ("APA", "source")]


def test_a_breadcrumb_of_many_steps_is_taken_apart():
    steps = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("Home", "News", "India", "States", "Tamil Nadu"))
    read = article(f"<section class=breadcrumb><ul>{steps}</ul></section><h1>A new pier for the harbour</h1>{PROSE}")
    assert read.section[-1] == "Tamil Nadu"


def test_two_inline_elements_that_touch_are_two_words():
    read = article(
        "<h1>A new pier for the harbour</h1><div class=byline><div><strong>Ida Holm</strong><span>Stv. Leiterin</span></div>"
        f"</div>{PROSE}",
        lang="de",
    )
    assert "Ida Holm Stv." in read_html("<p><b>Ida Holm</b><span>Stv. Leiterin</span></p>").text
    assert names(read.authors)[0].startswith("Ida Holm")
