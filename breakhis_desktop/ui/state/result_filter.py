"""The filter on the results."""

from dataclasses import dataclass
from enum import Enum

from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import Subtype


class Lane(Enum):
    """The part of the filter that is always visible: all images, those of one decision, those to review, those failed or those refused."""

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
        text: Words to find in the file name, its folder, patient, reason or review, ignoring case, as `readings` understands them.
        lane: The lane to show.
        subtypes: The most probable subtypes to show.
        statuses: The statuses to show.
        magnifications: The magnifications to show; 0 stands for unknown.
        patients: The patients to show; an empty text stands for unknown.
        reviewed: True for images that a human has reviewed, False for images that no human has reviewed.
    """

    text: str = ""
    lane: Lane = Lane.ALL
    subtypes: frozenset[Subtype] = frozenset()
    statuses: frozenset[Status] = frozenset()
    magnifications: frozenset[int] = frozenset()
    patients: frozenset[str] = frozenset()
    reviewed: bool | None = None
