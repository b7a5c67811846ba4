"""Measures the predictions of the eight subtypes. An undefined figure is NaN."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, SUBTYPES, Decision
from breakhis_desktop.evaluation.bootstrap import Values, Weights
from breakhis_desktop.evaluation.decisions import share
from breakhis_desktop.evaluation.ranking import auc

MALIGNANT_SUBTYPES = np.array([subtype.decision is Decision.MALIGNANT for subtype in SUBTYPES])
"""Whether each subtype is malignant, in the order of `SUBTYPES`."""

_SMALLEST = 1e-12
_CROSSING = MALIGNANT_SUBTYPES[:, None] != MALIGNANT_SUBTYPES


def condition_on_class(p_subtypes: NDArray[np.floating], p_malignant: NDArray[np.floating]) -> NDArray[np.float64]:
    """Make subtype probabilities agree with the binary model: each is its share within its class, times the probability of the class.

    Args:
        p_subtypes: Probabilities of the subtypes, N x 8.
        p_malignant: Probabilities that an image is malignant, length N.

    Returns:
        Probabilities of the subtypes, N x 8; the malignant subtypes sum to `p_malignant`, all subtypes to 1.
    """
    p = np.maximum(np.asarray(p_subtypes, np.float64), _SMALLEST)
    benign, malignant = (p[:, one].sum(axis=1, keepdims=True) for one in (~MALIGNANT_SUBTYPES, MALIGNANT_SUBTYPES))
    of_class = np.asarray(p_malignant, np.float64)[:, None]
    return np.asarray(np.where(MALIGNANT_SUBTYPES, p / malignant * of_class, p / benign * (1 - of_class)))


def confusion_matrix(subtype: NDArray[np.integer], chosen: NDArray[np.integer], weight: Weights | None = None) -> NDArray[np.float64]:
    """Count images by true and predicted subtype.

    Args:
        subtype: The truth as positions in `SUBTYPES`, length N.
        chosen: The most probable subtype as positions in `SUBTYPES`, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        Counts, shape (..., 8, 8): the truth in rows, the prediction in columns.
    """
    kinds = len(SUBTYPES)
    weight = np.ones(len(subtype)) if weight is None else weight
    cells = weight @ np.eye(kinds * kinds)[subtype * kinds + chosen]
    return np.asarray(cells.reshape(*weight.shape[:-1], kinds, kinds))


def subtype_figures(subtype: NDArray[np.integer], p: NDArray[np.floating], weight: Weights | None = None) -> dict[str, Values]:
    """Compute `choice_figures` and `macro_auc`.

    Args:
        subtype: The truth as positions in `SUBTYPES`, length N.
        p: Probabilities, N x 8.
        weight: How often each image counts, shape (..., N); default: once each.
    """
    matrix = confusion_matrix(subtype, p.argmax(axis=1), weight)
    return {**choice_figures(matrix), "macro_auc": macro_auc(subtype, p, weight)}


def choice_figures(matrix: NDArray[np.float64]) -> dict[str, Values]:
    """Compute the figures of a confusion matrix; the means leave out subtypes without images.

    Args:
        matrix: The result of `confusion_matrix`, shape (..., 8, 8).

    Returns:
        Accuracy, macro recall, macro precision (0 for a subtype never predicted), F1 weighted by the number of images, and the rate of
        confusions between a benign and a malignant subtype.
    """
    right, true, chosen = np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(axis=-1), matrix.sum(axis=-2)
    images = true.sum(axis=-1)
    return {
        "accuracy": share(right.sum(axis=-1), images),
        "macro_recall": _mean_of_meaningful(share(right, true)),
        "macro_precision": _mean_of_meaningful(np.where(true > 0, right / np.maximum(chosen, 1), np.nan)),
        "weighted_f1": share((2 * right / np.maximum(true + chosen, 1) * true).sum(axis=-1), images),
        "crossing_rate": share(matrix[..., _CROSSING].sum(axis=-1), images),
    }


def subtype_recalls(matrix: NDArray[np.float64]) -> dict[str, Values]:
    """Return the recall of each subtype, by code, from the result of `confusion_matrix`."""
    recalls = share(np.diagonal(matrix, axis1=-2, axis2=-1), matrix.sum(axis=-1))
    return {code: recalls[..., position] for position, code in enumerate(SUBTYPE_CODES)}


def macro_recall_over(matrix: NDArray[np.float64], codes: Sequence[str]) -> Values:
    """Return the mean recall over the given subtypes that have images."""
    recalls = subtype_recalls(matrix)
    return _mean_of_meaningful(np.stack([recalls[code] for code in codes], axis=-1)) if codes else np.full(matrix.shape[:-2], np.nan)


def macro_auc(subtype: NDArray[np.integer], p: NDArray[np.floating], weight: Weights | None = None) -> Values:
    """Return the one-vs-rest AUC, averaged over the subtypes.

    Args:
        subtype: The truth as positions in `SUBTYPES`, length N.
        p: Probabilities, N x 8.
        weight: How often each image counts, shape (..., N); default: once each.
    """
    one_vs_rest = [auc(subtype == position, p[:, position], weight) for position in range(len(SUBTYPES))]
    return _mean_of_meaningful(np.stack(one_vs_rest, axis=-1))


def p_malignant_of(p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Sum the probabilities of the malignant subtypes: from N x 8 to length N."""
    return np.asarray(p[:, MALIGNANT_SUBTYPES].sum(axis=1, dtype=np.float64))


def _mean_of_meaningful(values: NDArray[np.float64]) -> Values:
    """Return the mean over the last axis, ignoring NaN."""
    meaningful = ~np.isnan(values)
    return share(np.where(meaningful, values, 0.0).sum(axis=-1), meaningful.sum(axis=-1).astype(np.float64))
