"""Pages whose metadata say nothing: bylines and days as they are shown. Names and papers are made up."""

import pytest

from schemas.article import Article
from service.parsing import parse
from service.parsing.names import full_name
from service.reading import read

TEXT = "The new ferry is tested in rough weather before the summer begins, and the crew is pleased with it so far. "
BODY = "".join(f"<p>{TEXT * 3}</p>" for _ in range(4))
HEADING = "<h1>A ferry for all weathers sails at last</h1>"


def shown(body: str, language: str = "en") -> Article:
    page = f"<html lang={language}><title>The Port Weekly</title><body><article>{body}</article></body></html>"
    return parse(read(page.encode(), media_type="text/html"))


def names(article: Article) -> list[str]:
    return [full_name(person) for person in article.authors]


def day(article: Article) -> str | None:
    return article.dates.published.edtf[:10] if article.dates.published else None


@pytest.mark.parametrize(
    ("byline", "language", "people"),
    [
        ("<div>News, Ferries | Published: 5 hours ago | Written by Ida Holm</div>", "en", ["Ida Holm"]),
        ("<div>Ida Holm and AP</div><div>June 30, 2026 - 4.34pm</div>", "en", ["Ida Holm"]),
        ("<p>By</p><p>Ida Holm</p><p>and</p><p>Tomas Berg</p><p>Share</p>", "en", ["Ida Holm", "Tomas Berg"]),
        (
            "<figure><img src=a.jpg><figcaption><address>Von <a rel=author href=/holm>Ida Holm</a>, Redakteurin</address>"
            "<time>09.09.2025, 09:58 Uhr</time><p>Die Fähre. © Ole Brandt</p></figcaption></figure>",
            "de",
            ["Ida Holm"],
        ),
        (
            "<figure><img src=a.jpg><figcaption><address>Von Ida Holm</address><time>09.09.2025, 09:58 Uhr</time>"
            "<p>Die Fähre. © Ole Brandt</p></figcaption></figure>",
            "de",
            ["Ida Holm"],
        ),
        (
            "<p class=author_name>Ida Holm (Enviado especial)</p><p class=author_location>Oslo, Bergen</p>"
            "<time>10/07/2026 00:50</time>",
            "es",
            ["Ida Holm"],
        ),
        ("<div class=attribution-and-updated>Ida Holm|Published 4 months ago</div>", "en", ["Ida Holm"]),
        ("<ul><li><a href=/ida>Ida Holm</a><li>2. Okt. 2022</ul>", "de", ["Ida Holm"]),
    ],
)
def test_bylines_that_only_the_page_shows(byline: str, language: str, people: list[str]) -> None:
    assert names(shown(f"{HEADING}{byline}{BODY}", language)) == people


def test_a_signature_behind_a_dash() -> None:
    assert names(shown(f"{HEADING}{BODY}<p>28. November 2022</p><p>- Ida Holm</p>", "de")) == ["Ida Holm"]


def test_a_line_that_names_nobody_above_the_day_is_nobodys() -> None:
    assert names(shown(f"{HEADING}<div>Erfahrener Benutzer</div><div>30. Juni 2026</div>{BODY}", "de")) == []


def test_the_byline_at_the_headline_and_not_a_teasers() -> None:
    teaser = "<div><h3>Großbrand am Hafen</h3><a href=/x>von Ole Brandt</a></div>"
    byline = "<span>Ida Holm</span><time>30. Juni 2025,</time><time>15:59 Uhr</time>"
    assert names(shown(f"{HEADING}{byline}{BODY}</article>{teaser * 3}", "de")) == ["Ida Holm"]


@pytest.mark.parametrize("name", ["teaser-meta", "date-comments-wrapper", "breadcrumb"])
def test_a_day_at_the_headline_is_the_articles_whatever_its_box_is_called(name: str) -> None:
    box = f"<div class={name}><time>22.04.2024, 17:26 Uhr</time></div>"
    later = "<section class=teasers><h3>Mehr vom Hafen</h3><time>12.04.2024, 10:21 Uhr</time></section>"
    assert day(shown(f"{HEADING}{box}{BODY}{later}", "de")) == "2024-04-22"


def test_an_abbreviation_is_an_agency_where_one_is_due() -> None:
    text = "<p>“The crew is pleased,” the captain told the AP in an interview. The AP sail is a model of boat.</p>"
    article = shown(f"{HEADING}<div>By Ida Holm</div>{BODY}{text}")
    assert [(agency.name, agency.role) for agency in article.agencies] == [("AP", "source")]
    assert not shown(f"{HEADING}<div>By Ida Holm</div>{BODY}<p>The AP sail, said the captain, is new.</p>").agencies


def test_a_notice_of_sources_above_the_text() -> None:
    notice = "<p>Mit Informationen der Nachrichtenagenturen AFP, AP, dpa und Reuters. Nicht alles ist geprüft.</p>"
    article = shown(f"{HEADING}{notice}<h2>Montag</h2>{BODY}", "de")
    assert [agency.name for agency in article.agencies] == ["AFP", "AP", "dpa", "Reuters"]


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("News from the Coast and Beyond - Port Weekly", "Port Weekly"),
        ("Port Weekly | All that sails", "Port Weekly"),
        ("Ferries - and more", "Ferries - and more"),
    ],
)
def test_a_site_is_called_by_the_part_of_its_name_that_its_host_repeats(site: str, name: str) -> None:
    page = f"<meta property=og:site_name content='{site}'><article>{HEADING}{BODY}</article>"
    read_page = parse(read(page.encode(), media_type="text/html", url="https://www.portweekly.example/ferry"))
    assert read_page.publication is not None
    assert read_page.publication.name == name


def test_the_day_a_member_joined_is_no_publication() -> None:
    post = "<dl><dd>seabird</dd><dd>Registriert: 18.09.2008, 05:56</dd></dl><p>21.01.2009, 05:42</p>"
    assert day(shown(f"{HEADING}{post}{BODY}", "de")) == "2009-01-21"


def test_a_day_behind_the_author_below_the_text() -> None:
    assert day(shown(f"{HEADING}{BODY}<p>Author: seabird am 29.12.2010, 13:36 Uhr</p>", "de")) == "2010-12-29"
