"""A newspaper article as Zotero's own translators take it: from the page's metadata with unAPI switched off, and from files.

Their rules are written here as rows, the first place of a row that has a value wins: RDF.js (which Embedded Metadata.js
fills from the meta elements), RIS.js, MODS.js, Endnote XML.js and ReferBibIX.js of zotero/translators.
"""

from typing import Any

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from schemas.article import Article, Creator, Dates, DateValue, Publication
from service.exporting import export
from service.exporting.reference import references
from service.exporting.zotero import item
from service.http import pages
from tests.articles import FULL

FIELDS = (
    "itemType", "title", "publicationTitle", "publisher", "place", "section", "edition", "date", "pages", "language",
    "ISSN", "shortTitle", "url", "accessDate", "abstractNote", "rights",
)  # fmt: skip
"""The single fields of a newspaper article in Zotero; creators and tags are looked at apart."""

PLAIN = Article(
    headline="Ferry sails again",
    authors=(Creator(given="Ida", family="Holm"), Creator(literal="Reuters Staff"), Creator(literal="Yonhap")),
    publication=Publication(name="The Port Weekly", issn=("1234-5679",)),
    dates=Dates(published=DateValue(edtf="2023-09-03", precision="day")),
    url="https://port.example/ferry",
)


def expected(article: Article, *lost: str) -> dict[str, Any]:
    """Zotero's item of an article without the fields that a way in has no place for."""
    whole = item(next(references([article])))
    return {name: whole[name] for name in FIELDS if name in whole and name not in lost}


def creators(article: Article, *types: str) -> list[dict[str, str]]:
    return [one for one in item(next(references([article])))["creators"] if one["creatorType"] in types]


def one_line(found: dict[str, Any]) -> dict[str, Any]:
    """What formats of lines make of an abstract of several."""
    return {field: " ".join(value.split()) for field, value in found.items()}


def split(name: str, kind: str, comma: bool = True) -> dict[str, str]:
    """A name at its comma, or at its last blank where the translator finds no comma and is not told to expect one."""
    if comma:
        last, _, first = (part.strip() for part in name.partition(","))
    else:
        first, _, last = name.rpartition(" ")
    return {"firstName": first, "lastName": last, "creatorType": kind} if first else {"name": last, "creatorType": kind}


META = (
    ("itemType", "z:itemType"),
    ("title", "citation_title dc:title og:title"),
    ("publicationTitle", "prism:publicationName dc:source og:site_name"),
    ("publisher", "citation_publisher dc:publisher"),
    ("place", "z:place"),
    ("section", "article:section"),
    ("edition", "prism:edition"),
    ("date", "citation_publication_date og:published_time article:published_time dc:date"),
    ("language", "citation_language dc:language"),
    ("shortTitle", "bibo:shortTitle"),
    ("url", "og:url"),
    ("abstractNote", "citation_abstract og:description dcterms:abstract"),
    ("rights", "prism:copyright dc:rights"),
)
META_CREATORS = (("dc:creator", "author"), ("bib:contributors", "contributor"), ("z:translators", "translator"))


def embedded(article: Article) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The item and the creators that Embedded Metadata makes of the article's page."""
    tree = LexborHTMLParser(pages.article_page(article, "abc123").decode())
    assert "article: http://ogp.me/ns/article#" in str(tree.css_first("html").attributes["prefix"])
    meta: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        meta.setdefault(name, []).append(node.attributes["content"] or "")
    found = {}
    for field, places in META:
        values = [meta[place][0] for place in places.split() if place in meta]
        if values:
            found[field] = values[0]
    ends = [meta[name][0] for name in ("prism:startingPage", "prism:endingPage") if name in meta]
    if ends:
        found["pages"] = "-".join(ends)
    if issn := meta.get("citation_issn") or meta.get("prism:issn", [])[:1]:
        found["ISSN"] = ", ".join(issn)
    people = [split(name, kind, "," in name) for place, kind in META_CREATORS for name in meta.get(place, ())]
    highwire = [split(name, "author", "," in name) for name in meta.get("citation_author", ())]
    return found, highwire or people


@pytest.mark.parametrize("article", [FULL, PLAIN], ids=["full", "plain"])
def test_through_embedded_metadata(article: Article) -> None:
    found, people = embedded(article)
    assert found == expected(article, "accessDate")  # Zotero sets its own
    wanted = creators(article, "author", "contributor", "translator")
    assert people == [_without_comma(one) for one in wanted]


def _without_comma(creator: dict[str, str]) -> dict[str, str]:
    """A suffix stands behind a second comma in Zotero's own field; in a page's metadata that comma would split."""
    return {name: text.replace(", Jr.", " Jr.") for name, text in creator.items()}


RIS = {
    "TI": "title", "T2": "publicationTitle", "PB": "publisher", "CY": "place", "SE": "section", "ET": "edition",
    "LA": "language", "SN": "ISSN", "ST": "shortTitle", "UR": "url", "AB": "abstractNote", "CR": "rights", "SP": "pages",
}  # fmt: skip
RIS_DATES = {"DA": "date", "Y2": "accessDate"}


