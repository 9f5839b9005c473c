"""How the service is run: logs, metrics, request ids, CORS, workers, and how it stops."""

import json
import signal
import socket
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from service.errors import BadInput
from service.http.app import create_app
from service.http.settings import Settings, read_settings, rows, to_environ
from service.reading.fetch import FetchSettings
from tests.serving import Served, serving

ITEM = {"id": "a", "type": "article-newspaper", "title": "A title", "author": [{"family": "Lee", "given": "M."}]}


def ask(served: Served, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(served.url + path, data, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, answer.read()


def log_lines(served: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.log.read_text().splitlines() if line.startswith("{")]


def test_every_request_has_a_line_of_the_log_with_its_id(served: Served) -> None:
    ask(served, "/cite", ITEM, **{"X-Request-Id": "of-a-test"})
    deadline = time.monotonic() + 30
    lines: list[dict[str, Any]] = []
    while not lines and time.monotonic() < deadline:
        lines = [line for line in log_lines(served) if line.get("request_id") == "of-a-test"]
    [line] = lines
    assert line["message"] == "request"
    assert line["method"] == "POST"
    assert line["route"] == "/cite"
    assert line["status"] == 200
    assert line["milliseconds"] > 0
    assert line["bytes"] > 0
    assert line["level"] == "info"


def test_a_request_id_that_is_none_is_not_kept() -> None:
    with TestClient(create_app(Settings(warm=()))) as client:
        assert client.get("/healthz", headers={"X-Request-Id": "kept.1"}).headers["x-request-id"] == "kept.1"
        for bad in ("a b", "x" * 65, "a\tb", ""):
            made = client.get("/healthz", headers={"X-Request-Id": bad}).headers["x-request-id"]
            assert made != bad
            assert len(made) == 16
        assert client.get("/nothing").headers["x-request-id"]


def test_metrics_count_by_route_and_status_and_time_the_steps() -> None:
    with TestClient(create_app(Settings(warm=()))) as client:
        client.post("/cite", json={"text": "A headline\n\nBy Ana Ruiz\n"})
        client.get("/styles/apa")
        client.get("/styles/of-nobody")
        client.get("/nothing")
        text = client.get("/metrics").text
    assert 'tearsheet_requests_total{method="POST",route="/cite",status="200"}' in text
    assert 'tearsheet_requests_total{method="GET",route="/styles/{style_id}",status="200"}' in text
    assert 'tearsheet_requests_total{method="GET",route="/styles/{style_id}",status="404"}' in text
    assert 'tearsheet_requests_total{method="GET",route="unmatched",status="404"}' in text
    assert 'tearsheet_step_seconds_count{step="parse"}' in text
    assert 'tearsheet_step_seconds_count{step="render"}' in text
    assert "/nothing" not in text, "paths that anyone may ask for must not become labels"


def test_ready_once_the_styles_are_warm() -> None:
    app = create_app(Settings(warm=("apa", "no-such-style")))
    with TestClient(app) as client:
        deadline = time.monotonic() + 20
        while (answer := client.get("/readyz")).status_code == 503 and time.monotonic() < deadline:
            assert answer.headers["retry-after"]
            assert answer.json()["detail"]
            time.sleep(0.02)
        assert answer.status_code == 200
        app.state.checks["a part"] = lambda: "it is away"
        refused = client.get("/readyz")
        assert refused.status_code == 503
        assert refused.json()["field"] == "a part"
        assert client.get("/healthz").status_code == 200


def test_a_fault_is_a_problem_without_its_insides(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("service.http.cite.answer", broken)
    with TestClient(create_app(Settings(warm=())), raise_server_exceptions=False) as client:
        answer = client.post("/cite", json=ITEM)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert answer.json()["instance"].endswith(answer.headers["x-request-id"])


def test_other_origins_are_let_in_as_set() -> None:
    origin = {"Origin": "https://a.example"}
    preflight = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    with TestClient(create_app(Settings(warm=()))) as client:
        assert "access-control-allow-origin" not in client.get("/healthz", headers=origin).headers
    with TestClient(create_app(Settings(warm=(), cors_origins=("https://a.example",)))) as client:
        assert client.get("/healthz", headers=origin).headers["access-control-allow-origin"] == "https://a.example"
        answer = client.options("/cite", headers=preflight)
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
        assert "POST" in answer.headers["access-control-allow-methods"]
        assert "access-control-allow-origin" in client.get("/nothing", headers=origin).headers
        stranger = client.get("/healthz", headers={"Origin": "https://b.example"}).headers
        assert stranger.get("access-control-allow-origin") != "https://b.example"


def test_settings_are_read_from_the_environment() -> None:
    settings = read_settings(
        {"TEARSHEET_PORT": "81", "TEARSHEET_CORS_ORIGINS": "https://a.example, https://b.example", "HOME": "/"},
        host="::1",
        workers=None,
    )
    assert settings == Settings(port=81, host="::1", cors_origins=("https://a.example", "https://b.example"))
    assert read_settings(to_environ(settings)) == settings
    assert to_environ(Settings()) == {}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TEARSHEET_PORT", "eighty"),
        ("TEARSHEET_PORT", "70000"),
        ("TEARSHEET_WORKERS", "0"),
        ("TEARSHEET_LOG_LEVEL", "loud"),
        ("TEARSHEET_MAX_BDOY", "1000"),
    ],
)
def test_a_setting_that_has_no_sense_is_named(variable: str, value: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_settings({variable: value})
    assert caught.value.field == variable


def test_the_settings_of_fetching_are_listed_with_their_defaults() -> None:
    listed = {row.variable: row.default for row in rows()}
    defaults = {name: getattr(FetchSettings(), name) for name in FetchSettings.__struct_fields__}
    assert listed.pop("TEARSHEET_FETCH") == "on"
    assert defaults.pop("enabled") is True
    for name, value in defaults.items():
        assert listed[f"TEARSHEET_FETCH_{name.upper()}"] == (str(value) if value != () else "")


def test_running_requests_finish_when_the_service_stops(tmp_path: Path) -> None:
    with serving(tmp_path / "log", TEARSHEET_STOP_SECONDS="20", TEARSHEET_WARM="apa") as served:
        answers: list[tuple[int, bytes]] = []
        many = [{**ITEM, "id": str(n), "title": f"Title {n}"} for n in range(3000)]
        asking = threading.Thread(target=lambda: answers.append(ask(served, "/cite", many)))
        asking.start()
        time.sleep(0.5)
        served.process.send_signal(signal.SIGTERM)
        asking.join(30)
        assert served.process.wait(30) == 0
    [(status, body)] = answers
    assert status == 200
    assert body.count(b"\n") == 3000


def test_a_request_that_does_not_end_cannot_hold_the_service(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "log", TEARSHEET_STOP_SECONDS="1", TEARSHEET_WARM="apa") as served,
        socket.create_connection((served.host, served.port), timeout=30) as connection,
    ):
        head = b"POST /parse HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n"
        connection.sendall(head + b"x")
        time.sleep(0.3)
        start = time.monotonic()
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(30)
        assert time.monotonic() - start < 20


def test_two_workers_serve_and_their_metrics_are_added_up(tmp_path: Path) -> None:
    with serving(tmp_path / "log", "--workers", "2", TEARSHEET_WARM="apa") as served:
        for _ in range(40):
            assert ask(served, "/styles/apa")[0] == 200
        text = ask(served, "/metrics")[1].decode()
    counted = [line for line in text.splitlines() if 'route="/styles/{style_id}",status="200"' in line]
    assert [float(line.rpartition(" ")[2]) for line in counted] == [40.0]
