"""What humans say of the images of a run, read and written beside a run that may be going on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.review import Review
from breakhis_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class FoundReviews:
    """What the store knows of reviews.

    Attributes:
        histories: The reviews of each image of the run that has some, by position, the oldest first.
        last_reviewer: Who reviewed last, in any run; empty where nobody has.
    """

    histories: dict[int, list[Review]]
    last_reviewer: str


def find_reviews(store_file: Path, run_id: int) -> FoundReviews:
    """Return the reviews of a run.

    Raises:
        StoreError: The store cannot be read.
    """
    with Store(store_file) as store:
        return FoundReviews(store.reviews(run_id), store.last_reviewer())


def write_review(store_file: Path, run_id: int, position: int, review: Review) -> Sequence[Review]:
    """Add a review to the history of an image; a run that is being written meanwhile goes on.

    Returns:
        The image's whole history as it stands now.

    Raises:
        StoreError: The store cannot be written; nothing was added.
    """
    with Store(store_file) as store:
        store.add_review(run_id, position, review)
        return store.reviews(run_id)[position]
