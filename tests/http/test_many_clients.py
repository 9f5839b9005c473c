"""Fifty clients at once are answered byte for byte as one client is, one question at a time."""

import http.client
import json
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.serving import ROOT, Served, serving

CLIENTS = 50
EACH = 12
ITEMS = json.loads((ROOT / "benchmarks" / "items.json").read_text())
STYLES = ("apa", "chicago-notes-bibliography", "mla", "harvard-cite-them-right")
DOCUMENTS = (
    (ROOT / "seeds" / "wire-story" / "document.txt", "text/plain"),
    (ROOT / "seeds" / "japanese-correspondents" / "document.txt", "text/plain"),
    (ROOT / "seeds" / "turkish-page" / "document.html", "text/html"),
)


class Question(NamedTuple):
    """A request; what is sent and how."""

    path: str
    body: bytes
    media_type: str


def questions() -> Iterator[Question]:
    """One item, many items (cited on threads: two names are told apart there) and documents, in each style."""
    many = [{**item, "id": f"{item['id']}-{n}"} for n in range(3) for item in ITEMS]
    for style in STYLES:
        for form in ("text", "json"):
            query = f"style={style}&output={form}"
            yield Question(f"/cite?{query}", json.dumps(many).encode(), "application/json")
            for item in ITEMS[:6]:
                yield Question(f"/cite?{query}", json.dumps(item).encode(), "application/json")
            for file, media_type in DOCUMENTS:
                yield Question(f"/cite?{query}", file.read_bytes(), media_type)
    for file, media_type in DOCUMENTS:
        yield Question("/parse", file.read_bytes(), media_type)
        yield Question("/cite?format=ris", file.read_bytes(), media_type)


def answered(connection: http.client.HTTPConnection, question: Question) -> tuple[int, str | None, bytes]:
    connection.request("POST", question.path, question.body, {"Content-Type": question.media_type})
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Type"], answer.read()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log: Path = tmp_path_factory.mktemp("many") / "log"
    with serving(
        log, "--workers", "2", TEARSHEET_WARM="", TEARSHEET_FETCH="off", TEARSHEET_DATABASE_URL="off"
    ) as running:
        yield running


def test_fifty_clients_at_once_are_answered_as_one_is(service: Served) -> None:
    asked = list(questions())
    start = threading.Barrier(CLIENTS)
    heard: list[dict[Question, tuple[int, str | None, bytes]]] = [{} for _ in range(CLIENTS)]

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(service.host, service.port, timeout=60)
        start.wait()  # the first questions come before any style is ready: each is asked for by many at once
        for question in random.Random(number).sample(asked, EACH):
            heard[number][question] = answered(connection, question)
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection = http.client.HTTPConnection(service.host, service.port, timeout=60)
    alone = {question: answered(connection, question) for question in asked}
    connection.close()
    assert all(status == 200 and body for status, _, body in alone.values())
    assert [len(each) for each in heard] == [EACH] * CLIENTS
    for each in heard:
        for question, answer in each.items():
            assert answer == alone[question], question.path
    assert {question for each in heard for question in each} == set(asked)
