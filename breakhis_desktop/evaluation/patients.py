"""Rules that aggregate the probabilities of a patient's images."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Patients:
    """The patients of N images; every array but the first has one entry per patient.

    Attributes:
        of_image: The index of each image's patient, from 0, length N.
        malignant: Whether any image of the patient is malignant.
        accession: The patient's accession.
        fold: The fold that holds out the patient's accession.
    """

    of_image: NDArray[np.intp]
    malignant: NDArray[np.bool_]
    accession: NDArray[np.str_]
    fold: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        keys: NDArray[np.str_],
        malignant: NDArray[np.bool_],
        accession: NDArray[np.str_],
        fold: NDArray[np.int64],
    ) -> Self:
        """Group images by patient, from the patient key, truth, accession and fold of each image."""
        _, first, of_image = np.unique(keys, return_index=True, return_inverse=True)
        return cls(of_image, np.bincount(of_image, malignant) > 0, accession[first], fold[first])

    def __len__(self) -> int:
        """Return the number of patients."""
        return len(self.malignant)


PatientRule = Callable[[NDArray[np.float64], NDArray[np.intp]], NDArray[np.float64]]


def mean_of_images(p: NDArray[np.float64], patient: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return each patient's mean probability.

    Args:
        p: Calibrated probabilities that an image is malignant, length N.
        patient: The index of each image's patient, from 0, length N.
    """
    return np.asarray(np.bincount(patient, p) / np.bincount(patient))


def mean_of_highest(p: NDArray[np.float64], patient: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Return the mean of each patient's `count` highest probabilities, or of all if there are fewer; arguments as in `mean_of_images`."""
    order = np.lexsort((-p, patient))
    starts = np.searchsorted(patient[order], patient[order])
    highest = order[np.arange(len(p)) - starts < count]
    return mean_of_images(p[highest], patient[highest])


PATIENT_RULES: Mapping[str, PatientRule] = MappingProxyType(
    {"mean": mean_of_images, "maximum": partial(mean_of_highest, count=1), "top_3": partial(mean_of_highest, count=3)}
)
"""The rules to compare; the program uses the mean."""
