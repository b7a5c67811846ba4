"""Whether what was queued is still there: a drive that goes away stops a run, instead of failing every image on it."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError


def check_presence(records: Iterable[ImageRecord], roots: Sequence[Path]) -> None:
    """Look, where images could not be read, whether the folders that they were queued with are there.

    Args:
        records: Images that were read, or should have been.
        roots: What the user queued.

    Raises:
        UserError: A folder is gone or holds nothing any more, as the place of a drive that is not connected.
    """
    unread = [record.path for record in records if record.status is Status.FAILED and not record.sha256]
    folders = {root if path != root else root.parent for path in unread for root in roots if path.is_relative_to(root)}
    for folder in sorted(folders):
        if not _holds_something(folder):
            raise UserError(
                f"The folder {printable(folder)} is empty or no longer there; connect the drive and start again: what is finished is kept."
            )


def _holds_something(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entries)
    except OSError:
        return False
