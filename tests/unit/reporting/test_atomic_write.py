"""A failed write leaves the older file intact, and its error says what to do."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from tests.conftest import small_disk
from tests.factories import said

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits or groups, and links need a privilege there")


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_the_content_is_on_the_disk_before_the_file_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, int]] = []

    def noted(name: str, step: Callable[..., None], size: Callable[..., int]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            steps.append((name, size(arguments[0])))
            step(*arguments)

        return call

    monkeypatch.setattr("os.fsync", noted("synced", os.fsync, lambda descriptor: os.fstat(descriptor).st_size))
    monkeypatch.setattr("os.replace", noted("renamed", os.replace, lambda path: Path(str(path)).stat().st_size))
    write_atomically(tmp_path / "out.csv", b"x" * 5000)
    assert steps == [("synced", 5000), ("renamed", 5000)]


def test_a_failed_write_leaves_the_older_file_unchanged(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match=r"out\.csv could not be written: .* choose another"), small_disk():
        write_atomically(target, b"x" * 5000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="its folder does not exist; create it or choose another"):
        write_atomically(tmp_path / "absent" / "out.csv", b"x")


def test_a_name_that_is_too_long_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="its name is too long; choose a shorter one"):
        write_atomically(tmp_path / ("x" * 300), b"x")


def test_a_folder_is_not_accepted_as_a_target(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it is not a regular file; choose another name"):
        write_atomically(tmp_path, b"x")


def test_a_final_check_can_refuse_the_replacement_after_everything_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    seen = []

    def refuse(file: Path) -> None:
        seen.append((file, sum(path.stat().st_size for path in tmp_path.glob("*.part"))))
        raise UserError(said("it is an image"))

    with pytest.raises(UserError, match="it is an image"):
        write_atomically(target, b"new one", refuse)
    assert seen == [(Path(os.path.realpath(target)), 7)]
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@on_unix
@pytest.mark.parametrize("name", ["real.csv", "REAL.CSV", "absent.csv"])
def test_a_link_to_a_file_of_the_same_kind_stays_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "REAL.CSV").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / name)
    write_atomically(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / name).read_bytes() == b"new"


@on_unix
def test_a_link_to_a_file_of_another_kind_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("diary.txt")
    with pytest.raises(UserError, match=r"link\.csv could not be written: it is a link to a file of another kind; name that file itself"):
        write_atomically(tmp_path / "link.csv", b"new")
    assert (tmp_path / "diary.txt").read_bytes() == b"old"


@on_unix
def test_a_link_that_another_user_made_is_not_followed(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a link away")
    (tmp_path / "mine.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("mine.csv")
    os.lchown(tmp_path / "link.csv", 12345, -1)
    with pytest.raises(UserError, match="it is a link that another user made; name the file that it leads to"):
        write_atomically(tmp_path / "link.csv", b"new")
    assert (tmp_path / "mine.csv").read_bytes() == b"old"


@on_unix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_new_file_has_the_permissions_of_the_older_file(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    target.chmod(mode)
    write_atomically(target, b"new")
    assert target.stat().st_mode & 0o7777 == mode


@on_unix
def test_a_new_file_gets_the_default_permissions_of_the_user(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "out.csv", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o7777 == 0o640


@on_unix
def test_the_new_file_belongs_to_the_group_of_the_older_file(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file to any group")
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    os.chown(target, -1, 12345)
    write_atomically(target, b"new")
    assert target.stat().st_gid == 12345


@on_unix
def test_a_read_only_file_is_left_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    target.chmod(0o400)
    if os.geteuid() == 0:  # root may write everywhere
        monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(UserError, match=r"out\.csv could not be written: this is not allowed"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"


def test_the_next_write_removes_only_what_a_killed_process_left_in_the_folder(tmp_path: Path) -> None:
    left, others = tmp_path / f".breakhis-desktop-{'a' * 16}.part", [tmp_path / name for name in (".a.part", "b.part", "c.csv")]
    writing = tmp_path / f".breakhis-desktop-{'b' * 16}.part"
    for file in (left, writing, *others):
        file.write_bytes(b"x")
    for file in (left, *others):
        os.utime(file, (0, file.stat().st_mtime - 7200))
    write_atomically(tmp_path / "out.csv", b"new")
    assert sorted(tmp_path.iterdir()) == sorted([writing, *others, tmp_path / "out.csv"])
