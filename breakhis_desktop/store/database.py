"""Opens the database file, and migrates a file of an older version."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from breakhis_desktop.store import origin
from breakhis_desktop.store.checked import OddValueError
from breakhis_desktop.store.connection import make_private, store_errors, transaction
from breakhis_desktop.store.copies import keep_copy
from breakhis_desktop.store.journal import connect_readably, prefer_log
from breakhis_desktop.store.schema import MIGRATIONS


def open_database(file: Path) -> sqlite3.Connection:
    """Open a store, creating it if there is none; an older store is copied, then migrated.

    Raises:
        StoreError: The file cannot be opened, is not a store, belongs to another program, or comes from a newer version of this program.
    """
    origin.look_at(file)
    make_private(file)
    with store_errors(file):
        connection = connect_readably(file)
        try:
            origin.refuse_foreign(connection, file)
            _refuse_newer(connection, file)
            connection = prefer_log(connection, file)
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection, file)
        except BaseException:
            connection.close()
            raise
    return connection


def _migrate(connection: sqlite3.Connection, file: Path) -> None:
    """Migrate a store in one transaction; processes that open it in the meantime wait, and then find it migrated."""
    newest = len(MIGRATIONS)
    if _version(connection) == newest:
        return
    with transaction(connection):
        origin.refuse_foreign(connection, file)  # the file was empty a moment ago, but another program may have filled it
        found = _version(connection)
        if 0 < found < newest:
            keep_copy(file, found)
        for step in MIGRATIONS[found:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute(f"PRAGMA application_id = {origin.APPLICATION_ID}")


def _statements(step: str) -> Iterator[str]:
    """Yield the statements of a migration step; a trigger is a single statement, although others are nested in it."""
    statement = ""
    for part in step.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(connection: sqlite3.Connection, file: Path) -> None:
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise origin.newer(file)
    if version < 0:
        raise OddValueError("user_version")
