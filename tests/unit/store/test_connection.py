"""What SQLite raises becomes a sentence with advice that fits."""

import sqlite3
from pathlib import Path

import pytest

from breakhis_desktop.errors import DamagedStoreError, StoreError
from breakhis_desktop.store.connection import told_plainly

SAID = {
    sqlite3.SQLITE_BUSY: r"is locked by another program\. Close that program",
    sqlite3.SQLITE_BUSY_RECOVERY: r"is locked by another program\. Close that program",
    sqlite3.SQLITE_IOERR_SHMMAP: r"does not let programs share a file \(trouble\)\. Choose a folder on another disk",
    sqlite3.SQLITE_IOERR_LOCK: r"does not let programs share a file \(trouble\)\. Choose a folder on another disk",
    sqlite3.SQLITE_FULL: r"cannot be used \(trouble\)\. Check that its folder exists, can be written to and has space left",
    sqlite3.SQLITE_IOERR_WRITE: r"cannot be used \(trouble\)\. Check that its folder exists, can be written to and has space left",
}


def trouble(kind: type[sqlite3.DatabaseError], code: int) -> sqlite3.DatabaseError:
    error = kind("trouble")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("code", SAID)
def test_each_trouble_has_the_advice_that_fits(code: int) -> None:
    with pytest.raises(StoreError, match=SAID[code]) as told, told_plainly(Path("store.sqlite")):
        raise trouble(sqlite3.OperationalError, code)
    assert not isinstance(told.value, DamagedStoreError)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB])
def test_what_cannot_be_read_is_called_damaged(code: int) -> None:
    with pytest.raises(DamagedStoreError, match=r"is damaged or is no store \(trouble\)"), told_plainly(Path("store.sqlite")):
        raise trouble(sqlite3.DatabaseError, code)
