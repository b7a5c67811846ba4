"""A failed write leaves the older file, and says what to do."""

import sys
from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from breakhis_desktop.reporting.atomic_write import write_atomically
from tests.conftest import small_disk


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match=r"out\.csv could not be written: .* choose another"), small_disk():
        write_atomically(target, b"x" * 5000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="its folder does not exist; create it or choose another"):
        write_atomically(tmp_path / "absent" / "out.csv", b"x")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="its name is too long; choose a shorter one"):
        write_atomically(tmp_path / ("x" * 300), b"x")


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it is no file; choose the name of a file"):
        write_atomically(tmp_path, b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_atomically(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"
