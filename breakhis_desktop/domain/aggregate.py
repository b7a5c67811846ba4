"""From a patient's images to the patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """What a patient's images say together.

    The rule is the mean over images; the highest is kept beside it, since one suspicious field is enough to look.
    """

    images: int
    mean: float
    highest: float
    malignant_images: int


def summarise_patient(p_malignant: Sequence[float], threshold: float) -> PatientSummary:
    """Sum up a patient.

    Args:
        p_malignant: The probability of malignant of each of the patient's images, 0 to 1, at least one.
        threshold: The operating point of the images.
    """
    above = sum(p >= threshold for p in p_malignant)
    return PatientSummary(len(p_malignant), fmean(p_malignant), max(p_malignant), above)
