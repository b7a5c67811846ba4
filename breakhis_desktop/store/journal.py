"""How a store keeps a write that is cut off from damaging it: a write-ahead log, or a rollback journal where that cannot be."""

import mmap
import os
import sqlite3
import tempfile
from pathlib import Path

from breakhis_desktop.store.connection import NO_SHARED_MEMORY, code_of, connect

_PAGE = mmap.ALLOCATIONGRANULARITY


def connect_readably(file: Path) -> sqlite3.Connection:
    """Open a database file so that its tables can be read, even if it came with a write-ahead log to a disk that has no shared memory.

    Raises:
        sqlite3.Error: It cannot be read.
    """
    return _readable(connect(file), file)


def prefer_log(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """Switch to write-ahead logging, by which readers and the writer never wait for each other, where the disk can share memory.

    VirtualBox's shared folders, 9p and some network disks cannot. There the rollback journal stays, SQLite's own default, which every other
    connection to the store takes by itself: which of the two it is stands in the file.

    Returns:
        The connection, or another one in its place.

    Raises:
        sqlite3.Error: The store cannot be written.
    """
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal" or not _shares_memory(Path(os.path.realpath(file)).parent):
        return connection
    connection.execute("PRAGMA journal_mode = WAL")
    return _readable(connection, file)


def _readable(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
    """Return a connection through which the tables can be read, this one or another; where none can be had, this one is closed."""
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error) and code_of(error) in NO_SHARED_MEMORY:
            return _without_log(file)
        raise
    return connection


def _shares_memory(folder: Path) -> bool:
    """Try what SQLite would do in a folder; where no file can be made, SQLite says why."""
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
    """Open a store whose log no memory can be shared for: who has it alone needs none, and can put what the log holds into the file."""
    connection = connect(file)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # which lets go of the lock
    except BaseException:
        connection.close()
        raise
    return connection
