"""SQLite's errors become sentences with fitting advice."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.connection import connect, store_errors, sync
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.store.store import Store

SAID = {
    sqlite3.SQLITE_BUSY: r"is locked by another program\. Close that program",
    sqlite3.SQLITE_BUSY_RECOVERY: r"is locked by another program\. Close that program",
    sqlite3.SQLITE_IOERR_SHMMAP: r"does not let programs share a file \(trouble\)\. Choose a folder on another disk",
    sqlite3.SQLITE_IOERR_LOCK: r"does not let programs share a file \(trouble\)\. Choose a folder on another disk",
    sqlite3.SQLITE_FULL: r"cannot be used \(trouble\)\. Check that its folder exists, can be written to and has space left",
    sqlite3.SQLITE_IOERR_WRITE: r"cannot be used \(trouble\)\. Check that its folder exists, can be written to and has space left",
}


def trouble(kind: type[sqlite3.DatabaseError], code: int) -> sqlite3.DatabaseError:
    error = kind("trouble")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("code", SAID)
def test_each_error_message_gives_fitting_advice(code: int) -> None:
    with pytest.raises(StoreError, match=SAID[code]) as raised, store_errors(Path("store.sqlite")):
        raise trouble(sqlite3.OperationalError, code)
    assert not isinstance(raised.value, DamagedStoreError)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
def test_a_store_that_sqlite_calls_corrupt_or_no_database_is_reported_as_damaged(code: int) -> None:
    with pytest.raises(DamagedStoreError, match=r"is damaged or is not a store \(trouble\)"), store_errors(Path("store.sqlite")):
        raise trouble(sqlite3.DatabaseError, code)


def test_an_error_without_a_code_is_not_reported_as_invalid_utf8() -> None:
    with pytest.raises(StoreError, match=r"cannot be used \(trouble\)"), store_errors(Path("store.sqlite")):
        raise sqlite3.OperationalError("trouble")


@pytest.mark.parametrize("log", [True, False])
def test_a_store_that_is_locked_when_it_is_opened_is_neither_reported_as_damaged_nor_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: bool
) -> None:
    monkeypatch.setattr("breakhis_desktop.store.connection._PATIENCE", 0.1)
    file = tmp_path / "store.sqlite"
    open_database(file).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {'WAL' if log else 'DELETE'}")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="is locked by another program") as raised:
            open_database(file)
        assert not isinstance(raised.value, DamagedStoreError)
        assert set_aside_if_damaged(file) is None
    open_database(file).close()


def test_a_wait_for_a_lock_ends_after_the_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakhis_desktop.store.connection._PATIENCE", 0.1)
    file = tmp_path / "store.sqlite"
    with Store(file) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        before = time.monotonic()
        with pytest.raises(StoreError, match="is locked"), store_errors(file):
            store._connection.execute("BEGIN IMMEDIATE")
    assert time.monotonic() - before < 4  # SQLite's own wait would last 5 s and not respond to Ctrl+C


def test_a_connection_belongs_to_one_thread_unless_requested_otherwise(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool, closing(connect(tmp_path / "a.sqlite")) as own:
        with pytest.raises(sqlite3.ProgrammingError, match="thread"):
            pool.submit(own.execute, "SELECT 1").result()
        with closing(connect(tmp_path / "a.sqlite", check_same_thread=False)) as shared:
            assert pool.submit(shared.execute, "SELECT 1").result().fetchone() == (1,)


def test_opening_does_not_change_the_date_of_a_store_or_of_a_database_of_another_program(tmp_path: Path) -> None:
    file, foreign = tmp_path / "store.sqlite", tmp_path / "bookmarks.sqlite"
    open_database(file).close()
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
    for path in (file, foreign):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    open_database(file).close()
    with pytest.raises(StoreError, match="another program"):
        open_database(foreign)
    assert [path.stat().st_mtime for path in (file, foreign)] == [1_000_000_000] * 2


def test_files_and_folders_are_synced_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, asked = tmp_path / "a.sqlite", []
    file.touch()
    monkeypatch.setattr(os, "fsync", lambda descriptor: asked.append(os.fstat(descriptor).st_ino))
    sync(file)
    assert asked == [file.stat().st_ino]
    if os.name != "nt":  # Windows cannot open folders
        sync(tmp_path)
        assert asked[1:] == [tmp_path.stat().st_ino]
