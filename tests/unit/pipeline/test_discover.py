import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from breakhis_desktop.domain.records import Status
from breakhis_desktop.errors import NothingToDoError
from breakhis_desktop.pipeline.discover import NoAnswerError, discover
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message


def test_folders_are_searched_recursively_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b.png", "a/z.png", "a/b/c.JPG", "c/ä ö.tif"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [str(file.path.relative_to(tmp_path)) for file in discover([tmp_path])]
    assert found == ["b.png", "a/z.png", "a/b/c.JPG", "c/ä ö.tif"]


def test_a_file_to_be_read_has_neither_outcome_nor_reason_yet(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (image,) = discover([tmp_path])
    assert (image.status, image.reason) == (None, None)


def test_every_path_is_named_before_the_system_is_asked_about_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image, named = tmp_path / "below" / "a.png", list[str]()
    image.parent.mkdir()
    image.touch()
    real = {name: getattr(os, name) for name in ("scandir", "stat")}

    def asked(call: str, path: Any, **options: Any) -> Any:
        named.append(f"{call} {Path(path).name}")
        return real[call](path, **options)

    for call in real:
        monkeypatch.setattr(os, call, partial(asked, call))
    monkeypatch.setattr(os.path, "isdir", lambda path: stat.S_ISDIR(asked("stat", path).st_mode))
    discover([tmp_path], asking=lambda path: named.append("" if path is None else path.name))
    asked_for = [before for before, call in pairwise(named) if " " in call]
    assert asked_for == [call.split(" ")[1] for _, call in pairwise(named) if " " in call]
    assert [name for name in named if " " not in name] == [tmp_path.name] * 4 + ["below"] * 3 + ["a.png"] * 2


def test_a_path_that_did_not_answer_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "dead").mkdir()

    def ask(path: Path | None) -> None:
        if path is not None and path.name == "dead":
            raise NoAnswerError(errno.ETIMEDOUT, "no answer", str(path))

    for roots in ([tmp_path], [tmp_path / "a.png", tmp_path / "dead"]):
        assert [(file.path.name, file.status) for file in discover(roots, asking=ask)] == [("a.png", None), ("dead", Status.FAILED)]


def test_files_and_folders_are_listed_in_natural_order(tmp_path: Path) -> None:
    names = ["Field 1.png", "field 2.png", "field 10.png", "Case 3/a.png", "Case 12/a.png"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.path.relative_to(tmp_path).as_posix() for file in discover([tmp_path])] == names


def test_files_that_are_not_images_are_skipped_and_hidden_files_are_ignored(tmp_path: Path) -> None:
    for name in ("a.png", "notes.txt", ".hidden.png", ".cache/b.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [(file.path.name, file.status) for file in discover([tmp_path])] == [("a.png", None), ("notes.txt", Status.SKIPPED)]


def test_whole_slides_and_dicom_files_are_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "a.svs").touch()
    (tmp_path / "b.dcm").touch()
    slide, dicom = discover([tmp_path])
    assert slide.status is dicom.status is Status.REFUSED
    assert slide.reason == Message.of(ImageCode.WHOLE_SLIDE)
    assert dicom.reason == Message.of(ImageCode.DICOM)


@pytest.mark.parametrize(("name", "kind"), [("a.gif", "GIF"), ("b.HEIC", "HEIC"), ("c.nef", "NEF"), ("d.nd2", "ND2")])
def test_a_picture_in_an_unsupported_format_is_refused_and_its_format_is_named(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).touch()
    (picture,) = discover([tmp_path])
    assert picture.status is Status.REFUSED
    assert str(picture.reason) == (f"{kind} file, a format that this program does not read: save the picture as PNG or TIFF and add that.")


def test_an_image_queued_twice_is_skipped_the_second_time(tmp_path: Path) -> None:
    image = tmp_path / "a.png"
    image.touch()
    assert [file.status for file in discover([tmp_path, image])] == [None, Status.SKIPPED]


def test_a_folder_queued_under_two_names_is_skipped_the_second_time(tmp_path: Path) -> None:
    (tmp_path / "a" / "inner").mkdir(parents=True)
    (tmp_path / "a" / "inner" / "a.png").touch()
    (tmp_path / "a" / "b.png").symlink_to(tmp_path / "a" / "inner" / "a.png")
    (tmp_path / "link").symlink_to(tmp_path / "a", target_is_directory=True)
    roots = [tmp_path / "a", tmp_path / "link", tmp_path / "link" / "b.png"]
    found = [(file.path.relative_to(tmp_path).as_posix(), file.status) for file in discover(roots)]
    assert found == [
        ("a/b.png", None),
        ("a/inner/a.png", None),
        ("link/b.png", Status.SKIPPED),
        ("link/inner/a.png", Status.SKIPPED),
        ("link/b.png", Status.SKIPPED),
    ]


def test_a_vanished_path_fails_and_the_others_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    statuses = [file.status for file in discover([tmp_path, tmp_path / "gone"])]
    assert statuses == [None, Status.FAILED]


def test_a_job_of_only_a_vanished_path_leaves_nothing_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingToDoError, match="not there"):
        discover([tmp_path / "gone"])


def test_a_folder_without_images_leaves_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(NothingToDoError, match="no image in"):
        discover([tmp_path])


