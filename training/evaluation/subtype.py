"""Computes the figures of the eight subtypes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.figures import Evidence, Figure, PartFigures, Recall, SubtypeFigures
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPE_CODES
from breakhis_desktop.evaluation.bootstrap import Values, Weights, estimate
from breakhis_desktop.evaluation.crossfit import crossfit_subtypes, why_not_crossfitted
from breakhis_desktop.evaluation.ranking import auc
from breakhis_desktop.evaluation.subtypes import (
    MALIGNANT_SUBTYPES,
    choice_figures,
    confusion_matrix,
    macro_auc,
    macro_recall_over,
    p_malignant_of,
    subtype_recalls,
)
from breakhis_desktop.evaluation.temperature import fit_subtypes
from training.evaluation.evidence import ENOUGH_ACCESSIONS, WELL_COVERED_ACCESSIONS, as_figures, evidence, part_figures
from training.experiment.predictions import Predictions


@dataclass(frozen=True, slots=True)
class JudgedSubtypes:
    """Held-out subtype probabilities of the N entries with a known subtype; every array but `known` has length N.

    Attributes:
        known: Which entries of the predictions have a known subtype; it has one value for each entry.
        raw: The probabilities before any temperature, N x 8.
        sureness: The highest probability, calibrated with the temperature of the other folds.
        subtype: The truth, as positions in `SUBTYPES`.
        accession: The accession of each entry.
        note: Why cross-fitting was impossible; empty if it was possible.
    """

    known: NDArray[np.bool_]
    raw: NDArray[np.floating]
    sureness: NDArray[np.float64]
    subtype: NDArray[np.int64]
    accession: NDArray[np.str_]
    note: str

    @classmethod
    def of(cls, predictions: Predictions, p: NDArray[np.floating]) -> Self:
        """Cross-fit raw subtype probabilities (entries x 8), one row for each entry of the predictions."""
        known = predictions.subtype >= 0
        raw, subtype, fold = p[known], predictions.subtype[known], predictions.fold[known]
        sureness = crossfit_subtypes(raw, subtype, fold).max(axis=1)
        return cls(known, raw, sureness, subtype, predictions.accession[known], why_not_crossfitted(subtype, fold))

    @property
    def temperature(self) -> float:
        """The shipped temperature, fitted on all entries; NaN if there are fewer than two subtypes."""
        return fit_subtypes(self.raw, self.subtype) if len(np.unique(self.subtype)) > 1 else float("nan")

    @property
    def chosen(self) -> NDArray[np.intp]:
        """The most probable subtype of each entry; a temperature does not change it."""
        return np.asarray(self.raw.argmax(axis=1))


def subtype_figures(predictions: Predictions, judged: JudgedSubtypes) -> SubtypeFigures:
    """Compute all figures over all subtypes, by subtype and by magnification."""
    parts = {code: judged.known & (predictions.subtype == position) for position, code in enumerate(SUBTYPE_CODES)}
    behind = {code: evidence(predictions, part) for code, part in parts.items()}
    covered = [code for code, counts in behind.items() if counts.accessions >= WELL_COVERED_ACCESSIONS]
    figures, whole = _estimates(judged, covered), evidence(predictions, judged.known)
    return SubtypeFigures(
        entries=whole.entries,
        images=whole.images,
        accessions=whole.accessions,
        figures={name: one for name, one in figures.items() if name not in SUBTYPE_CODES},
        well_covered=tuple(covered),
        recall={code: _recall(figures[code], behind[code]) for code in SUBTYPE_CODES},
        confusion_matrix=tuple(map(tuple, confusion_matrix(judged.subtype, judged.chosen).astype(int).tolist())),
        by_magnification=_by_magnification(predictions, judged),
        note=judged.note or whole.note,
    )


def _estimates(judged: JudgedSubtypes, covered: list[str]) -> dict[str, Figure]:
    malignant, p_malignant = MALIGNANT_SUBTYPES[judged.subtype], p_malignant_of(judged.raw)

    def figures(weight: Weights) -> dict[str, Values]:
        matrix = confusion_matrix(judged.subtype, judged.chosen, weight)
        return {
            **choice_figures(matrix),
            "macro_auc": macro_auc(judged.subtype, judged.raw, weight),
            "macro_recall_well_covered": macro_recall_over(matrix, covered),
            "malignant_auc": auc(malignant, p_malignant, weight),
            **subtype_recalls(matrix),
        }

    return as_figures(estimate(judged.accession, figures))


def _recall(recall: Figure, behind: Evidence) -> Recall:
    """Return a recall, without an interval if there are too few accessions, because resamples would mostly repeat the same ones."""
    low, high = (recall.low, recall.high) if behind.accessions >= ENOUGH_ACCESSIONS else (None, None)
    return Recall(
        value=recall.value,
        low=low,
        high=high,
        entries=behind.entries,
        images=behind.images,
        accessions=behind.accessions,
        note=behind.note,
    )


def _by_magnification(predictions: Predictions, judged: JudgedSubtypes) -> dict[str, PartFigures]:
    parts = {str(one): judged.known & (predictions.magnification == one) for one in MAGNIFICATIONS}
    return {
        name: part_figures(evidence(predictions, part), _choice(judged, part[judged.known])) for name, part in parts.items() if part.any()
    }


def _choice(judged: JudgedSubtypes, part: NDArray[np.bool_]) -> dict[str, Figure]:
    subtype, chosen = judged.subtype[part], judged.chosen[part]

    def figures(weight: Weights) -> dict[str, Values]:
        found = choice_figures(confusion_matrix(subtype, chosen, weight))
        return {name: found[name] for name in ("accuracy", "macro_recall")}

    return as_figures(estimate(judged.accession[part], figures))
