"""granian and uvicorn side by side, serving this service: requests a second, latency and memory, as a table.

    python -m benchmarks.servers [ROUNDS]

Rounds alternate between the servers and the table gives medians, since other load on a machine comes and goes. Needs
wrk (in Debian) and, for uvicorn, the packages uvicorn, uvloop and httptools.
"""

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
from pathlib import Path

ITEM = (
    '{"id":"lee","type":"article-newspaper","title":"Officials likely to attend another parade",'
    '"author":[{"family":"Lee","given":"Michael"}],"container-title":"Korea JoongAng Daily",'
    '"issued":{"date-parts":[[2023,9,3]]},"URL":"https://www.example.com/parade"}'
)
SECONDS = 3
WORKERS = 2
LOADS = (("GET /healthz", "/healthz", 32), ("POST /cite", "/cite", 1), ("POST /cite", "/cite", 32))


def command(name: str, port: int) -> list[str]:
    """How a server is started for this service on a port."""
    app = "service.http.app:create_app"
    if name == "granian":
        return ["granian", "--interface", "asgi", "--factory", "--no-ws", "--no-log", "--host", "127.0.0.1",
                "--port", str(port), "--workers", str(WORKERS), app]  # fmt: skip
    return ["uvicorn", "--factory", "--no-access-log", "--log-level", "warning", "--ws", "none", "--loop", "uvloop",
            "--http", "httptools", "--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS),
            app]  # fmt: skip


def family(root: int) -> set[int]:
    """A process and all below it."""
    rows = [line.split() for line in subprocess.check_output(["ps", "-e", "-o", "pid=,ppid="], text=True).splitlines()]
    found = {root}
    for _ in range(4):
        found |= {int(pid) for pid, parent in rows if int(parent) in found}
    return found


def cpu(root: int) -> float:
    """Seconds of processor time that a process and all below it have used: what other load does not blur."""
    total = 0
    for pid in family(root):
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            total += sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def memory(root: int) -> float:
    """Megabytes of a process and all below it, shared pages counted once."""
    total = 0
    for pid in family(root):
        smaps = Path(f"/proc/{pid}/smaps_rollup")
        if smaps.exists() and (found := re.search(r"^Pss:\s+(\d+)", smaps.read_text(), re.MULTILINE)):
            total += int(found[1])
    return total / 1024


def measure(name: str) -> dict[str, float]:
    """One round of one server: every load in turn."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = command(name, port)
    line[0] = shutil.which(line[0]) or str(Path(sys.executable).with_name(line[0]))
    environment = {**os.environ, "TEARSHEET_LOG_LEVEL": "warning", "TEARSHEET_DATA": tempfile.mkdtemp()}
    server = subprocess.Popen(line, env=environment, start_new_session=True)
    found = {}
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write(
                f"wrk.method = 'POST'\nwrk.body = '{ITEM}'\nwrk.headers['Content-Type'] = 'application/json'\n"
            )
            script.flush()
            for label, path, connections in LOADS:
                scripted = ["-s", script.name] if path == "/cite" else []
                before = cpu(server.pid)
                printed = subprocess.check_output(
                    [
                        "wrk",
                        "-t1",
                        f"-c{connections}",
                        f"-d{SECONDS}",
                        "--latency",
                        *scripted,
                        f"http://127.0.0.1:{port}{path}",
                    ],
                    text=True,
                )
                assert "Non-2xx" not in printed, printed
                key = f"{label}, {connections} connections"
                found[f"{key}: requests/s"] = float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1])
                requests = int(re.search(r"(\d+) requests in", printed)[1])
                found[f"{key}: CPU ms a request"] = (cpu(server.pid) - before) / requests * 1000
                number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed).groups()
                found[f"{key}: p99 ms"] = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
        found["memory, all workers: MB"] = memory(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    return found


def main() -> None:
    """All rounds, and the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    names = ("granian", "uvicorn")
    results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            results[name].append(measure(name))
    print(f"| {WORKERS} workers, median of {rounds} | {' | '.join(names)} |\n|---|---:|---:|")
    for key in results[names[0]][0]:
        print(f"| {key} | " + " | ".join(f"{statistics.median(r[key] for r in results[n]):.2f}" for n in names) + " |")


if __name__ == "__main__":
    main()
