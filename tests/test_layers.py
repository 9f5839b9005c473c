"""The house has one direction: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAGES = {"reading", "parsing", "referencing", "rendering", "exporting", "importing", "library"}
BELOW = {"tables", "errors"}


def modules() -> list[Path]:
    return sorted([*ROOT.glob("service/**/*.py"), *ROOT.glob("schemas/**/*.py")])


def room(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "schemas" if parts[0] == "schemas" else parts[1]


def imported_rooms(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {p[1] for p in parts if p[0] == "service" and len(p) > 1} | {"schemas" for p in parts if p[0] == "schemas"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    here = room(path)
    if here in {"http", "cli", "__init__", "__main__"}:
        return
    allowed = {here, "schemas"}
    if here in STAGES:
        allowed |= BELOW
    elif here == "tables":
        allowed |= {"errors"}
    assert imported_rooms(path) <= allowed


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
