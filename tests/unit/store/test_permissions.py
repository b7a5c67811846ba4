"""The program's files are readable only by its user."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.temporary import temporary_store
from breakhis_desktop.store.writer import only_writer
from tests.factories.runs import FILES, run_info

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    """Set a umask of 0, as on some systems, so that new files are open to everyone by default."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


def test_a_store_and_all_the_files_next_to_it_are_private_to_their_user(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with Store(file) as store, only_writer(file):
        store.begin_run(run_info(), FILES)
        found = modes(tmp_path)
    assert set(found) >= {"store.sqlite", "store.sqlite-wal", "store.sqlite-shm", ".store.sqlite.holder", ".store.sqlite.lock"}
    assert set(found.values()) == {0o600}


def test_a_store_created_through_a_link_is_private_to_its_user(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "there" / "store.sqlite")
    with Store(tmp_path / "link.sqlite") as store:
        store.begin_run(run_info(), FILES)
        assert set(modes(tmp_path / "there")) >= {"store.sqlite", "store.sqlite-wal", "store.sqlite-shm"}
        assert set(modes(tmp_path / "there").values()) == {0o600}


def test_a_store_that_its_owner_made_readable_to_others_stays_readable(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    file.touch(mode=0o640)
    open_database(file).close()
    assert modes(tmp_path) == {"store.sqlite": 0o640}


def test_the_folder_of_a_temporary_store_is_private_to_its_user(home: Path) -> None:
    with temporary_store(home) as file:
        Store(file).close()
        assert file.parent.stat().st_mode & 0o777 == 0o700
        assert set(modes(file.parent).values()) == {0o600}
