"""The figures by which models are judged. NaN stands where a figure has no meaning, as an AUC of one class alone."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.metrics import auc, f1_score, roc_curve

from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision

MALIGNANT_SUBTYPES = np.array([subtype.decision is Decision.MALIGNANT for subtype in SUBTYPES])
"""Whether each subtype is malignant, in the order of `SUBTYPES`."""

_BINS = 10


def ranking_figures(malignant: NDArray[np.bool_], p: NDArray[np.float64]) -> dict[str, float]:
    """Judge how scores rank images, whatever the threshold.

    Args:
        malignant: The truth, length N.
        p: Probabilities of malignant, length N.

    Returns:
        `auc`, and the specificity where the sensitivity reaches .90 and .95.
    """
    if malignant.all() or not malignant.any():
        return dict.fromkeys(("auc", "specificity_at_sensitivity_90", "specificity_at_sensitivity_95"), float("nan"))
    false_positive_rate, true_positive_rate, _ = roc_curve(malignant, p, drop_intermediate=False)
    return {
        "auc": float(auc(false_positive_rate, true_positive_rate)),
        "specificity_at_sensitivity_90": float(1 - false_positive_rate[true_positive_rate >= 0.90 - 1e-9].min()),
        "specificity_at_sensitivity_95": float(1 - false_positive_rate[true_positive_rate >= 0.95 - 1e-9].min()),
    }


def decision_figures(malignant: NDArray[np.bool_], called: NDArray[np.bool_]) -> dict[str, float]:
    """Judge decisions.

    Args:
        malignant: The truth, length N.
        called: Whether each image was called malignant, length N.
    """
    return {
        "sensitivity": _mean(called[malignant]),
        "specificity": _mean(~called[~malignant]),
        "precision": _mean(malignant[called]),
        "accuracy": _mean(malignant == called),
    }


def calibration_figures(malignant: NDArray[np.bool_], p: NDArray[np.float64]) -> dict[str, float]:
    """Judge whether probabilities mean what they say: Brier score and expected calibration error over ten equal bins."""
    curve = reliability_curve(malignant, p)
    error = sum(row["share"] * abs(row["predicted"] - row["observed"]) for row in curve)
    return {"brier_score": _mean((p - malignant) ** 2), "expected_calibration_error": error}


def reliability_curve(malignant: NDArray[np.bool_], p: NDArray[np.float64]) -> list[dict[str, float]]:
    """Compare predicted and observed frequency in each of ten equal bins that holds an image.

    Returns:
        One row per bin: `predicted` (mean probability), `observed` (share malignant), `share` (of all images).
    """
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    return [
        {"predicted": _mean(p[bins == number]), "observed": _mean(malignant[bins == number]), "share": _mean(bins == number)}
        for number in np.unique(bins)
    ]


def subtype_figures(subtype: NDArray[np.integer], p: NDArray[np.float64]) -> dict[str, float]:
    """Judge the subtypes together; those without an image take no part in a mean.

    Args:
        subtype: The truth as positions in `SUBTYPES`, length N.
        p: Probabilities, N x 8.
    """
    chosen = p.argmax(axis=1)
    present = np.unique(subtype)
    return {
        "accuracy": _mean(chosen == subtype),
        "macro_recall": float(np.mean([_mean(chosen[subtype == one] == one) for one in present])),
        "macro_auc": _macro_auc(subtype, p, present),
        "weighted_f1": float(f1_score(subtype, chosen, labels=present, average="weighted", zero_division=0)),
        "crossing_rate": _mean(MALIGNANT_SUBTYPES[chosen] != MALIGNANT_SUBTYPES[subtype]),
    }


def subtype_recalls(subtype: NDArray[np.integer], p: NDArray[np.float64]) -> dict[str, float]:
    """Return the share of each subtype's images that are recognised, by its code."""
    chosen = p.argmax(axis=1)
    return {one.code: _mean(chosen[subtype == position] == position) for position, one in enumerate(SUBTYPES)}


def confusion_matrix(subtype: NDArray[np.integer], p: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count images by true subtype (rows) and chosen subtype (columns), 8 x 8, in the order of `SUBTYPES`."""
    counts = np.zeros((len(SUBTYPES), len(SUBTYPES)), dtype=np.int64)
    np.add.at(counts, (subtype, p.argmax(axis=1)), 1)
    return counts


def _macro_auc(subtype: NDArray[np.integer], p: NDArray[np.float64], present: NDArray[np.integer]) -> float:
    """Average the one-vs-rest AUC by the ranks of the images (Mann-Whitney), all subtypes at once: a bootstrap asks thousands of times."""
    if len(present) < 2:
        return float("nan")
    one_vs_rest = subtype[:, None] == present
    count = one_vs_rest.sum(axis=0)
    ranks = (rankdata(p[:, present], axis=0) * one_vs_rest).sum(axis=0)
    return float(np.mean((ranks - count * (count + 1) / 2) / (count * (len(subtype) - count))))


def _mean(values: NDArray[np.bool_ | np.number]) -> float:
    return float(np.mean(values, dtype=np.float64)) if len(values) else float("nan")
