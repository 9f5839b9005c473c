"""The command line, as a person or a script runs it."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from service import exporting
from service.cli import main
from service.http.batch import lines, parse_batch
from service.tables import resource
from tests.serving import ROOT

SEED = resource("seeds") / "korea-joongang-daily" / "document.txt"
STORY = "Council votes to reopen the harbour library\n\nBy Ana Ruiz\n\nThe library will open again in March.\n"
ARTICLE = {"headline": "A title", "authors": [{"given": "Ana", "family": "Ruiz"}], "publication": {"name": "The Post"}}
LINKED = {**ARTICLE, "url": "https://www.example.com/a"}
ITEM = {"id": "a", "type": "article-newspaper", "title": "A title", "author": [{"family": "Lee", "given": "M."}]}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(name: str, content: str | bytes | object) -> str:
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content if isinstance(content, str) else json.dumps(content)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    return write


def tearsheet(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        input=given,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_parse_prints_the_article(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(SEED), "--url", "https://koreajoongangdaily.joins.com/a.html"]) == 0
    article = json.loads(capfd.readouterr().out)
    assert article["headline"].startswith("Russian, Chinese officials")
    assert article["url"] == "https://koreajoongangdaily.joins.com/a.html"
    assert [(each["given"], each["family"]) for each in article["authors"]] == [("Michael", "Lee")]


def test_evidence_points_into_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    main(["parse", str(SEED)])
    text = SEED.read_text(encoding="utf-8")
    evidence = json.loads(capfd.readouterr().out)["evidence"]
    spans = [piece for pieces in evidence.values() for piece in pieces if piece["source"] == "text"]
    assert len(spans) > 5
    assert all(text[piece["start"] : piece["end"]] == piece["quote"] for piece in spans)


def test_the_type_is_seen_or_said(write: Any, capfd: pytest.CaptureFixture[str]) -> None:
    page = "<h1>A headline about a harbour</h1><p class=byline>By Ana Ruiz</p>"
    for arguments in (
        [write("a.html", page)],
        [write("a", page), "--type", "html"],
        [write("b.txt", f"<!doctype html>{page}")],
    ):
        assert main(["parse", *arguments]) == 0
        assert json.loads(capfd.readouterr().out)["headline"] == "A headline about a harbour"


@pytest.mark.parametrize(
    "given", [ARTICLE, ITEM, [ARTICLE, ITEM], {"items": [ITEM]}, {"articles": [ARTICLE]}, {"text": STORY}]
)
def test_cite_takes_what_the_api_takes(given: object, write: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", write("given.json", given)]) == 0
    printed = capfd.readouterr().out
    assert printed.endswith(".\n")
    assert printed.count("\n") == (len(given) if isinstance(given, list) else 1)


def test_cite_in_every_output_and_format(write: Any, capfd: pytest.CaptureFixture[str]) -> None:
    path = write("article.json", LINKED)
    for output in ("text", "json", "html", "markdown", "rtf", "latex"):
        assert main(["cite", path, "--style", "mla", "--output", output]) == 0
        assert "Ruiz" in capfd.readouterr().out, output
    for name in exporting.FORMATS:
        assert main(["cite", path, "--format", name]) == 0, name
        assert re.search(r"A[ +]title|ruiz", capfd.readouterr().out), name


def test_a_style_of_ones_own(write: Any, capfd: pytest.CaptureFixture[str]) -> None:
    from service.rendering import registry

    style = write("own.csl", registry.find("ieee").path.read_bytes())
    assert main(["cite", write("item.json", ITEM), "--csl", style]) == 0
    assert capfd.readouterr().out.startswith("[1]")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["cite", "/no/such/file"], "/no/such/file"),
        (["cite", str(SEED), "--style", "appa"], "appa"),
        (["cite", str(SEED), "--format", "word"], "word"),
        (["cite", str(SEED), "--csl", "/no/style"], "/no/style"),
        (["cite", os.devnull], "empty"),
        (["serve", "--port", "70000"], "PORT"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], told: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("tearsheet: ")
    assert told in captured.err
    assert captured.err.count("\n") == 1


def test_styles_and_formats_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["styles", "chicago author", "--limit", "3"]) == 0
    rows = capfd.readouterr().out.splitlines()
    assert 1 <= len(rows) <= 3
    assert any(row.startswith("chicago-author-date\t") for row in rows)
    assert main(["formats"]) == 0
    assert [row.partition("\t")[0] for row in capfd.readouterr().out.splitlines()] == list(exporting.FORMATS)


def test_as_a_program_from_standard_input() -> None:
    run = tearsheet("cite", "-", given=SEED.read_bytes())
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(b"Lee, M. ")
    assert tearsheet("cite", given=json.dumps(ARTICLE).encode()).stdout.startswith(b"Ruiz, A. ")


def ndjson(*values: object) -> list[bytes]:
    return [value if isinstance(value, bytes) else json.dumps(value).encode() for value in values]


def test_a_batch_answers_each_line_in_order() -> None:
    given = ndjson(
        {"id": "text", "text": STORY},
        {"id": 2, "html": "<h1>A headline about a harbour</h1>", "url": "https://a.example/1", "language": "en"},
        b"no json",
        {"id": {"any": "thing"}, "txt": "x"},
        {"id": "url", "url": "https://a.example/"},
        {"text": STORY, "infer": ["dates"]},
        b"[1]",
        {"id": "\ud800".encode("utf-8", "replace").decode(), "text": "\0"},
        *({"id": n, "text": f"{n} {STORY}"} for n in range(100)),
    )
    answers = [json.loads(answer) for answer in parse_batch(iter(given), workers=2)]
    assert len(answers) == len(given)
    assert [answer["id"] for answer in answers[:7]] == ["text", 2, None, {"any": "thing"}, "url", None, None]
    assert [answer["id"] for answer in answers[8:]] == list(range(100))
    assert [sorted(answer.keys() - {"id"}) for answer in answers[:7]] == [
        ["article"], ["article"], ["problem"], ["problem"], ["problem"], ["article"], ["problem"],
    ]  # fmt: skip
    assert answers[0]["article"]["authors"][0]["family"] == "Ruiz"
    assert answers[3]["problem"]["field"] == "/txt"
    assert answers[4]["problem"]["field"] == "/url"


def test_lines_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"a\n\n" + b"x" * 100 + b"\nb\r\n" + b"y" * 10 + b"\n" + b"z" * 11)
    with path.open("rb") as stream:
        read = list(lines(stream, longest=10))
    assert [line if isinstance(line, bytes) else "too long" for line in read] == [
        b"a",
        "too long",
        b"b",
        "too long",
        "too long",
    ]


def test_a_batch_streams_and_does_not_read_ahead_without_bound() -> None:
    """A sender who waits for each answer gets it; one who never stops is read only as far as the window goes."""
    read = 0
    waiting = threading.Event()

    def endless() -> Any:
        nonlocal read
        while True:
            read += 1
            if read == 2:
                waiting.wait(30)
            yield json.dumps({"id": read, "text": STORY}).encode()

    answers = parse_batch(endless(), workers=1)
    assert json.loads(next(answers))["id"] == 1
    assert read == 2, "the answer came although the second line had not"
    waiting.set()
    assert json.loads(next(answers))["id"] == 2
    time.sleep(0.5)
    assert read < 30
    answers.close()


def test_a_batch_over_a_pipe() -> None:
    body = b"\n".join(ndjson(*({"id": n, "text": STORY} for n in range(5)))) + b"\n"
    run = tearsheet("parse", "--batch", "--workers", "2", given=body)
    assert run.returncode == 0, run.stderr
    assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == list(range(5))


def test_a_process_of_a_batch_loads_no_styles() -> None:
    loaded = "import sys, service.cli, service.http.batch; print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, check=True, text=True, timeout=60
    )
    assert "service.parsing" in run.stdout.split()
    assert "service.rendering" not in run.stdout.split()


def test_a_reader_who_leaves_is_no_fault() -> None:
    run = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m service styles --limit 1000 a | head -n 1"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert run.stderr == b""
    assert run.stdout.count(b"\n") == 1
