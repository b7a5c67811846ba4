"""From a patient's images to the patient, and from the tiles of a large field to the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from breakhis_desktop.domain.decision import Prediction


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


def strongest(p_malignant: Sequence[float], share: float) -> list[int]:
    """Return the positions of the tiles that decide for a field: those with the highest probability of malignant, the highest first.

    Args:
        p_malignant: The probability of malignant of each tile, at least one.
        share: How many of the tiles decide, as a share; at least one does.
    """
    ranked = sorted(range(len(p_malignant)), key=lambda tile: (-p_malignant[tile], tile))
    return ranked[: max(1, round(share * len(ranked)))]


def mean_prediction(predictions: Sequence[Prediction]) -> Prediction:
    """Return the mean of some predictions, at least one."""
    subtypes = zip(*(prediction.p_subtypes for prediction in predictions), strict=True)
    return Prediction(fmean(prediction.p_malignant for prediction in predictions), tuple(map(fmean, subtypes)))
