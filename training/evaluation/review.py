"""Selective use: what the review rule that ships achieves, and what any other share sent to review would."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.bootstrap import estimate
from breakhis_desktop.evaluation.selective import REVIEW_SHARES, error_rates_of_the_rest, review_figures, sent_to_review
from training.evaluation.evidence import Figures, as_number, unknown, written
from training.evaluation.judged import DEFAULT, Judged
from training.evaluation.subtype import JudgedSubtypes
from training.predictions import Predictions
from training.protocols import PROTOCOLS

REVIEW_MARGIN = 0.10
"""Half the band around the threshold within which an image is sent to review."""


def review(predictions: Predictions, judged: Judged | None, subtypes: JudgedSubtypes | None) -> Figures:
    """Judge the rule, and draw the curves by distance from the threshold and by the highest probability of a subtype."""
    curves = {}
    if judged:
        sureness = np.abs(judged.calibrated - judged.thresholds[DEFAULT])
        curves["binary"] = [] if judged.note else _curve(sureness, judged.called() != judged.malignant, judged.accession)
    if subtypes:
        wrong = subtypes.chosen != subtypes.subtype
        curves["subtype"] = [] if subtypes.note else _curve(subtypes.sureness, wrong, subtypes.accession)
    return {**(_rule(predictions, judged) if judged else {}), "curves": curves}


def _rule(predictions: Predictions, judged: Judged) -> Figures:
    other = "" if predictions.subtypes is None else ", or the two models disagree"
    return {
        "margin": REVIEW_MARGIN,
        "protocol": f"{PROTOCOLS[predictions.facts.protocol].label}, cross-fitted",
        "rule": f"within {REVIEW_MARGIN:.2f} of the threshold{other}",
        "figures": _rule_figures(predictions, judged),
    }


def _rule_figures(predictions: Predictions, judged: Judged) -> Figures:
    if judged.note:
        return unknown(("share_sent_to_review", "error_rate_of_the_rest"))
    sent = sent_to_review(judged.calibrated, judged.thresholds[DEFAULT], REVIEW_MARGIN, predictions.subtypes)
    wrong = judged.called() != judged.malignant
    return written(estimate(judged.accession, lambda weight: review_figures(sent, wrong, weight)))


def _curve(sureness: NDArray[np.float64], wrong: NDArray[np.bool_], accession: NDArray[np.str_]) -> list[Figures]:
    estimates = estimate(
        accession,
        lambda weight: {str(at): rates for at, rates in enumerate(np.moveaxis(error_rates_of_the_rest(sureness, wrong, weight), -1, 0))},
    )
    rows = zip(REVIEW_SHARES, written(estimates).values(), strict=True)
    return [{"share": as_number(share), "error_rate": one["value"], "low": one["low"], "high": one["high"]} for share, one in rows]
