"""Files that are opened only if they are files: a pipe would be waited for, and a device read for ever."""

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
    """A file can be opened, and is none that a bundle holds.

    Attributes:
        message: Why, as a clause.
    """

    def __init__(self, number: int, message: Message) -> None:
        """Take the number of the system's error that comes closest, and the clause."""
        super().__init__(number, str(message))
        self.message = message


@contextmanager
def open_regular(file: Path, largest: float = math.inf) -> Iterator[BufferedReader]:
    """Give a file to be read.

    Raises:
        OSError: It cannot be opened, is a pipe, a device or a folder, or has more than `largest` bytes.
    """
    _check(file.stat(), largest)  # opening a device can set it going
    with open(file, "rb", opener=_open_without_waiting) as stream:
        _check(os.fstat(stream.fileno()), largest)
        yield stream


def read_regular(file: Path, largest: int) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: As of `open_regular`, or it holds more than `largest` bytes.
    """
    with open_regular(file, largest) as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:  # it has grown
        raise _too_large()
    return content


def why_unreadable_file(file: Path, error: OSError) -> Message:
    """Return, as a clause, that a file cannot be read, and why."""
    why = error.message if isinstance(error, RefusedFileError) else error.strerror or str(error)
    return Message.of(BundleCode.BUNDLE_FILE_UNREADABLE, file=file.name, error=why)


def _check(status: os.stat_result, largest: float) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RefusedFileError(errno.EINVAL, Message.of(BundleCode.FILE_IRREGULAR))
    if status.st_size > largest:
        raise _too_large()


def _too_large() -> RefusedFileError:
    return RefusedFileError(errno.EFBIG, Message.of(BundleCode.FILE_BEYOND_BUNDLE))


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that took its place since it was looked at would wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
