"""The way to the database: where it lies, how a connection is set up, and its errors in the library's terms."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url

from service.errors import LibraryError
from service.library.errors import LibraryBusy, LibraryFull, LibraryUnavailable, MigrationNeeded

FILE = "library.sqlite3"
POOL = 8  # connections a process keeps; as many threads serve requests without waiting for one another
PATIENCE = 6  # times the timeout for a lock, one question may take
_STEPS = 50_000  # of SQLite's machine between two looks at the clock: some milliseconds
_CACHE = 64_000  # KiB of pages a SQLite connection may keep


def data_folder(environment: Mapping[str, str] | None = None) -> Path:
    """TEARSHEET_DATA, else the XDG data home (`~/.local/share/tearsheet`)."""
    env = os.environ if environment is None else environment
    if chosen := env.get("TEARSHEET_DATA"):
        return Path(chosen).expanduser()
    base = env.get("XDG_DATA_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "share") / "tearsheet"


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """TEARSHEET_DATABASE_URL, else the SQLite file in the data folder."""
    env = os.environ if environment is None else environment
    return env.get("TEARSHEET_DATABASE_URL") or f"sqlite:///{data_folder(env) / FILE}"


def engine_for(url: str, timeout: float) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; waits for a lock at most `timeout` seconds."""
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise LibraryUnavailable("TEARSHEET_DATABASE_URL is not a database URL") from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, Path(parsed.database or ""), timeout)
    if parsed.get_backend_name() == "postgresql":
        patience = f"-c lock_timeout={int(timeout * 1000)} -c statement_timeout={int(timeout * PATIENCE * 1000)}"
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=POOL,
            max_overflow=POOL,
            pool_timeout=timeout,
            pool_pre_ping=True,  # a restarted server or a load balancer may have dropped it
            pool_recycle=1800,
            connect_args={"connect_timeout": max(2, int(timeout)), "options": patience},
        )
    raise LibraryUnavailable("TEARSHEET_DATABASE_URL must begin with sqlite: or postgresql:")


def _sqlite(url: str, file: Path, timeout: float) -> Engine:
    if not file.name or str(file) == ":memory:":
        raise LibraryUnavailable("a SQLite library needs a file")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise translated(error) from error
    engine = create_engine(
        url,
        pool_size=POOL,
        max_overflow=POOL,
        pool_timeout=timeout,
        connect_args={"timeout": timeout, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # an acknowledged write outlives a power cut, not only a crash
            "foreign_keys=ON",
            f"cache_size=-{_CACHE}",
            "temp_store=MEMORY",
            "wal_autocheckpoint=16000",  # pages: an import changes the same ones again and again
            "journal_size_limit=67108864",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a writer takes its lock at once: a read that turns into a write could only fail, not wait
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


class Gate:
    """Transactions on an engine, one writer at a time in a process with SQLite, errors in the library's terms."""

    def __init__(self, engine: Engine, timeout: float) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.timeout = timeout
        self._writer = threading.Lock()  # fair and quick, where SQLite's own waiting is by sleeping

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads; a question that takes far too long is broken off (LibraryBusy)."""
        with spoken(), self.engine.connect() as connection:
            if not self.sqlite:  # PostgreSQL keeps the time itself (statement_timeout)
                yield connection
                return
            driver: Any = connection.connection.dbapi_connection
            until = time.monotonic() + self.timeout * PATIENCE
            driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            try:
                yield connection
            finally:
                driver.set_progress_handler(None, 0)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block has ended without an error, and nowhere otherwise."""
        if self.sqlite and not self._writer.acquire(timeout=self.timeout):
            raise LibraryBusy("the library is busy writing")
        try:
            with spoken(), self.engine.connect() as connection:
                connection.execution_options(writes=True)
                with connection.begin():
                    yield connection
        finally:
            if self.sqlite:
                self._writer.release()


@contextmanager
def spoken() -> Iterator[None]:
    """Database errors of the block become the library's."""
    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError, OSError) as error:
        raise translated(error) from error


def translated(error: Exception) -> LibraryError:
    """The library's error for one of SQLAlchemy's, a driver's or the file system's."""
    if isinstance(error, exc.TimeoutError):
        return LibraryBusy("every connection to the database is in use")
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if isinstance(cause, OSError):
        if cause.errno in {28, 122}:  # ENOSPC, EDQUOT
            return LibraryFull("there is no room left on the disk")
        return LibraryUnavailable(f"the database file cannot be used: {cause.strerror}")
    state = getattr(cause, "sqlstate", None) or ""
    if state in {"53100", "54000"}:  # disk_full, program_limit_exceeded
        return LibraryFull("the database has no room left")
    if state[:2] in {"40", "53"} or state in {"55P03", "57014"}:  # deadlock, too many connections, lock, cancelled
        return LibraryBusy("the database is busy")
    if state in {"42P01", "42703", "3F000"}:  # no such table, column, schema
        return MigrationNeeded("the database's tables are not those of this program; run `tearsheet migrate`")
    return LibraryUnavailable("the database cannot be reached or gave an error")


def _of_sqlite(error: sqlite3.Error) -> LibraryError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return LibraryFull("there is no room left for the library")
    if code == sqlite3.SQLITE_INTERRUPT:
        return LibraryBusy("the question took too long", retry_after=5)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LibraryBusy("another program holds the library")
    if "no such table" in str(error) or "no such column" in str(error):
        return MigrationNeeded("the library's tables are not those of this program; run `tearsheet migrate`")
    return LibraryUnavailable(f"the library file cannot be used: {error}")
