"""Disks that do not take what training writes: told in one sentence with advice."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskError(UserError):
    """A disk does not take what is written; the same command goes on once it does."""


@contextmanager
def disk_errors(what: Message, folder: Path, remedy: TrainingCode) -> Iterator[None]:
    """Turn the errors of writing into a folder into one sentence with advice.

    Args:
        what: What is written, to begin the sentence with.
        folder: Where.
        remedy: What to do once the disk is in order, or instead, to end the sentence with.

    Raises:
        DiskError: In place of an OSError.
    """
    try:
        yield
    except OSError as error:
        message = Message.of(TrainingCode.DISK_REFUSED, what=what, folder=folder, why=_why(error), remedy=Message.of(remedy))
        raise DiskError(message) from error


def _why(error: OSError) -> Message:
    if error.errno in _FULL:
        return Message.of(TrainingCode.DISK_WITHOUT_ROOM)
    return Message.of(TrainingCode.FOLDER_AT_FAULT, error=error.strerror or str(error))
