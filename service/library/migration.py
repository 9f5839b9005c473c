"""The database's tables and their changes over time (Alembic), run at start for SQLite and by a verb for PostgreSQL."""

import time
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from service.library.engine import Gate
from service.library.errors import LibraryBusy, MigrationNeeded

HEAD = "0001"
"""The newest version in migrations/versions; a test compares the two, so that a start need not load Alembic."""

_SCRIPTS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 0x7EA25EE7  # PostgreSQL's advisory lock for migrations


def version(connection: Connection) -> str | None:
    """The version of the tables, None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check(gate: Gate) -> None:
    """MigrationNeeded unless the tables are those of this program."""
    with gate.read() as connection:
        found = version(connection)
    if found is None or found < HEAD:
        raise MigrationNeeded(
            f"the tables are at version {found or 'none'}, this program needs {HEAD}: run `tearsheet migrate`"
        )
    if found > HEAD:
        raise MigrationNeeded(f"the database's tables (version {found}) are newer than this program ({HEAD})")


def migrate(gate: Gate) -> str | None:
    """Bring the tables to this program's version, in one transaction; returns the version they were at.

    Tried again for as long as a writer waits: where several starts make one new file, SQLite refuses all but one of
    them at once, without the waiting it does for every other lock.
    """
    until = time.monotonic() + gate.timeout
    while True:
        try:
            return _migrate(gate)
        except LibraryBusy:
            if time.monotonic() >= until:
                raise
            time.sleep(0.02)


def _migrate(gate: Gate) -> str | None:
    with gate.write() as connection:
        if not gate.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
        found = version(connection)
        if found is None or found < HEAD:
            _upgrade(connection)
    check(gate)
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a tenth of a second that only a migration should cost
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    command.upgrade(config, "head")
