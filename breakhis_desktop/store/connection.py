"""Database connections that wait for locks, and report errors with advice."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.files import printable
from breakhis_desktop.store.checked import OddValueError, UnkeptError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode

_PATIENCE = 5.0
"""Seconds to wait for a lock, as long as Python's `sqlite3` waits by default."""
_STEP = 0.1
"""Seconds for which SQLite itself waits at a time; meanwhile, Python handles no signal."""
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NO_SHARED_MEMORY = {
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP,
}
"""SQLite's result codes on a file system without shared memory."""
_NO_LOCKS = {sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_IOERR_RDLOCK, sqlite3.SQLITE_IOERR_UNLOCK, sqlite3.SQLITE_PROTOCOL}


class _PatientConnection(sqlite3.Connection):
    """Waits for another connection's lock in short steps, between which Python can react to Ctrl+C; SQLite would wait in one step."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement as soon as no other connection blocks it."""
        give_up = time.monotonic() + _PATIENCE
        while True:
            try:
                return super().execute(sql, parameters)
            except sqlite3.OperationalError as error:
                if code_of(error) & 0xFF not in _HELD or time.monotonic() > give_up:
                    raise
            time.sleep(0.01)  # SQLite returns at once if waiting would deadlock, such as while the journal mode changes


def connect(file: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Open a database file; the caller begins and ends transactions."""
    return sqlite3.connect(file, timeout=_STEP, isolation_level=None, check_same_thread=check_same_thread, factory=_PatientConnection)


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's extended result code; 0 if Python itself raised the error."""
    return getattr(error, "sqlite_errorcode", 0)


def make_private(file: Path) -> None:
    """Create an empty file that only this user may read, unless the file exists; SQLite gives the files beside it the same permissions.

    For a dangling link, creates the file that it points to.
    """
    with suppress(OSError):  # SQLite reports the problem
        Path(os.path.realpath(file)).touch(mode=0o600, exist_ok=False)


@contextmanager
def store_errors(file: Path) -> Iterator[None]:
    """Turn SQLite's errors, and the errors for invalid rows, into a `StoreError` with advice.

    Raises:
        StoreError: Any such error inside the block.
    """
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:  # ProgrammingError: another thread has closed the connection
        raise StoreError(_message_on(file, error)) from error
    except sqlite3.IntegrityError as error:
        raise StoreError(_odd(file, Message.of(StoreCode.STORE_ODD_REFERENCE))) from error
    except sqlite3.DatabaseError as error:
        raise damaged(file, str(error)) from error
    except OddValueError as error:
        raise StoreError(_odd(file, error.what)) from error
    except UnkeptError as error:
        raise StoreError(Message.of(StoreCode.STORE_UNKEPT, file=printable(file))) from error


def damaged(file: Path, why: Message | str) -> DamagedStoreError:
    """Return the error for a file that cannot be read as a database.

    Args:
        file: The file.
        why: What is wrong with it, according to SQLite or this program.
    """
    return DamagedStoreError(Message.of(StoreCode.STORE_DAMAGED, file=printable(file), error=why))


def _message_on(file: Path, error: sqlite3.Error) -> Message:
    code = code_of(error)
    if code & 0xFF in _HELD:
        return Message.of(StoreCode.STORE_LOCKED, file=printable(file))
    if code in NO_SHARED_MEMORY | _NO_LOCKS:
        return Message.of(StoreCode.STORE_DISK_UNSHARED, file=printable(file), error=str(error))
    if not code and "UTF-8" in str(error):
        return _odd(file, Message.of(StoreCode.STORE_ODD_TEXT))
    return Message.of(StoreCode.STORE_UNUSABLE, file=printable(file), error=str(error))


def _odd(file: Path, what: Message | str) -> Message:
    found = what if isinstance(what, Message) else Message.of(StoreCode.STORE_ODD_PLACE, place=what)
    return Message.of(StoreCode.STORE_ODD, file=printable(file), what=found)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything inside the block, or nothing; inside another transaction, leave this to that transaction.

    Raises:
        UnkeptError: SQLite cannot hold a value.
    """
    is_nested = connection.in_transaction
    if is_nested:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")  # without a write-ahead log, readers must release their locks first
    except BaseException as error:
        if connection.in_transaction:  # on a full disk, SQLite has already rolled back
            connection.execute("ROLLBACK")
        if isinstance(error, UnicodeEncodeError | OverflowError):
            raise UnkeptError(str(error)) from error
        raise


def sync(file: Path) -> None:
    """Flush a file, or the entries of a folder, to the disk, so that they survive a power failure.

    Raises:
        OSError: The disk cannot flush it.
    """
    descriptor = os.open(file, os.O_RDWR if file.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
