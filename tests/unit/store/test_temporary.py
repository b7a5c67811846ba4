"""A call removes its temporary store when it ends; the next start removes the store that a killed call left behind."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store import temporary
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.temporary import remove_abandoned, temporary_store

HOLD = """
import sys
from pathlib import Path
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.temporary import temporary_store
with temporary_store(Path(sys.argv[1])) as file, Store(file):
    print(file.parent, flush=True)
    sys.stdin.read()
"""


def test_a_store_is_removed_after_its_block_even_if_the_block_failed(home: Path) -> None:
    with temporary_store(home) as file:
        Store(file).close()
        assert file.exists()
    with pytest.raises(ZeroDivisionError), temporary_store(home):
        raise ZeroDivisionError
    assert list(home.glob("run-*")) == []


def test_leftovers_of_a_killed_process_are_removed_and_a_store_in_use_stays(home: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        remove_abandoned(home)
        assert (folder / "store.sqlite").exists()
        other.kill()
    assert (folder / "store.sqlite").exists()
    with temporary_store(home) as own:
        remove_abandoned(home)
        assert not folder.exists()
        assert own.parent.exists()


def test_a_folder_of_the_user_with_a_similar_name_is_kept(home: Path) -> None:
    (home / "run-2024").mkdir()
    (home / "run-2024" / "results.csv").touch()
    remove_abandoned(home)
    assert (home / "run-2024" / "results.csv").exists()


def test_an_empty_folder_whose_process_was_killed_before_locking_it_is_removed(home: Path) -> None:
    for name in ("run-ab_9cdef", "run-x8xx4xxx", "run-2024"):
        (home / name).mkdir()
    (home / "run-x8xx4xxx" / "notes.txt").touch()
    (home / "run-abcdefgh").symlink_to(home / "run-2024")
    remove_abandoned(home)
    assert {path.name for path in home.glob("run-*")} == {"run-x8xx4xxx", "run-2024", "run-abcdefgh"}


def test_nothing_behind_a_link_is_removed(home: Path, tmp_path: Path) -> None:
    with temporary_store(tmp_path) as file:
        Store(file).close()
        elsewhere = Path(shutil.copytree(file.parent, tmp_path / "elsewhere"))
    (home / "run-ijklmnop").symlink_to(elsewhere)
    remove_abandoned(home)
    assert {path.name for path in elsewhere.iterdir()} == {".breakhis-desktop.lock", "store.sqlite"}


def test_an_interrupted_removal_is_finished_at_the_next_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", cut_off)
    with pytest.raises(KeyboardInterrupt), temporary_store(home) as file:
        Store(file).close()
    monkeypatch.undo()
    assert [path.name for path in file.parent.iterdir()] == [".breakhis-desktop.lock"]
    remove_abandoned(home)
    assert not file.parent.exists()


def test_a_missing_home_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    remove_abandoned(tmp_path / "file")
    with pytest.raises(StoreError, match="set BREAKHIS_HOME to another folder"), temporary_store(tmp_path / "file"):
        pytest.fail("there is no folder")


def test_a_folder_that_cannot_be_removed_now_is_removed_at_a_later_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    with monkeypatch.context() as busy:
        busy.setattr(os, "rmdir", refuse)
        with temporary_store(home) as file:
            Store(file).close()
    assert not file.exists()
    assert file.parent.exists()
    remove_abandoned(home)
    assert not file.parent.exists()


def test_an_interrupted_start_whose_error_is_still_referenced_does_not_block_the_next_call(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(temporary, "_PATIENCE", 0.1)
    with monkeypatch.context() as patch:
        patch.setattr(temporary, "_remove_those_of_nobody", cut_off)
        with pytest.raises(KeyboardInterrupt) as shown:
            remove_abandoned(home)
    with temporary_store(home) as file:
        assert file.parent.exists()
    assert shown.value is not None


def test_a_full_disk_is_reported_with_the_reason_that_the_system_gives_and_does_not_block_the_next_call(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(temporary, "_PATIENCE", 0.1)
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", full)
        with pytest.raises(StoreError, match=r"cannot be written to \(No space left on device\)") as raised, temporary_store(home):
            pytest.fail("there is no folder")
    with temporary_store(home) as file:
        assert file.parent.exists()
    assert raised.value is not None
