"""How much a store holds, in figures that name nobody."""

from pathlib import Path

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.store import Store


def store_figures(file: Path) -> dict[str, int | str]:
    """Count what a store holds, for a bug report; what is wrong with the store is told in place of figures."""
    if not file.exists():
        return {"store": "none yet"}
    try:
        with Store(file) as store:
            return {"bytes": file.stat().st_size, **store.counts()}
    except StoreError as error:
        return {"store": f"cannot be read: {type(error).__name__}"}
