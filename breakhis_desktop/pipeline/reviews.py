"""Reads and writes the reviews of a run's images, even while the run is in progress."""

from pathlib import Path

from breakhis_desktop.domain.review import Review
from breakhis_desktop.store.store import Store


def find_reviews(store_file: Path, run_id: int) -> dict[int, list[Review]]:
    """Return the reviews of each reviewed image by position, oldest first.

    Raises:
        StoreError: The store cannot be read.
    """
    with Store(store_file) as store:
        return store.run(run_id).reviews()


def write_review(store_file: Path, run_id: int, position: int, review: Review) -> list[Review]:
    """Add a review to an image's history; a run in progress is not disturbed.

    Returns:
        The image's complete history, including this review.

    Raises:
        StoreError: The store cannot be written; nothing was added.
    """
    with Store(store_file) as store:
        run = store.run(run_id)
        run.add_review(position, review)
        return run.history(position)
