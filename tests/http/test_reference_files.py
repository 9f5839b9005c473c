"""Reference files sent to /parse and /cite: known by their type or their beginning, broken entries told with their line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from service.exporting import export
from service.http.files import FILE_TYPES
from tests.articles import FULL, SEED
from tests.asking import ask
from tests.serving import ROOT, Served

BROKEN = (
    "TY  - NEWS\r\nTI  - Ferry sails again\r\nER  - \r\nrubbish\r\nTY  - NEWS\r\nTI  - Harbour reopens\r\nER  - \r\n"
)
WRITTEN = {
    "application/x-research-info-systems": "ris", "application/x-bibtex": "biblatex", "text/x-bibtex": "bibtex",
    "application/x-endnote-refer": "refer", "application/vnd.citationstyles.csl+json": "csl-json",
    "application/vnd.zotero.items+json": "zotero", "application/rdf+xml": "rdf_zotero", "application/mods+xml": "mods",
    "application/nitf+xml": "nitf", "application/ld+json": "schema-org",
}  # fmt: skip


def test_every_type_is_tried_here() -> None:
    assert WRITTEN.keys() == FILE_TYPES


@pytest.mark.parametrize(("media_type", "name"), WRITTEN.items())
def test_a_file_is_read_and_cited_by_its_type(served: Served, media_type: str, name: str) -> None:
    file = "".join(export([FULL], name)).encode()
    read = ask(f"{served.url}/parse", file, Content_Type=media_type)
    assert read.status == 200, read.body
    assert json.loads(read.body)["headline"] == FULL.headline
    cited = ask(f"{served.url}/cite", file, Content_Type=media_type)
    assert cited.status == 200, cited.body
    assert cited.body.decode().startswith("van der Berg, A.")


@pytest.mark.parametrize("name", ["ris", "biblatex", "bibtex", "refer", "rdf_zotero", "mods", "endnote_xml"])
@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_file_is_known_by_its_beginning(served: Served, name: str, media_type: str) -> None:
    file = "".join(export([SEED], name)).encode()
    read = json.loads(ask(f"{served.url}/parse", file, Content_Type=media_type).body)
    assert read["headline"] == SEED.headline
    assert ask(f"{served.url}/cite", file, Content_Type=media_type).body.startswith(b"Lee, M. (n.d.).")


def test_several_entries_are_several_articles_and_each_broken_one_a_warning_with_its_line(served: Served) -> None:
    ris = {"Content_Type": "application/x-research-info-systems"}
    first, second = json.loads(ask(f"{served.url}/parse", BROKEN.encode(), **ris).body)
    assert (first["headline"], second["headline"]) == ("Ferry sails again", "Harbour reopens")
    assert [warning["message"] for warning in first["warnings"]] == ["Line 4: outside any record: rubbish"]
    assert ask(f"{served.url}/cite", BROKEN.encode(), **ris).body.count(b"\n") == 2


@pytest.mark.parametrize("path", ["/parse", "/cite"])
def test_a_file_without_an_entry_is_refused_with_its_reasons(served: Served, path: str) -> None:
    ris = {"Content_Type": "application/x-research-info-systems"}
    for body, reason in ((b"", "no entry"), (b"rubbish", "Line 1: outside any record: rubbish"), (b"\xff", "UTF-8")):
        refused = ask(f"{served.url}{path}", body, **ris)
        assert (refused.status, refused.headers["content-type"]) == (400, "application/problem+json")
        assert reason in json.loads(refused.body)["detail"]


RIS = "TY  - NEWS\nTI  - Harbour library to reopen\nAU  - Ruiz, Ana\nT2  - The Harbour Post\nPY  - 2024\nER  - \n"
CITED = "Ruiz, A. (2024). Harbour library to reopen. The Harbour Post.\n"
ITEM = {
    "itemType": "newspaperArticle", "title": "Harbour library to reopen", "publicationTitle": "The Harbour Post",
    "date": "2024", "creators": [{"creatorType": "author", "firstName": "Ana", "lastName": "Ruiz"}],
}  # fmt: skip


@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_other_programs_json_is_known_by_its_members(served: Served, media_type: str) -> None:
    cited = ask(f"{served.url}/cite", json.dumps([ITEM]).encode(), Content_Type=media_type)
    assert (cited.status, cited.body.decode()) == (200, CITED)
    assert ask(f"{served.url}/articles", json.dumps([ITEM]).encode(), Content_Type=media_type).status in {200, 201}


@pytest.mark.parametrize("media_type", ["text/xml", "application/xml"])
def test_xml_of_any_format_is_known_by_its_beginning(served: Served, media_type: str) -> None:
    for name in ("endnote_xml", "mods", "rdf_zotero", "nitf"):
        file = "".join(export([SEED], name)).encode()
        assert json.loads(ask(f"{served.url}/parse", file, Content_Type=media_type).body)["headline"] == SEED.headline
    refused = ask(f"{served.url}/cite", b"<note>of no format</note>", Content_Type=media_type)
    assert (refused.status, json.loads(refused.body)["field"]) == (400, "body")


def test_the_citation_tells_what_of_the_file_could_not_be_read(served: Served) -> None:
    cited = json.loads(ask(f"{served.url}/cite?output=json", BROKEN.encode(), Content_Type="text/plain").body)
    assert len(cited["entries"]) == 2
    assert cited["warnings"][0]["message"] == "Line 4: outside any record: rubbish"


def test_a_page_about_a_format_stays_a_page(served: Served) -> None:
    page = b"How to cite\n\nBy Ida Holm\n\nWrite your entry so, and mind the braces of it:\n\n@article{a, title = {Lost}}\n"
    read = json.loads(ask(f"{served.url}/parse", page, Content_Type="text/plain").body)
    assert read["authors"][0]["family"] == "Holm"


def test_who_let_curl_take_the_line_breaks_is_told(served: Served) -> None:
    text = b"Council votes to reopen the harbour library By Ana Ruiz " * 20
    curl = {"Content_Type": "application/x-www-form-urlencoded", "User_Agent": "curl/8.5.0"}
    refused = ask(f"{served.url}/cite", text, **curl)
    assert refused.status == 400
    assert "--data-binary" in json.loads(refused.body)["reason"]
    assert ask(f"{served.url}/cite", text.replace(b" By", b"\nBy"), **curl).status == 200


def test_the_command_line_reads_files_too(tmp_path: Path) -> None:
    file = tmp_path / "refs.ris"
    file.write_text(RIS + RIS.replace("Ruiz, Ana", "Holm, Ida"))
    run = [sys.executable, "-m", "service"]
    cited = subprocess.run([*run, "cite", str(file)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert cited.stdout.splitlines()[1] == CITED.strip()
    file.write_text(RIS)
    parsed = subprocess.run([*run, "parse", str(file)], cwd=ROOT, capture_output=True, check=True)
    assert json.loads(parsed.stdout)["headline"] == "Harbour library to reopen"
