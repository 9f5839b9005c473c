"""BibTeX and biblatex, read back by pybtex, bibtexparser and the real bibtex and biber."""

import re
import shutil
import subprocess
from pathlib import Path

import bibtexparser
import pytest
from pybtex.database import parse_string

from schemas.article import Agency, Article, Creator, Dates, DateValue, Publication
from service.exporting import export
from tests.articles import FULL, PHOTOGRAPH, SEED, varied

PAPER = Publication(name="The Courier")


def bib(*articles: Article, name: str = "bibtex") -> str:
    return "".join(export(articles, name))


def test_the_seed_reads_as_people_write_it() -> None:
    text = bib(SEED)
    for line in (
        "@article{lee_russian_nodate,",
        "  author = {Lee, Michael},",
        "  title = {Russian, {Chinese} officials likely to attend another {North} {Korean} military parade this week},",
        "  journal = {Korea JoongAng Daily},",
        "  year = {n.d.},",
        "  entrysubtype = {newspaper},",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("creator", "written"),
    [
        (Creator(given="Anna", family="Berg", particle="van der"), "van der Berg, Anna"),
        (Creator(given="Martin", family="King", suffix="Jr."), "King, Jr., Martin"),
        (Creator(literal="Reuters Staff"), "{Reuters Staff}"),
        (Creator(literal="Barnes and Noble"), "{Barnes and Noble}"),
        (Creator(given="Charles", family="de Gaulle"), "{de Gaulle}, Charles"),
        (Creator(given="José", family="Ortega y Gasset"), "{Ortega y Gasset}, José"),
        (Creator(given="Gerard", family="'t Hooft"), "{'t Hooft}, Gerard"),
        (Creator(given="Jeanne", family="Arc", particle="d'"), "{d'Arc}, Jeanne"),
        (Creator(given="Sukarno"), "{Sukarno}"),
        (Creator(given="And", family="Smith, Ltd"), "{Smith, Ltd}, {And}"),
        (Creator(given="도현", family="김"), "김, 도현"),
    ],
    ids=str,
)
def test_names(creator: Creator, written: str) -> None:
    assert f"  author = {{{written}}},\n" in bib(Article(headline="x", authors=(creator,)))


@pytest.mark.parametrize(
    ("headline", "written"),
    [
        ("Talks in Geneva fail", "Talks in {Geneva} fail"),
        ("McDonald’s wins", "{McDonald’s} wins"),
        ("NATO meets", "{NATO} meets"),
        ("Leaders Agree On Climate Deal With NATO", "Leaders Agree On Climate Deal With {NATO}"),
        ("50% of {A} & _b_", r"50\% of \{{A}\} \& \_b\_"),
        ("a { b", r"a \textbraceleft{} b"),
        (
            "x|y ~ ^ < > \\",
            r"x\textbar{}y \textasciitilde{} \textasciicircum{} \textless{} \textgreater{} \textbackslash{}",
        ),
        ("北京の朝", "北京の朝"),
    ],
)
def test_titles(headline: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in bib(Article(headline=headline))


@pytest.mark.parametrize(
    ("edtf", "lines"),
    [
        ("2023-09-03", ["year = {2023},", 'month = sep # "~3",', "date = {2023-09-03},"]),
        ("2023-09", ["year = {2023},", "month = sep,", "date = {2023-09},"]),
        ("2023", ["year = {2023},", "date = {2023},"]),
        ("2023-21", ["year = {2023},", "date = {2023},"]),
    ],
)
def test_dates(edtf: str, lines: list[str]) -> None:
    written = bib(Article(headline="x", dates=Dates(published=DateValue(edtf=edtf, precision="day"))))
    assert [
        line for line in map(str.strip, written.splitlines()) if line.startswith(("year", "month", "date "))
    ] == lines


def test_biblatex_keeps_the_doubt() -> None:
    circa = Article(headline="x", dates=Dates(published=DateValue(edtf="2023-09~", precision="month")))
    assert "  date = {2023-09~},\n" in bib(circa, name="biblatex")
    assert " date =" not in bib(Article(headline="x"), name="biblatex")


def test_an_agency_alone_in_the_byline_is_the_author() -> None:
    article = Article(headline="x", publication=PAPER, agencies=(Agency(name="Yonhap", role="byline"),))
    assert "  author = {{Yonhap}},\n" in bib(article)
    assert " author =" not in bib(Article(headline="x", agencies=(Agency(name="TASS", role="source"),)))


def test_keys_are_unique() -> None:
    keys = re.findall(r"^@\w+\{(.+),$", bib(*[SEED] * 30), re.MULTILINE)
    assert keys[:3] == ["lee_russian_nodate", "lee_russian_nodatea", "lee_russian_nodateb"]
    assert len(set(keys)) == 30
    assert all(re.fullmatch("[a-z0-9_]+", key) for key in keys)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_pybtex_and_bibtexparser_read_every_entry(name: str) -> None:
    articles = varied(150)
    text = bib(*articles, name=name)
    assert len(parse_string(text, "bibtex").entries) == len(articles)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == len(articles)


@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv", "unsrt"])
def test_the_real_bibtex_has_nothing_to_say(style: str, tmp_path: Path) -> None:
    if not shutil.which("bibtex"):
        pytest.skip("bibtex is not installed (Debian: texlive-binaries, texlive-base)")
    if not subprocess.run(["kpsewhich", f"{style}.bst"], capture_output=True, check=False).stdout:
        pytest.skip("BibTeX's styles are not installed (Debian: texlive-base)")
    # alpha runs out of letters for more than 26 entries of one label, and articles without author or title share one
    articles = [SEED, FULL, PHOTOGRAPH, Article(), *varied(100 if style == "alpha" else 300)]
    (tmp_path / "refs.bib").write_text(bib(*articles), encoding="utf-8")
    (tmp_path / "refs.aux").write_text(f"\\citation{{*}}\n\\bibdata{{refs}}\n\\bibstyle{{{style}}}\n")
    run = subprocess.run(["bibtex", "refs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert "Warning" not in run.stdout, run.stdout
    listed = (tmp_path / "refs.bbl").read_text(encoding="utf-8", errors="replace")
    assert listed.count("\\bibitem") == len(articles)
    if style == "unsrt":
        flat = " ".join(listed.split())
        assert "Michael Lee. \\newblock Russian, {Chinese} officials likely to attend another {North} {Korean}" in flat


def test_the_real_biber_has_nothing_to_say(tmp_path: Path) -> None:
    if not shutil.which("biber"):
        pytest.skip("biber is not installed (Debian: biber)")
    articles = [SEED, FULL, Article(headline="x"), *varied(100)]
    (tmp_path / "refs.bib").write_text(bib(*articles, name="biblatex"), encoding="utf-8")
    command = ["biber", "--tool", "--noconf", "--output-file=out.bib", "refs.bib"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert "WARN" not in run.stdout, run.stdout
    written = (tmp_path / "out.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"(?m)^@\w+\{", written)) == len(articles)
