"""Stores for one call alone: each in a folder of its own, which goes with the call, or at the next start where that was killed."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import StoreError

_PREFIX = "run-"
_OWNER = ".breakhis-desktop.lock"
"""The lock in each folder that its process holds as long as it lives."""


@contextmanager
def temporary_store(home: Path) -> Iterator[Path]:
    """Give the place of a store that is gone after the block.

    Args:
        home: The program's own folder.

    Raises:
        StoreError: The folder cannot be made.
    """
    try:
        folder, owner = _make_folder(home)
    except OSError as error:
        raise StoreError(
            f"The program's folder {printable(home)} cannot be written to ({error.strerror or error}). Make room on its disk, or set "
            "BREAKHIS_HOME to another folder."
        ) from error
    try:
        yield folder / "store.sqlite"
    finally:
        owner.release()
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(home: Path) -> None:
    """Remove the folders of calls that were killed, and none that is in use; what cannot be removed stays."""
    with suppress(OSError), _sole_look_at(home):
        for owner in home.glob(f"{_PREFIX}*/{_OWNER}"):
            if not _is_held(owner):
                shutil.rmtree(owner.parent, ignore_errors=True)


def _make_folder(home: Path) -> tuple[Path, FileLock]:
    with _sole_look_at(home):
        folder = Path(tempfile.mkdtemp(dir=home, prefix=_PREFIX))
        owner = _lock(folder / _OWNER)
        owner.acquire()
    return folder, owner


def _sole_look_at(home: Path) -> FileLock:
    """Return the lock under which folders come and go, so that none is seen before its owner holds it."""
    return FileLock(home / ".temporary.lock", mode=0o600)


def _is_held(owner: Path) -> bool:
    try:
        with _lock(owner):
            return False
    except Timeout:
        return True


def _lock(file: Path) -> FileLock:
    return FileLock(file, timeout=0, mode=0o600)
