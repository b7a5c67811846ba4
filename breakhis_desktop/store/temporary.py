"""Temporary stores: each in its own folder, which is removed when the command ends, or at the next start if the command was killed."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from breakhis_desktop.errors import StoreError
from breakhis_desktop.files import printable
from breakhis_desktop.store.locks import ProcessLock
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode

_PREFIX = "run-"
_MADE = _PREFIX + r"[a-z0-9_]{8}"
"""Names that `tempfile` generates."""
_OWNER = ".breakhis-desktop.lock"
"""The lock file in each folder; the process that made the folder holds this lock as long as it needs the folder."""
_PATIENCE = 5.0
"""Seconds to wait for the lock of `_sole_look_at`; others hold it only while they create or remove folders, which takes milliseconds."""


@contextmanager
def temporary_store(home: Path) -> Iterator[Path]:
    """Provide the path of a store that is removed after the block.

    Args:
        home: The program's own folder.

    Raises:
        StoreError: The folder cannot be created, or another process holds the lock for creating folders.
    """
    try:
        folder, owner = _make_folder(home)
    except OSError as error:
        message = Message.of(FileCode.HOME_UNWRITABLE, folder=printable(home), error=error.strerror or str(error))
        raise StoreError(message) from error
    try:
        yield folder / "store.sqlite"
    finally:
        owner.release()
        _remove(folder)


def remove_abandoned(home: Path) -> None:
    """Remove the folders that killed commands left behind; a folder that cannot be removed stays until the next start."""
    look = _sole_look_at(home)
    with suppress(OSError):
        if look.take():
            try:
                _remove_those_of_nobody(home)
            finally:
                look.release()


def _remove_those_of_nobody(home: Path) -> None:
    for folder in home.glob(f"{_PREFIX}*/"):
        owner = folder / _OWNER
        if folder.is_symlink():
            continue
        if not owner.exists():
            _remove_if_unfinished(folder)
        elif not _is_held(owner):
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder with its store; the lock is removed last, so that the next start recognises an interrupted removal."""
    with suppress(OSError):
        for part in folder.iterdir():
            if part.name != _OWNER:
                part.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _remove_if_unfinished(folder: Path) -> None:
    """Remove a folder whose process was killed before it locked the folder; such a folder has a generated name, and is empty."""
    if re.fullmatch(_MADE, folder.name):
        with suppress(OSError):  # the folder is not empty
            folder.rmdir()


def _make_folder(home: Path) -> tuple[Path, ProcessLock]:
    look = _sole_look_at(home, _PATIENCE)
    if not look.take():
        raise StoreError(Message.of(StoreCode.LOCK_HELD, file=printable(look.file)))
    try:
        folder = Path(tempfile.mkdtemp(dir=home, prefix=_PREFIX))
        owner = ProcessLock(folder / _OWNER)
        owner.take()
    finally:
        look.release()
    return folder, owner


def _sole_look_at(home: Path, patience: float = 0.0) -> ProcessLock:
    """Return the lock for creating and removing folders; it ensures that no other process sees a folder before its owner has locked it."""
    return ProcessLock(home / ".temporary.lock", patience)


def _is_held(owner: Path) -> bool:
    lock = ProcessLock(owner)
    if not lock.take():
        return True
    lock.release()
    return False
