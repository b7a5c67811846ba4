"""Converts figures for the stored results, and counts the entries, images and accessions behind them."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.figures import Evidence, Figure, Figures, PartFigures
from training.experiment.predictions import Predictions
from training.experiment.protocols import PROTOCOLS

ENOUGH_ACCESSIONS = 3
WELL_COVERED_ACCESSIONS = 4
TOO_FEW = "too few patients"

_DRAWN_DIGITS = 4


def as_number(value: float) -> float | None:
    """Convert a number for JSON: NaN becomes None. The number stays unrounded, so that it is rounded only once, where it is shown."""
    return None if np.isnan(value) else float(value)


def drawn(value: float) -> float:
    """Round a number on a curve to as many digits as a chart can resolve."""
    return round(float(value), _DRAWN_DIGITS)


def as_figure(one: Estimate) -> Figure:
    """Convert an estimate for JSON; NaN becomes None."""
    return Figure(as_number(one.value), as_number(one.low), as_number(one.high))


def as_figures(estimates: Mapping[str, Estimate]) -> dict[str, Figure]:
    """Convert estimates for JSON; NaN becomes None."""
    return {name: as_figure(one) for name, one in estimates.items()}


def unknown(names: Iterable[str]) -> dict[str, Figure]:
    """Return, for each of these names, a figure that has no value."""
    return dict.fromkeys(names, Figure(None, None, None))


def image_keys(predictions: Predictions) -> NDArray[np.str_]:
    """Return the identity of each entry's image: patient and file name."""
    return np.strings.add(np.strings.add(predictions.patient_id, " "), predictions.name)


def evidence(predictions: Predictions, part: NDArray[np.bool_] | None = None) -> Evidence:
    """Count the entries, images (an image may have several entries) and accessions behind figures; add a note on too few accessions."""
    part = np.ones(len(predictions), bool) if part is None else part
    accessions = len(np.unique(predictions.accession[part]))
    images = len(np.unique(image_keys(predictions)[part]))
    note = TOO_FEW if accessions < ENOUGH_ACCESSIONS else ""
    return Evidence(entries=int(part.sum()), images=images, accessions=accessions, note=note)


def part_figures(behind: Evidence, figures: Figures) -> PartFigures:
    """Combine the figures of a subset of the images with their evidence."""
    return PartFigures(entries=behind.entries, images=behind.images, accessions=behind.accessions, note=behind.note, figures=figures)


def protocol_words(predictions: Predictions) -> str:
    """Describe the protocol of cross-fitted figures, with the images and accessions behind them."""
    counts = evidence(predictions)
    label = PROTOCOLS[predictions.provenance.protocol].label
    return f"{label}, cross-fitted; {counts.images:,} images of {counts.accessions} accessions"
