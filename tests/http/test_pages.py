"""Pages of articles and photographs: valid, safe, and full of what reference managers read."""

import json
import re
from datetime import UTC, datetime

import html5lib
import msgspec
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from schemas.article import Article, Creator, Dates, DateValue, Photo, Publication
from schemas.evidence import Evidence, Warning
from service import exporting
from service.errors import UnknownName
from service.http import pages, unapi
from service.http.embedded import family_first, head
from service.http.photographs import NoSuchPhotograph, photograph
from tests.articles import FULL, SEED

HOSTILE = "\"><script>alert(1)</script><!-- ' & <b>\u202e"


def page(article: Article) -> LexborHTMLParser:
    return LexborHTMLParser(pages.article_page(article, "abc123").decode())


def meta(tree: LexborHTMLParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        found.setdefault(name, []).append(node.attributes["content"] or "")
    return found


EXAMPLES = {"seed": SEED, "full": FULL, "empty": Article(), "photograph": photograph(FULL, 1)}


@pytest.mark.parametrize("article", EXAMPLES.values(), ids=EXAMPLES)
def test_pages_are_valid_html(article: Article) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(pages.article_page(article, "abc123"))
    assert parser.errors == []


def test_no_value_escapes_its_place() -> None:
    text = HOSTILE
    article = Article(
        headline=text, subtitle=text, byline=text, section=(text,), abstract=text, keywords=(text,), rights=text,
        authors=(Creator(family=text, given=text), Creator(literal=text)), column=text,
        photos=(Photo(caption=text, credit=text, description=text, url=f"https://a.example/{text}"),),
        publication=Publication(name=text, place=text), url=f"javascript:alert(1)//{text}", archive_url=f"https://a.example/{text}",
        evidence={f"/{text}": (Evidence(source="text", quote=text, path=text, rule=text, confidence=1),)},
        warnings=(Warning(code="x", message=text),),
    )  # fmt: skip
    for body in (pages.article_page(article, "abc123"), pages.photograph_page(article, "abc123", 1)):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(body)
        assert parser.errors == []
        tree = LexborHTMLParser(body.decode())
        assert {node.attributes.get("type") for node in tree.css("script")} <= {"application/ld+json"}
        assert tree.css("b") == []
        assert not any(
            (node.attributes.get("href") or "").lower().startswith("javascript") for node in tree.css("[href]")
        )
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)


def test_the_policy_allows_the_one_style_sheet_and_nothing_else() -> None:
    from base64 import b64encode
    from hashlib import sha256

    style = page(FULL).css_first("style").text()
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in pages.policy()
    assert pages.policy().startswith("default-src 'none'; ")
    assert page(FULL).css("[style], img, iframe, form, link[rel=stylesheet]") == []


def test_embedded_metadata_carries_the_field_map() -> None:
    found = meta(page(FULL))
    assert FULL.publication is not None
    assert found["z:itemType"] == ["newspaperArticle"]
    assert found["dc:title"] == found["citation_title"] == found["og:title"] == [FULL.headline]
    assert found["dc:creator"][:2] == ["van der Berg, Anna", "King, Martin Jr."]
    assert "Reuters and Partners Staff," in found["dc:creator"]
    assert "citation_author" not in found  # Zotero would drop the contributor and the translator
    assert found["article:section"] == ["World > Europe"]
    assert found["bib:contributors"] == ["Berg, Tomas"]
    assert found["z:translators"] == ["Moreau, Claire"]
    assert found["dc:source"] == [FULL.publication.name]
    assert found["dc:publisher"] == [FULL.publication.publisher]
    assert found["z:place"] == ["Odesa"]
    assert found["prism:issn"] == ["1234-5679"]
    assert found["bibo:shortTitle"] == ["Grain sold"]
    assert found["dc:language"] == [FULL.language]
    assert not any("journal" in name for name in found)


def test_embedded_metadata_of_a_photograph() -> None:
    tree = LexborHTMLParser(pages.photograph_page(FULL, "abc123", 1).decode())
    found = meta(tree)
    assert found["z:itemType"] == ["artwork"]
    assert found["z:artists"] == ["Hlyna, Petro"]
    assert found["dcterms:medium"] == ["Photograph"]
    assert found["dc:date"] == ["2023-09-02"]
    assert "dc:creator" not in found
    assert "citation_title" not in found
    assert tree.css_first("abbr.unapi-id").attributes["title"] == "abc123/photos/1"


