"""A store that cannot be read is moved out of the way, and never written over."""

import secrets
from pathlib import Path

from breakhis_desktop.clock import local_now
from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.database import open_database

_BESIDE = ("", "-wal", "-shm")
"""The endings of the files that make up a store."""


def set_aside_if_damaged(file: Path) -> Path | None:
    """Look whether a store opens, and rename its files where they are damaged, so that a new one can be made.

    Returns:
        Where the damaged file lies now; None where nothing was moved. A store that does not open for any other reason, or may not be
        moved, is left alone: the run that needs it says why.
    """
    if not file.exists():
        return None
    try:
        open_database(file).close()
    except DamagedStoreError:
        return _set_aside(file)
    except StoreError:
        return None
    return None


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
    return aside if not aside.exists() else file.with_name(f"{aside.name}-{secrets.token_hex(4)}")


def move_store(file: Path, target: Path) -> None:
    """Rename a store that nobody has open, with what SQLite left beside it.

    Raises:
        OSError: It cannot be moved.
    """
    for ending in _BESIDE:
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(target.with_name(target.name + ending))
