"""Selective prediction: the share of images sent to review against the error rate of the rest."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.bootstrap import Values, Weights
from breakhis_desktop.evaluation.decisions import share, total
from breakhis_desktop.evaluation.ranking import counts_from_the_top
from breakhis_desktop.evaluation.subtypes import MALIGNANT_SUBTYPES

REVIEW_SHARES = np.arange(0, 0.91, 0.02)
"""The shares of images sent to review at which the curve is computed."""


def sent_to_review(
    p: NDArray[np.float64], threshold: NDArray[np.float64], margin: float | NDArray[np.float64], p_subtypes: NDArray[np.floating] | None
) -> NDArray[np.bool_]:
    """Apply the program's `ReviewRule` to many images, at the threshold for which its margin was found.

    Args:
        p: Calibrated probabilities that an image is malignant, length N.
        threshold: The threshold of each image, length N.
        margin: Half the width of the band around the threshold: one value for all images, or one for each image.
        p_subtypes: Probabilities of the subtypes, N x 8; None if there is no subtype model to disagree.
    """
    near = np.abs(p - threshold) < margin
    if p_subtypes is None:
        return near
    return np.asarray(near | (MALIGNANT_SUBTYPES[p_subtypes.argmax(axis=1)] != (p >= threshold)))


def review_figures(
    sent: NDArray[np.bool_], wrong: NDArray[np.bool_], malignant: NDArray[np.bool_], weight: Weights | None = None
) -> dict[str, Values]:
    """Evaluate a review rule.

    Args:
        sent: Whether each image is sent to review, length N.
        wrong: Whether the program's decision is wrong, length N.
        malignant: The truth, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        The share of images sent to review, the error rate of the rest, and the shares of errors and of missed cancers sent to review.
    """
    rest, missed = total(~sent, weight), wrong & malignant
    return {
        "share_sent_to_review": share(total(sent, weight), rest + total(sent, weight)),
        "error_rate_of_the_rest": share(total(wrong & ~sent, weight), rest),
        "errors_caught": share(total(wrong & sent, weight), total(wrong, weight)),
        "missed_cancers_caught": share(total(missed & sent, weight), total(missed, weight)),
    }


def error_rates_of_the_rest(sureness: NDArray[np.float64], wrong: NDArray[np.bool_], weight: Weights | None = None) -> NDArray[np.float64]:
    """Return the error rate of the rest when the images of lowest confidence are sent to review.

    If only some of several images with equal confidence are sent, the errors among them are divided in proportion.

    Args:
        sureness: The confidence in each image's decision, in any unit, length N.
        wrong: Whether the decision is wrong, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        The error rate at each of `REVIEW_SHARES`, shape (..., shares).
    """
    right, errors = counts_from_the_top(wrong, sureness, weight)
    images = right + errors
    rest = images[..., -1:] * (1 - REVIEW_SHARES)
    rows = zip(*(np.atleast_2d(one) for one in (rest, images, errors)), strict=True)
    kept = np.stack([np.interp(wanted, counts, wrongs) for wanted, counts, wrongs in rows])
    return share(kept.reshape(rest.shape), rest)
