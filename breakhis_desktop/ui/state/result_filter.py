"""What the results can be filtered by."""

from dataclasses import dataclass
from enum import Enum

from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import Subtype


class Lane(Enum):
    """The one choice that is always in view: all images, those of one decision, or those that a human should look at and none did."""

    ALL = "all"
    MALIGNANT = "malignant"
    BENIGN = "benign"
    REVIEW = "needs review"


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """Which results are shown; an empty set, an empty text and None let everything pass.

    Attributes:
        text: Words that all stand in a file's name, patient, reason or note, whatever their case.
        lane: The decision, or that a review is needed.
        subtypes: The most probable subtypes.
        statuses: How the images ended.
        magnifications: The magnifications; 0 is that of images of which it is not known.
        patients: The patients; an empty text is that of images of which it is not known.
        reviewed: Whether a human has looked.
    """

    text: str = ""
    lane: Lane = Lane.ALL
    subtypes: frozenset[Subtype] = frozenset()
    statuses: frozenset[Status] = frozenset()
    magnifications: frozenset[int] = frozenset()
    patients: frozenset[str] = frozenset()
    reviewed: bool | None = None

    @property
    def further(self) -> int:
        """How many things are filtered by, beside text and lane."""
        sets = (self.subtypes, self.statuses, self.magnifications, self.patients)
        return sum(bool(chosen) for chosen in sets) + (self.reviewed is not None)
