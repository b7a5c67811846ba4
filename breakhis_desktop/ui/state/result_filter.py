"""The filter on the results."""

from dataclasses import dataclass
from enum import Enum

from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import Subtype


class Lane(Enum):
    """The filter that is always visible: all images, those of one decision, that still need a review, failed, or were refused."""

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
        text: Words that must all occur in the file name, its folder, patient, reason or review, ignoring case.
        lane: The lane to show.
        subtypes: Most probable subtypes.
        statuses: How the images ended.
        magnifications: Magnifications; 0 stands for unknown.
        patients: Patients; an empty text stands for unknown.
        reviewed: Whether a human has reviewed the image.
    """

    text: str = ""
    lane: Lane = Lane.ALL
    subtypes: frozenset[Subtype] = frozenset()
    statuses: frozenset[Status] = frozenset()
    magnifications: frozenset[int] = frozenset()
    patients: frozenset[str] = frozenset()
    reviewed: bool | None = None