@pytest.mark.parametrize("article", [FULL, PLAIN], ids=["full", "plain"])
def test_through_ris(article: Article) -> None:
    found: dict[str, Any] = {}
    people = []
    for line in "".join(export([article], "ris")).split("\r\n"):
        tag, value = line[:2], line[6:]
        if tag == "TY":
            found["itemType"] = {"NEWS": "newspaperArticle"}[value]
        elif tag in RIS:
            found.setdefault(RIS[tag], value)
        elif tag in RIS_DATES:
            found[RIS_DATES[tag]] = "-".join(filter(None, value.split("/")))
        elif tag in ("AU", "A4"):
            people.append(split(value, {"AU": "author", "A4": "translator"}[tag]))
    assert found == one_line(expected(article))
    assert people == creators(article, "author", "translator")


M = {"m": "http://www.loc.gov/mods/v3"}
MODS = (
    ("itemType", "m:genre[@authority='local']"),
    ("title", "m:titleInfo[not(@type)]/m:title"),
    ("shortTitle", "m:titleInfo[@type='abbreviated']/m:title"),
    ("publicationTitle", "m:relatedItem[@type='host']/m:titleInfo[not(@type)]/m:title"),
    ("publisher", "m:relatedItem[@type='host']/m:originInfo/m:publisher"),
    ("place", "m:relatedItem[@type='host']/m:originInfo/m:place/m:placeTerm[@type='text']"),
    ("edition", "m:relatedItem[@type='host']/m:originInfo/m:edition"),
    ("date", "m:relatedItem[@type='host']/m:originInfo/m:dateIssued[@encoding]"),
    ("section", "m:relatedItem[@type='host']/m:part/m:detail[@type='section']/m:number"),
    ("pages", "m:relatedItem[@type='host']/m:part/m:extent[@unit='pages']/m:start"),
    ("language", "m:language/m:languageTerm[@type='code']"),
    ("url", "m:location/m:url"),
    ("abstractNote", "m:abstract"),
    ("rights", "m:accessCondition"),
)
RELATORS = {"aut": "author", "ctb": "contributor", "trl": "translator"}


@pytest.mark.parametrize("article", [FULL, PLAIN], ids=["full", "plain"])
def test_through_mods(article: Article) -> None:
    root = etree.fromstring("".join(export([article], "mods")).encode())[0]
    found = {field: nodes[0].text for field, path in MODS if (nodes := root.xpath(path, namespaces=M))}
    if accessed := root.xpath("m:location/m:url[@usage='primary display']/@dateLastAccessed", namespaces=M):
        found["accessDate"] = accessed[0]
    if issn := [node.text for node in root.findall(".//m:identifier[@type='issn']", M)]:
        found["ISSN"] = ", ".join(issn)
    assert found == expected(article)
    people = []
    for name in root.findall("m:name", M):
        kind = RELATORS.get(name.findtext("m:role/m:roleTerm", "", M))
        given, family = (name.findtext(f"m:namePart[@type='{part}']", "", M) for part in ("given", "family"))
        if kind and family:
            people.append({"firstName": given, "lastName": family, "creatorType": kind})
        elif kind:
            people.append({"name": name.findtext("m:namePart", "", M), "creatorType": kind})
    wanted = creators(article, *RELATORS.values())
    assert people == [{key: text.replace(", Jr.", "") for key, text in one.items()} for one in wanted]


ENDNOTE = {
    "titles/title": "title", "titles/secondary-title": "publicationTitle", "titles/short-title": "shortTitle",
    "publisher": "publisher", "pub-location": "place", "section": "section", "edition": "edition", "pages": "pages",
    "dates/pub-dates/date": "date", "language": "language", "isbn": "ISSN", "access-date": "accessDate",
    "abstract": "abstractNote", "urls/web-urls/url": "url",
}  # fmt: skip


@pytest.mark.parametrize("article", [FULL, PLAIN], ids=["full", "plain"])
def test_through_endnote_xml(article: Article) -> None:
    record = etree.fromstring("".join(export([article], "endnote_xml")).encode())[0][0]
    found = {field: node.text for path, field in ENDNOTE.items() if (node := record.find(path)) is not None}
    assert record.find("ref-type").get("name") == "Newspaper Article"
    wanted = expected(article, "rights", "itemType")  # EndNote has no place for rights
    assert found == wanted


REFER = {
    "T": "title", "B": "publicationTitle", "C": "place", "I": "publisher", "P": "pages", "*": "rights", "U": "url",
    "7": "edition", "X": "abstractNote", "G": "language", "8": "date",
}  # fmt: skip


@pytest.mark.parametrize("article", [FULL, PLAIN], ids=["full", "plain"])
def test_through_refer(article: Article) -> None:
    lines = [line for line in "".join(export([article], "refer")).split("\n") if line.startswith("%")]
    assert lines[0] == "%0 Newspaper Article"
    found = {REFER[line[1]]: line[3:] for line in lines if line[1] in REFER}
    lost = ("itemType", "section", "ISSN", "shortTitle", "accessDate")  # Zotero reads no tag for them
    assert found == one_line(expected(article, *lost))
