# lines of markup are clearer unbroken
"""Articles read from pages: made-up outlets, one habit of real pages in each."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import Article
from schemas.document import Hints
from service.parsing import parse
from service.parsing.names import full_name
from service.reading.html import read_html

PROSE = (
    "<p>"
    + "The council of the harbour town met on Monday evening and talked for three hours about the new pier. " * 4
    + "</p>"
)


def article(
    body: str, head: str = "", url: str = "https://www.harbourpost.example/town/new-pier", lang: str = "en"
) -> Article:
    page = f"<html lang={lang}><head>{head}</head><body>{body}</body></html>"
    return parse(read_html(page, url=url), Hints())


def names(read: Article) -> list[str]:
    return [full_name(person) for person in read.authors]


def test_the_printed_headline_wins_over_the_breadcrumbs_h1_and_the_sites_name() -> None:
    read = article(
        "<nav class=breadcrumb><ol><li><a href=/>Home</a><li><a href=/town>Town</a><li><h1>Pier news</h1></ol></nav>"
        f"<article><h2 class=article-headline>Council votes for a new pier at last</h2><div class=byline>By Ida Holm</div>{PROSE}</article>",
        "<title>Council votes for a new pier at last | Harbour Post</title><meta property=og:site_name content='Harbour Post'>",
    )
    assert read.headline == "Council votes for a new pier at last"
    assert names(read) == ["Ida Holm"]
    assert read.section == ("Town",)
    assert read.publication is not None
    assert read.publication.name == "Harbour Post"


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><span class=topline>Storm</span> <span class=text>Harbour stays closed for a second day</span></h1>",
        "<h1><div class=label>Storm</div> Harbour stays closed for a second day</h1>",
        "<h1><span class=x>Storm</span><br><span class=y>Harbour stays closed for a second day</span></h1>",
        "<h1><span>Storm</span> – Harbour stays closed for a second day</h1>",
        "<h1><span class=overline>Storm</span> : Harbour stays closed for a second day</h1>",
    ],
)
def test_a_kicker_in_a_box_of_its_own_is_no_part_of_the_headline(heading: str) -> None:
    read = article(f"<article>{heading}<div class=byline>By Ida Holm</div>{PROSE}</article>")
    assert read.headline == "Harbour stays closed for a second day"
    (evidence,) = read.evidence["/headline"]
    assert evidence.quote == read.headline


def test_a_kicker_that_only_the_metadata_part_from_the_headline() -> None:
    read = article(
        f"<article><h1><span class=big>Storm</span> Harbour stays closed</h1>{PROSE}</article>",
        "<meta property=og:title content='Storm: Harbour stays closed'>",
    )
    assert read.headline == "Harbour stays closed"


@pytest.mark.parametrize(
    ("heading", "whole"),
    [
        ("<span class=kicker>Kyiv</span>: A day of rain and sirens", "Kyiv: A day of rain and sirens"),
        (
            "<span class=kicker>Kyiv<i class=visually-hidden>:</i></span> <span>A day of rain and sirens</span>",
            "Kyiv: A day of rain and sirens",
        ),
        (
            "<span class=row>A day of rain and sirens</span><br><span class=row>in the port of the capital city</span>",
            "A day of rain and sirens in the port of the capital city",
        ),
        ("<em>Kyiv</em> counts a day of rain and sirens", "Kyiv counts a day of rain and sirens"),
        ("<span>Kyiv</span> counts a day of rain and sirens", "Kyiv counts a day of rain and sirens"),
    ],
)
def test_what_reads_on_from_the_first_box_is_one_headline(heading: str, whole: str) -> None:
    read = article(f"<article><h1>{heading}</h1><div class=byline>By Ida Holm</div>{PROSE}</article>")
    assert read.headline == whole


def test_json_ld_about_another_article_does_not_win() -> None:
    read = article(
        f"<article><h1>Council votes for a new pier</h1><p class=byline>By Ida Holm</p><time datetime=2024-03-05>5 March 2024</time>{PROSE}</article>",
        """<script type="application/ld+json">{"@type": "NewsArticle", "url": "https://www.harbourpost.example/sport/cup",
        "headline": "Rowers win the cup", "author": {"@type": "Person", "name": "Tomas Berg"}, "datePublished": "2019-01-01"}
        </script>""",
    )
    assert read.headline == "Council votes for a new pier"
    assert names(read) == ["Ida Holm"]
    assert read.dates.published is not None
    assert read.dates.published.edtf[:10] == "2024-03-05"


def test_people_of_the_byline_and_not_its_editor_photographer_or_paper() -> None:
    read = article(
        "<article><h1>Council votes for a new pier</h1><div class=byline>By Ida Holm and Tomas Berg</div>"
        "<figure><img src=/a.jpg><figcaption>The old pier. <span class=credit>Photo: Lars Moen/AP</span></figcaption></figure>"
        f"{PROSE}<p>Edited by Anna Vik</p></article>",
        """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Council votes for a new pier",
        "author": {"@type": "Organization", "name": "Harbour Post"}, "publisher": {"name": "Harbour Post"}}</script>""",
    )
    assert names(read) == ["Ida Holm", "Tomas Berg"]
    assert [full_name(p) for p in read.editors] == ["Anna Vik"]
    (photo,) = read.photos
    assert photo.caption == "The old pier."
    assert photo.credit == "Lars Moen/AP"
    assert tuple(a.role for a in read.agencies) == ("photo",)


def test_an_organisation_stands_only_where_nobody_is_named() -> None:
    read = article(
        f"<article><h1>Council votes for a new pier</h1><div class=byline>Associated Press</div>{PROSE}</article>"
    )
    assert names(read) == ["Associated Press"]
    assert [(a.name, a.role) for a in read.agencies] == [("Associated Press", "byline")]


def test_the_printed_day_wins_over_the_instant_in_another_zone() -> None:
    read = article(
        f"<article><h1>Council votes for a new pier</h1><span class=date>5 March 2024</span>{PROSE}</article>",
        "<meta property=article:published_time content=2024-03-04T23:30:00Z>",
    )
    assert read.dates.published is not None
    assert read.dates.published.edtf[:10] == "2024-03-05"


def test_no_date_comes_from_a_copyright_line() -> None:
    read = article(
        f"<article><h1>Council votes for a new pier</h1>{PROSE}</article><footer>© 1 January 2024 Harbour Post</footer>"
    )
    assert read.dates.published is None
    assert "no-date" in [w.code for w in read.warnings]


def test_dateline_and_addresses() -> None:
    read = article(
        "<article><h1>Council votes for a new pier</h1><div class=author>By Ida Holm <a href='mailto:ida.holm@harbourpost.example'>mail</a></div>"
        f"<p>OSLO (AP) — {PROSE[3:]}</article><div class=sidebar><a href='mailto:info@harbourpost.example'>contact</a></div>"
    )
    assert read.dateline is not None
    assert read.dateline.place == "Oslo"
    assert read.emails == ("ida.holm@harbourpost.example",)
    assert read.authors[0].email == "ida.holm@harbourpost.example"


def test_an_error_page_invents_nothing() -> None:
    read = article("<h1>Not found</h1><p>The page does not exist.</p>", "<title>404</title>")
    assert not read.authors
    assert read.dates.published is None
    assert "no-article" in [w.code for w in read.warnings]
    assert all(row.confidence <= 0.5 for rows in read.evidence.values() for row in rows)


def test_a_listing_takes_nothing_from_its_teasers() -> None:
    teaser = "<div class=teaser><h3><a href=/x>Rowers win the cup again</a></h3><span class=author>By Tomas Berg</span><time datetime=2020-02-02>2 Feb</time></div>"
    read = article(f"<h1>Sport</h1>{teaser * 12}", url="https://www.harbourpost.example/sport")
    assert not read.authors
    assert "no-article" in [w.code for w in read.warnings]


def test_evidence_quotes_the_text() -> None:
    page = f"<html><body><article><h1>Council votes for <br>a new pier</h1><p class=byline>By Ida Holm</p>{PROSE}</article></body></html>"
    document = read_html(page)
    read = parse(document)
    rows = [row for each in read.evidence.values() for row in each if row.start is not None]
    assert rows
    for row in rows:
        assert document.text[row.start : row.end] == row.quote


@pytest.mark.parametrize(
    "value",
    ["\\ud800", "x" * 50_000, "\\u0000", "&lt;b&gt;", "", "null", "9" * 400, "2024-13-45", "0001-01-01", "-1", "1e999"],
)
def test_any_metadata_value_fits_the_contract(value: str) -> None:
    head = f"""<meta name=author content="{value}"><meta property=og:title content="{value}">
    <meta name=keywords content="{value}"><meta property=article:published_time content="{value}"><meta property=og:locale content="{value}">
    <link rel=canonical href="{value}"><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{value}",
    "author": [{{"name": "{value}", "email": "{value}"}}], "datePublished": "{value}", "image": {{"@type": "ImageObject", "creditText": "{value}",
    "url": "{value}"}}, "keywords": ["{value}"], "articleSection": "{value}", "inLanguage": "{value}", "url": "{value}"}}</script>"""
    read = article(
        f"<h1>{value}</h1><p class=byline>By {value}</p><figure><figcaption>{value}</figcaption></figure>",
        head,
        url=value,
    )
    assert msgspec.json.decode(msgspec.json.encode(read), type=Article) == read


PIECES = st.sampled_from(
    ["<h1>", "</h1>", "<article>", "<p class=byline>By ", "Ida Holm", "5.3.2024", "<figure>", "<figcaption>Foto: A/AP", "<time datetime=", "'2024-01-01'>",
     "<script type=application/ld+json>", '{"@type":"NewsArticle","author":', '[{"name":{}}]', "}", "</script>", "<a rel=author href=mailto:a@b.co>", "\x00", "\ud7ff", "é", " ",
     "<div itemscope itemtype=NewsArticle>", "<span itemprop=author>", "<meta name=author content=", "<nav class=breadcrumb>", "【東京＝山田太郎】", "&#xD800;", "<li>", "(서울=연합뉴스)"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.binary(max_size=300))
def test_any_page_gives_an_article_that_fits_the_contract(page: str | bytes) -> None:
    read = parse(read_html(page))
    assert msgspec.json.decode(msgspec.json.encode(read), type=Article) == read
