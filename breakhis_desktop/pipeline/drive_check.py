"""Whether what was queued is still there: a drive that goes away stops a run, instead of failing every image on it."""

import errno
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import is_folder, printable
from breakhis_desktop.pipeline.discover import Asking, NoAnswerError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_NOT_THERE = 0

_GONE = frozenset(
    getattr(errno, name, errno.ENOENT)  # Windows lacks some
    for name in (
        *("ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "EIO", "EREMOTEIO", "ESTALE", "ENOTCONN"),
        *("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET"),
    )
)
"""What a system says of a folder whose drive or server went away; anything else, such as a refusal, says that it is there."""


def inodes_of(inputs: Sequence[Path], asking: Asking) -> tuple[int, ...]:
    """Return the number that the file system gives each root's folder; the empty place of a drive has another than the drive."""
    found = []
    for root in inputs:
        try:
            asking(root)
            found.append(_inode(_folder_of(root)))
        except NoAnswerError:
            found.append(_NOT_THERE)
    return tuple(found)


def check_drives(records: Iterable[ImageRecord], run_info: RunInfo, asking: Asking = lambda _: None) -> None:
    """Look, where images could not be read, whether the folders that they were queued with are there.

    A folder that was emptied is there: its images end as failed.

    Args:
        records: Images that were read, or should have been.
        run_info: Their run.
        asking: Is told which folder is looked at.

    Raises:
        UserError: A folder is gone, or another one that is empty stands in its place, as where a drive is not connected.
    """
    unread = [record.path for record in records if is_unread(record)]
    before = dict(zip(run_info.inputs, run_info.root_inodes, strict=False))  # runs of earlier versions have none
    for root in run_info.inputs if unread else ():
        below = [path for path in unread if path.is_relative_to(root)]
        folder = root.parent if root in below else root
        if below and _went_away(folder, before.get(root, _NOT_THERE), asking):
            raise UserError(Message.of(RunCode.RUN_FOLDER_GONE, folder=printable(folder)))


def is_unread(record: ImageRecord) -> bool:
    """Tell whether an image's file could not be read."""
    return record.status is Status.FAILED and not record.sha256


def _went_away(folder: Path, inode: int, asking: Asking) -> bool:
    try:
        asking(folder)
        with os.scandir(folder) as entries:
            return not any(entries) and _inode(folder) != inode
    except OSError as error:
        return error.errno in _GONE or inode not in {_NOT_THERE, _inode(folder)}


def _folder_of(root: Path) -> Path:
    return root if is_folder(root) else root.parent


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return _NOT_THERE
