"""The files of a bundle, opened only if they are files: a pipe would be waited for, and a device read for ever."""

import errno
import math
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path


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


def _check(facts: os.stat_result, largest: float) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    if facts.st_size > largest:
        raise _too_large()


def _too_large() -> OSError:
    return OSError(errno.EFBIG, "it is too large")


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that took its place since it was looked at would wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
