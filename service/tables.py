"""Tables (service/data) read once into frozen structs, and the files that an installed package carries along.

Large tables are JSON with one row a line: msgspec reads 2,000 rows in milliseconds, tomllib takes a hundred times that.
Rule tables that people edit are TOML. Each room keeps the struct of its own table and reads it with `read_table`.
"""

import tomllib
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

DATA = Path(__file__).parent / "data"


def resource(name: str) -> Path:
    """Path of a file or folder kept at the top of the repository (openapi.yaml, styles, seeds).

    In an installed package it lies in service/data instead (see pyproject.toml: force-include).
    """
    packaged = DATA / name
    return packaged if packaged.exists() else DATA.parent.parent / name


def read_table(name: str, kind: type[T]) -> T:
    """The table `name` (a .json or .toml file of service/data) as a frozen struct `kind`; read once."""
    table: T = _read(name, cast("Hashable", kind))
    return table


@cache
def _read(name: str, kind: Any) -> Any:
    raw = (DATA / name).read_bytes()
    if name.endswith(".toml"):
        return msgspec.convert(tomllib.loads(raw.decode()), kind)
    return msgspec.json.decode(raw, type=kind)
