"""Disks that do not take what is written."""

from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from training.disk import disk_errors_told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_one_sentence_with_advice(tmp_path: Path) -> None:
    said = r"^The log could not be written to .*: the disk is full; make room, or wait\.$"
    with pytest.raises(UserError, match=said), disk_errors_told("The log", tmp_path, "or wait"), Path("/dev/full").open("wb") as full:
        full.write(b"x")


def test_a_folder_that_cannot_be_made_is_one_sentence_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="check the folder, or wait"), disk_errors_told("The log", tmp_path / "file" / "work", "or wait"):
        (tmp_path / "file" / "work").mkdir(parents=True)
