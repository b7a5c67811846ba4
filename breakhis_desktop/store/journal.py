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
    connection = connect(file)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if code_of(error) not in NO_SHARED_MEMORY:
            raise
        return _without_log(file)
    except BaseException:
        connection.close()
        raise
    return connection


def prefer_log(connection: sqlite3.Connection, file: Path) -> None:
    """Switch to write-ahead logging, by which readers and the writer never wait for each other, where the disk can share memory.

    VirtualBox's shared folders, 9p and some network disks cannot. There the rollback journal stays, SQLite's own default, which every other
    connection to the store takes by itself: which of the two it is stands in the file.
    """
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal" and _shares_memory(Path(os.path.realpath(file)).parent):
        connection.execute("PRAGMA journal_mode = WAL")


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
