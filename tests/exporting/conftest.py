"""Schemas and programs from the public registries, fetched once by their ordinary clients; absent ones skip a test."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def wheel(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """`wheel("eulxml==1.1.3")` is the folder of an unpacked wheel that is not installed."""

    def fetch(requirement: str) -> Path:
        folder = request.config.cache.mkdir("wheels") / requirement
        if not (folder / ".unpacked").exists():
            shutil.rmtree(folder, ignore_errors=True)
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
            run = subprocess.run([*command, "-d", folder, requirement], capture_output=True, text=True, check=False)
            if run.returncode:
                pytest.skip(f"{requirement} cannot be fetched: {run.stderr.strip()[-200:]}")
            zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder)
            (folder / ".unpacked").touch()
        return folder

    return fetch


@pytest.fixture(scope="session")
def node(request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """`node(script, text)` runs a script with citation-js at hand and gives what it prints; `text` is its input."""
    packages = ["core@0.8.2", "plugin-csl@0.8.2", "plugin-bibtex@0.8.2", "plugin-ris@0.8.2"]
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    folder = request.config.cache.mkdir("node")
    if not (folder / "node_modules" / ".installed").exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", folder]
        names = [f"@citation-js/{name}" for name in packages]
        run = subprocess.run([*command, *names], capture_output=True, text=True, check=False)
        if run.returncode:
            pytest.skip(f"citation-js cannot be installed: {run.stderr.strip()[-200:]}")
        (folder / "node_modules" / ".installed").touch()

    def run_script(script: str, text: str) -> str:
        command = ["node", "--input-type=commonjs", "-e", script]
        run = subprocess.run(command, input=text, cwd=folder, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout

    return run_script
