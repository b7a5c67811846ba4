"""How much a store holds, in figures that identify nobody."""

from pathlib import Path

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.store import Store


def store_figures(file: Path) -> dict[str, int | str]:
    """Count the contents of a store for a bug report; if the store cannot be read, return the error instead."""
    if not file.exists():
        return {"store": "none yet"}
    try:
        with Store(file) as store:
            return {"bytes": file.stat().st_size, **store.counts()}
    except StoreError as error:
        return {"store": f"cannot be read: {type(error).__name__}"}
