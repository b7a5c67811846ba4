"""An older store is copied before it is upgraded: either the copy is complete when it gets its final name, or there is no copy."""

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store import copies, database
from breakhis_desktop.store.connection import transaction
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.store.schema import MIGRATIONS
from tests.conftest import small_disk
from tests.factories.stores import fixture_of, version_of

KILLED_WHILE_COPYING = """
import os, signal, sys
from pathlib import Path
from breakhis_desktop.store import copies
from breakhis_desktop.store.database import open_database
def killed(file):
    assert file.stat().st_size > 0
    os.kill(os.getpid(), signal.SIGKILL)
copies.sync = killed
open_database(Path(sys.argv[1]))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a store of the first version."""
    return Path(shutil.copy(fixture_of(1), tmp_path / "store.sqlite"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_an_earlier_copy_is_kept_and_the_new_copy_gets_another_name(file: Path) -> None:
    earlier = file.with_name("store.sqlite.version-1")
    with closing(sqlite3.connect(earlier)) as connection:
        connection.execute("CREATE TABLE note (text)")
    content = earlier.read_bytes()
    file.with_name("store.sqlite.version-1-2").symlink_to(file.with_name("leads nowhere"))
    open_database(file).close()
    assert earlier.read_bytes() == content
    assert version_of(file.with_name("store.sqlite.version-1-3")) == 1
    assert names(file.parent) == {"store.sqlite", *(f"store.sqlite.version-1{ending}" for ending in ("", "-2", "-3"))}


def test_copies_are_numbered_without_gaps(file: Path) -> None:
    store, names_of_copies = file.read_bytes(), ["store.sqlite.version-1", "store.sqlite.version-1-2", "store.sqlite.version-1-3"]
    for count in range(1, 4):
        file.write_bytes(store)
        open_database(file).close()
        assert names(file.parent) == {"store.sqlite", *names_of_copies[:count]}


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix can sync a folder to the disk")
def test_a_copy_and_its_name_are_on_the_disk_before_the_store_is_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, fsync = [], os.fsync

    def watch(descriptor: int) -> None:
        asked.append((os.fstat(descriptor).st_ino, version_of(file)))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    open_database(file).close()
    assert asked == [(path.stat().st_ino, 1) for path in (file.with_name("store.sqlite.version-1"), file.parent)]


def test_a_leftover_copy_folder_that_cannot_be_removed_does_no_harm(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = file.with_name(".store.sqlite.abcdefgh.part")
    left.mkdir()
    (left / "copy.sqlite").touch()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(os, "rmdir", refuse)
    open_database(file).close()
    monkeypatch.undo()
    assert version_of(file) == len(MIGRATIONS)
    assert version_of(file.with_name("store.sqlite.version-1")) == 1
    assert left.exists()


def test_a_store_that_another_window_has_just_upgraded_is_not_copied_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def second(connection: sqlite3.Connection) -> Iterator[None]:
        monkeypatch.undo()
        open_database(file).close()
        with transaction(connection):
            yield

    monkeypatch.setattr(database, "transaction", second)
    open_database(file).close()
    assert names(file.parent) == {"store.sqlite", "store.sqlite.version-1"}
    assert version_of(file) == len(MIGRATIONS)


@pytest.mark.parametrize("content", [b"", b"this is no copy of any store", bytes(8192)])
def test_an_unreadable_copy_does_not_make_the_store_count_as_damaged(file: Path, content: bytes) -> None:
    unreadable = file.with_name("store.sqlite.version-1")
    unreadable.write_bytes(content)
    assert set_aside_if_damaged(file) is None
    assert version_of(file) == len(MIGRATIONS)
    assert unreadable.read_bytes() == content


def test_a_disk_too_full_for_the_copy_is_reported_and_no_part_of_the_copy_stays(file: Path) -> None:
    content = file.read_bytes()
    with small_disk(len(content) - 1):
        with pytest.raises(StoreError, match=r"makes a copy, .*store\.sqlite\.version-1, and this copy cannot be written \(") as raised:
            open_database(file)
        assert set_aside_if_damaged(file) is None
    assert not isinstance(raised.value, DamagedStoreError)
    assert names(file.parent) - {"store.sqlite-shm"} == {"store.sqlite"}
    assert version_of(file) == 1
    open_database(file).close()
    assert version_of(file.with_name("store.sqlite.version-1")) == 1


def test_a_copy_that_cannot_be_synced_is_reported_and_the_store_is_not_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(copies, "sync", refuse)
    with pytest.raises(StoreError, match=r"cannot be written \(\[Errno 5\]"):
        open_database(file)
    assert version_of(file) == 1
    assert names(file.parent) == {"store.sqlite"}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_the_next_copy_removes_only_what_a_killed_process_left_of_an_earlier_copy(file: Path) -> None:
    own = file.with_name(".store.sqlite.drafts.part")
    own.mkdir()
    (own / "letter.txt").touch()
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_COPYING, str(file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(file.parent.glob(".store.sqlite.*.part"))) == 2
    assert not file.with_name("store.sqlite.version-1").exists()
    open_database(file).close()
    assert [path.name for path in file.parent.glob(".store.sqlite.*.part")] == [own.name]
    assert version_of(file.with_name("store.sqlite.version-1")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_copy_is_private_to_its_user(file: Path) -> None:
    before = os.umask(0)
    try:
        open_database(file).close()
    finally:
        os.umask(before)
    assert file.with_name("store.sqlite.version-1").stat().st_mode & 0o777 == 0o600
