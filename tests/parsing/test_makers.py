"""Who wrote a page: teasers, menus, the paper's own account, personal sites. Names and papers are made up."""

from schemas.document import Document
from service.parsing import parse
from service.parsing.names import full_name
from service.reading import read

PARAGRAPH = (
    "The new ferry is tested in rough weather before the summer begins, and the crew is pleased with it so far. "
)
BODY = "".join(f"<p>{PARAGRAPH * 3}</p>" for _ in range(4))


def authors(body, head="", language="en"):
    page = f"<html lang={language}><head><meta property=og:type content=article>{head}</head><body>{body}</body></html>"
    return [full_name(p) for p in parse(read(page.encode(), media_type="text/html")).authors]


def test_authors_of_teasers_above_the_headline_are_not_the_authors():
    teasers = "".join(
        f'<article class="slider-teaser"><h3><a href="/{n}">{n} waits</a></h3><span class="author">{n}</span></article>'
        for n in ("Ole Brandt", "Ana Ruiz", "Kari Nordmann")
    )
    page = f"{teasers}<article><h1>A ferry for all weathers</h1>{BODY}<div class=author>By Ida Holm</div></article>"
    assert authors(page) == ["Ida Holm"]


def test_a_name_above_the_text_beside_the_papers_account_is_the_writer():
    head = (
        '<meta name="author" content="Harbour Daily News"><meta property="og:site_name" content="Harbour Daily News">'
    )
    page = f"<article><h1>A ferry for all weathers</h1><p><strong>Mpho Sebata/Lineo Khoali</strong></p>{BODY}</article>"
    assert authors(page, head) == ["Mpho Sebata", "Lineo Khoali"]


def test_a_heading_above_the_text_is_nobody():
    head = (
        '<meta name="author" content="Harbour Daily News"><meta property="og:site_name" content="Harbour Daily News">'
    )
    assert authors(f"<article><h1>A ferry for all weathers</h1><h2>Neuer Bereich</h2>{BODY}</article>", head) == [
        "Harbour Daily News"
    ]


def test_steps_of_a_menu_are_nobody():
    menu = '<ul><li><a href="/a">Raspberry Notes (18)</a></li><li><a href="/b">Clever Machines (29)</a></li></ul>'
    assert authors(f"<article><h1>A ferry for all weathers</h1>{menu}{BODY}</article>") == []


def test_the_handle_of_an_authors_page_is_a_name():
    page = f'<article><h1>A ferry for all weathers</h1>{BODY}<p>// <a rel=author href="/author/f3rry">f3rry</a> //</p></article>'
    assert authors(page) == ["f3rry"]


def test_a_first_name_after_the_hour():
    page = f"<article><h1>A ferry for all weathers</h1><p>Boats (1 / 3) 06.11.2023 13:30 von Olga</p>{BODY}</article>"
    assert authors(page, language="de") == ["Olga"]


def test_an_agency_and_a_place_sign_a_story():
    page = f"<article><h1>A ferry for all weathers</h1><ul><li>AFP, MANILA</li></ul>{BODY}</article>"
    assert authors(page) == ["AFP"]


def test_the_owner_of_a_personal_site_wrote_what_nobody_signs():
    page = f"<article><h1>A ferry for all weathers</h1>{BODY}</article>"
    assert authors(page, "<title>A ferry for all weathers | Martin Jensen</title>") == ["Martin Jensen"]
    assert authors(page + "<footer>Copyright (c) 2012- Martin Jensen. All rights reserved.</footer>") == [
        "Martin Jensen"
    ]
    assert authors(page + "<footer>© 2024 Harbour Media Group</footer>") == []


def test_a_text_names_an_agency_as_it_prints_it():
    text = f"A ferry for all weathers\n\nBy AFP\n\n3 May 2024\n\n{PARAGRAPH * 3}\n\n{PARAGRAPH * 4}\n"
    article = parse(Document(kind="text", text=text))
    assert [full_name(p) for p in article.authors] == ["AFP"]
