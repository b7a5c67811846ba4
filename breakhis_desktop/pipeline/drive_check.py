"""Checks that queued folders still exist: a drive that disappears stops the run instead of failing every image on it."""

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

_NO_INODE = 0

_GONE = frozenset(
    getattr(errno, name, errno.ENOENT)  # Windows lacks some of these
    for name in (
        *("ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "EIO", "EREMOTEIO", "ESTALE", "ENOTCONN"),
        *("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET"),
    )
)
"""Errors that mean that a folder's drive or server has disappeared; after other errors, such as missing permission, the folder exists."""


def inodes_of(inputs: Sequence[Path], asking: Asking) -> tuple[int, ...]:
    """Return the inode of each input's folder, 0 if unknown; an empty mount point and the drive mounted there have different inodes."""
    found = []
    for root in inputs:
        try:
            asking(root)
            found.append(_inode(_folder_of(root)))
        except NoAnswerError:
            found.append(_NO_INODE)
    return tuple(found)


def check_drives(records: Iterable[ImageRecord], run_info: RunInfo, asking: Asking = lambda _: None) -> None:
    """Check that the queued folders of unreadable images still exist.

    A folder that was merely emptied still exists, and its images end as failed; this is known only if the run recorded its inode.

    Args:
        records: Images of the run; only those that could not be read are checked.
        run_info: The run of these images.
        asking: Called with each folder before it is accessed.

    Raises:
        UserError: A folder has disappeared, or an empty folder has taken its place, as when a drive is disconnected.
    """
    unread = [record.path for record in records if is_unread(record)]
    before = dict(zip(run_info.inputs, run_info.root_inodes, strict=False))  # empty in runs of earlier versions
    for root in run_info.inputs if unread else ():
        below = [path for path in unread if path.is_relative_to(root)]
        folder = root.parent if root in below else root
        if below and _has_disappeared(folder, before.get(root, _NO_INODE), asking):
            raise UserError(Message.of(RunCode.RUN_FOLDER_GONE, folder=printable(folder)))


def is_unread(record: ImageRecord) -> bool:
    """Return whether an image's file could not be read."""
    return record.status is Status.FAILED and not record.sha256


def _has_disappeared(folder: Path, inode: int, asking: Asking) -> bool:
    try:
        asking(folder)
        with os.scandir(folder) as entries:
            return not any(entries) and _inode(folder) != inode
    except OSError as error:
        return error.errno in _GONE or inode not in {_NO_INODE, _inode(folder)}


def _folder_of(root: Path) -> Path:
    return root if is_folder(root) else root.parent


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return _NO_INODE
