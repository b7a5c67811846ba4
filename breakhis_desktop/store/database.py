"""Opens the database file, and brings an older one up to date."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.schema import MIGRATIONS

_PATIENCE = 5.0
"""Seconds; as long as SQLite itself waits for a lock by default."""


def open_database(file: Path) -> sqlite3.Connection:
    """Open a store, or make a new one where there is none; an older one is copied, and then brought up to date.

    Raises:
        StoreError: The file cannot be opened, is no store, or was written by a newer version of this program.
    """
    _make_private(file)
    with told_plainly(file):
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            _refuse_newer(connection, file)
            _write_ahead(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection, file)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def told_plainly(file: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence with advice.

    Raises:
        StoreError: Whatever SQLite raised inside.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"The store {printable(file)} cannot be used ({error}). Check that its folder exists, can be written to and has space left."
        ) from error
    except sqlite3.DatabaseError as error:
        raise DamagedStoreError(
            f"The store {printable(file)} is damaged or is no store ({error}). Move it away, and a new one is made."
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # where the disk is full, SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _make_private(file: Path) -> None:
    """Make an empty file that this user alone may read, unless there is one; SQLite gives what it writes beside it the same permissions."""
    with suppress(OSError):  # SQLite says what is wrong
        file.touch(mode=0o600, exist_ok=False)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; where another process is at the same switch, SQLite fails at once instead of waiting."""
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection, file: Path) -> None:
    """Bring a store up to date in one transaction; whoever else opens it meanwhile waits, and finds it done."""
    newest = len(MIGRATIONS)
    if _version(connection) == newest:
        return
    with transaction(connection):
        found = _version(connection)
        if 0 < found < newest:
            _copy(file, file.with_name(f"{file.name}.version-{found}"))
        for step in MIGRATIONS[found:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {newest}")


def _statements(step: str) -> Iterator[str]:
    """Yield the statements of a step one by one; that of a trigger has others in it."""
    statement = ""
    for part in step.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(connection: sqlite3.Connection, file: Path) -> None:
    if _version(connection) > len(MIGRATIONS):
        raise StoreError(f"The store {printable(file)} was written by a newer version of this program. Install that version to open it.")


def _copy(file: Path, target: Path) -> None:
    """Keep the file as it is before it is brought up to date."""
    _make_private(target)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
