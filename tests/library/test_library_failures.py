"""A full disk, a locked file, a database that is away: told in the library's terms, nothing acknowledged lost."""

import os
import shutil
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest

from schemas.article import Article
from schemas.library import Query
from service.library import Entry, Library, LibraryBusy, LibraryFull, LibraryUnavailable, Source


def document(number: int, size: int = 20_000) -> Entry:
    body = os.urandom(size)
    return Entry(
        Article(headline=f"document {number}"), Source(body=body, media_type="text/plain"), f"document {number}"
    )


def fill(library: Library) -> list[str]:
    """Add until it is full; the ids that were acknowledged."""
    ids: list[str] = []
    for number in range(10_000):
        try:
            ids.append(library.add(document(number))[0].id)
        except LibraryFull:
            return ids
    raise AssertionError("never full")


def check_full(library: Library, ids: list[str]) -> None:
    assert len(ids) > 3
    assert library.count() == len(ids)
    for name in ids:
        assert library.get(name).id == name
        assert len(library.source(name).body) == 20_000
    assert len(library.find(Query(q="document"), limit=500).articles) == min(500, len(ids))
    with pytest.raises(LibraryFull):
        library.add_all([document(n) for n in range(100)])
    assert library.count() == len(ids), "half a batch was stored"


def test_a_full_sqlite_file(sqlite_url):
    library = Library(sqlite_url)
    from sqlalchemy import event

    @event.listens_for(library._gate.engine, "checkout")
    def _small(connection, *_):
        connection.execute("PRAGMA max_page_count = 150").fetchall()

    ids = fill(library)
    check_full(library, ids)
    library.delete(ids[0], None)
    library.add(document(0, size=1000))
    library.close()


def test_a_full_disk(tmp_path):
    """A file system of one megabyte, where we may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk], capture_output=True, check=False
    ) if shutil.which("mount") and os.geteuid() == 0 else None  # fmt: skip
    if mounted is None or mounted.returncode:
        pytest.skip("no right to mount a small file system")
    try:
        library = Library(f"sqlite:///{disk}/library.sqlite3")
        library.start()
        ids = fill(library)
        check_full(library, ids)
        library.close()
        again = Library(f"sqlite:///{disk}/library.sqlite3")
        again.start()
        assert again.count() == len(ids)
        again.close()
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_database_locked_by_another(sqlite_url, lee):
    library = Library(sqlite_url, timeout=0.2)
    stored, _ = library.add(Entry(lee))
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryBusy) as busy:
        library.add(document(1))
    assert busy.value.retry_after >= 1
    for change in (library.delete, lambda name, tag: library.correct(name, {"headline": "x"}, tag)):
        with pytest.raises(LibraryBusy):
            change(stored.id, None)
    assert library.get(stored.id).article == lee, "readers do not wait for a writer"
    other.execute("ROLLBACK")
    other.close()
    assert library.add(document(1))[1]
    library.close()


def test_a_row_locked_by_another_instance(postgres_url, lee):
    import psycopg

    library = Library(postgres_url, timeout=0.2)
    stored, _ = library.add(Entry(lee))
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT 1 FROM articles FOR UPDATE")
        with pytest.raises(LibraryBusy):
            library.correct(stored.id, {"headline": "x"}, None)
        other.rollback()
    assert library.correct(stored.id, {"headline": "x"}, None).article.headline == "x"
    library.close()


def test_a_writer_of_this_process_that_takes_too_long(sqlite_url, lee):
    library = Library(sqlite_url, timeout=0.1)
    with library._gate.write(), pytest.raises(LibraryBusy):
        library.add(Entry(lee))
    assert library.add(Entry(lee))[1]
    library.close()


def test_a_question_that_takes_too_long_is_broken_off(library_url):
    library = Library(library_url, timeout=0.05)
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "postgresql": "SELECT pg_sleep(60)",
    }
    with pytest.raises(LibraryBusy), library._gate.read() as connection:
        connection.exec_driver_sql(endless[library.backend]).all()
    assert library.count() == 0
    library.close()


def test_more_readers_than_connections_wait_for_one_another(library):
    library.add_all([document(n, size=10) for n in range(300)])
    failed: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(5):
                assert len(list(library.every())) == 300
        except Exception as error:  # noqa: BLE001 - handed to the test
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_database_that_comes_back(postgres_url, lee):
    import psycopg

    library = Library(postgres_url)
    stored, _ = library.add(Entry(lee))
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )
    assert library.get(stored.id).article == lee
    library.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/none",
        "sqlite:////proc/library.sqlite3",
        "sqlite:////dev/null/library.sqlite3",
        "sqlite://",
        "mysql://x/y",
        "nonsense",
    ],
)
def test_a_database_that_is_not_there(url):
    with pytest.raises(LibraryUnavailable):
        Library(url, timeout=0.5).start()


def test_a_file_that_is_no_library(tmp_path: Path):
    file = tmp_path / "library.sqlite3"
    file.write_bytes(b"this is no database, whatever its name says" * 100)
    library = Library(f"sqlite:///{file}")
    with pytest.raises(LibraryUnavailable):
        library.start()
    library.close()
