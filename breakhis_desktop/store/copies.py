"""Copies a store of an earlier version before it is migrated."""

import glob
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from breakhis_desktop.errors import StoreError
from breakhis_desktop.files import printable
from breakhis_desktop.store.connection import make_private, sync
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode

_PART = ".part"
_NAME = "copy.sqlite"
_PAGES = 2048
"""Number of pages copied at a time; in between, Python can react to Ctrl+C."""


def keep_copy(file: Path, version: int) -> None:
    """Copy a store to a new file beside it, which appears only once the copy is complete and on the disk.

    The copy is made in a new private folder, where nobody else can plant a link. Call this function within the migration's transaction,
    which keeps other processes from making or removing copies.

    Args:
        file: The store.
        version: The version of the store, for the name of the copy.

    Raises:
        StoreError: The copy cannot be made; nothing is left of it, and the store is unchanged.
    """
    _sweep(file)
    target = _free_name(file, version)
    try:
        with tempfile.TemporaryDirectory(_PART, f".{file.name}.", file.parent, ignore_cleanup_errors=True) as folder:
            copy = Path(folder, _NAME)
            _write(file, copy)
            copy.rename(target)
        with suppress(OSError):  # not every system can open a folder
            sync(file.parent)
    except (OSError, sqlite3.Error) as error:
        message = Message.of(StoreCode.STORE_NOT_COPIED, file=printable(file), copy=printable(target), error=str(error))
        raise StoreError(message) from error


def _write(file: Path, copy: Path) -> None:
    make_private(copy)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=_PAGES)
    sync(copy)


def _free_name(file: Path, version: int) -> Path:
    """Return an unused name; even a dangling link counts as used."""
    first = target = file.with_name(f"{file.name}.version-{version}")
    number = 1
    while os.path.lexists(target):
        number += 1
        target = first.with_name(f"{first.name}-{number}")
    return target


def _sweep(file: Path) -> None:
    """Remove the partial copies of this store that killed processes left, and nothing else."""
    for folder in file.parent.glob(f".{glob.escape(file.name)}.*{_PART}"):
        if not folder.is_symlink() and folder.is_dir() and all(part.name.startswith(_NAME) for part in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)
