"""Opens regular files only: a pipe would block, and a device could be read for ever."""

import errno
import math
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message


class RefusedFileError(OSError):
    """A file exists, but is not one that a bundle may hold.

    Attributes:
        message: The reason, as a clause.
    """

    def __init__(self, number: int, message: Message) -> None:
        """Store the closest system error number, and the clause."""
        super().__init__(number, str(message))
        self.message = message


@contextmanager
def open_regular(file: Path, largest: float = math.inf) -> Iterator[BufferedReader]:
    """Open a regular file for reading.

    Raises:
        OSError: The file cannot be opened, is a pipe, device or folder, or is larger than `largest` bytes.
    """
    _check(file.stat(), largest)  # opening a device may start it
    with open(file, "rb", opener=open_without_waiting) as stream:
        _check(os.fstat(stream.fileno()), largest)
        yield stream


def read_regular(file: Path, largest: int) -> bytes:
    """Return the content of a regular file.

    Raises:
        OSError: As for `open_regular`; also if the file has grown beyond `largest` bytes.
    """
    with open_regular(file, largest) as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:  # it grew in the meantime
        raise _too_large()
    return content


def why_unreadable_file(file: Path, error: OSError) -> Message:
    """Return a clause that says that a file cannot be read, and why."""
    why = error.message if isinstance(error, RefusedFileError) else error.strerror or str(error)
    return Message.of(BundleCode.BUNDLE_FILE_UNREADABLE, file=file.name, error=why)


def _check(status: os.stat_result, largest: float) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RefusedFileError(errno.EINVAL, Message.of(BundleCode.FILE_IRREGULAR))
    if status.st_size > largest:
        raise _too_large()


def _too_large() -> RefusedFileError:
    return RefusedFileError(errno.EFBIG, Message.of(BundleCode.FILE_BEYOND_BUNDLE))


def open_without_waiting(path: str, flags: int) -> int:
    """Open a file without blocking on a pipe that may have replaced it since it was checked."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
