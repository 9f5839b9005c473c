"""tearsheet import, export, migrate, token: the library from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.http.tokens import hash_of

ROOT = Path(__file__).parent.parent.parent


def tearsheet(verb: str, *arguments: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TEARSHEET_")}
    return subprocess.run(
        [sys.executable, "-m", "service", verb, *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **environ},
    )


def test_import_and_export(library_url, tmp_path):
    place = {"TEARSHEET_DATABASE_URL": library_url}
    lines = '{"headline":"North"}\n{"headline":7}\n{"id":1,"text":"South\\n\\nBy Ana Ruiz\\n\\nText."}\n'
    first = tearsheet("import", given=lines, **place)
    assert first.returncode == 1
    assert [json.loads(line)["status"] for line in first.stdout.splitlines()] == [201, 400, 201]
    assert first.stderr == "2 new, 0 known, 1 refused\n"
    file = tmp_path / "more.ris"
    file.write_text("TY  - NEWS\nTI  - East\nER  - \n")
    second = tearsheet("import", "--quiet", str(file), **place)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "1 new, 0 known, 0 refused\n")
    out = tearsheet("export", **place)
    assert [json.loads(line).get("headline") for line in out.stdout.splitlines()][::2] == ["North", "East"]
    again = tearsheet("import", "--quiet", given=out.stdout, **place)
    assert again.stderr == "0 new, 3 known, 0 refused\n"
    assert "TI  - East" in tearsheet("export", "--format", "ris", "--q", "east", **place).stdout
    assert tearsheet("export", "--from", "x", **place).returncode == 2


def test_migrate(bare_url):
    place = {"TEARSHEET_DATABASE_URL": bare_url}
    if bare_url.startswith("postgresql"):
        early = tearsheet("export", **place)
        assert early.returncode == 2
        assert "tearsheet migrate" in early.stderr
    assert tearsheet("migrate", **place).stdout == "tables: version none before, 0001 now\n"
    assert tearsheet("migrate", **place).stdout == "tables: version 0001 before, 0001 now\n"
    assert tearsheet("export", **place).returncode == 0


def test_token():
    lines = dict(line.split("\t") for line in tearsheet("token").stdout.splitlines())
    assert lines["TEARSHEET_TOKENS"] == f"sha256:{hash_of(lines['token']).hex()}"
    assert len(lines["token"]) >= 32


@pytest.mark.parametrize("name", ["TEARSHEET_TOKENS", "TEARSHEET_READS"])
def test_a_setting_that_makes_no_sense_stops_the_start(name):
    from service.errors import BadInput
    from service.http.tokens import read_access

    with pytest.raises(BadInput) as refused:
        read_access("127.0.0.1", (), {name: "sha256:zz"})
    assert refused.value.field == name
