"""Stores on disks where processes cannot share memory, such as VirtualBox folders, 9p and some network disks."""

import mmap
import os
import shutil
import sqlite3
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.earlier import EarlierResults
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.store.store import Store
from tests.conftest import small_disk
from tests.factories.runs import FILES, done, run_info
from tests.factories.stores import fixture_of

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="these tests prevent shared memory with pipes, which are files only on Unix"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def prevent_shared_memory(file: Path) -> None:
    """Put a pipe in place of SQLite's shared-memory file, so that sharing memory fails, as it does on such a disk."""
    os.mkfifo(file.with_name(f"{file.name}-shm"))


def mode_of(file: Path) -> str:
    with closing(open_database(file)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_store_has_a_write_ahead_log_on_a_disk_with_shared_memory(file: Path) -> None:
    assert mode_of(file) == "wal"


def test_a_run_can_be_stored_on_a_disk_without_shared_memory(file: Path) -> None:
    prevent_shared_memory(file)
    with Store(file) as store:
        run_id = store.begin_run(run_info(), FILES)
        store.run(run_id).write([done(0), done(1)], {0: b"jpeg"})
        assert not file.with_name("store.sqlite-wal").exists()
    with Store(file) as store:
        assert store.run(run_id).records() == [done(0), done(1)]
        assert store.run(run_id).thumbnail(0) == b"jpeg"


def test_a_store_copied_with_its_log_to_a_disk_without_shared_memory_keeps_what_only_the_log_holds(file: Path, tmp_path: Path) -> None:
    at_home = tmp_path / "home.sqlite"
    with Store(at_home) as store:
        run_id = store.begin_run(run_info(), FILES)
        store.run(run_id).write([done(0)])
        for ending in ("", "-wal"):  # as after a power cut
            shutil.copy(f"{at_home}{ending}", f"{file}{ending}")
    prevent_shared_memory(file)
    with Store(file) as store:
        assert store.run(run_id).records() == [done(0)]


def test_an_older_store_is_copied_and_upgraded_on_a_disk_without_shared_memory(file: Path) -> None:
    shutil.copy(fixture_of(1), file)
    prevent_shared_memory(file)
    with Store(file) as store:
        assert len(store.runs_over(run_info().inputs)) == 1
    with closing(sqlite3.connect(file.with_name("store.sqlite.version-1"))) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


def test_the_store_gets_no_log_if_a_file_on_its_disk_cannot_be_mapped_into_memory(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(19, "No such device")

    monkeypatch.setattr(mmap, "mmap", refuse)
    with Store(file) as store:
        store.begin_run(run_info(), FILES)
        assert sorted(os.listdir(file.parent)) == ["store.sqlite"]  # noqa: PTH208 (only names are needed)
    assert mode_of(file) == "delete"
    monkeypatch.undo()
    assert mode_of(file) == "wal"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not give the path of an open file")
def test_shared_memory_is_tested_on_the_disk_of_the_store(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    there = tmp_path / "another disk"
    there.mkdir()
    link = tmp_path / "link.sqlite"
    link.symlink_to(there / "store.sqlite")

    def refuse(descriptor: int, _: int) -> None:
        tried.append(Path(f"/proc/self/fd/{descriptor}").readlink().parent)
        raise OSError(19, "No such device")

    monkeypatch.setattr(mmap, "mmap", refuse)
    assert mode_of(file) == "delete"
    (there / "store.sqlite").touch()
    assert mode_of(link) == "delete"
    assert tried == [tmp_path, there]


def test_sqlite_decides_on_the_log_if_shared_memory_cannot_be_tested(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(122, "Disk quota exceeded")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert mode_of(file) == "wal"


def test_a_store_copied_with_its_log_to_a_full_disk_without_shared_memory_is_not_reported_as_damaged(file: Path, tmp_path: Path) -> None:
    at_home = tmp_path / "home.sqlite"
    with Store(at_home) as store:
        run_id = store.begin_run(run_info(), FILES)
        for ending in ("", "-wal"):
            shutil.copy(f"{at_home}{ending}", f"{file}{ending}")
    prevent_shared_memory(file)
    with small_disk(0):
        with pytest.raises(StoreError, match="has space left") as raised:
            open_database(file)
        assert set_aside_if_damaged(file) is None
    assert not isinstance(raised.value, DamagedStoreError)
    assert isinstance(raised.value.__cause__, sqlite3.OperationalError), "the cause is the disk, not a connection that was closed"
    with Store(file) as store:
        assert store.run(run_id).info().run_id == run_id


def test_a_write_blocked_by_a_reader_is_reported_and_the_next_write_succeeds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakhis_desktop.store.journal._shares_memory", lambda _: False)
    monkeypatch.setattr("breakhis_desktop.store.connection._PATIENCE", 0.1)
    with Store(file) as store, Store(file) as reader:
        run_id = store.begin_run(run_info(), FILES)
        with reader.unchanging():
            assert reader.run(run_id).records() == []
            with pytest.raises(StoreError, match="is locked by another program"):
                store.run(run_id).write([done(0)])
        store.run(run_id).write([done(1)])
        assert reader.run(run_id).records() == [done(1)]


def test_readers_and_writers_without_a_log_wait_for_each_other(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakhis_desktop.store.journal._shares_memory", lambda _: False)
    with Store(file) as store:
        runs = [store.begin_run(run_info(), FILES) for _ in range(4)]

    def work(run_id: int) -> Ledger:
        for position in range(3):
            with Store(file) as store:
                store.run(run_id).write([done(position)], {position: bytes(100_000)})
                with store.unchanging():
                    store.run(run_id).records()
        with closing(EarlierResults(file, replace(run_info(), run_id=99), "ONNX Runtime")) as earlier:
            assert earlier.find("ab" * 32, None) is None  # the results in the store have no heat maps
        with Store(file) as store:
            return store.run(run_id).ledger()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, runs)) == [Ledger(3, done=3)] * 4
