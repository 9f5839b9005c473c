"""Instances as they are run: killed with -9 under load over HTTP, and two behind nginx on one PostgreSQL (README)."""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.http.tokens import new_token
from tests.serving import ROOT, Served, free_port, serving

ROUNDS = int(os.environ.get("STORM_ROUNDS") or (5 if os.environ.get("CI") else 1))
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def ask(
    url: str, method: str = "GET", body: bytes | None = None, timeout: float = 20, **headers: str
) -> tuple[int, dict[str, Any], dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            read = answer.read()
            return answer.status, json.loads(read) if read else {}, dict(answer.headers.items())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read() or b"{}"), dict(error.headers.items())


@pytest.fixture
def quick(library_url: str) -> dict[str, str]:
    """Settings of an instance that starts quickly."""
    return {"TEARSHEET_DATABASE_URL": library_url, "TEARSHEET_WARM": "", "TEARSHEET_FETCH": "off"}


def test_a_served_library_survives_kill_9(quick, library, tmp_path):
    acknowledged: dict[str, str] = {}
    for n in range(ROUNDS):
        with serving(tmp_path / f"log{n}", "--workers", "2", **quick) as served:
            stop = threading.Event()

            def write(place: int, served: Served = served, n: int = n, stop: threading.Event = stop) -> None:
                number = 0
                while not stop.is_set():
                    text = f"round {n}, writer {place}, document {number}"
                    try:
                        status, stored, _ = ask(
                            f"{served.url}/articles", "POST", text.encode(), Content_Type="text/plain"
                        )
                    except OSError:
                        return
                    assert status in {200, 201}, stored
                    acknowledged[text] = stored["id"]
                    number += 1

            writers = [threading.Thread(target=write, args=(place,)) for place in range(4)]
            for writer in writers:
                writer.start()
            enough = len(acknowledged) + random.Random(n).randint(5, 40)
            deadline = time.monotonic() + 30
            while len(acknowledged) < enough:
                assert time.monotonic() < deadline, "no server is this slow"
                time.sleep(0.01)
            kill(served)
            stop.set()
            for writer in writers:
                writer.join()
    held = [stored.id for stored in library.every()]
    assert len(held) == len(set(held))
    assert set(acknowledged.values()) <= set(held)
    assert len(held) <= len(acknowledged) + 4 * ROUNDS, "more than what was on its way when the kill came"


def kill(served: Served) -> None:
    """-9 for a service and its workers: the parent first, since it would start another worker for one that dies."""
    for pid in [served.process.pid, *children(served.process.pid)]:
        os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed] + [grand for child in listed for grand in children(int(child))]


