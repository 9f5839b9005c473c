"""Which styles there are: every name people use leads to the right file, and a broken file hides nothing."""

import threading
import time
from pathlib import Path

import pytest

from service.errors import BrokenStyle, UnknownName
from service.rendering import registry
from service.rendering.registry import Registry
from service.rendering.style_files import MAX_STYLE_BYTES, Folder, style_id, validate

MINIMAL = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info>
    <title>{title}</title>
    <id>http://example.org/{title}</id>
    <updated>2026-01-01T00:00:00+00:00</updated>
  </info>
  <citation><layout><text variable="title"/></layout></citation>
</style>
"""


@pytest.mark.parametrize(
    ("name", "found", "layout", "edition"),
    [
        ("apa", "apa", "apa", "7"),
        ("APA", "apa", "apa", "7"),
        ("apa7", "apa", "apa", "7"),
        ("apa.csl", "apa", "apa", "7"),
        ("http://www.zotero.org/styles/apa", "apa", "apa", "7"),
        ("https://www.zotero.org/styles/apa/", "apa", "apa", "7"),
        ("apa-5th-edition", "apa", "apa", "7"),
        ("chicago", "chicago-notes-bibliography", "chicago-notes-bibliography", "18"),
        ("Chicago Author Date", "chicago-author-date", "chicago-author-date", "18"),
        ("chicago-nb", "chicago-notes-bibliography", "chicago-notes-bibliography", "18"),
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography", "chicago-notes-bibliography", "18"),
        ("chicago-17", "chicago-notes-bibliography-17th-edition", "chicago-notes-bibliography-17th-edition", "17"),
        ("mla", "modern-language-association", "modern-language-association", "9"),
        ("harvard", "harvard-cite-them-right", "harvard-cite-them-right", "12"),
        ("ama", "american-medical-association", "american-medical-association", "11"),
        ("vancouver", "nlm-citation-sequence", "nlm-citation-sequence", "2"),
        ("bluebook", "bluebook-law-review", "bluebook-law-review", None),
        ("nature", "nature", "nature", None),
        # Turabian 9 is Chicago 17
        ("turabian-ad", "turabian-author-date", "chicago-author-date-17th-edition", "9"),
        (
            "turabian",
            "turabian-notes-bibliography",
            "chicago-notes-bibliography-subsequent-author-title-17th-edition",
            "9",
        ),
    ],
)
def test_every_name_leads_to_the_right_style(name: str, found: str, layout: str, edition: str | None) -> None:
    source = registry.find(name)
    assert (source.id, source.layout, source.info.edition) == (found, layout, edition)
    assert source.path.is_file()


def test_a_dependent_style_is_served_by_its_parents_file() -> None:
    source = registry.find("journal-of-the-acm")
    assert source.info.parent == "association-for-computing-machinery"
    assert source.path.name == "association-for-computing-machinery.csl"


def test_harvard_is_british_and_others_say_their_own_locale() -> None:
    assert registry.find("harvard").locale == "en-GB"
    assert registry.find("nature").locale == "en-GB"
    assert registry.find("apa").locale is None
    assert registry.find("iso690-author-date-de").locale == "de-DE"


@pytest.mark.parametrize(
    ("name", "near"),
    [("apaa", "apa"), ("chicgo", "chicago"), ("natur", "nature"), ("ieee-reference", "ieee-reference-guide")],
)
def test_an_unknown_name_brings_near_ones(name: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        registry.find(name)
    assert near in caught.value.near
    assert len(caught.value.near) <= 5
    assert caught.value.field == "style"


@pytest.mark.parametrize("name", ["", " ", "/", "../../etc/passwd", "apa\0", "a" * 100_000, "..", "%2e%2e", "дом"])
def test_no_name_reaches_a_file_that_is_no_style(name: str) -> None:
    with pytest.raises(UnknownName):
        registry.find(name)


def test_every_named_style_exists_and_no_alias_means_two() -> None:
    table = registry.registry().table
    aliases = [alias for row in table.style for alias in row.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & {row.id for row in table.style}
    for row in table.style:
        assert registry.find(row.id).id == row.id
        for alias in row.aliases:
            assert registry.find(alias).id == row.id, alias


def test_search_puts_common_styles_first() -> None:
    assert [info.id for info in registry.search("chicago")][:2] == ["chicago-notes-bibliography", "chicago-author-date"]
    assert registry.search("mla")[0].id == "modern-language-association"
    assert registry.search("nature")[0].id == "nature"
    assert "the-korean-journal-of-internal-medicine" in {info.id for info in registry.search("korean medicine")}
    assert registry.search("no such style at all") == ()
    assert registry.search("")[0].id == "apa"
    assert len(registry.search("journal", limit=7)) == 7


def test_a_search_takes_milliseconds_once_the_index_is_read() -> None:
    registry.warm()
    start = time.process_time()
    registry.search("journal of korean medicine")
    assert time.process_time() - start < 0.2


def test_the_whole_index_resolves() -> None:
    index = registry.registry().index()
    assert len(index) > 10_000
    parents = {info.parent for info in index.values() if info.parent}
    assert not {name for name in parents if index[registry.find(name).id].parent}


def test_locales_are_those_terms_exist_for() -> None:
    assert {"en-US", "en-GB", "ko-KR", "de-DE", "fr-FR", "zh-CN", "ar"} <= set(registry.locales())


def test_a_style_dropped_in_a_folder_is_served_and_a_broken_one_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Registry([Folder(tmp_path, "local")])
    (tmp_path / "Our House.csl").write_text(MINIMAL.format(title="Our house style"), encoding="utf-8")
    (tmp_path / "broken.csl").write_text("<style>\n<oops", encoding="utf-8")
    (tmp_path / "invalid.csl").write_text(
        MINIMAL.format(title="x").replace('variable="title"', 'variable="headline"'), encoding="utf-8"
    )
    # one that spoils the name of a style of the CSL project does not take that style away
    (tmp_path / "apa.csl").write_text("nothing", encoding="utf-8")

    found = folder.find("our-house")
    assert (found.info.title, found.info.origin) == ("Our house style", "local")
    assert folder.find("apa").info.origin == "csl"
    with pytest.raises(BrokenStyle, match="not well-formed") as broken:
        folder.find("broken")
    assert broken.value.line == 2
    with pytest.raises(BrokenStyle, match="not valid CSL") as invalid:
        folder.find("invalid")
    assert invalid.value.line == 8

    errors = {info.id: info.error for info in folder.own()}
    assert errors["our-house"] is None
    assert errors["broken"] is not None
    assert errors["invalid"] is not None
    assert errors["invalid"].startswith("line 8: ")
    assert "broken.csl:2" in caplog.text
    assert "our-house" in {info.id for info in folder.search("our house")}


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    import os

    path = tmp_path / "mine.csl"
    folder = Registry([Folder(tmp_path, "local")])
    path.write_text("<style", encoding="utf-8")
    with pytest.raises(BrokenStyle):
        folder.find("mine")
    path.write_text(MINIMAL.format(title="Mine"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    first = folder.find("mine")
    assert first.info.title == "Mine"
    path.write_text(MINIMAL.format(title="Mine again"), encoding="utf-8")
    os.utime(path, ns=(2, 2))
    second = folder.find("mine")
    assert (second.info.title, second.stamp) == ("Mine again", 2)
    path.unlink()
    with pytest.raises(UnknownName):
        folder.find("mine")


def test_a_dependent_style_of_ones_own_uses_a_packaged_parent(tmp_path: Path) -> None:
    text = MINIMAL.format(title="Our journal").replace(' class="in-text"', "")
    text = text.replace(
        "<updated>", '<link href="http://www.zotero.org/styles/nature" rel="independent-parent"/><updated>'
    )
    text = text.replace('  <citation><layout><text variable="title"/></layout></citation>\n', "")
    (tmp_path / "our-journal.csl").write_text(text, encoding="utf-8")
    source = Registry([Folder(tmp_path, "local")]).find("our-journal")
    assert (source.layout, source.path.name, source.locale) == ("nature", "nature.csl", "en-GB")


def test_a_folder_that_is_not_there_stops_nothing(tmp_path: Path) -> None:
    assert Registry([Folder(tmp_path / "gone", "local")]).find("apa").id == "apa"


def test_validation_refuses_what_is_no_style() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "y">]>' + MINIMAL.format(title="&x;").split("\n", 1)[1].encode()
    with pytest.raises(BrokenStyle):
        validate(bomb)
    with pytest.raises(BrokenStyle, match="bytes"):
        validate(b" " * (MAX_STYLE_BYTES + 1))
    with pytest.raises(BrokenStyle, match="root element"):
        validate(b"<html/>")
    validate(MINIMAL.format(title="fine").encode())


def test_our_own_styles_are_valid() -> None:
    own = registry.registry().own()
    assert {info.id for info in own if info.origin == "tearsheet"} >= {"photo-credit", "source-line"}
    assert [info for info in own if info.error] == []


def test_one_registry_serves_many_threads() -> None:
    names = ["apa", "mla", "chicago", "nature", "turabian"] * 5
    made = Registry([Folder(Path(registry.registry().folders[-1].path), "tearsheet")])
    found: list[list[str]] = []

    def look() -> None:
        found.append([made.find(name).id for name in names] + [info.id for info in made.search("nature")])

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Our_Style.csl", "our-style"), (" APA ", "apa"), ("http://x.org/styles/A-B", "a-b"), ("a/b/", "b")],
)
def test_style_id(name: str, wanted: str) -> None:
    assert style_id(name) == wanted
