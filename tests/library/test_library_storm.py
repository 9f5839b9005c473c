"""A server killed with -9 in a storm of writes: what was acknowledged is there, once, and whole."""

import os
import random
import signal
import threading
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

import msgspec
import pytest
from sqlalchemy import func, select

from schemas.article import Article
from service.library import Changed, Entry, Library, Source
from service.library.tables import articles, search, sources

ROUNDS = int(os.environ.get("STORM_ROUNDS") or (50 if os.environ.get("CI") else 6))
WRITERS = 4

_processes = get_context("forkserver")
_processes.set_forkserver_preload(["service.library"])


def document(number: int) -> Entry:
    text = f"document {number}"
    source = Source(body=text.encode(), media_type="text/plain")
    return Entry(Article(headline=text, keywords=("storm",)), source, text)


def storm(url: str, first: int, acknowledged: Connection) -> None:
    """What a server does all day: single articles, batches, corrections; each told as soon as it is done."""
    library = Library(url)
    told = threading.Lock()

    def work(place: int) -> None:
        number = first + place * 100_000
        while True:
            stored, _ = library.add(document(number))
            with told:
                acknowledged.send([(number, stored.id, 1)])
            added = library.add_all([document(number + n) for n in range(1, 20)])
            with told:
                acknowledged.send([(number + n, a.id, 1) for n, a in enumerate(added, start=1)])
            corrected = library.correct(stored.id, {"headline": f"corrected {number}"}, {stored.tag})
            with told:
                acknowledged.send([(number, stored.id, corrected.revision)])
            number += 20

    for place in range(WRITERS):
        threading.Thread(target=work, args=(place,), daemon=True).start()
    threading.Event().wait()


def test_what_was_acknowledged_survives_kill_9(library_url, library):
    dice = random.Random(20)
    expected: dict[int, tuple[str, int]] = {}
    for n in range(ROUNDS):
        mine, theirs = _processes.Pipe(duplex=False)
        # half of the rounds send again what the round before was killed at
        first = n // 2 * 1000
        server = _processes.Process(target=storm, args=(library_url, first, theirs))
        server.start()
        theirs.close()
        heard: list[tuple[int, str, int]] = []

        def listen(mine=mine, heard=heard) -> None:
            while True:
                try:
                    heard.extend(mine.recv())
                except EOFError:
                    return

        listener = threading.Thread(target=listen)
        listener.start()
        while not heard:
            assert server.exitcode is None
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.15))
        os.kill(server.pid, signal.SIGKILL)
        server.join()
        listener.join()
        mine.close()
        for number, name, revision in heard:
            assert expected.setdefault(number, (name, revision))[0] == name
            expected[number] = (name, max(revision, expected[number][1]))
        with library._gate.read() as connection:
            count = select(func.count())
            held = dict(connection.execute(select(articles.c.id, articles.c.revision)).all())
            numbers = [*connection.execute(select(articles.c.parsed, articles.c.article))]
            for table in (search, sources):
                assert connection.execute(count.select_from(table)).scalar() == len(held), "half an article"
        for number, (name, revision) in expected.items():
            assert held[name] >= revision, f"document {number} was acknowledged and is gone"
        headlines = [msgspec.json.decode(row.parsed or row.article)["headline"] for row in numbers]
        assert len(set(headlines)) == len(headlines), "a document is there twice"
    assert len(expected) > ROUNDS
    if library.backend == "sqlite":
        with library._gate.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            connection.exec_driver_sql("INSERT INTO search(search) VALUES ('integrity-check')")


def test_two_corrections_in_a_storm_never_both_win(library_url, library):
    stored, _ = library.add(document(1))
    libraries = [library, Library(library_url)]
    for n in range(10):
        tag = library.get(stored.id).tag
        start = threading.Barrier(4)
        won: list[str] = []

        def work(place: int, n=n, tag=tag, start=start, won=won) -> None:
            start.wait()
            try:
                libraries[place % 2].correct(stored.id, {"headline": f"{n} {place}"}, {tag})
            except Changed:
                return
            won.append(f"{n} {place}")

        threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [library.get(stored.id).article.headline] == won
    libraries[1].close()


@pytest.fixture(autouse=True, scope="module")
def _no_process_left():
    yield
    assert not _processes.active_children()
