"""The order of a job's patients: by any column of their tree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.aggregate import PatientImages
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.review import ReviewCounts


@dataclass(frozen=True, slots=True)
class ListedPatient:
    """A patient in the tree.

    Attributes:
        patient: The patient and the images.
        reviews: How reviewers have decided on the images, refused images included.
    """

    patient: PatientImages
    reviews: ReviewCounts


def _summary_key(listed: ListedPatient) -> tuple[float, float, bool, bool, int]:
    """Return the mean, the highest probability, the verdict (whether malignant, whether suspicious), and the number of malignant images."""
    patient, summary = listed.patient, listed.patient.summary
    if summary is None:
        return 0.0, 0.0, False, False, 0
    return summary.mean, summary.highest, summary.is_malignant, patient.is_suspicious, summary.malignant_images


_KEYS: tuple[Callable[[ListedPatient], tuple[object, ...]], ...] = (
    lambda listed: (natural_key(listed.patient.name),),
    lambda listed: (len(listed.patient.records),),
    lambda listed: tuple(listed.patient.magnifications.items()),
    lambda listed: _summary_key(listed)[:1],
    lambda listed: _summary_key(listed)[1:2],
    lambda listed: _summary_key(listed)[2:4],
    lambda listed: _summary_key(listed)[4:],
    lambda listed: (listed.reviews.reviewed, listed.reviews.malignant),
)
"""The sort key of each column of the tree."""
SMALLEST_FIRST = {0, 2}
"""The columns that are sorted from the smallest value at the first click on their title; the others begin with the greatest."""


def in_order(patients: Sequence[ListedPatient], column: int, *, descending: bool) -> list[ListedPatient]:
    """Return the patients sorted by a column; those with the same value keep their order, and images without a patient come last."""
    known = [listed for listed in patients if listed.patient.summary is not None]
    unknown = [listed for listed in patients if listed.patient.summary is None]
    return [*sorted(known, key=_KEYS[column], reverse=descending), *unknown]
