"""Aggregates predictions: from images to their patient, and from tiles to their large field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import ImageRecord


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """The combined result of a patient's images.

    The mean over the images decides whether the patient is called benign or malignant. The highest probability is kept too, since one
    suspicious image is reason enough for a person to look at the patient's images.
    """

    images: int
    mean: float
    highest: float
    malignant_images: int
    threshold: float

    @property
    def is_malignant(self) -> bool:
        """Whether the mean over the images reaches the threshold."""
        return self.mean >= self.threshold


def summarise_patient(p_malignant: Sequence[float], threshold: float) -> PatientSummary:
    """Summarise a patient.

    Args:
        p_malignant: For each image of the patient, the probability that it is malignant, 0 to 1; at least one image.
        threshold: The threshold for an image, 0 to 1; the mean is compared with it too.
    """
    above = sum(p >= threshold for p in p_malignant)
    return PatientSummary(len(p_malignant), fmean(p_malignant), max(p_malignant), above, threshold)


@dataclass(frozen=True, slots=True)
class PatientImages:
    """All images that belong to one patient, at any magnification; or all those whose patient is not known.

    Attributes:
        name: What the images are grouped by: the accession if an official name states it, else the patient; empty for images without a
            known patient.
        records: The images with a prediction, the most suspicious first; at least one.
        unclassified: The images without a prediction, by position.
        threshold: The threshold for an image, 0 to 1.
        summary: Their combined result; None if the patient is not known, since the images may belong to several patients.
    """

    name: str
    records: tuple[ImageRecord, ...]
    unclassified: tuple[ImageRecord, ...]
    threshold: float
    summary: PatientSummary | None

    @property
    def all_records(self) -> tuple[ImageRecord, ...]:
        """The images with a prediction, then those without."""
        return (*self.records, *self.unclassified)

    @property
    def only_id(self) -> str:
        """The patient id that all images with a prediction have; empty if their ids differ, or if the patient is not known."""
        ids = {record.patient_id for record in self.records}
        return ids.pop() if len(ids) == 1 else ""

    @property
    def patient_id(self) -> str:
        """The patient id of the images; if their ids differ, the accession that they share; empty if the patient is not known."""
        return self.only_id or self.name

    @property
    def magnifications(self) -> dict[int, int]:
        """The number of images with a prediction at each known magnification, the lowest magnification first."""
        known = sorted(record.magnification for record in self.records if record.magnification)
        return {magnification: known.count(magnification) for magnification in dict.fromkeys(known)}

    @property
    def is_suspicious(self) -> bool:
        """Whether the patient's mean is below the threshold although at least one image reaches it."""
        return self.summary is not None and self.summary.malignant_images > 0 and not self.summary.is_malignant


def group_by_patient(records: Iterable[ImageRecord], threshold: float) -> list[PatientImages]:
    """Group images by patient, the highest mean first; images without a patient come last, without a summary.

    A patient none of whose images has a prediction is left out.

    Args:
        records: The images of a run.
        threshold: The threshold for an image, 0 to 1.
    """
    groups: dict[str, list[tuple[float, ImageRecord]]] = {}
    unclassified: dict[str, list[ImageRecord]] = {}
    for record in records:
        name = record.accession or record.patient_id
        if record.prediction is not None:
            groups.setdefault(name, []).append((record.prediction.p_malignant, record))
        else:
            unclassified.setdefault(name, []).append(record)
    patients = [_gather(name, found, unclassified.get(name, ()), threshold) for name, found in groups.items()]
    return sorted(patients, key=_suspicion)


def _gather(name: str, found: list[tuple[float, ImageRecord]], unclassified: Sequence[ImageRecord], threshold: float) -> PatientImages:
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1].position))
    summary = summarise_patient([p for p, _ in ranked], threshold) if name else None
    others = sorted(unclassified, key=lambda record: record.position)
    return PatientImages(name, tuple(record for _, record in ranked), tuple(others), threshold, summary)


def _suspicion(patient: PatientImages) -> tuple[float, str]:
    return (-patient.summary.mean if patient.summary else 1.0, natural_key(patient.name))


def strongest(p_malignant: Sequence[float], share: float) -> list[int]:
    """Return the indices of the tiles that decide the result of a field: those with the highest probabilities, the highest first.

    Args:
        p_malignant: For each tile, the probability that it is malignant; at least one tile.
        share: The share of the tiles that decide, 0 to 1; at least one tile always decides.
    """
    ranked = sorted(range(len(p_malignant)), key=lambda tile: (-p_malignant[tile], tile))
    return ranked[: max(1, round(share * len(ranked)))]


def mean_prediction(predictions: Sequence[Prediction]) -> Prediction:
    """Return the mean of one or more predictions."""
    subtypes = zip(*(prediction.p_subtypes for prediction in predictions), strict=True)
    return Prediction(fmean(prediction.p_malignant for prediction in predictions), tuple(map(fmean, subtypes)))
