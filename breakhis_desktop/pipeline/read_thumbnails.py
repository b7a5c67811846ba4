"""Reads thumbnails from the store, a few at a time, because all thumbnails of a run could fill the memory."""

from collections.abc import Iterable
from pathlib import Path

from breakhis_desktop.store.store import Store


def read_thumbnails(store_file: Path, run_id: int, positions: Iterable[int]) -> dict[int, bytes]:
    """Return the thumbnails of the images at these positions, as JPEG, by position; images without a thumbnail are left out.

    Raises:
        StoreError: The store cannot be read.
    """
    if not store_file.exists():
        return {}
    with Store(store_file) as store:
        run = store.run(run_id)
        found = {position: run.thumbnail(position) for position in positions}
    return {position: jpeg for position, jpeg in found.items() if jpeg}
