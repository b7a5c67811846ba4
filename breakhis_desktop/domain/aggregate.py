"""From a patient's images to the patient, and from the tiles of a large field to the field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """What a patient's images say together.

    The rule is the mean over images; the highest is kept beside it, since one suspicious field is enough to look.
    """

    images: int
    mean: float
    highest: float
    malignant_images: int
    threshold: float

    @property
    def is_malignant(self) -> bool:
        """Whether the mean over the images reaches their operating point."""
        return self.mean >= self.threshold


def summarise_patient(p_malignant: Sequence[float], threshold: float) -> PatientSummary:
    """Sum up a patient.

    Args:
        p_malignant: The probability of malignant of each of the patient's images, 0 to 1, at least one.
        threshold: The operating point of the images.
    """
    above = sum(p >= threshold for p in p_malignant)
    return PatientSummary(len(p_malignant), fmean(p_malignant), max(p_malignant), above, threshold)


@dataclass(frozen=True, slots=True)
class PatientImages:
    """The judged images of one patient, all magnifications together.

    Attributes:
        name: The accession where an official name states it, else the patient; empty for images of which no patient is known.
        records: The images, the most suspicious first.
        summary: What they say together.
    """

    name: str
    records: tuple[ImageRecord, ...]
    summary: PatientSummary

    @property
    def magnifications(self) -> dict[int, int]:
        """How many images there are at each known magnification, the smallest first."""
        known = sorted(record.magnification for record in self.records if record.magnification)
        return {magnification: known.count(magnification) for magnification in dict.fromkeys(known)}

    @property
    def is_suspicious(self) -> bool:
        """Whether the mean calls the patient benign while a single image is called malignant."""
        return self.summary.malignant_images > 0 and not self.summary.is_malignant


def group_by_patient(records: Iterable[ImageRecord], threshold: float) -> list[PatientImages]:
    """Gather judged images by patient, the patient with the highest mean first; those without a patient come last.

    Args:
        records: The images of a run.
        threshold: The operating point of the images, 0 to 1.
    """
    groups: dict[str, list[tuple[float, ImageRecord]]] = {}
    for record in records:
        if record.prediction is not None:
            groups.setdefault(record.accession or record.patient_id, []).append((record.prediction.p_malignant, record))
    patients = [_gather(name, found, threshold) for name, found in groups.items()]
    return sorted(patients, key=lambda patient: (not patient.name, -patient.summary.mean, patient.name))


def _gather(name: str, found: list[tuple[float, ImageRecord]], threshold: float) -> PatientImages:
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1].position))
    return PatientImages(name, tuple(record for _, record in ranked), summarise_patient([p for p, _ in ranked], threshold))


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
