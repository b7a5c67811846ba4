"""The filter on the results."""

from dataclasses import dataclass
from enum import Enum

from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import Subtype


class Lane(Enum):
    """The part of the filter that is always visible: all images, or only malignant, benign, failed or refused ones, or those to review."""

    ALL = "all"
    MALIGNANT = "malignant"
    BENIGN = "benign"
    REVIEW = "needs review"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """Which results are shown; an empty set, an empty text and None match every result.

    Attributes:
        text: Words to find in the name, folder, patient, reason or review of an image, ignoring case, as `readings` interprets them.
        lane: The lane to show.
        subtypes: The most probable subtypes to show.
        statuses: The statuses to show.
        magnifications: The magnifications to show; 0 means unknown.
        patients: The patients to show; an empty text means unknown.
        reviewed: True to show images with a review in force, False to show images without one.
    """

    text: str = ""
    lane: Lane = Lane.ALL
    subtypes: frozenset[Subtype] = frozenset()
    statuses: frozenset[Status] = frozenset()
    magnifications: frozenset[int] = frozenset()
    patients: frozenset[str] = frozenset()
    reviewed: bool | None = None