@pytest.mark.parametrize(
    ("creator", "printed"),
    [
        (Creator(given="Anna", particle="van der", family="Berg"), "van der Berg, Anna"),
        (Creator(given="Martin", family="King", suffix="Jr."), "King, Martin Jr."),
        (Creator(family="Pelé"), "Pelé"),
        (Creator(literal="Reuters Staff"), "Reuters Staff,"),
        (Creator(literal="Yonhap"), "Yonhap"),
        (Creator(literal="Smith, Jones and Partners"), "Smith, Jones and Partners"),
        (Creator(), ""),
    ],
)
def test_names_stand_family_first(creator: Creator, printed: str) -> None:
    assert family_first(creator) == printed


def test_highwire_authors_are_given_where_zotero_reads_them_right() -> None:
    plain = Article(authors=(Creator(given="Ana", family="Ruiz"), Creator(literal="Reuters Staff")))
    assert [row.content for row in head(plain) if row.name == "citation_author"] == ["Ruiz, Ana", "Reuters Staff,"]
    halves = Article(authors=(Creator(given="Anna Maria", particle="van der", family="Berg"),))
    assert not [row for row in head(halves) if row.name == "citation_author"]


@pytest.mark.parametrize(
    ("edtf", "precision", "day"),
    [("2023", "year", "2023"), ("2023-09~", "month", "2023-09"), ("2023-22", "season", "2023"),
     ("2023-09-03T10:00Z", "time", "2023-09-03")],
)  # fmt: skip
def test_dates_are_what_readers_understand(edtf: str, precision: str, day: str) -> None:
    published = msgspec.convert({"edtf": edtf, "precision": precision}, DateValue)
    found = {row.name: row.content for row in head(Article(dates=Dates(published=published)))}
    assert found["dc:date"] == day
    assert found["article:published_time"] == (edtf if precision == "time" else day)


def test_an_agency_that_signed_alone_is_the_creator() -> None:
    from schemas.article import Agency

    article = Article(agencies=(Agency(name="Yonhap", role="byline"), Agency(name="TASS", role="source")))
    assert [row.content for row in head(article) if row.name == "dc:creator"] == ["Yonhap"]


def test_photographs_are_made_by_photographers_or_agencies() -> None:
    assert photograph(SEED, 1).authors == (Creator(literal="Yonhap"),)
    assert photograph(FULL, 1).authors == FULL.photos[0].photographers
    assert photograph(FULL, 2).authors == ()
    for n in (0, 3):
        with pytest.raises(NoSuchPhotograph):
            photograph(FULL, n)


def test_links_lead_to_every_format_and_every_photograph() -> None:
    tree = page(FULL)
    links = {node.attributes["title"]: node.attributes for node in tree.css("link[rel=alternate]")}
    assert links.keys() == {row.title for row in exporting.FORMATS.values()}
    assert len({link["href"] for link in links.values()}) == len(links)
    visible = {node.attributes["href"]: node.attributes for node in tree.css("a[download]")}
    for row in exporting.FORMATS.values():
        link = links[row.title]
        assert link["type"] == row.media_type
        assert visible[link["href"]]["download"] == f"abc123.{row.extension}"
    photographs = [node.attributes["href"] for node in tree.css("ol.photographs a")]
    assert photographs == ["/articles/abc123/photos/1", "/articles/abc123/photos/2"]


def test_the_unapi_server_and_the_record_are_named() -> None:
    tree = page(FULL)
    assert tree.css_first("link[rel=unapi-server]").attributes == {
        "rel": "unapi-server", "type": "application/xml", "title": "unAPI", "href": "/unapi",
    }  # fmt: skip
    assert tree.css_first("abbr.unapi-id").attributes["title"] == "abc123"


def test_unapi_lists_every_format_by_the_names_its_clients_know() -> None:
    root = etree.fromstring(unapi.formats("abc123"))
    assert root.get("id") == "abc123"
    listed = {node.get("name"): node.get("type") for node in root}
    assert len(listed) == len(exporting.FORMATS)
    assert listed["bibtex"] == "application/x-bibtex"
    assert "csljson" in listed
    for name, media_type in listed.items():
        assert unapi.find(str(name)).media_type == media_type
    assert etree.fromstring(unapi.formats()).get("id") is None
    with pytest.raises(UnknownName):
        unapi.find("endnote-of-the-future")


def test_json_ld_is_whole() -> None:
    read = json.loads(page(FULL).css_first('script[type="application/ld+json"]').text())
    assert "NewsArticle" in json.dumps(read)


def test_uncertain_and_inferred_dates_are_said_to_be_so() -> None:
    date = DateValue(edtf="2023-09~", precision="month", inferred=True, basis="75th anniversary of 1948")
    text = page(Article(dates=Dates(published=date))).body.text()
    assert "about 2023-09, inferred: 75th anniversary of 1948" in re.sub(r"\s+", " ", text)
    assert datetime.now(UTC).strftime("%Y-%m-%d") not in text
