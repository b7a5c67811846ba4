import os
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import Status
from breakhis_desktop.errors import NothingToDoError
from breakhis_desktop.pipeline.discover import discover


def test_folders_are_searched_to_the_bottom_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.png", "a/z.png", "a/b/c.JPG", "c/ä ö.tif"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [str(file.path.relative_to(tmp_path)) for file in discover([tmp_path])]
    assert found == ["b.png", "a/z.png", "a/b/c.JPG", "c/ä ö.tif"]


def test_what_is_no_image_is_skipped_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.png", "notes.txt", ".hidden.png", ".cache/b.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [(file.path.name, file.status) for file in discover([tmp_path])] == [("a.png", None), ("notes.txt", Status.SKIPPED)]


def test_whole_slides_and_dicom_files_are_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "a.svs").touch()
    (tmp_path / "b.dcm").touch()
    slide, dicom = discover([tmp_path])
    assert slide.status is dicom.status is Status.REFUSED
    assert "export" in slide.reason
    assert "export" in dicom.reason


def test_an_image_that_was_queued_twice_is_skipped_the_second_time(tmp_path: Path) -> None:
    image = tmp_path / "a.png"
    image.touch()
    assert [file.status for file in discover([tmp_path, image])] == [None, Status.SKIPPED]


def test_a_path_that_vanished_fails_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    statuses = [file.status for file in discover([tmp_path, tmp_path / "gone"])]
    assert statuses == [None, Status.FAILED]


def test_nothing_but_a_vanished_path_is_nothing_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingToDoError, match="not there"):
        discover([tmp_path / "gone"])


def test_a_folder_without_images_is_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(NothingToDoError, match="no image in"):
        discover([tmp_path])


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [file.status for file in discover([tmp_path])] == [Status.SKIPPED, None]


def test_a_name_that_is_too_long_fails_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert [file.status for file in discover([tmp_path, tmp_path / ("x" * 300)])] == [None, Status.FAILED]


def test_a_folder_that_may_not_be_entered_fails_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "locked").mkdir()
    stat = Path.stat

    def forbid(path: Path, **options: bool) -> os.stat_result:
        if "locked" in path.parts:
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", forbid)
    locked = discover([tmp_path / "a.png", tmp_path / "locked" / "b.png"])[1]
    assert (locked.status, locked.reason) == (Status.FAILED, "It may not be opened; ask for permission to read it.")


def test_a_pipe_is_no_file_to_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "a.png").touch()
    assert [file.status for file in discover([tmp_path])] == [None, Status.SKIPPED]
