"""Disks that refuse a write."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.disk import disk_errors
from training.wording import TrainingCode


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_reported_in_one_sentence_with_advice(tmp_path: Path) -> None:
    said = r"^The run small could not be written to .*: the disk is full; make room, or choose another folder with --work\.$"
    with pytest.raises(UserError, match=said), _reported(tmp_path), Path("/dev/full").open("wb") as full:
        full.write(b"x")


def test_a_folder_that_cannot_be_created_is_reported_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="check the folder, or choose another folder with --work"), _reported(tmp_path / "file" / "work"):
        (tmp_path / "file" / "work").mkdir(parents=True)


def _reported(folder: Path) -> AbstractContextManager[None]:
    return disk_errors(Message.of(TrainingCode.THE_RUN, run="small"), folder, TrainingCode.OTHER_WORK_FOLDER)
