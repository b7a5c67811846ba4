"""What humans say of the images of a run, read and written beside a run that may be going on."""

from pathlib import Path

from breakhis_desktop.domain.review import Review
from breakhis_desktop.store.store import Store


def find_reviews(store_file: Path, run_id: int) -> dict[int, list[Review]]:
    """Return the history of each image of a run that has one, by position, the oldest first.

    Raises:
        StoreError: The store cannot be read.
    """
    with Store(store_file) as store:
        return store.reviews(run_id)


def write_review(store_file: Path, run_id: int, position: int, review: Review) -> list[Review]:
    """Add a review to the history of an image; a run that is being written meanwhile goes on.

    Returns:
        The image's whole history as it stands now.

    Raises:
        StoreError: The store cannot be written; nothing was added.
    """
    with Store(store_file) as store:
        store.add_review(run_id, position, review)
        return store.history(run_id, position)
