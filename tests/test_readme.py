"""The README cannot rot: its commands are run against a real server, its tables compared with the code."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from service import exporting
from service.cli import parser
from service.http.cite import OUTPUTS
from service.http.settings import rows
from service.tables import resource
from tests.serving import ROOT, Served, serving

README = (ROOT / "README.md").read_text(encoding="utf-8")

PAGE = """<!doctype html><html lang="en"><head><title>Council votes to reopen the harbour library</title>
<meta property="og:site_name" content="The Harbour Post"></head><body><article>
<h1>Council votes to reopen the harbour library</h1><p class="byline">By Ana Ruiz</p>
<time datetime="2024-02-06">6 February 2024</time>
<p>The harbour library will open again in March, the council decided on Tuesday night after two hours of debate.</p>
<p>The building has stood empty since the flood, and the repairs are to cost less than was feared, the mayor said.</p>
</article></body></html>"""

SITE = "www.example.com"
"""The site of the README's addresses; in the test one of its own stands in for it."""


class Command(NamedTuple):
    """A command of the README, what is printed after it (None where the README shows nothing), and its place."""

    text: str
    output: str | None
    line: int


def commands() -> Iterator[Command]:
    """The commands of the blocks marked `console` (with prompts and output) and `sh` (without)."""
    for block in re.finditer(r"^```(console|sh)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        line = README[: block.start()].count("\n") + 2
        if block[1] == "sh":
            joined = block[2].replace("\\\n", " ")
            yield from (Command(text, None, line) for text in joined.splitlines() if text and text[0] != "#")
            continue
        for part in re.split(r"^\$ ", block[2], flags=re.MULTILINE)[1:]:
            continued = re.match(r"(?:.*\\\n)*.*\n?", part)
            assert continued
            yield Command(continued[0].replace("\\\n", " ").strip(), part[continued.end() :], line)


RUN = [command for command in commands() if re.search(r"\bcurl\b|\btearsheet (?!serve)", command.text)]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A site that answers every path with one article."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout as the README's reader has it: the seeds, a saved page, and `tearsheet` on the path."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(resource("seeds"), folder / "seeds")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "bin").mkdir()
    script = folder / "bin" / "tearsheet"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m service "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def running(site: str, place: Path) -> Iterator[Served]:
    with serving(place / "log", TEARSHEET_FETCH_ALLOW=site, TEARSHEET_DATA=str(place / "data")) as served:
        yield served


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", RUN, ids=lambda command: f"line {command.line}: {command.text[:60]}")
def test_a_command_of_the_readme_works(command: Command, running: Served, site: str, place: Path) -> None:
    text = command.text.replace("localhost:8000", f"{running.host}:{running.port}")
    encoded = site.replace(":", "%3A")
    text = text.replace(f"https%3A%2F%2F{SITE}", f"http%3A%2F%2F{encoded}").replace(f"https://{SITE}", f"http://{site}")
    refused = command.output is not None and '"status":4' in command.output
    text = re.sub(r"\bcurl\b", "curl -sS" if refused else "curl -sS --fail-with-body", text)
    environment = {
        **os.environ,
        "PATH": f"{place / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "TEARSHEET_FETCH_ALLOW": site,
        "TEARSHEET_DATA": str(place / "data"),
    }
    run = subprocess.run(
        ["bash", "-c", text], cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stdout + run.stderr
    if command.output is not None:
        assert shown(command.output, run.stdout), f"the README shows\n{command.output}\nbut this came\n{run.stdout}"


def shown(expected: str, printed: str) -> bool:
    """Whether output is what the README shows; a line that is only … stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) + r"\n" for line in expected.rstrip("\n").splitlines()
    )
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def test_there_are_commands() -> None:
    assert len(RUN) >= 15


def test_the_first_screen_shows_an_article_and_its_citation() -> None:
    top = "\n".join(README.splitlines()[:40])
    assert "BY MICHAEL LEE" in top
    assert "curl --data-binary @" in top
    assert (
        "Lee, M. (n.d.). Russian, Chinese officials likely to attend another North Korean military parade this week. "
        "Korea JoongAng Daily."
    ) in top


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.variable)
def test_every_setting_is_in_the_readme(row: Any) -> None:
    default = f"`{row.default}`" if row.default else ""
    assert f"| `{row.variable}` | {default} | {row.description} |" in README


@pytest.mark.parametrize("row", list(exporting.FORMATS.values()), ids=lambda row: row.name)
def test_every_format_is_in_the_readme(row: Any) -> None:
    assert re.search(
        rf"^\| `{re.escape(row.name)}` \|.*`{re.escape(row.media_type.partition(';')[0])}`", README, re.MULTILINE
    )


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_every_output_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def operations() -> list[str]:
    contract = yaml.load(resource("openapi.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return [
        f"{method.upper()} {path}"
        for path, item in contract["paths"].items()
        for method in item
        if method != "parameters"
    ]


@pytest.mark.parametrize("operation", operations())
def test_every_operation_is_in_the_readme(operation: str) -> None:
    assert f"`{operation}`" in README


def verbs() -> list[str]:
    [choices] = [action.choices for action in parser()._actions if action.choices]
    return list(choices)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert re.search(rf"^\| `tearsheet {verb}\b", README, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "service" / "data").glob("*.[jt]*")))
def test_every_table_has_its_source_and_licence_told(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "service" / "data" / "README.md").read_text(encoding="utf-8")


def test_links_within_the_documentation_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "service" / "data" / "README.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"