def test_a_conversation_line_by_line(sqlite_url, tmp_path):
    """A client that waits for the answer to each line before it sends the next; then one that reads only at the end."""
    settings = {"TEARSHEET_DATABASE_URL": sqlite_url, "TEARSHEET_WARM": "", "TEARSHEET_FETCH": "off"}
    with serving(tmp_path / "log", **settings) as served:
        with socket.create_connection((served.host, served.port), timeout=20) as line:
            line.sendall(
                b"POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            )
            heard = b""
            for n in range(5):
                sent = b'{"headline":"News %d"}\n' % n
                line.sendall(b"%x\r\n%s\r\n" % (len(sent), sent))
                while heard.count(b'"status":201') <= n:
                    heard += line.recv(65536)
            line.sendall(b"0\r\n\r\n")
            while piece := line.recv(65536):
                heard += piece
            assert heard.endswith(b"0\r\n\r\n")
        body = b"".join(b'{"headline":"More %d"}\n' % n for n in range(20_000))
        request = urllib.request.Request(
            f"{served.url}/articles", body, {"Content-Type": "application/x-ndjson"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert sum(b'"status":201' in told for told in answer) == 20_000


def configuration(folder: Path, ports: tuple[int, int], front: int) -> Path:
    """That of the README, with addresses of the test's own and all files in a folder of its own."""
    [server] = re.findall(r"^```nginx\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    for shown, port in (("127.0.0.1:8001", f"127.0.0.1:{ports[0]}"), ("127.0.0.1:8002", f"127.0.0.1:{ports[1]}")):
        assert shown in server
        server = server.replace(shown, port)
    assert "listen 8080;" in server
    server = server.replace("listen 8080;", f"listen 127.0.0.1:{front};")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # else it could not write into the test's folder
    file.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{\naccess_log off;\n{temporary}{server}}}\n"
    )
    return file


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Any]:
    """Starts nginx in front of two ports; gives its address."""
    if NGINX is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    started: list[subprocess.Popen[bytes]] = []

    def start(ports: tuple[int, int]) -> str:
        front = free_port()
        folder = tmp_path / "nginx"
        folder.mkdir()
        folder.chmod(0o755)
        process = subprocess.Popen([NGINX, "-p", folder, "-c", configuration(folder, ports, front)])
        started.append(process)
        deadline = time.monotonic() + 20
        while True:
            try:
                ask(f"http://127.0.0.1:{front}/healthz")
                return f"http://127.0.0.1:{front}"
            except OSError:
                assert process.poll() is None, (folder / "error.log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.05)

    yield start
    for process in started:
        process.terminate()
        process.wait(10)


def test_two_instances_behind_nginx(postgres_url, nginx, tmp_path):
    token, kept = new_token()
    place = {
        "TEARSHEET_DATABASE_URL": postgres_url,
        "TEARSHEET_TOKENS": kept,
        "TEARSHEET_WARM": "",
        "TEARSHEET_FETCH": "off",
    }
    bearer = {"Authorization": f"Bearer {token}"}
    with serving(tmp_path / "log1", **place) as first, serving(tmp_path / "log2", **place) as second:
        front = nginx((first.port, second.port))
        body = b"Harbour library to reopen\n\nBy Ana Ruiz\n\nText."
        assert ask(f"{front}/articles", "POST", body, Content_Type="text/plain")[0] == 401
        status, stored, headers = ask(f"{first.url}/articles", "POST", body, Content_Type="text/plain", **bearer)
        assert status == 201
        path = f"/articles/{stored['id']}"
        # what one instance has stored every other has
        assert ask(f"{second.url}/articles", "POST", body, Content_Type="text/plain", **bearer)[0] == 200
        for url in (front, second.url):
            assert ask(f"{url}{path}")[1] == stored
        # of two who correct the same state at once, through either instance, one is told that he is late
        answers: list[int] = []

        def correct(url: str, word: str) -> None:
            answers.append(
                ask(
                    f"{url}{path}",
                    "PATCH",
                    json.dumps({"headline": word}).encode(),
                    Content_Type="application/merge-patch+json",
                    If_Match=headers["etag"],
                    **bearer,
                )[0]
            )

        threads = [
            threading.Thread(target=correct, args=(url, word))
            for url, word in ((first.url, "a"), (second.url, "b"), (front, "c"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [200, 412, 412]
        # a bulk import streams through the proxy, larger than what it lets through elsewhere
        lines = b"".join(
            json.dumps({"headline": f"News {n}", "abstract": "x" * 12_000}).encode() + b"\n" for n in range(1000)
        )
        request = urllib.request.Request(
            f"{front}/articles", lines, {"Content-Type": "application/x-ndjson", **bearer}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            told = [json.loads(line)["status"] for line in answer]
        assert told == [201] * 1000
        # when an instance dies the other answers, and nothing that was acknowledged is lost
        kill(first)
        first.process.wait()
        for n in range(10):
            text = f"after the death {n}".encode()
            assert ask(f"{front}/articles", "POST", text, Content_Type="text/plain", **bearer)[0] == 201
        assert ask(f"{front}{path}")[0] == 200
        assert len(ask(f"{front}/articles?limit=500")[1]["articles"]) == 500
