"""Files as other programs write them: recognised, read as far as they go, safe."""

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import Article, Creator
from service.errors import BadInput, TearsheetError, UnknownName
from service.exporting import export
from service.importing import READERS, read, sniff
from service.importing.names import spoken
from tests.articles import FULL, SEED

BIB = """% a comment
@string{cou = "The Courier"}
@comment{ignored}

@article{one, title = {Grain {S}old \\& shipped}, author = "Anna van der Berg and {Reuters Staff} and Martin King, Jr.",
  journal = cou, year = 2023, month = sep # "~3", url = {https://example.org/a_b%20c}, note = "seen"}

@article{two, title = {No closing brace, author = {X Y},
  year = 2023

@online{three, title = {M{\\"u}ller---a ``visit''}, author = {M{\\"u}ller, J{\\"o}rg}, date = {2023-09~},
  langid = {ngerman}, keywords = {a, {b, c}; d}}
"""

RIS = """TY  - NEWS\r
AU  - Lee, Michael\r
AU  - Reuters Staff\r
TI  - A headline that
 goes on\r
T2  - The Courier\r
DA  - 2023/09/03/\r
SP  - 4\r
EP  - 5\r
N1  - my own note\r
XX  - what is this\r
ER  - \r
stray line\r
TY  - JOUR\r
T1  - Another\r
Y1  - 2020\r
ER  -\r
"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?>
<xml><records><record><ref-type name="Newspaper Article">23</ref-type><contributors><authors>
<author><style face="normal" font="default" size="100%">Lee, Michael</style></author></authors></contributors>
<titles><title><style face="normal">Grain sold</style></title><secondary-title>The Courier</secondary-title></titles>
<dates><year>2023</year><pub-dates><date>September 3</date></pub-dates></dates></record></records></xml>"""

MODS = """<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><nonSort>The</nonSort><title>grain</title></titleInfo>
<name type="personal"><namePart type="family">Lee</namePart><namePart type="given">Michael</namePart>
<role><roleTerm type="text">author</roleTerm></role></name><genre>newspaper</genre>
<relatedItem type="host"><titleInfo><title>The Courier</title></titleInfo>
<part><date>2023-09-03</date><extent unit="pages"><start>4</start><end>5</end></extent></part></relatedItem></mods>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:z="http://www.zotero.org/namespaces/export#">
<bib:Article rdf:about="https://example.org/a"><z:itemType>newspaperArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/><bib:authors><rdf:Seq><rdf:li><foaf:Person>
<foaf:surname>Lee</foaf:surname><foaf:givenname>Michael</foaf:givenname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<dc:title>Grain sold</dc:title><dc:date>September 3, 2023</dc:date></bib:Article>
<bib:Newspaper rdf:about="urn:issn:1234-5679"><dc:title>The Courier</dc:title>
<dc:identifier>ISSN 1234-5679</dc:identifier></bib:Newspaper></rdf:RDF>"""

