"""Our files in the hands of other people's programs and schemas."""

import json
from collections.abc import Callable
from pathlib import Path

import extruct
import jsonschema
import pypandoc
import pytest
import rispy
import yaml
from lxml import etree

from schemas.article import Article
from service.exporting import export
from tests.articles import FULL, PHOTOGRAPH, SEED, varied
from tests.exporting.csl_data import SCHEMA

ARTICLES = [SEED, FULL, PHOTOGRAPH]
HEADLINES = [SEED.headline, FULL.headline]

XML_XSD = """<xs:schema targetNamespace="http://www.w3.org/XML/1998/namespace"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:attribute name="lang" type="xs:language"/>
  <xs:attribute name="space" type="xs:NCName"/><xs:attribute name="base" type="xs:anyURI"/>
  <xs:attribute name="id" type="xs:ID"/></xs:schema>"""
DCR_XSD = """<xs:schema targetNamespace="http://www.isocat.org/ns/dcr" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:attribute name="datcat" type="xs:anyURI"/><xs:attribute name="valueDatcat" type="xs:anyURI"/></xs:schema>"""
TEIX_XSD = """<xs:schema targetNamespace="http://www.tei-c.org/ns/Examples"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="egXML"/></xs:schema>"""


def text_of(articles: list[Article], name: str) -> str:
    return "".join(export(articles, name))


def test_csl_json_fits_its_schema() -> None:
    jsonschema.validate(json.loads(text_of([*ARTICLES, Article(), *varied(150)], "csl-json")), SCHEMA)


class Resolver(etree.Resolver):
    """What the published schemas import from elsewhere: their neighbours, or the few names of it that they use."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def resolve(self, url: str, public_id: str, context: object) -> object:
        if "xlink" in url:
            return self.resolve_filename(str(self.folder / "xlink.xsd"), context)
        stated = {"dcr.xsd": DCR_XSD, "teix.xsd": TEIX_XSD, "xml.xsd": XML_XSD}
        text = next((text for name, text in stated.items() if url.endswith(name)), None)
        return self.resolve_string(text, context) if text else None


@pytest.mark.parametrize(("name", "file"), [("mods", "mods-3-4.xsd"), ("tei", "tei_all.xsd")])
def test_xml_fits_the_published_schema(name: str, file: str, wheel: Callable[[str], Path]) -> None:
    folder = wheel("eulxml==1.1.3") / "eulxml" / "schema_data"
    parser = etree.XMLParser()
    parser.resolvers.add(Resolver(folder))
    schema = etree.XMLSchema(etree.parse(str(folder / file), parser))
    document = etree.fromstring(text_of([*ARTICLES, Article(), *varied(100)], name).encode())
    assert schema.validate(document), schema.error_log


def test_citation_cff_fits_its_schema(wheel: Callable[[str], Path]) -> None:
    schema = json.loads((wheel("cffconvert==2.0.0") / "cffconvert/schemas/1.2.0/schema.json").read_text())
    references = yaml.safe_load(text_of([*ARTICLES, Article(headline="x")], "citation-cff"))
    author = {"family-names": "Doe", "given-names": "Jo"}
    document = {"cff-version": "1.2.0", "message": "x", "title": "x", "authors": [author], **references}
    jsonschema.validate(document, schema)


def test_rispy_reads_every_record() -> None:
    articles = [*ARTICLES, *varied(60)]
    records = rispy.loads(text_of(articles, "ris").replace("\r\n", "\n"))
    assert len(records) == len(articles)
    assert records[0]["type_of_reference"] == "NEWS"
    assert records[0]["authors"] == ["Lee, Michael"]
    assert records[1]["keywords"] == list(FULL.keywords)
    assert [record["title"] for record in records[:2]] == HEADLINES


def test_extruct_reads_the_json_ld() -> None:
    page = f'<html><body><script type="application/ld+json">{text_of([FULL], "schema-org")}</script></body></html>'
    found = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    (article,) = found[0]["@graph"]
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == FULL.headline
    assert article["image"][0]["creditText"] == FULL.photos[0].credit
    assert article["author"][0]["familyName"] == "van der Berg"


@pytest.mark.parametrize(
    ("name", "reader"), [("csl-json", "csljson"), ("bibtex", "bibtex"), ("biblatex", "biblatex"), ("ris", "ris")]
)
def test_pandoc_reads_it(name: str, reader: str) -> None:
    written = pypandoc.convert_text(text_of(ARTICLES, name), "csljson", format=reader)
    items = json.loads(written)
    assert len(items) == 3
    seed, full = items[0], items[1]
    assert seed["author"] == [{"family": "Lee", "given": "Michael"}]
    assert seed["container-title"] == "Korea JoongAng Daily"
    # pandoc takes the year alone from RIS
    assert full["issued"]["date-parts"] == [[2023] if name == "ris" else [2023, 9, 3]]
    assert full["URL"] == FULL.url
    if name != "ris":  # RIS cannot mark an organisation, and pandoc splits every name
        assert full["author"][3] == {"literal": "Reuters and Partners Staff"}
    plain = full["title"].replace('<span class="nocase">', "").replace("</span>", "").replace("’", "'")
    assert plain.startswith((FULL.headline or "").replace("’", "'"))


SCRIPT = """
const {Cite, plugins} = require('@citation-js/core')
require('@citation-js/plugin-bibtex'); require('@citation-js/plugin-ris'); require('@citation-js/plugin-csl')
plugins.config.get('@bibtex')
const text = require('fs').readFileSync(0, 'utf8')
console.log(JSON.stringify(new Cite(text, {forceType: process.env.TYPE}).data))
"""


@pytest.mark.parametrize(
    ("name", "kind"),
    [("csl-json", "@csl/list+text"), ("bibtex", "@bibtex/text"), ("biblatex", "@biblatex/text"), ("ris", "@ris/file")],
)
def test_citation_js_reads_it(name: str, kind: str, node: Callable[[str, str], str]) -> None:
    script = SCRIPT.replace(
        "{forceType: process.env.TYPE}", json.dumps({} if name == "csl-json" else {"forceType": kind})
    )
    items = json.loads(node(script, text_of(ARTICLES, name)))
    assert len(items) == 3
    seed, full = items[0], items[1]
    assert seed["container-title"] == "Korea JoongAng Daily"
    assert full["issued"]["date-parts"][0][0] == 2023
    if name == "ris":  # citation-js follows the RIS table to the letter: AU of NEWS is the reporter
        assert seed["reporter"] == "Lee, Michael"
    else:
        assert seed["author"] == [{"family": "Lee", "given": "Michael"}]
        assert len(full["author"]) == 5


NINJS = (
    "uri standard type headlines descriptions people infoSources located subjects genres altIds associations edNote by "
    "language copyrightNotice usageTerms firstCreated versionCreated contentCreated renditions name"
)


def test_ninjs_uses_no_name_that_ninjs_3_does_not_have() -> None:
    allowed = set(NINJS.split())
    for found in json.loads(text_of([*ARTICLES, *varied(60)], "ninjs")):
        assert set(found) <= allowed
        assert found["uri"]
        for picture in found.get("associations", []):
            assert {"name", "uri"} <= set(picture) <= allowed
