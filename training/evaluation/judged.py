"""Held-out probabilities that images or patients are malignant, cross-fitted by fold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.figures import Confusion, Decisions, Figure
from breakhis_desktop.evaluation.bootstrap import Values, Weights, estimate
from breakhis_desktop.evaluation.calibration import CALIBRATION_FIGURES, calibration_figures
from breakhis_desktop.evaluation.crossfit import crossfit_binary, crossfit_thresholds, why_not_crossfitted
from breakhis_desktop.evaluation.decisions import DECISION_FIGURES, confusion_counts, decision_figures
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.ranking import ranking_figures
from breakhis_desktop.evaluation.temperature import fit_binary
from training.evaluation.evidence import as_figures, unknown
from training.experiment.predictions import Predictions

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Judged:
    """Held-out probabilities that each of N images or patients is malignant; every array has length N.

    Attributes:
        scores: The scores that rank the entries.
        calibrated: The probabilities, calibrated with the temperature of the other folds.
        thresholds: The thresholds from the other folds, by name of the operating point.
        malignant: The truth.
        accession: The accession of each image or patient.
        note: Why cross-fitting was impossible; empty if it was possible.
    """

    scores: NDArray[np.floating]
    calibrated: NDArray[np.float64]
    thresholds: Mapping[str, NDArray[np.float64]]
    malignant: NDArray[np.bool_]
    accession: NDArray[np.str_]
    note: str

    @classmethod
    def of(cls, predictions: Predictions, p: NDArray[np.floating]) -> Self:
        """Cross-fit raw probabilities of malignancy, one for each entry of the predictions."""
        malignant, fold = predictions.malignant, predictions.fold
        thresholds = {name: crossfit_thresholds(p, malignant, fold, rule) for name, rule in OPERATING_POINTS.items()}
        note = why_not_crossfitted(malignant, fold)
        return cls(p, crossfit_binary(p, malignant, fold), thresholds, malignant, predictions.accession, note)

    @property
    def temperature(self) -> float:
        """The shipped temperature, fitted on all entries; NaN if there is only one class."""
        return fit_binary(self.scores, self.malignant) if len(np.unique(self.malignant)) > 1 else float("nan")

    def called(self, point: str = DEFAULT) -> NDArray[np.bool_]:
        """Return whether each entry is called malignant at an operating point."""
        return self.calibrated >= self.thresholds[point]

    def figures(self, part: NDArray[np.bool_] | None = None) -> dict[str, Figure]:
        """Compute all figures on some entries, or on all: ranking, calibration, and decisions at the default operating point."""
        rows = np.flatnonzero(np.ones(len(self.malignant), bool) if part is None else part)
        truth, scores, accession = self.malignant[rows], self.scores[rows], self.accession[rows]
        ranked = as_figures(estimate(accession, lambda weight: ranking_figures(truth, scores, weight)))
        if self.note:
            return {**ranked, **unknown((*DECISION_FIGURES, *CALIBRATION_FIGURES))}
        called, p = self.called()[rows], self.calibrated[rows]

        def crossfitted(weight: Weights) -> dict[str, Values]:
            return {**decision_figures(truth, called, weight), **calibration_figures(truth, p, weight)}

        return {**ranked, **as_figures(estimate(accession, crossfitted))}

    def at(self, point: str) -> Decisions:
        """Evaluate the decisions at an operating point."""
        if self.note:
            return Decisions(**unknown(DECISION_FIGURES), confusion=None)
        return decisions(self.malignant, self.called(point), self.accession)


def decisions(malignant: NDArray[np.bool_], called: NDArray[np.bool_], accession: NDArray[np.str_]) -> Decisions:
    """Evaluate decisions on N images or patients; every array has length N."""
    estimates = estimate(accession, lambda weight: decision_figures(malignant, called, weight))
    counts = confusion_counts(malignant, called)
    return Decisions(**as_figures(estimates), confusion=Confusion(**{name: int(count) for name, count in counts.items()}))
