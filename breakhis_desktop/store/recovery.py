"""Moves a damaged store out of the way; it is never overwritten."""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from breakhis_desktop.clock import local_now
from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.connection import damaged, store_errors
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.queue import QueueOwner
from breakhis_desktop.store.writer import only_writer
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode

_BESIDE = ("", "-wal", "-shm", "-journal")
"""Suffixes of the files that make up a store."""
_EVERYWHERE = ("run", "job", "review", "image")
"""The tables checked at start. The check takes 0.1 s for 100,000 images; with thumbnails and heat maps, it would take ten times as long."""


def set_aside_if_damaged(file: Path) -> Path | None:
    """Check that a store opens and its tables are intact; otherwise rename its files, so that a new store can be created.

    Thumbnails and heat maps are not checked: damage to them is reported when they are read.

    Returns:
        The new path of the damaged file; None if nothing was moved. A store stays in place if it fails to open for another reason, cannot
        be moved, or is in use by another window or command; the run that needs the store then reports why.
    """
    if not file.exists() or not _is_damaged(file):
        return None
    owner = QueueOwner(file)
    if not owner.claim():
        return None
    try:
        with only_writer(file):  # a process that has the store open would keep writing to the moved file
            return _set_aside(file) if _is_damaged(file) else None
    except StoreError:
        return None
    finally:
        owner.release()


def _is_damaged(file: Path) -> bool:
    try:
        with closing(open_database(file)) as connection, store_errors(file):
            _check(connection, file)
    except DamagedStoreError:
        return True
    except StoreError:
        return False
    return False


def _check(connection: sqlite3.Connection, file: Path) -> None:
    """Read the tables from first page to last.

    Raises:
        DamagedStoreError: A table is damaged.
        sqlite3.DatabaseError: A table cannot be read at all.
    """
    for table in _EVERYWHERE:
        (found,) = connection.execute(f"PRAGMA quick_check({table})").fetchone()
        if found != "ok":
            raise damaged(file, Message.of(StoreCode.STORE_TABLE_DAMAGED, table=table))


def _set_aside(file: Path) -> Path | None:
    aside = _free_name(file)
    try:
        move_store(file, aside)
    except OSError:
        return None
    return aside


def _free_name(file: Path) -> Path:
    """Return a name that is still free, even if the clock was set back."""
    moment = local_now().strftime("%Y%m%d-%H%M%S")
    aside = file.with_name(f"{file.name}.damaged-{moment}")
    return aside if not os.path.lexists(aside) else file.with_name(f"{aside.name}-{secrets.token_hex(4)}")


def move_store(file: Path, target: Path) -> None:
    """Rename a store that nobody has open, together with SQLite's files beside it, which belong to no other store.

    Raises:
        OSError: The store cannot be moved; all of its files stay where they are.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in _BESIDE:
            part, new = (path.with_name(path.name + ending) for path in (file, target))
            if part.exists():
                part.rename(new)
                moved.append((part, new))
    except OSError:
        for part, new in moved:
            new.rename(part)
        raise
