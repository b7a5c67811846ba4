"""A folder of copied images appears whole or not at all; the next start removes what a killed process left of it."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from breakhis_desktop.pipeline.unfinished import folder_in_the_making, remove_unfinished

HOLD = """
import sys
from pathlib import Path
from breakhis_desktop.pipeline.unfinished import folder_in_the_making
with folder_in_the_making(Path(sys.argv[1]), Path(sys.argv[2])) as folder:
    (folder / "Maria.png").write_bytes(b"an image")
    print(folder.parent, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def killed(tmp_path: Path, home: Path) -> Path:
    """Return the folder that a killed process left behind, after a check that it is not removed while the process is alive."""
    (tmp_path / "out").mkdir()
    command = [sys.executable, "-c", HOLD, str(tmp_path / "out" / "truth"), str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        remove_unfinished(home)
        assert (folder / "finished" / "Maria.png").exists()
        other.kill()
    assert (folder / "finished" / "Maria.png").exists()
    return folder


def files_below(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_folder_gets_its_name_and_ordinary_permissions_at_the_end(tmp_path: Path, home: Path) -> None:
    with folder_in_the_making(tmp_path / "truth", home) as folder:
        assert folder.parent.parent == tmp_path
        if sys.platform != "win32":
            assert folder.parent.stat().st_mode & 0o777 == 0o700
        (folder / "a.png").touch()
        assert not (tmp_path / "truth").exists()
    (tmp_path / "other").mkdir()
    assert (tmp_path / "truth").stat().st_mode == (tmp_path / "other").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "truth"]
    assert files_below(home) == []


def test_a_block_that_fails_leaves_nothing_behind(tmp_path: Path, home: Path) -> None:
    def fail() -> None:
        with folder_in_the_making(tmp_path / "truth", home) as folder:
            (folder / "a.png").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []
    assert files_below(home) == []


def test_leftovers_of_a_killed_process_are_removed_at_the_next_start(killed: Path, home: Path) -> None:
    remove_unfinished(home)
    assert list(killed.parent.iterdir()) == []
    assert files_below(home) == []


def test_leftovers_on_a_disconnected_drive_are_removed_once_it_is_back(killed: Path, tmp_path: Path, home: Path) -> None:
    killed.parent.rename(tmp_path / "away")
    remove_unfinished(home)
    (tmp_path / "away").rename(killed.parent)
    assert killed.exists()
    remove_unfinished(home)
    assert not killed.exists()


def test_a_folder_of_the_user_is_not_removed_even_if_a_record_of_unfinished_folders_names_it(
    killed: Path, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (note,) = [file for file in (home / "unfinished").iterdir() if not file.suffix]
    note.write_bytes(os.fsencode(tmp_path / "mine"))
    remove_unfinished(home)
    assert (tmp_path / "mine").exists()


def test_a_link_in_place_of_the_folder_is_not_followed(killed: Path, tmp_path: Path, home: Path) -> None:
    shutil.rmtree(killed)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").touch()
    killed.symlink_to(tmp_path / "mine")
    remove_unfinished(home)
    assert (tmp_path / "mine" / "a.txt").exists()


def test_an_unresponsive_drive_does_not_block_the_start(killed: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_back, removed, is_dir = threading.Event(), shutil.rmtree, Path.is_dir
    monkeypatch.setattr(Path, "is_dir", lambda path: (path == killed.parent and is_back.wait(timeout=60), is_dir(path))[1])
    monkeypatch.setattr("breakhis_desktop.pipeline.unfinished._ANSWERS_WITHIN", 0.2)
    gone = threading.Event()

    def remove(folder: Path, **options: Any) -> None:
        removed(folder, **options)
        gone.set()

    monkeypatch.setattr(shutil, "rmtree", remove)
    remove_unfinished(home)
    assert not is_back.is_set()
    assert killed.exists()
    is_back.set()
    assert gone.wait(timeout=60)
    assert not killed.exists()


def test_the_note_of_a_folder_under_construction_names_the_folder_and_is_for_this_user_only(tmp_path: Path, home: Path) -> None:
    with folder_in_the_making(tmp_path / "truth", home) as folder:
        notes = home / "unfinished"
        (note,) = [file for file in notes.iterdir() if not file.suffix]
        assert note.read_bytes() == os.fsencode(folder.parent)
        if sys.platform != "win32":
            modes = [file.stat().st_mode & 0o777 for file in (notes, note, note.with_suffix(".lock"))]
            assert modes == [0o700, 0o600, 0o600]
        cleaning = threading.Thread(target=remove_unfinished, args=(home,), daemon=True)
        cleaning.start()
        cleaning.join(60)
        assert not cleaning.is_alive()
        assert folder.exists()


def test_leftovers_noted_by_this_version_are_removed(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)  # as if the process were killed before it could remove the folder
    with pytest.raises(ZeroDivisionError), folder_in_the_making(tmp_path / "truth", home):
        raise ZeroDivisionError
    monkeypatch.undo()
    assert len(list(tmp_path.glob(".breakhis-desktop-*"))) == 1
    remove_unfinished(home)
    assert list(tmp_path.glob(".breakhis-desktop-*")) == []


def test_a_folder_that_cannot_be_removed_changes_neither_the_error_of_the_block_nor_the_next_start(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, *, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise PermissionError

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(ZeroDivisionError), folder_in_the_making(tmp_path / "truth", home):
        raise ZeroDivisionError
    remove_unfinished(home)
    assert [file.suffix for file in files_below(home)] == [""]
