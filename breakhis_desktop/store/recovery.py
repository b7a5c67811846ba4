"""A store that cannot be read is moved out of the way, and never written over."""

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
"""The endings of the files that make up a store."""
_EVERYWHERE = ("run", "job", "review", "image")
"""The tables that a start needs: of 100,000 images they are read in 0.1 s, where all with its pictures takes ten times as long."""


def set_aside_if_damaged(file: Path) -> Path | None:
    """Look whether a store opens and its tables are whole, and rename its files where they are not, so that a new one can be made.

    Pictures are not looked at: whoever asks for one that is damaged is told so then.

    Returns:
        Where the damaged file lies now; None where nothing was moved. A store that does not open for any other reason, may not be moved, or
        is another window's or command's, is left alone: the run that needs it says why.
    """
    if not file.exists() or not _is_damaged(file):
        return None
    owner = QueueOwner(file)
    if not owner.claim():
        return None
    try:
        with only_writer(file):  # who has it open would go on writing what lies elsewhere by then
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
    """Read the tables from their first page to their last.

    Raises:
        DamagedStoreError: One is damaged.
        sqlite3.DatabaseError: One cannot be read at all.
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
    """Return a name that no store was moved to before, even where the clock was set back since."""
    moment = local_now().strftime("%Y%m%d-%H%M%S")
    aside = file.with_name(f"{file.name}.damaged-{moment}")
    return aside if not os.path.lexists(aside) else file.with_name(f"{aside.name}-{secrets.token_hex(4)}")


def move_store(file: Path, target: Path) -> None:
    """Rename a store that nobody has open, with what SQLite left beside it.

    Raises:
        OSError: It cannot be moved.
    """
    for ending in _BESIDE:
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(target.with_name(target.name + ending))
