"""Connections to a database file that wait for others, and tell what goes wrong."""

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
"""Seconds; as long as SQLite itself waits for a lock by default."""
_STEP = 0.1
"""Seconds that SQLite waits at a time, in which no signal is heard."""
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NO_SHARED_MEMORY = {
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP,
}
"""What SQLite says where the file system offers no memory that processes share."""
_NO_LOCKS = {sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_IOERR_RDLOCK, sqlite3.SQLITE_IOERR_UNLOCK, sqlite3.SQLITE_PROTOCOL}


class _PatientConnection(sqlite3.Connection):
    """Waits for another's lock in short steps: between them Python hears Ctrl+C, which SQLite's own wait would put off."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement as soon as no other connection is in its way."""
        give_up = time.monotonic() + _PATIENCE
        while True:
            try:
                return super().execute(sql, parameters)
            except sqlite3.OperationalError as error:
                if code_of(error) & 0xFF not in _HELD or time.monotonic() > give_up:
                    raise
            time.sleep(0.01)  # SQLite does not wait at all where it sees that two would wait for each other, as while journals change


def connect(file: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """Open a database file; transactions begin and end where the caller says so."""
    return sqlite3.connect(file, timeout=_STEP, isolation_level=None, check_same_thread=check_same_thread, factory=_PatientConnection)


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's extended result code; 0 where Python itself raised the error."""
    return getattr(error, "sqlite_errorcode", 0)


def make_private(file: Path) -> None:
    """Make an empty file that this user alone may read, unless there is one; SQLite gives what it writes beside it the same permissions.

    Where a link leads to a file that is still to be made, that file is made.
    """
    with suppress(OSError):  # SQLite says what is wrong
        Path(os.path.realpath(file)).touch(mode=0o600, exist_ok=False)


@contextmanager
def store_errors(file: Path) -> Iterator[None]:
    """Turn what SQLite raises, and what a row holds that makes no sense, into one message with advice.

    Raises:
        StoreError: Whatever was raised inside.
    """
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:  # the latter where another thread has closed it
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
    """Return what is said of a file that cannot be read as a database.

    Args:
        file: The file.
        why: What SQLite or this program says is wrong with it.
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
    return Message.of(StoreCode.STORE_ODD, file=printable(file), what=what)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything inside, or nothing of it.

    Raises:
        UnkeptError: A value is none that SQLite holds.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")  # for which a reader without a log must let go
    except BaseException as error:
        if connection.in_transaction:  # where the disk is full, SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        if isinstance(error, UnicodeEncodeError | OverflowError):
            raise UnkeptError(str(error)) from error
        raise


def sync(file: Path) -> None:
    """Let the disk keep a file, or a folder's names, through a loss of power.

    Raises:
        OSError: The disk cannot.
    """
    descriptor = os.open(file, os.O_RDWR if file.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
