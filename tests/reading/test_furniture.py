"""Boxes of menus and teasers: one line of text and one element, unless they may tell of the article."""

import pytest

from schemas.document import COMMENT, FLAT, NAVIGATION, Document, Element
from service.reading.html import read_html

MENU = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("News", "Sport", "Culture", "Weather", "Contact"))


def page_of(document: Document) -> tuple[Element, ...]:
    assert document.page is not None
    return document.page.elements


def test_a_menu_is_one_line_and_one_element() -> None:
    document = read_html(f"<body><nav><ul>{MENU}</ul></nav><h1>Ferry sails again</h1><p>The ferry sails.")
    assert document.text == "News  Sport  Culture  Weather  Contact\nFerry sails again\nThe ferry sails."
    menu = page_of(document)[1]
    assert menu.says == FLAT | NAVIGATION
    assert document.text[menu.start : menu.end] == "News  Sport  Culture  Weather  Contact"
    assert [element.tag for element in page_of(document)] == ["body", "nav", "h1", "p"]


def test_comments_stay_comments() -> None:
    comment = "".join(f'<p><a href="#{n}">Reader {n}</a> I agree.</p>' for n in range(6))
    boxes = page_of(read_html(f'<h1>Ferry</h1><div class="comments">{comment}</div>'))
    assert boxes[-1].says == FLAT | COMMENT


@pytest.mark.parametrize(
    "inside",
    [
        "<h1>Ferry sails again</h1>",
        '<time datetime="2024-02-06">6 February</time>',
        "<figure><img src=ferry.jpg><figcaption>The ferry.</figcaption></figure>",
        '<p class="byline">Ida Holm</p>',
        '<a rel="author" href="/holm">Ida Holm</a>',
        '<ol class="breadcrumbs"><li>Home</li></ol>',
        f"<p>{'The ferry sails again after a winter of repairs. ' * 20}</p>",
    ],
)
def test_a_box_that_may_tell_of_the_article_is_taken_apart(inside: str) -> None:
    boxes = page_of(read_html(f'<div class="related"><ul class="x">{MENU}</ul>{inside}</div>'))
    assert not boxes[1].says & FLAT


def test_a_few_links_are_no_menu() -> None:
    boxes = page_of(read_html('<footer><a href="/a">About</a> <a href="/b">Contact</a></footer>'))
    assert [box.tag for box in boxes] == ["body", "footer", "a", "a"]


def test_what_is_not_shown_in_a_menu_is_no_text() -> None:
    hidden = '<li hidden>One</li><li style="display:none">Two</li><li><style>li {}</style>Three</li>'
    assert read_html(f"<nav>{MENU}{hidden}</nav>").text.endswith("Contact  Three")


def test_scripts_in_a_box_are_read_in_their_order() -> None:
    script = '<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{}"}}</script>'
    page = read_html(f"{script.format('A')}<footer>{MENU}{script.format('B')}</footer>{script.format('C')}").page
    assert page is not None
    assert [(row.path, row.value["headline"]) for row in page.data] == [
        ("script[1]", "A"),
        ("script[2]", "B"),
        ("script[3]", "C"),
    ]


def test_deep_boxes_do_not_take_long() -> None:
    document = read_html('<div class="nav">' * 5_000 + "<a href=/a>a</a>" * 5 + "Ferry")
    assert document.text.endswith("Ferry")
