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


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """An empty database of its own."""
    import psycopg

    name = f"library{next(_numbers)}"
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.format(name=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def library_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty library, on each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/library.sqlite3"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def library(library_url: str) -> Iterator[Library]:
    opened = Library(library_url)
    opened.migrate()
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