JSON_LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Courier"},
        {
            "@type": ["NewsArticle", "Article"],
            "headline": "Grain sold",
            "author": [
                {"@type": "Person", "name": "Michael Lee", "givenName": "Michael", "familyName": "Lee"},
                "Staff",
            ],
            "publisher": {"@type": "Organization", "name": "The Courier"},
            "datePublished": "2023-09-03T10:15:00.000+0900",
            "isAccessibleForFree": "False",
            "image": ["https://example.org/a.jpg", {"@type": "ImageObject", "url": "https://example.org/b.jpg"}],
        },
    ],
}
NINJS = {
    "uri": "https://example.org/a",
    "type": "text",
    "headlines": [{"value": "Grain sold"}],
    "by": "Michael Lee",
    "versioncreated": "2023-09-03T10:15:00Z",
    "infosources": [{"name": "TASS"}],
}
NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-6.dtd"><nitf><head><title>x</title></head><body><body.head>
<hedline><hl1>Grain sold</hl1></hedline><byline>By <person>Michael Lee</person><byttl>Staff writer</byttl></byline>
<distributor>AP</distributor><dateline><location>Odesa</location></dateline></body.head></body></nitf>"""


def test_bibtex_by_hand() -> None:
    found = read(BIB)
    assert found.format == "bibtex"
    one, three = found.articles
    assert one.headline == "Grain Sold & shipped"
    assert one.authors == (
        Creator(given="Anna", particle="van der", family="Berg"),
        Creator(literal="Reuters Staff"),
        Creator(given="Jr.", family="Martin King"),
    )
    assert one.publication is not None
    assert one.publication.name == "The Courier"
    assert one.dates.published is not None
    assert (one.dates.published.edtf, one.dates.published.precision) == ("2023-09-03", "day")
    assert one.url == "https://example.org/a_b%20c"
    assert one.note == "seen"
    assert one.warnings == ()
    assert three.headline == "Müller—a “visit”"
    assert three.authors == (Creator(given="Jörg", family="Müller"),)
    assert three.keywords == ("a", "b, c", "d")
    assert (three.kind, three.language) == ("webpage", "de-DE")
    assert three.dates.published is not None
    assert three.dates.published.edtf == "2023-09~"
    (warning,) = found.warnings
    assert warning.message.startswith("Line 8: ")


def test_ris_by_hand() -> None:
    found = read(RIS)
    assert found.format == "ris"
    one, two = found.articles
    assert one.headline == "A headline that goes on"
    assert one.authors == (Creator(given="Michael", family="Lee"), Creator(literal="Reuters Staff"))
    assert one.page == "4–5"
    assert [warning.message.split(": ")[0] for warning in one.warnings] == ["Line 1"]
    assert one.note
    assert two.kind == "article-magazine"
    assert "JOUR" in two.warnings[0].message
    assert [warning.message for warning in found.warnings] == ["Line 13: outside any record: stray line"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ENDNOTE, "endnote_xml"),
        (MODS, "mods"),
        (RDF, "rdf_zotero"),
        (json.dumps(JSON_LD), "schema-org"),
        (json.dumps(NINJS), "ninjs"),
        (NITF, "nitf"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_the_main_facts_of_other_peoples_files(text: str, name: str) -> None:
    assert sniff(text) == name
    found = read(text)
    assert found.format == name
    (article,) = found.articles
    assert article.kind == "article-newspaper"
    assert article.headline == ("The grain" if name == "mods" else "Grain sold")
    if name not in ("ninjs", "nitf"):
        assert article.authors[0] == Creator(given="Michael", family="Lee")
        assert article.publication is not None
        assert article.publication.name == "The Courier"
    if name not in ("nitf", "endnote_xml"):
        assert article.dates.published or article.dates.modified


def test_a_newspaper_as_a_resource_of_its_own() -> None:
    (article,) = read(RDF).articles
    assert article.publication is not None
    assert article.publication.issn == ("1234-5679",)
    assert article.dates.published is not None
    assert article.dates.published.edtf == "2023-09-03"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anna van der Berg", {"given": "Anna", "particle": "van der", "family": "Berg"}),
        ("Martin King, Jr.", {"given": "Martin", "family": "King", "suffix": "Jr."}),
        ("J. R. Stone", {"given": "J. R.", "family": "Stone"}),
        ("Sukarno", {"literal": "Sukarno"}),
        ("김 도현", {"literal": "김 도현"}),
        ("The long name of some department here", {"literal": "The long name of some department here"}),
    ],
)
def test_a_person_in_reading_order(text: str, parts: dict[str, str]) -> None:
    assert {part: value for part, value in spoken(text).items() if value} == parts


def test_json_ld_details() -> None:
    (article,) = read(json.dumps(JSON_LD)).articles
    assert article.authors[1] == Creator(literal="Staff")
    assert article.dates.published is not None
    assert article.dates.published.edtf == "2023-09-03T10:15:00+09:00"
    assert [photo.url for photo in article.photos] == ["https://example.org/a.jpg", "https://example.org/b.jpg"]
    assert article.access == "subscription"


@pytest.mark.parametrize("name", [row.name for row in READERS])
def test_our_own_files_are_recognised_and_read(name: str) -> None:
    text = "".join(export([SEED, FULL], name))
    assert sniff(text) == name
    found = read(text)
    assert found.warnings == ()
    for before, after in zip([SEED, FULL], found.articles, strict=True):
        assert after.headline == before.headline
        assert after.publication is not None
        assert after.publication.name == before.publication.name  # type: ignore[union-attr]
        assert len(after.authors) == len(before.authors)
        assert after.language == before.language
        assert after.keywords == before.keywords
        assert after.url == before.url
        assert after.agencies == before.agencies or [agency.name for agency in after.agencies] == [
            agency.name for agency in before.agencies
        ]
        assert [photo.caption for photo in after.photos] == [photo.caption for photo in before.photos]
        assert [photo.credit for photo in after.photos] == [photo.credit for photo in before.photos]


@pytest.mark.parametrize(
    ("text", "media_type", "name"),
    [
        ("", None, None),
        ("By Michael Lee\n\nSeoul, Sept. 3 (Yonhap) --", None, None),
        ("Follow me @lee (and others)", None, None),
        ("{ not json", None, None),
        ("<html><p>@article{x}</p></html>", None, None),
        ('{"text": "a page"}', None, None),
        ("anything", "application/x-bibtex; charset=utf-8", "bibtex"),
        ("\ufeffTY  - NEWS\nER  - ", None, "ris"),
        ("  @Article{x, title={y}}", "text/plain", "bibtex"),
        ('[{"id": "a", "type": "article-newspaper"}]', None, "csl-json"),
        ('{"itemType": "newspaperArticle"}', "application/json", "zotero"),
    ],
)
def test_sniffing(text: str, media_type: str | None, name: str | None) -> None:
    assert sniff(text, media_type) == name


def test_json_with_a_broken_object_keeps_the_others() -> None:
    lines = [
        '{"type": "webpage", "title": "One"},',
        '{"type": "article", "title": },',
        '{"type": "webpage", "title": "Three"}',
    ]
    text = "\n".join(["[", *lines, "]"])
    found = read(text, "csl-json")
    assert [article.headline for article in found.articles] == ["One", "Three"]
    (warning,) = found.warnings
    assert warning.message.startswith("Line 3: not JSON")


def test_xml_with_a_broken_record_keeps_what_was_read() -> None:
    text = "".join(export([SEED, FULL], "mods")).replace("</mods:mods>", "").replace("</mods>", "</mod>", 1)
    found = read(text, "mods")
    assert found.articles[0].headline == SEED.headline
    assert found.warnings
    assert all(warning.message.startswith("Line ") for warning in found.warnings)


def test_a_field_that_does_not_fit_costs_only_itself() -> None:
    item = {
        "type": "article-newspaper",
        "title": "One",
        "language": "no tag!",
        "DOI": "10.1/x",
        "issued": {"raw": "soon"},
    }
    (article,) = read(json.dumps([item]), "csl-json").articles
    assert (article.headline, article.doi, article.language) == ("One", "10.1/x", None)
    assert {warning.field for warning in article.warnings} == {"/language", ""}


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>&a;</title></titleInfo></mods>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf><head><title>&a;</title></head></nitf>',
    ],
)
def test_entities_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="declarations"):
        read(text)


def test_no_such_format() -> None:
    with pytest.raises(UnknownName):
        read("x", "docx")
    with pytest.raises(BadInput):
        read("just a sentence")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * 100_000, "csl-json"),
        ('[{"a":' * 50_000, "zotero"),
        ("<a>" * 100_000, "mods"),
        ("@article{x, title = " + "{" * 100_000, "bibtex"),
        ("@article{x, author = {" + "a and " * 50_000 + "b}}", "bibtex"),
        ("@a{" * 20_000, "bibtex"),
        ("\n@a{x," * 20_000, "bibtex"),
        ("@article{x, abstract = {" + "\\a " * 200_000 + "}}", "bibtex"),
        (("@article{x, abstract = {" + "\\a " * 6_000 + "}}\n") * 40, "bibtex"),
        ("TY  - NEWS\n" + "AU  - A, B\n" * 50_000, "ris"),
        ("TY  - NEWS\n" + "".join(f"M2  - authors.{n}: given=a\n" for n in range(1, 9999)), "ris"),
        ("%0 Newspaper Article\n" + "%K a\n" * 50_000, "refer"),
        ('{"type": "article", "custom": ' + '{"authors":' * 500 + "1" + "}" * 501, "csl-json"),
        ('{"type": "article", "issued": {"date-parts": [[' + "9" * 5000 + "]]}}", "csl-json"),
    ],
    ids=range(14),
)
def test_hostile_files_end_soon(text: str, name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(TearsheetError):
        read(text, name)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("name", [row.name for row in READERS])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_damage_is_survived(name: str, data: st.DataObject) -> None:
    text = "".join(export([SEED, FULL], name))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    try:
        found = read(damaged, name)
    except BadInput:
        return
    assert all(isinstance(article, Article) for article in found.articles)


def test_speed() -> None:
    text = "".join(export([SEED, FULL] * 100, "ris"))
    start = time.process_time()
    assert len(read(text, "ris").articles) == 200
    assert 200 / (time.process_time() - start) > 200


def test_an_abstract_may_hold_what_looks_like_an_entry() -> None:
    text = "@article{a, title = {One}, abstract = {Write\n@misc{key, and so on}\nas usual}}\n@misc{b, title = {Two}}\n"
    found = read(text, "bibtex")
    assert [article.headline for article in found.articles] == ["One", "Two"]
    assert found.warnings == ()
