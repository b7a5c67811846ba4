"""Finds, on held-out images, the margin of the review rule: the distance from the threshold within which an image goes to review."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.selective import sent_to_review
from breakhis_desktop.evaluation.temperature import fit_binary, temper_binary
from training.evaluation.judged import DEFAULT
from training.experiment.predictions import Predictions

MARGINS = np.arange(0, 31) / 100
"""The margins to try, as distances from the threshold in calibrated probability."""

MISSED_COUNTS = 5
"""The number of false alarms that weigh as much as one missed cancer, among the errors that review should catch."""


def find_margin(predictions: Predictions, rows: NDArray[np.bool_]) -> float:
    """Return the margin that maximises the share of errors caught minus the share of images sent to review.

    In the share of errors, a missed cancer counts as `MISSED_COUNTS` false alarms. Images sent at random would raise both shares equally on
    average, so the difference measures how much better the rule is than chance.

    Args:
        predictions: Predictions with probabilities of malignancy.
        rows: The entries to use; both classes must occur.

    Raises:
        ValueError: The predictions lack probabilities of malignancy.
    """
    if predictions.binary is None:
        raise ValueError("a margin takes probabilities of malignant")
    raw, malignant = predictions.binary[rows], predictions.malignant[rows]
    p = temper_binary(raw, fit_binary(raw, malignant))
    threshold = np.full(len(p), OPERATING_POINTS[DEFAULT](malignant, p))
    subtypes = None if predictions.subtypes is None else predictions.subtypes[rows]
    cost = ((p >= threshold) != malignant) * np.where(malignant, MISSED_COUNTS, 1)
    sent = [sent_to_review(p, threshold, margin, subtypes) for margin in MARGINS]
    gains = [(cost[one].sum() / max(cost.sum(), 1)) - one.mean() for one in sent]
    return float(MARGINS[int(np.argmax(gains))])


def crossfit_margins(predictions: Predictions) -> NDArray[np.float64]:
    """Return the margin of each entry, found on the other folds; both classes must occur outside each fold."""
    out = np.full(len(predictions), np.nan)
    for number in np.unique(predictions.fold):
        out[predictions.fold == number] = find_margin(predictions, predictions.fold != number)
    return out
