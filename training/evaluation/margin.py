"""How wide the band around the threshold is within which an image is sent to review: found on held-out images, cross-fitted."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.selective import sent_to_review
from breakhis_desktop.evaluation.temperature import fit_binary, temper_binary
from training.evaluation.judged import DEFAULT
from training.experiment.predictions import Predictions

MARGINS = np.arange(0, 31) / 100
"""The margins that are tried: half the width of the band, in calibrated probability."""

MISSED_COUNTS = 5
"""For so many false alarms a missed cancer counts, among the errors that a review is to catch."""


def find_margin(predictions: Predictions, rows: NDArray[np.bool_]) -> float:
    """Return the margin at which the share of errors caught exceeds the share of images sent to review by most.

    An image that is sent at random adds as much to the one as to the other, so this is how far the rule is better than chance.

    Args:
        predictions: With probabilities of malignant.
        rows: Which of them to find it on, of both classes.
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
    """Return the margin of each image, found on the other folds; there must be two classes outside each."""
    out = np.full(len(predictions), np.nan)
    for number in np.unique(predictions.fold):
        out[predictions.fold == number] = find_margin(predictions, predictions.fold != number)
    return out
