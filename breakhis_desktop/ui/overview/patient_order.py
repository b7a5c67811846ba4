"""The order of a job's patients: by any column of their tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from breakhis_desktop.domain.aggregate import PatientImages, PatientSummary
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


SMALLEST_FIRST = {0, 2}
"""The columns that are sorted from the smallest value at the first click on their title; the others begin with the greatest."""


def in_order(patients: Sequence[ListedPatient], column: int, *, descending: bool) -> list[ListedPatient]:
    """Return the patients sorted by a column; those with the same value keep their order, and images without a patient come last."""
    known = [(_keys(listed, summary)[column], listed) for listed in patients if (summary := listed.patient.summary) is not None]
    unknown = [listed for listed in patients if listed.patient.summary is None]
    return [*(listed for _, listed in sorted(known, key=itemgetter(0), reverse=descending)), *unknown]


def _keys(listed: ListedPatient, summary: PatientSummary) -> tuple[tuple[object, ...], ...]:
    """Return the sort key of each column of the tree."""
    patient, reviews = listed.patient, listed.reviews
    return (
        (natural_key(patient.name),),
        (len(patient.records),),
        tuple(patient.magnifications.items()),
        (summary.mean,),
        (summary.highest,),
        (summary.is_malignant, patient.is_suspicious),
        (summary.malignant_images,),
        (reviews.reviewed, reviews.malignant),
    )
