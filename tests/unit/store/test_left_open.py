"""No file stays open longer than needed: a window open for weeks would run out of descriptors, and Windows cannot remove an open file."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.connection import sync
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.temporary import temporary_store
from breakhis_desktop.store.writer import only_writer
from tests.conftest import small_disk
from tests.factories.runs import FILES, run_info
from tests.factories.stores import fixture_of

OPEN = Path("/proc/self/fd")

pytestmark = pytest.mark.skipif(not OPEN.is_dir(), reason="this system does not list the files that a process has open")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def open_files() -> list[str]:
    """Return the paths of the files that this process has open."""
    found = []
    for number in sorted(os.listdir(OPEN)):  # noqa: PTH208 (only names are needed)
        try:
            found.append(str((OPEN / number).readlink()))
        except FileNotFoundError:  # the listing's own descriptor
            continue
    return found


@contextmanager
def nothing_left_open(folder: Path) -> Iterator[None]:
    """Check that no file below a folder is open after the block, even if the test still refers to an exception from it."""
    yield
    assert [path for path in open_files() if path.startswith(str(folder))] == []


def test_files_and_folders_are_closed_after_a_sync(file: Path) -> None:
    file.touch()
    with nothing_left_open(file.parent):
        sync(file)
        sync(file.parent)


def test_a_store_is_closed_whether_it_is_new_or_older_or_cannot_be_opened(file: Path) -> None:
    with nothing_left_open(file.parent):
        open_database(file).close()
    shutil.copy(fixture_of(1), file)
    with nothing_left_open(file.parent):
        open_database(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with nothing_left_open(file.parent), pytest.raises(StoreError, match="newer version") as raised:
        open_database(file)
    assert raised.value is not None


def test_a_store_whose_log_could_not_be_merged_is_closed(file: Path, tmp_path: Path) -> None:
    at_home = tmp_path / "home" / "store.sqlite"
    at_home.parent.mkdir()
    with Store(at_home) as store:
        store.begin_run(run_info(), FILES)
        for ending in ("", "-wal"):
            shutil.copy(f"{at_home}{ending}", f"{file}{ending}")
    os.mkfifo(file.with_name("store.sqlite-shm"))  # as on a disk without shared memory
    with nothing_left_open(tmp_path), small_disk(0), pytest.raises(StoreError, match="cannot be used") as raised:
        open_database(file)
    assert raised.value is not None


def test_the_file_that_names_the_writer_of_a_store_is_closed(file: Path) -> None:
    with nothing_left_open(file.parent), only_writer(file):
        before = open_files()
        for _ in range(3):
            with pytest.raises(StoreError, match="since"), only_writer(file):
                pytest.fail("there are two writers at once")
        assert open_files() == before


def test_the_lock_of_a_temporary_store_is_released_even_if_the_error_that_ended_its_block_is_still_referenced(home: Path) -> None:
    with nothing_left_open(home), pytest.raises(ZeroDivisionError) as shown, temporary_store(home):
        raise ZeroDivisionError
    assert shown.value is not None
