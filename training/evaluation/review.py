"""Evaluates selective prediction, where some images go to review: by the shipped rule, and for a series of shares of the images."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.figures import Figures
from breakhis_desktop.evaluation.bootstrap import estimate
from breakhis_desktop.evaluation.selective import REVIEW_SHARES, error_rates_of_the_rest, review_figures, sent_to_review
from training.evaluation.evaluation import CoveragePoint, ReviewFigures, ReviewTrade
from training.evaluation.evidence import as_figures, as_number, drawn, unknown
from training.evaluation.judged import DEFAULT, Judged
from training.evaluation.margin import MARGINS, crossfit_margins, find_margin
from training.evaluation.subtype import JudgedSubtypes
from training.experiment.predictions import Predictions
from training.experiment.protocols import PROTOCOLS

_FIGURES = ("share_sent_to_review", "error_rate_of_the_rest", "errors_caught", "missed_cancers_caught")


def review(predictions: Predictions, judged: Judged | None, subtypes: JudgedSubtypes | None) -> ReviewFigures:
    """Evaluate the review rule, and compute for each task the error rate that remains if the least confident images are reviewed.

    Confidence is the distance from the threshold in the binary task, and the highest probability in the subtype task.
    """
    curves: dict[str, tuple[CoveragePoint, ...]] = {}
    if judged:
        sureness = np.abs(judged.calibrated - judged.thresholds[DEFAULT])
        curves["binary"] = () if judged.note else _curve(sureness, judged.called() != judged.malignant, judged.accession)
    if subtypes:
        wrong = subtypes.chosen != subtypes.subtype
        curves["subtype"] = () if subtypes.note else _curve(subtypes.sureness, wrong, subtypes.accession)
    return _with_rule(predictions, judged, curves) if judged else ReviewFigures(curves=curves)


def _with_rule(predictions: Predictions, judged: Judged, curves: Mapping[str, tuple[CoveragePoint, ...]]) -> ReviewFigures:
    """Add the review rule, with the margin found on all folds; for its figures, each fold takes the margin found on the other folds."""
    margin = find_margin(predictions, np.ones(len(predictions), bool)) if len(np.unique(judged.malignant)) > 1 else float("nan")
    other = "" if predictions.subtypes is None else ", or the two models disagree"
    figures, trade = (unknown(_FIGURES), ()) if judged.note else _crossfitted(predictions, judged)
    return ReviewFigures(
        margin=as_number(margin),
        protocol=f"{PROTOCOLS[predictions.provenance.protocol].label}, cross-fitted",
        rule="none, for want of a class" if np.isnan(margin) else f"within {margin:.2f} of the threshold{other}",
        figures=figures,
        trade=trade,
        curves=curves,
    )


def _crossfitted(predictions: Predictions, judged: Judged) -> tuple[Figures, tuple[ReviewTrade, ...]]:
    sent, wrong = _sent(predictions, judged, crossfit_margins(predictions)), judged.called() != judged.malignant
    estimates = estimate(judged.accession, lambda weight: review_figures(sent, wrong, judged.malignant, weight))
    return as_figures(estimates), tuple(_trade(predictions, judged, wrong, margin) for margin in MARGINS)


def _trade(predictions: Predictions, judged: Judged, wrong: NDArray[np.bool_], margin: float) -> ReviewTrade:
    figures = review_figures(_sent(predictions, judged, margin), wrong, judged.malignant)
    return ReviewTrade(margin=float(margin), **{name: _known(float(figure)) for name, figure in figures.items()})


def _sent(predictions: Predictions, judged: Judged, margin: float | NDArray[np.float64]) -> NDArray[np.bool_]:
    return sent_to_review(judged.calibrated, judged.thresholds[DEFAULT], margin, predictions.subtypes)


def _curve(sureness: NDArray[np.float64], wrong: NDArray[np.bool_], accession: NDArray[np.str_]) -> tuple[CoveragePoint, ...]:
    estimates = estimate(
        accession,
        lambda weight: {str(at): rates for at, rates in enumerate(np.moveaxis(error_rates_of_the_rest(sureness, wrong, weight), -1, 0))},
    )
    rows = zip(REVIEW_SHARES, estimates.values(), strict=True)
    return tuple(
        CoveragePoint(share=float(share), error_rate=_known(one.value), low=_known(one.low), high=_known(one.high)) for share, one in rows
    )


def _known(value: float) -> float | None:
    return as_number(drawn(value))
