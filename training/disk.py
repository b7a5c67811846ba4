"""Turns an error while writing to disk into one sentence with advice."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskError(UserError):
    """The disk refused a write; once it accepts writes again, the user can repeat the command."""


@contextmanager
def disk_errors(what: Message, folder: Path, remedy: TrainingCode) -> Iterator[None]:
    """Turn an OSError while writing to a folder into one sentence with advice.

    Args:
        what: What is written; the subject of the sentence.
        folder: The folder to which it is written.
        remedy: The end of the sentence: what to do once the disk is in order, or what to do instead.

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
