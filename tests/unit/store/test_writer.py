"""A store has only one writer at a time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.writer import only_writer
from tests.conftest import small_disk

HOLD = """
import sys
from pathlib import Path
from breakhis_desktop.store.writer import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def test_a_second_writer_learns_which_process_is_writing_and_may_write_once_that_process_has_ended(file: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        words = rf"Another window or command is writing the store .* \(process {other.pid}, since \d\d:\d\d\)\. Wait until it has finished"
        with pytest.raises(StoreError, match=words), only_writer(file):
            pytest.fail("there are two writers at once")
        other.kill()
    with only_writer(file):
        assert str(os.getpid()) in (file.parent / ".store.sqlite.holder").read_text(encoding="utf-8")


def test_the_same_process_can_write_one_job_after_another(file: Path) -> None:
    for _ in range(2):
        with only_writer(file):
            pass
    assert not (file.parent / ".store.sqlite.holder").exists()


def test_a_run_that_fails_releases_the_store(file: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_writer(file):
        raise ZeroDivisionError
    with only_writer(file):
        pass


def test_a_store_is_released_even_if_the_error_that_ended_its_run_is_still_referenced(file: Path) -> None:
    with pytest.raises(ZeroDivisionError) as shown, only_writer(file):
        raise ZeroDivisionError
    with only_writer(file):
        assert shown.value is not None
    with small_disk(0), pytest.raises(StoreError, match="cannot be locked") as raised, only_writer(file):
        pytest.fail("nothing can be written")
    with only_writer(file):
        assert raised.value is not None


def test_the_reason_that_the_operating_system_gives_is_reported_without_error_number_and_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match=r"cannot be locked \(\w[\w ]+\)\."), only_writer(tmp_path / "file" / "store.sqlite"):
        pytest.fail("there is no folder")


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match=r"cannot be locked .* Check that its folder"), only_writer(tmp_path / "file" / "store.sqlite"):
        pytest.fail("there is no folder")


def test_a_full_disk_is_reported_and_leaves_the_store_unlocked(file: Path) -> None:
    with small_disk(0), pytest.raises(StoreError, match=r"cannot be locked .* has space left\."), only_writer(file):
        pytest.fail("nothing can be written")
    with only_writer(file):
        pass


def test_a_link_to_a_store_is_locked_along_with_it(tmp_path: Path) -> None:
    file, link = tmp_path / "store.sqlite", tmp_path / "link.sqlite"
    file.touch()
    link.symlink_to(file)
    with only_writer(file), pytest.raises(StoreError, match="Another window or command"), only_writer(link):
        pass
