"""Disks that do not take what training writes: told in one sentence with advice."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from breakhis_desktop.errors import UserError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskError(UserError):
    """A disk does not take what is written; the same command goes on once it does."""


@contextmanager
def disk_errors_told(what: str, folder: Path, remedy: str) -> Iterator[None]:
    """Turn the errors of writing into a folder into one sentence with advice.

    Args:
        what: What is written, to begin the sentence with.
        folder: Where.
        remedy: What to do once the disk is in order, to end the sentence with.

    Raises:
        DiskError: In place of an OSError.
    """
    try:
        yield
    except OSError as error:
        reason = "the disk is full; make room" if error.errno in _FULL else f"{error.strerror or error}; check the folder"
        raise DiskError(f"{what} could not be written to {folder}: {reason}, {remedy}.") from error
