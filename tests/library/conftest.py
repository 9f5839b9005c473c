"""A library on each database: SQLite in a folder, and a private PostgreSQL from Debian's binaries."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from schemas.article import Agency, Article, Creator, Dates, DateValue, Photo, Publication
from service.library import Library

_numbers = count()


def _binary(name: str) -> str | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for place in places if (f := shutil.which(name, path=place))), None) or shutil.which(name)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as then, None where we are nobody special."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("no unprivileged user to run PostgreSQL as")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a private server, listening on a socket in a folder of its own; ends in `host=…`."""
    initdb, server, control = map(_binary, ("initdb", "postgres", "pg_ctl"))
    if not (initdb and server and control):
        pytest.skip("PostgreSQL's initdb and postgres are not installed (Debian: apt-get install postgresql)")
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="tearsheet-pg-"))
    if user:
        shutil.chown(folder, user)
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    data = folder / "data"
    run = {"cwd": folder, "stdout": subprocess.DEVNULL, "env": {**os.environ, "LC_ALL": "C"}, **as_user}
    try:
        subprocess.run(
            [initdb, "-D", data, "-U", "owner", "-E", "UTF8", "--locale=C", "-A", "trust", "-N"], check=True, **run
        )
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200 -c shared_buffers=32MB"
        subprocess.run([control, "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], check=True, **run)
        try:
            yield f"postgresql://owner@/{{name}}?host={folder}"
        finally:
            subprocess.run([control, "-D", data, "-w", "-m", "immediate", "stop"], check=True, **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(postgres: str, database: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(postgres.format(name=database), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def _migrated_postgres(postgres: str) -> str:
    _run(postgres, "postgres", "CREATE DATABASE library")
    library = Library(postgres.format(name="library"))
    library.migrate()
    library.close()
    return postgres.format(name="library")


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "library.sqlite3"
    library = Library(f"sqlite:///{file}")
    library.migrate()
    library.close()
    return file


@pytest.fixture
def postgres_url(postgres: str, _migrated_postgres: str) -> str:
    """A PostgreSQL database with the library's tables; emptied, which is quicker than made anew."""
    _run(postgres, "library", "TRUNCATE articles, search CASCADE")
    return _migrated_postgres


@pytest.fixture
def sqlite_url(tmp_path: Path, _migrated_sqlite: Path) -> str:
    """A SQLite file with the library's tables."""
    shutil.copy(_migrated_sqlite, tmp_path / "library.sqlite3")
    return f"sqlite:///{tmp_path}/library.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table, on each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/library.sqlite3"
    postgres, name = request.getfixturevalue("postgres"), f"bare{next(_numbers)}"
    _run(postgres, "postgres", f"CREATE DATABASE {name}")
    return postgres.format(name=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def library_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty library, on each database in turn."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def library(library_url: str) -> Iterator[Library]:
    opened = Library(library_url)
    yield opened
    opened.close()


@pytest.fixture
def lee() -> Article:
    """The article the project began with, as its text is read."""
    return Article(
        headline="Russian, Chinese officials likely to attend another North Korean military parade this week",
        byline="BY MICHAEL LEE [lee.junhyuk@joongang.co.kr]",
        authors=(Creator(given="Michael", family="Lee", printed="MICHAEL LEE"),),
        emails=("lee.junhyuk@joongang.co.kr",),
        agencies=(Agency(name="Yonhap News Agency", abbreviation="Yonhap", role="photo"),),
        photos=(Photo(caption="Soldiers march in Pyongyang", credit="YONHAP", agencies=("Yonhap News Agency",)),),
        publication=Publication(name="Korea JoongAng Daily", native_name="코리아중앙데일리", country="KR"),
        dates=Dates(published=DateValue(edtf="2023-09-03", precision="day")),
        language="en-US",
    )
