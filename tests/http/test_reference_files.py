"""Reference files sent to /parse and /cite: known by their type or their beginning, broken entries told with their line."""

import json

import pytest

from service.exporting import export
from service.http.files import FILE_TYPES
from tests.articles import FULL, SEED
from tests.asking import ask
from tests.serving import Served

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
