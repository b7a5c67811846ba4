"""Protects a store against interrupted writes: by a write-ahead log, or by a rollback journal where such a log is impossible."""

import mmap
import os
import sqlite3
import tempfile
from pathlib import Path

from breakhis_desktop.store.connection import NO_SHARED_MEMORY, code_of, connect

_PAGE = mmap.ALLOCATIONGRANULARITY


def connect_readably(file: Path) -> sqlite3.Connection:
    """Open a database file so that its tables can be read, even if it has a write-ahead log but the disk has no shared memory.

    Raises:
        sqlite3.Error: The file cannot be read.
    """
    return _readable(connect(file), file)


def prefer_log(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """Switch to write-ahead logging, with which readers and the writer never wait for each other, if the disk supports shared memory.

    VirtualBox's shared folders, 9p and some network disks do not support shared memory. There, the store keeps SQLite's default, the
    rollback journal. The file records whether it uses a log or a journal, and every other connection follows.

    Returns:
        The connection, or a new one in its place.

    Raises:
        sqlite3.Error: The store cannot be written.
    """
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal" or not _shares_memory(Path(os.path.realpath(file)).parent):
        return connection
    connection.execute("PRAGMA journal_mode = WAL")
    return _readable(connection, file)


def _readable(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """Return a connection that can read the tables: the given one, or a new one that replaces it; close any connection that cannot."""
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error) and code_of(error) in NO_SHARED_MEMORY:
            return _without_log(file)
        raise
    return connection


def _shares_memory(folder: Path) -> bool:
    """Return whether shared memory works in a folder as SQLite uses it; True if no file can be created, because SQLite then reports why."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.truncate(_PAGE)
            return _can_be_mapped(file.fileno())
    except OSError:
        return True


def _can_be_mapped(descriptor: int) -> bool:
    try:
        with mmap.mmap(descriptor, _PAGE) as shared:
            shared[0] = 1
    except OSError:
        return False
    return True


def _without_log(file: Path) -> sqlite3.Connection:
    """Open a store whose log would need shared memory: with exclusive access, SQLite needs none and moves the log into the file."""
    connection = connect(file)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # this releases the lock
    except BaseException:
        connection.close()
        raise
    return connection