def test_a_broken_link_without_an_image_name_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(NothingToDoError, match="no image in"):
        discover([tmp_path])
    (tmp_path / "a.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "b.png").touch()
    assert [file.status for file in discover([tmp_path])] == [Status.FAILED, None, Status.SKIPPED]
    with pytest.raises(NothingToDoError, match="not there"):
        discover([tmp_path / "notes.txt"])


def test_a_file_that_vanishes_after_it_is_listed_is_skipped_unless_it_has_the_name_of_an_image(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "notes.txt"):
        (tmp_path / name).touch()

    def vanish(path: Path | None) -> None:
        if path is not None and path.name in {"b.png", "notes.txt"}:
            path.unlink(missing_ok=True)

    assert [file.status for file in discover([tmp_path], asking=vanish)] == [None, Status.FAILED, Status.SKIPPED]


def test_a_loop_of_links_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [file.status for file in discover([tmp_path])] == [Status.SKIPPED, None]


def test_a_name_that_is_too_long_fails_and_the_others_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert [file.status for file in discover([tmp_path, tmp_path / ("x" * 300)])] == [None, Status.FAILED]


def test_an_image_in_a_folder_that_may_not_be_entered_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "locked").mkdir()
    stat = Path.stat

    def forbid(path: Path, **options: bool) -> os.stat_result:
        if "locked" in path.parts:
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", forbid)
    locked = discover([tmp_path / "a.png", tmp_path / "locked" / "b.png"])[1]
    assert (locked.status, locked.reason) == (Status.FAILED, Message.of(FileCode.NOT_ALLOWED))


def test_a_pipe_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "a.png").touch()
    assert [file.status for file in discover([tmp_path])] == [None, Status.SKIPPED]


def refuse(monkeypatch: pytest.MonkeyPatch, call: str, error: int, place: Path) -> None:
    """Make a system call fail for a path and everything below it."""
    asked = getattr(os, call)

    def ask(path: str | Path, *arguments: object, **options: object) -> object:
        if Path(path).is_relative_to(place):
            raise OSError(error, os.strerror(error), str(path))
        return asked(path, *arguments, **options)

    monkeypatch.setattr(os, call, ask)


@pytest.mark.parametrize("error", [errno.EACCES, errno.ENOTCONN, errno.ENAMETOOLONG, errno.EIO, errno.ESTALE, errno.ENXIO])
@pytest.mark.parametrize("calls", [("scandir",), ("stat", "lstat"), ("scandir", "stat", "lstat")])
def test_paths_that_the_system_refuses_to_describe_fail_and_the_other_images_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, calls: tuple[str, ...]
) -> None:
    for name in ("a.png", "dead/b.png", "dead/inner/c.png", "z/d.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for call in calls:
        refuse(monkeypatch, call, error, tmp_path / "dead")
    found = discover([tmp_path])
    assert [file.path.name for file in found if file.status is None] == ["a.png", "d.png"]
    failed = [file for file in found if file.status is not None]
    assert failed
    assert {file.status for file in failed} == {Status.FAILED}
    assert all(file.path.is_relative_to(tmp_path / "dead") for file in failed)


def test_an_entry_whose_kind_cannot_be_determined_fails_and_the_others_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").touch()

    class Dead:
        name, path = "dead.png", str(tmp_path / "dead.png")

        def is_dir(self) -> bool:
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")

        is_symlink = is_dir

    refuse(monkeypatch, "stat", errno.ENOTCONN, tmp_path / "dead.png")
    monkeypatch.setattr(os, "scandir", _listing(lambda entries: [*entries, Dead()]))
    assert [(file.path.name, file.status) for file in discover([tmp_path])] == [("a.png", None), ("dead.png", Status.FAILED)]


def test_a_folder_whose_listing_breaks_off_fails_but_the_files_already_listed_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").touch()

    def breaking_off(entries: list[object]) -> object:
        yield from entries
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "scandir", _listing(breaking_off))
    rest, image = discover([tmp_path])
    assert (image.path.name, image.status) == ("a.png", None)
    assert (rest.path, rest.status, rest.reason) == (
        tmp_path,
        Status.FAILED,
        Message.of(FileCode.UNREADABLE, error="Input/output error"),
    )


def _listing(change: Callable[[list[object]], object]) -> Callable[[Path], object]:
    """Return a replacement for `os.scandir` that changes the list of entries."""
    asked = os.scandir

    class Listing:
        def __init__(self, folder: Path) -> None:
            self._listed = asked(folder)

        def __enter__(self) -> object:
            return change(list(self._listed))

        def __exit__(self, *_error: object) -> None:
            self._listed.close()

    return Listing


@contextmanager
def nested(folder: Path, name: str, depth: int) -> Iterator[None]:
    """Nest folders with an image in the innermost, and remove them after the block; they are nested too deeply for pytest to remove."""
    before = Path.cwd()
    os.chdir(folder)
    for _ in range(depth):
        Path(name).mkdir()
        os.chdir(name)
    Path("b.png").touch()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
        subprocess.run(["rm", "-r", folder / name], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no process enter folders that are nested so deeply")
def test_folders_nested_deeper_than_the_stack_of_python_are_searched(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    with nested(tmp_path, "d", 1500):
        assert [file.path.name for file in discover([tmp_path])] == ["a.png", "b.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no process enter folders that are nested so deeply")
def test_folders_nested_beyond_the_longest_path_fail_and_the_others_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    with nested(tmp_path, "d" * 200, 30):
        image, deep = discover([tmp_path])
    assert (image.path.name, image.status, deep.status) == ("a.png", None, Status.FAILED)
    assert "File name too long" in str(deep.reason)


def test_a_name_that_no_file_can_have_fails_and_the_others_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert [file.status for file in discover([tmp_path, tmp_path / "a\0.png"])] == [None, Status.FAILED]
