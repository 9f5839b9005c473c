"""Pages taken apart: visible text, elements, structured data."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.reading.html import read_html
from service.reading.json_ld import read_json_ld


def test_text_is_what_a_reader_sees() -> None:
    document = read_html(
        "<html lang=de><title>T</title><body><h1>Eins<br>zwei</h1><script>no()</script><div hidden>nein</div>"
        "<p style='display: none'>nein</p><template><p>nein</p></template><noscript>nein</noscript>"
        "<span class='sr-only'>nein</span><p>wei\u00adcher  Text</p></body>"
    )
    assert document.text == "Eins\nzwei\nweicher Text"
    assert document.language == "de"
    assert document.page is not None
    assert document.page.title == "T"


def test_elements_cover_their_text() -> None:
    document = read_html("<p><span>Von</span><a rel=author href=/i>Ida Holm</a>, <b>R</b>iga</p>")
    assert document.page is not None
    spans = {e.tag: document.text[e.start : e.end] for e in document.page.elements}
    assert spans["p"] == "Von Ida Holm, Riga"
    assert spans["a"] == "Ida Holm"


def test_microdata_has_the_shape_of_json_ld() -> None:
    document = read_html(
        "<div itemscope itemtype='https://schema.org/NewsArticle'><meta itemprop=datePublished content=2024-05-03>"
        "<h1 itemprop=headline>Kop</h1><span itemprop=author itemscope itemtype='https://schema.org/Person'>"
        "<a itemprop=name href=/x>Ida Holm</a></span><span itemprop=author>Tomas Berg</span></div>"
    )
    assert document.page is not None
    (data,) = document.page.data
    assert data.value["@type"] == "NewsArticle"
    assert data.value["headline"] == "Kop"
    assert data.value["datePublished"] == "2024-05-03"
    assert [a if isinstance(a, str) else a["name"] for a in data.value["author"]] == ["Ida Holm", "Tomas Berg"]


def test_broken_json_ld_is_repaired() -> None:
    good = [{"@type": "NewsArticle", "headline": "A b"}]
    assert read_json_ld('{"@type": "NewsArticle", "headline": "A\nb",}') == good
    assert read_json_ld('<!-- {"@graph": [{"@type": "NewsArticle", "headline": "A b"}]} -->') == good
    assert read_json_ld('{"@type": "NewsArticle", "headline": "A b"};') == good
    assert read_json_ld('{"@type": "A"}\n{"@type": "B"}') == [{"@type": "A"}, {"@type": "B"}]
    assert read_json_ld("no json") == []
    assert read_json_ld("[" * 100_000) == []


def test_depth_is_no_trouble() -> None:
    assert read_html("<div>" * 20_000 + "x").text == "x"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet="<>/abh1 ='\"&;\n", max_size=200))
def test_any_bytes_give_a_document(body: bytes | str) -> None:
    document = read_html(body)
    assert document.page is not None
    for element in document.page.elements:
        assert 0 <= element.start <= element.end <= len(document.text)
