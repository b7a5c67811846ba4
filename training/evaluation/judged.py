"""Probabilities of malignant, of images or of patients, with what the other folds make of them."""

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
    """Held-out probabilities of malignant; every array has length N.

    Attributes:
        scores: By which entries are ranked.
        calibrated: With the temperature of the other folds.
        thresholds: From the other folds, by the name of the operating point.
        malignant: The truth.
        accession: Of each image or patient.
        note: Why nothing could be cross-fitted; empty where it could.
    """

    scores: NDArray[np.floating]
    calibrated: NDArray[np.float64]
    thresholds: Mapping[str, NDArray[np.float64]]
    malignant: NDArray[np.bool_]
    accession: NDArray[np.str_]
    note: str

    @classmethod
    def of(cls, predictions: Predictions, p: NDArray[np.floating]) -> Self:
        """Cross-fit the raw probabilities of malignant of some predictions."""
        malignant, fold = predictions.malignant, predictions.fold
        thresholds = {name: crossfit_thresholds(p, malignant, fold, rule) for name, rule in OPERATING_POINTS.items()}
        note = why_not_crossfitted(malignant, fold)
        return cls(p, crossfit_binary(p, malignant, fold), thresholds, malignant, predictions.accession, note)

    @property
    def temperature(self) -> float:
        """The temperature that is shipped, fitted on all entries; NaN where there is one class only."""
        return fit_binary(self.scores, self.malignant) if len(np.unique(self.malignant)) > 1 else float("nan")

    def called(self, point: str = DEFAULT) -> NDArray[np.bool_]:
        """Return the decisions at an operating point."""
        return self.calibrated >= self.thresholds[point]

    def figures(self, part: NDArray[np.bool_] | None = None) -> dict[str, Figure]:
        """Return how a part ranks, is decided at the default operating point, and is calibrated."""
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
        """Judge the decisions at an operating point."""
        if self.note:
            return Decisions(**unknown(DECISION_FIGURES), confusion=None)
        return decisions(self.malignant, self.called(point), self.accession)


def decisions(malignant: NDArray[np.bool_], called: NDArray[np.bool_], accession: NDArray[np.str_]) -> Decisions:
    """Judge decisions on N images or patients."""
    estimates = estimate(accession, lambda weight: decision_figures(malignant, called, weight))
    counts = confusion_counts(malignant, called)
    return Decisions(**as_figures(estimates), confusion=Confusion(**{name: int(count) for name, count in counts.items()}))
