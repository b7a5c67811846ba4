"""Determines which program a database file belongs to, before anything is written to it.

Stores are marked by SQLite's `application_id`; stores of earlier versions have no mark, and are recognised by their tables and columns.
"""

import errno
import functools
import os
import sqlite3
import stat
import struct
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from breakhis_desktop.errors import StoreError
from breakhis_desktop.files import absolute, printable
from breakhis_desktop.store.checked import OddValueError
from breakhis_desktop.store.connection import damaged, store_errors
from breakhis_desktop.store.schema import MIGRATIONS
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode

Answer = TypeVar("Answer")

APPLICATION_ID = int.from_bytes(b"BHis")
_LAST_UNMARKED = 3
"""The newest store version that may have no mark."""
_MAGIC = b"SQLite format 3\0"
_HEADER = struct.Struct(">60xi4xi")
"""Version and mark, at their offsets in the file's first page."""
_PARTS = {"-journal": bytes.fromhex("d9d505f920a163d7"), "-wal": bytes.fromhex("377f06")}
"""The files that SQLite keeps beside a database, and their first bytes."""
_ANSWERS_WITHIN = 5.0
"""Seconds within which a disk or server must return a file's first bytes."""


def look_at(file: Path) -> None:
    """Refuse a file that has content but is not a store of this or an earlier version; change neither it nor the files beside it.

    Raises:
        StoreError: The file belongs to another program or a newer version of this one, is not a database, or its disk does not answer.
    """
    try:
        header, others = _within(_ANSWERS_WITHIN, lambda: (_header(file), list(_others_beside(file))))
    except TimeoutError:
        raise StoreError(Message.of(StoreCode.STORE_SILENT, file=printable(file))) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise StoreError(Message.of(StoreCode.STORE_NAME_TOO_LONG, file=printable(file))) from error
        return  # SQLite reports the problem
    if header is None:
        raise StoreError(Message.of(StoreCode.STORE_NO_FILE, file=printable(file)))
    is_whole = header.startswith(_MAGIC) and len(header) == _HEADER.size
    if header and not is_whole and (others or not _beside(file, "-journal").exists()):
        # SQLite treats a file of one byte as empty, and overwrites it.
        raise damaged(file, Message.of(StoreCode.STORE_NO_DATABASE))
    if others:
        raise StoreError(Message.of(StoreCode.STORE_FOREIGN_BESIDE, file=printable(others[0])))
    if not is_whole:
        return  # it becomes a store, or SQLite restores it after an interrupted write
    version, mark = _HEADER.unpack(header)
    if mark != APPLICATION_ID:
        with store_errors(file):
            _refuse_foreign_file(file)
    elif version > len(MIGRATIONS):
        raise newer(file)


def refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """Refuse a database that is neither a store nor empty.

    Raises:
        StoreError: The database belongs to another program.
        OddValueError: The database is a store, but lacks a table of this program, or has a trigger that this program did not create.
    """
    with _at_one_moment(connection):
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if mark == APPLICATION_ID:
            _check_parts(connection, version)
            return
        if not mark and _may_be_a_store(connection, version):
            return
    raise StoreError(Message.of(StoreCode.STORE_FOREIGN, file=printable(file)))


@contextmanager
def _at_one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all reads inside the block see the same state, even while another process creates its tables."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.OperationalError):  # SQLite has already ended the transaction if a read failed
            connection.execute("ROLLBACK")


def newer(file: Path) -> StoreError:
    """Return the error for a store that only a newer version of this program can read."""
    return StoreError(Message.of(StoreCode.STORE_NEWER, file=printable(file)))


def _refuse_foreign_file(file: Path) -> None:
    """Refuse a file whose tables show that it belongs to another program, without locking or changing it.

    Raises:
        StoreError: The file belongs to another program.
        sqlite3.Error: The file cannot be read.
    """
    if _size(_beside(file, "-wal")):
        with suppress(sqlite3.OperationalError):  # without shared memory, no log can be read
            _refuse_read_only(file, "mode=ro")  # only the log holds the newest changes
            return
    _refuse_read_only(file, "immutable=1")


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # the last process to close the database has removed its log in the meantime
        return 0


def _beside(file: Path, ending: str) -> Path:
    """Return the path of a file that SQLite keeps beside a database: beside the file itself, whatever link leads to it."""
    return Path(os.path.realpath(file) + ending)


def _others_beside(file: Path) -> Iterator[Path]:
    """Yield files that are named like a log or journal but are neither, because SQLite would delete or overwrite them.

    A log or journal whose write was interrupted may begin with zeros.
    """
    for ending, magic in _PARTS.items():
        part = _beside(file, ending)
        try:
            status = part.lstat()
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(status.st_mode) or (status.st_size and not _begins_with(part, magic)):
            yield part


def _begins_with(part: Path, magic: bytes) -> bool:
    try:
        with part.open("rb") as stream:
            found = stream.read(len(magic))
    except FileNotFoundError:  # the last process to close the database has removed it in the meantime
        return True
    return found in {magic, bytes(len(found))}


def _refuse_read_only(file: Path, how: str) -> None:
    with closing(sqlite3.connect(f"{absolute(file).as_uri()}?{how}", timeout=0, uri=True)) as connection:
        refuse_foreign(connection, file)


def _may_be_a_store(connection: sqlite3.Connection, version: int) -> bool:
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        return version == 0 or version > len(MIGRATIONS)
    if not 0 < version <= _LAST_UNMARKED:
        return False
    with closing(sqlite3.connect(":memory:")) as known:
        known.executescript("".join(MIGRATIONS[:version]))
        return _columns(known) <= _columns(connection)


def _check_parts(connection: sqlite3.Connection, version: int) -> None:
    """Check that this program's tables are real tables, since reading a view might never end, and that no foreign trigger acts on writes.

    Raises:
        OddValueError: A table is missing or not a real table, or has triggers that no store has.
    """
    if not 0 < version <= len(MIGRATIONS):
        return
    tables, triggers = _parts_of(version)
    found = set(connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %'"))
    more = set(connection.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")) - triggers
    odd = sorted({name for (name,) in tables - found} | {table for table, _, _ in more if (table,) in tables})
    if odd:
        raise OddValueError(odd[0])


@functools.cache
def _parts_of(version: int) -> tuple[set[tuple[str]], set[tuple[str, str, str]]]:
    """Return the tables of a store of the given version, and its triggers with the tables that they belong to."""
    with closing(sqlite3.connect(":memory:")) as known:
        known.executescript("".join(MIGRATIONS[:version]))
        tables = set(known.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        return tables, set(known.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"))


def _columns(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    query = "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
    return set(connection.execute(query))


def _header(file: Path) -> bytes | None:
    """Return the first bytes of a file, empty if it does not exist; None for a device, pipe or folder, since reading it might never end."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return b""
    if not stat.S_ISREG(status.st_mode):
        return None
    with file.open("rb") as stream:
        return stream.read(_HEADER.size)


def _within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Query a disk on a separate thread, which is abandoned if no answer comes: a read from a vanished server cannot be stopped.

    Raises:
        TimeoutError: No answer came in time.
    """
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except OSError as error:
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(seconds)
