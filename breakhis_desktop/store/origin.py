"""Whose database a file is, found out before anything is written to it.

Stores are marked by SQLite's `application_id`; those of earlier versions, which have none, are known by their tables and columns.
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
"""The newest version of stores that may have no mark."""
_MAGIC = b"SQLite format 3\0"
_HEADER = struct.Struct(">60xi4xi")
"""Version and mark, as the file's first page has them."""
_PARTS = {"-journal": bytes.fromhex("d9d505f920a163d7"), "-wal": bytes.fromhex("377f06")}
"""What SQLite keeps beside a database, and how that begins."""
_ANSWERS_WITHIN = 5.0
"""Seconds in which a disk or a server must have shown a file's first bytes."""


def look_at(file: Path) -> None:
    """Refuse a file that is no store of this version or an earlier one; it, and what lies beside it, stays as it is.

    Raises:
        StoreError: Another program made it, a newer version of this one did, it is no database or no file, or its disk does not answer.
    """
    try:
        header, others = _within(_ANSWERS_WITHIN, lambda: (_header(file), list(_others_beside(file))))
    except TimeoutError:
        raise StoreError(Message.of(StoreCode.STORE_SILENT, file=printable(file))) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise StoreError(Message.of(StoreCode.STORE_NAME_TOO_LONG, file=printable(file))) from error
        return  # SQLite says what is wrong
    if header is None:
        raise StoreError(Message.of(StoreCode.STORE_NO_FILE, file=printable(file)))
    is_whole = header.startswith(_MAGIC) and len(header) == _HEADER.size
    if header and not is_whole and (others or not _beside(file, "-journal").exists()):
        # SQLite takes a file of one byte for an empty one, and writes over it.
        raise damaged(file, Message.of(StoreCode.STORE_NO_DATABASE))
    if others:
        raise StoreError(Message.of(StoreCode.STORE_FOREIGN_BESIDE, file=printable(others[0])))
    if not is_whole:
        return  # it becomes a store, or SQLite puts back what a write that was cut off has left of it
    version, mark = _HEADER.unpack(header)
    if mark != APPLICATION_ID:
        with store_errors(file):
            _refuse_foreign_file(file)
    elif version > len(MIGRATIONS):
        raise newer(file)


def refuse_foreign(connection: sqlite3.Connection, file: Path) -> None:
    """Refuse what a connection sees, unless it is a store, or holds nothing yet.

    Raises:
        StoreError: Another program made it.
        OddValueError: It is a store, and has other parts than this program gave it.
    """
    with _at_one_moment(connection):
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if mark == APPLICATION_ID:
            _check_parts(connection, version)
            return
        if not mark and _could_be_ours(connection, version):
            return
    raise StoreError(Message.of(StoreCode.STORE_FOREIGN, file=printable(file)))


@contextmanager
def _at_one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all reads inside see the same state, while another process may be making its tables."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.OperationalError):  # SQLite has ended the transaction by itself where a read failed
            connection.execute("ROLLBACK")


def newer(file: Path) -> StoreError:
    """Return what is said of a store that only a newer version of this program knows how to read."""
    return StoreError(Message.of(StoreCode.STORE_NEWER, file=printable(file)))


def _refuse_foreign_file(file: Path) -> None:
    """Refuse a file by its tables, without a lock and without a change.

    Raises:
        StoreError: Another program made it.
        sqlite3.Error: It cannot be read.
    """
    if _size(_beside(file, "-wal")):
        with suppress(sqlite3.OperationalError):  # the disk shares no memory, without which no log can be read
            _refuse_read_only(file, "mode=ro")  # the newest changes stand in the log alone
            return
    _refuse_read_only(file, "immutable=1")


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # whoever closed the database last has removed its log meanwhile
        return 0


def _beside(file: Path, ending: str) -> Path:
    """Return where SQLite keeps what belongs to a database file: beside the file itself, whatever link leads to it."""
    return Path(os.path.realpath(file) + ending)


def _others_beside(file: Path) -> Iterator[Path]:
    """Yield what lies in the place of a log or a journal and is none: SQLite would remove it, or write over it.

    One whose write was cut off may begin with zeros.
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
    except FileNotFoundError:  # whoever closed the database last has removed it meanwhile
        return True
    return found in {b"", magic, bytes(len(found))}


def _refuse_read_only(file: Path, how: str) -> None:
    with closing(sqlite3.connect(f"{absolute(file).as_uri()}?{how}", timeout=0, uri=True)) as connection:
        refuse_foreign(connection, file)


def _could_be_ours(connection: sqlite3.Connection, version: int) -> bool:
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        return version == 0 or version > len(MIGRATIONS)
    if not 0 < version <= _LAST_UNMARKED:
        return False
    with closing(sqlite3.connect(":memory:")) as known:
        known.executescript("".join(MIGRATIONS[:version]))
        return _columns(known) <= _columns(connection)


def _check_parts(connection: sqlite3.Connection, version: int) -> None:
    """Check that what this program reads are tables, and that no writing sets off what it did not make: a view may have no end.

    Raises:
        OddValueError: A table is missing or is none, or a table has triggers that no store has.
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
    """Return the tables of a store, and its triggers with theirs."""
    with closing(sqlite3.connect(":memory:")) as known:
        known.executescript("".join(MIGRATIONS[:version]))
        tables = set(known.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        return tables, set(known.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"))


def _columns(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    query = "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
    return set(connection.execute(query))


def _header(file: Path) -> bytes | None:
    """Return the first bytes of a file, if there is one; None where it is a device, a pipe or a folder, which may never end or answer."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return b""
    if not stat.S_ISREG(status.st_mode):
        return None
    with file.open("rb") as stream:
        return stream.read(_HEADER.size)


def _within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Ask a disk on a thread of its own, which is left behind where no answer comes: nothing ends a read from a server that went away.

    Raises:
        TimeoutError: No answer came.
    """
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except OSError as error:
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(seconds)
