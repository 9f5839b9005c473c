"""The service as a process of its own, for tests that ask it over a socket; and the material beside the checkout."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent

MAX_BODY = 6_000_000
"""The body limit of the served service in tests: room for a single line of 5 MB, and not much more."""


class Served(NamedTuple):
    """A running service: where it is, and its process."""

    host: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(log: Path, *arguments: str, **environ: str) -> Iterator[Served]:
    """A service of our own with further arguments and settings, gone at the end."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TEARSHEET_")}
    environment = {**clean, "TEARSHEET_DATA": str(log.parent), "PYTHONPATH": str(ROOT), **environ}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "service", "serve", "--port", str(port), *arguments],
            cwd=log.parent,
            env=environment,
            stdout=stream,
            stderr=stream,
        )
    served = Served("127.0.0.1", port, process, log)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{served.url}/healthz", timeout=5):
                    break
            except OSError as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"the service did not start: {log.read_text()}") from error
                time.sleep(0.05)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def shared(name: str) -> Path:
    """A file of the material beside the checkout; the test is skipped where it is not there."""
    path = ROOT.parent / "shared" / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return path
