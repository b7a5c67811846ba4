"""Compares two recipes by the differences between their figures, with a paired bootstrap over accessions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.figures import Difference, TaskDifferences
from breakhis_desktop.errors import UserError
from breakhis_desktop.evaluation.bootstrap import FigureFunction, Values, Weights, estimate
from breakhis_desktop.evaluation.calibration import calibration_figures
from breakhis_desktop.evaluation.crossfit import crossfit_binary
from breakhis_desktop.evaluation.decisions import decision_figures
from breakhis_desktop.evaluation.ranking import ranking_figures
from breakhis_desktop.evaluation.subtypes import subtype_figures
from breakhis_desktop.wording.message import Message
from training.evaluation.evaluation import PairedDifferences
from training.evaluation.evidence import as_number, evidence, image_keys
from training.experiment.predictions import Predictions
from training.experiment.protocols import PROTOCOLS
from training.wording import TrainingCode

_BINARY_FIGURES = ("auc", "specificity_at_sensitivity_95", "brier_score", "sensitivity_at_half")
_HALF = 0.5
_SUBTYPE_FIGURES = ("accuracy", "macro_recall", "macro_auc")

_Rows = NDArray[np.intp]


def compare_pairs(a: Predictions, b: Predictions) -> PairedDifferences:
    """Compute the differences (a - b) for each shared task, on the shared entries.

    Returns:
        For each task, the evidence; for each figure, the difference with its interval, both values, and whether the interval excludes
        zero.

    Raises:
        UserError: The protocols differ, no entry is shared, several entries of a recipe have the same key, or the truths differ.
    """
    first, second = a.provenance, b.provenance
    if first.protocol != second.protocol:
        judged = {"one": first.recipe, "protocol": first.protocol, "other": second.recipe, "other_protocol": second.protocol}
        raise UserError(Message.of(TrainingCode.PROTOCOLS_DIFFER, **judged))
    rows = _shared_rows(a, b)
    return PairedDifferences(
        a=first.recipe,
        b=second.recipe,
        protocol=first.protocol,
        protocol_label=PROTOCOLS[first.protocol].label,
        binary=_binary_part(a, b, *rows),
        subtype=_subtype_part(a, b, *rows),
    )


def _shared_rows(a: Predictions, b: Predictions) -> tuple[_Rows, _Rows]:
    """Return the rows of the shared entries in `a` and in `b`, in the same order."""
    keys = [np.strings.add(np.strings.add(one.split.astype(str), " "), image_keys(one)) for one in (a, b)]
    for one, its_keys in zip((a, b), keys, strict=True):
        if len(np.unique(its_keys)) < len(one):
            raise UserError(Message.of(TrainingCode.IMAGES_OF_ONE_NAME, recipe=one.provenance.recipe))
    _, of_a, of_b = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    both = {"one": a.provenance.recipe, "other": b.provenance.recipe}
    if not len(of_a):
        raise UserError(Message.of(TrainingCode.NO_IMAGE_IN_COMMON, **both))
    if (a.malignant[of_a] != b.malignant[of_b]).any() or (a.subtype[of_a] != b.subtype[of_b]).any():
        raise UserError(Message.of(TrainingCode.TRUTHS_DIFFER, **both))
    return of_a, of_b


def _binary_part(a: Predictions, b: Predictions, of_a: _Rows, of_b: _Rows) -> TaskDifferences | None:
    if a.binary is None or b.binary is None:
        return None
    sides = _binary_side(a, a.binary, of_a), _binary_side(b, b.binary, of_b)
    return _part(a, of_a, _differences(a.accession[of_a], *sides, _BINARY_FIGURES))


def _binary_side(one: Predictions, p: NDArray[np.floating], rows: _Rows) -> FigureFunction:
    """Return a function that computes a recipe's figures on the shared entries; all of its entries serve to cross-fit temperatures."""
    truth, raw, calibrated = one.malignant[rows], p[rows], crossfit_binary(p, one.malignant, one.fold)[rows]

    def figures(weight: Weights) -> dict[str, Values]:
        at_half = {"sensitivity_at_half": decision_figures(truth, raw >= _HALF, weight)["sensitivity"]}
        return {**ranking_figures(truth, raw, weight), **calibration_figures(truth, calibrated, weight), **at_half}

    return figures


def _subtype_part(a: Predictions, b: Predictions, of_a: _Rows, of_b: _Rows) -> TaskDifferences | None:
    if a.subtypes is None or b.subtypes is None:
        return None
    known = a.subtype[of_a] >= 0
    of_a, of_b = of_a[known], of_b[known]
    sides = _subtype_side(a, a.subtypes, of_a), _subtype_side(b, b.subtypes, of_b)
    return _part(a, of_a, _differences(a.accession[of_a], *sides, _SUBTYPE_FIGURES))


def _subtype_side(one: Predictions, p: NDArray[np.floating], rows: _Rows) -> FigureFunction:
    return lambda weight: subtype_figures(one.subtype[rows], p[rows], weight)


def _differences(accession: NDArray[np.str_], a: FigureFunction, b: FigureFunction, names: Sequence[str]) -> dict[str, Difference]:
    def differences(weight: Weights) -> dict[str, Values]:
        of_a, of_b = a(weight), b(weight)
        return {name: of_a[name] - of_b[name] for name in names}

    estimates = estimate(accession, differences)
    once = np.ones(len(accession))
    of_a, of_b = a(once), b(once)
    return {name: _difference(estimates[name], float(of_a[name]), float(of_b[name])) for name in names}


def _difference(one: Estimate, a: float, b: float) -> Difference:
    value, low, high = as_number(one.value), as_number(one.low), as_number(one.high)
    return Difference(value=value, low=low, high=high, a=as_number(a), b=as_number(b), excludes_zero=one.low > 0 or one.high < 0)


def _part(predictions: Predictions, rows: _Rows, differences: dict[str, Difference]) -> TaskDifferences:
    part = np.zeros(len(predictions), bool)
    part[rows] = True
    behind = evidence(predictions, part)
    return TaskDifferences(
        entries=behind.entries, images=behind.images, accessions=behind.accessions, note=behind.note, differences=differences
    )
