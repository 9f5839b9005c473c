"""/cite with one CSL-JSON newspaper item over HTTP, as citeproc-js-server is asked; beside a bare Litestar route.

    python -m benchmarks.http [--rounds 3] [--seconds 3] [--workers 2] [--json]

For apa and chicago at 1, 8 and 32 connections (wrk, in Debian): requests a second; the ratio to a Litestar route that
reads the same body and answers a constant; requests a second of processor time, which other load on the machine
disturbs least; the 99th percentile; and the memory of all workers together, shared pages counted once. Rounds alternate
between the two and the table gives medians, since other load comes and goes.

citeproc-js-server, measured on two cores: 185 to 263 requests a second in apa, 129 to 132 in chicago, 260 to 440
MB; the bar is ten times that, p99 under 50 ms at 32 connections, and 250 MB.
"""

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from litestar import Litestar, Request, Response, post

from benchmarks.servers import ITEM, memory

CONNECTIONS = (1, 8, 32)
PATHS = {"bare": "/bare", "apa": "/cite?style=apa", "chicago": "/cite?style=chicago"}
BARS = {"apa": 2630.0, "chicago": 1320.0}
P99_MS = 50.0
MEGABYTES = 250.0


@post("/bare")
async def bare(request: Request) -> Response[bytes]:
    """What the framework and the server cost: a body read, a short text answered."""
    await request.body()
    return Response(
        b"Lee, M. (2023, September 3). Officials likely to attend another parade.\n", media_type="text/plain"
    )


@post("/cite")
async def ready(request: Request) -> Response[bytes]:
    """Answers as soon as the bare application is up."""
    return await bare.fn(request)


def bare_app() -> Litestar:
    """The bare application, set up as the service is."""
    return Litestar([bare, ready], openapi_config=None, logging_config=None)


BARE = ("granian", "--interface", "asgi", "--factory", "--no-ws", "--no-log", "benchmarks.http:bare_app")
OURS = ("service", "serve")


@contextmanager
def served(command: tuple[str, ...], workers: int) -> Iterator[tuple[str, int]]:
    """A module that serves, with its arguments: the service as `tearsheet serve`, logging every request as it does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, "--port", str(port), "--workers", str(workers)],
            env={**os.environ, "TEARSHEET_DATA": data},
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for path in ("/cite?style=apa", "/cite?style=chicago"):
                for _ in range(8 * workers):  # every worker has the style ready before it is measured
                    asked(address + path)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(20)


def asked(url: str) -> None:
    """One request, waiting for the server to be up."""
    request = urllib.request.Request(url, ITEM.encode(), {"Content-Type": "application/json"})
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                answer.read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def spent(root: int) -> float:
    """Seconds of processor time of a process and its children, since their start."""
    rows = [line.split() for line in subprocess.check_output(["ps", "-e", "-o", "pid=,ppid="], text=True).splitlines()]
    family = {root} | {int(pid) for pid, parent in rows if int(parent) == root}
    ticks = 0
    for pid in family:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(url: str, pid: int, connections: int, seconds: int, script: Path) -> tuple[float, float, float]:
    """Requests a second, requests a second of processor time, and the 99th percentile in milliseconds."""
    before = spent(pid)
    out = subprocess.check_output(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), url], text=True
    )
    if failed := re.search(r"Non-2xx.*|Socket errors.*", out):
        raise SystemExit(f"{url}: {failed[0]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    assert rate, out
    assert late, out
    total = re.search(r"(\d+) requests in", out)
    assert total, out
    worked = int(total[1]) / max(0.01, spent(pid) - before)
    return float(rate[1]), worked, float(late[1]) * {"us": 0.001, "ms": 1, "s": 1000}[late[2]]


def main() -> int:
    """Measure, print, and fail where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed (Debian: apt-get install wrk)")
    found: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
    memories = []
    with (
        tempfile.TemporaryDirectory() as folder,
        served(BARE, given.workers) as (plain, plain_pid),
        served(OURS, given.workers) as (ours, pid),
    ):
        script = Path(folder) / "post.lua"
        script.write_text(
            f"wrk.method = 'POST'\nwrk.body = [==[{ITEM}]==]\nwrk.headers['Content-Type'] = 'application/json'\n"
        )
        for _ in range(given.rounds):
            for connections in CONNECTIONS:
                for name, path in PATHS.items():
                    url, process = (plain + path, plain_pid) if name == "bare" else (ours + path, pid)
                    row = load(url, process, connections, given.seconds, script)
                    found.setdefault((name, connections), []).append(row)
            memories.append(memory(pid))
    rows = []
    missed = []
    for (name, connections), rounds in found.items():
        rate, worked, late = (statistics.median(values) for values in zip(*rounds, strict=True))
        ratio = statistics.median(a[0] / b[0] for a, b in zip(rounds, found["bare", connections], strict=True))
        rows.append({"what": name, "connections": connections, "rate": rate, "ratio to bare": ratio,
                     "per CPU second": worked, "p99 ms": late})  # fmt: skip
        if name in BARS and connections == 32 and (rate < BARS[name] or late > P99_MS):
            missed.append(f"{name}: {rate:.0f} a second, p99 {late:.1f} ms")
    megabytes = max(memories)
    if megabytes > MEGABYTES:
        missed.append(f"memory {megabytes:.0f} MB")
    if given.json:
        print(json.dumps({"rows": rows, "MB": megabytes, "load": os.getloadavg()}, indent=1))
    else:
        print(f"{'':9}{'connections':>12}{'requests/s':>12}{'of bare':>9}{'/CPU s':>9}{'p99 ms':>9}")
        for row in rows:
            print(
                f"{row['what']:9}{row['connections']:12}{row['rate']:12.0f}{row['ratio to bare']:9.2f}"
                f"{row['per CPU second']:9.0f}{row['p99 ms']:9.1f}"
            )
        print(f"memory of {given.workers} workers: {megabytes:.0f} MB; load of the machine: {os.getloadavg()[0]:.1f}")
    for line in missed:
        print("missed:", line, file=sys.stderr)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
