"""Opens the database file, and brings an older one up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.schema import MIGRATIONS


def open_database(file: Path) -> sqlite3.Connection:
    """Open a store, or make a new one where there is none; an older one is copied, and then brought up to date.

    Raises:
        StoreError: The file cannot be opened, is no store, or was written by a newer version of this program.
    """
    _make_private(file)
    with told_plainly(file):
        connection = sqlite3.connect(file, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
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


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """Keep the file as it is before it is brought up to date."""
    _make_private(target)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _migrate(connection: sqlite3.Connection, file: Path) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    newest = len(MIGRATIONS)
    if found > newest:
        raise StoreError(f"The store {printable(file)} was written by a newer version of this program. Install that version to open it.")
    if 0 < found < newest:
        _copy(connection, file.with_name(f"{file.name}.version-{found}"))
    for number in range(found, newest):
        connection.executescript(f"BEGIN IMMEDIATE; {MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;")
