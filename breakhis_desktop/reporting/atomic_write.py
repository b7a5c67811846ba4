"""A file is written whole or not at all; what stood there before goes only when the new one is complete."""

import errno
import os
import secrets
from pathlib import Path

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import UserError

_ADVICE = {
    errno.ENOENT: "its folder does not exist; create it or choose another",
    errno.ENOTDIR: "its folder does not exist; create it or choose another",
    errno.EACCES: "this is not allowed; close the file where it is open, or choose a folder that you may write to",
    errno.EPERM: "this is not allowed; close the file where it is open, or choose a folder that you may write to",
    errno.EROFS: "the disk is read-only; choose a folder on another one",
    errno.ENOSPC: "the disk is full; make room or choose another",
    errno.EFBIG: "the disk takes no file of that size; choose another",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
}


def write_atomically(target: Path, content: bytes) -> None:
    """Write a file under a passing name in the same folder, then rename it over the target.

    Raises:
        UserError: The file cannot be written; an older file under that name is as it was.
    """
    # A link stays one: what it points to is replaced.
    final = Path(os.path.realpath(target))
    passing = final.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if final.exists() and not final.is_file():
            raise UserError(f"{printable(target)} could not be written: it is no file; choose the name of a file.")
        _write_through(passing, content)
        passing.replace(final)
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, f"{error.strerror or error}; choose another place")
        raise UserError(f"{printable(target)} could not be written: {advice}.") from error
    finally:
        _discard(passing)


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        # Without this a loss of power after the rename could leave an empty file in place of the older one.
        os.fsync(file.fileno())


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The folder is gone or not ours; the error that matters is on its way already.
        return
