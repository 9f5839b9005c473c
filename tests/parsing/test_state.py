"""Last resorts: what only a script of the page says, and days that stand above the text in odd boxes."""

import json

from schemas.document import Document
from service.parsing import parse
from service.parsing.names import full_name, read_name
from service.reading import read

PARAGRAPH = "<p>The new ferry is tested in rough weather before the summer begins, and the crew is pleased so far.</p>"
HEADLINE = "A ferry for all weathers"


def article(above="", script="", head="", below=""):
    page = (
        f"<html lang=en><head><meta property=og:type content=article>{head}</head><body><article><h1>{HEADLINE}</h1>{above}"
        f"{PARAGRAPH * 6}</article>{below}<script>{script}</script></body></html>"
    )
    return parse(read(page.encode(), media_type="text/html"))


def test_the_state_beside_the_headline_gives_author_and_day():
    rows = [
        {"title": "Another story altogether", "author": {"name": "Ole Brandt"}, "publishedAt": "2019-02-02T10:00:00Z"},
        {"title": "x" * 9000},
        {"title": HEADLINE, "author": {"id": 7, "name": "Ida Holm"}, "publishedAt": "2024-05-03T10:00:00Z"},
    ]
    found = article(script="window.__STATE__ = " + json.dumps({"stories": rows}))
    assert [full_name(p) for p in found.authors] == ["Ida Holm"]
    assert found.dates.published.edtf == "2024-05-03T10:00:00Z"
    assert found.evidence["/authors"][0].rule == "state script"


def test_a_state_within_a_string():
    inner = json.dumps({"headline": HEADLINE, "datePublished": "2024-05-03T10:00:00Z"})
    assert article(script=f"self.push([1,{json.dumps(inner)}])").dates.published.edtf == "2024-05-03T10:00:00Z"


def test_what_the_page_prints_goes_before_its_state():
    found = article(
        "<p>By Ana Ruiz</p><time>3 May 2024</time>", 'var s = {"author": "Ida Holm", "pubDate": "2020-01-01"}'
    )
    assert [full_name(p) for p in found.authors] == ["Ana Ruiz"]
    assert found.dates.published.edtf == "2024-05-03"


def test_states_of_many_stories_without_the_headline_give_nothing():
    script = (
        'var s = [{"author": "Ida Holm", "pubDate": "2020-01-01"}, {"author": "Ole Brandt", "pubDate": "2021-01-01"}]'
    )
    found = article(script=script)
    assert (found.authors, found.dates.published) == ((), None)


def test_a_day_above_the_text_in_a_box_called_teaser():
    above = "<div class=teaser-text>Press release of 25 January 2022 | Port Ansel</div>"
    assert article(above).dates.published.edtf == "2022-01-25"


def test_an_account_of_two_names_is_a_person():
    head = '<meta name="author" content="anna.berg">'
    assert [full_name(p) for p in article(head=head).authors] == ["Anna Berg"]


def test_degrees_are_no_part_of_a_name():
    assert full_name(read_name("Anna Berg, MD, PhD")) == "Anna Berg"
    assert full_name(read_name("Martin Jensen Jr.")) == "Martin Jensen Jr."
    assert full_name(read_name("Jack Ma")) == "Jack Ma"
    text = Document(
        kind="text", text=f"{HEADLINE}\n\nBy Anna Berg, MD, PhD, and Ole Brandt, MPH\n\n{PARAGRAPH[3:-4] * 3}"
    )
    assert [full_name(p) for p in parse(text).authors] == ["Anna Berg", "Ole Brandt"]


def test_an_article_of_an_issue_of_a_periodical_is_a_magazines():
    def kind(whole):
        data = {"@type": "Article", "headline": HEADLINE, "isPartOf": whole}
        return article(head=f'<script type="application/ld+json">{json.dumps(data)}</script>').kind

    assert (
        kind({"@type": "PublicationIssue", "isPartOf": {"@type": "Periodical", "name": "Lantern"}})
        == "article-magazine"
    )
    assert kind({"@type": "Newspaper", "name": "Harbour Post"}) == "article-newspaper"
    assert kind({"@type": ["CreativeWork", "Product"], "name": "Harbour Plus"}) == "webpage"
