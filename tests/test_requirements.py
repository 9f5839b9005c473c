"""The requirements files are whole: nothing that pyproject.toml asks for is missing, and the tests run on what they say."""

import re
import tomllib
from importlib.metadata import version

import pytest

from tests.serving import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pinned(*files: str) -> dict[str, str]:
    lines = [line for file in files for line in (ROOT / file).read_text().splitlines() if not line.startswith("#")]
    return {name_of(line): line.partition("==")[2] for line in lines}


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_what_the_service_needs_is_pinned(requirement: str) -> None:
    assert version(name_of(requirement)) == pinned("requirements.txt")[name_of(requirement)]


@pytest.mark.parametrize("requirement", PROJECT["optional-dependencies"]["test"])
def test_what_the_tests_need_is_pinned(requirement: str) -> None:
    assert version(name_of(requirement)) == pinned("requirements.txt", "requirements-test.txt")[name_of(requirement)]
