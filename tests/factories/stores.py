"""The fixture stores: one for each version of the schema."""

import sqlite3
from contextlib import closing
from pathlib import Path

from breakhis_desktop.store.schema import MIGRATIONS

STORES = Path(__file__).parents[1] / "fixtures" / "stores"
VERSIONS = range(1, len(MIGRATIONS) + 1)


def fixture_of(version: int) -> Path:
    """Return the fixture store of a schema version."""
    return STORES / f"version-{version}.sqlite"


def version_of(file: Path) -> int:
    """Return the schema version that a store declares."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
