"""Computes the sensitivity and specificity of a bundle's recipe on held-out images, at thresholds from 0 to 1 in steps of .01."""

import numpy as np

from breakhis_desktop.domain.card_parts import CurveColumns, CurveEvidence
from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.evaluation.bootstrap import Values, Weights, estimate
from breakhis_desktop.evaluation.decisions import share
from training.evaluation.evidence import drawn, evidence
from training.evaluation.judged import Judged
from training.experiment.predictions import Predictions
from training.experiment.protocols import PROTOCOLS

THRESHOLDS = np.linspace(0, 1, 101)

_ENDS = ("value", "low", "high")
_FIGURES = ("sensitivity", "specificity")
_RULE = (
    "each held-out image is scored by a network that saw no image of its accession, with the temperature of the other folds; the "
    "thresholds are fixed, unlike those of the operating points, which are found on the other folds each time; whoever picks a threshold "
    "by these figures should expect somewhat worse"
)


def operating_curve(predictions: Predictions) -> CurveEvidence | None:
    """Compute sensitivity and specificity at each of `THRESHOLDS`, with 95 % intervals by a bootstrap over accessions.

    Args:
        predictions: Predictions of held-out images, under the grouped protocol.

    Returns:
        The curve for the card; None if the binary task is missing, cross-fitting is impossible, or an interval needs more accessions.
    """
    if predictions.binary is None:
        return None
    judged = Judged.of(predictions, predictions.binary)
    estimates = estimate(judged.accession, lambda weight: _shares(judged, weight))
    if judged.note or any(np.isnan(one.low) for one in estimates.values()):
        return None
    return CurveEvidence(
        protocol=_protocol_words(predictions),
        rule=_RULE,
        thresholds=tuple(drawn(one) for one in THRESHOLDS),
        **{name: _columns(name, estimates) for name in _FIGURES},
    )


def _shares(judged: Judged, weight: Weights) -> dict[str, Values]:
    """Return the sensitivity and the specificity at each threshold, keyed by figure and by the threshold's position in `THRESHOLDS`."""
    above = (judged.calibrated[:, None] >= THRESHOLDS).astype(np.float64)
    malignant, benign = weight * judged.malignant, weight * ~judged.malignant
    whole = (part.sum(axis=-1)[..., None] for part in (malignant, benign))
    shares = dict(zip(_FIGURES, map(share, (malignant @ above, benign @ (1 - above)), whole), strict=True))
    return {_at(name, place): values[..., place] for name, values in shares.items() for place in range(len(THRESHOLDS))}


def _at(name: str, place: int) -> str:
    return f"{name} {place}"


def _columns(name: str, estimates: dict[str, Estimate]) -> CurveColumns:
    figures = [estimates[_at(name, place)] for place in range(len(THRESHOLDS))]
    return CurveColumns(**{end: tuple(drawn(getattr(one, end)) for one in figures) for end in _ENDS})


def _protocol_words(predictions: Predictions) -> str:
    counts, label = evidence(predictions), PROTOCOLS[predictions.provenance.protocol].label
    return f"{label}, temperature cross-fitted; {counts.images:,} images of {counts.accessions} accessions"
