"""How a figure is written down: with its interval, its protocol, and the entries, images and accessions behind it."""

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
    """Give a number as JSON can hold it: NaN becomes null. It stays unrounded, since whatever shows it rounds it, and once."""
    return None if np.isnan(value) else float(value)


def drawn(value: float) -> float:
    """Round a number that only a picture shows to what that can show."""
    return round(float(value), _DRAWN_DIGITS)


def as_figure(one: Estimate) -> Figure:
    """Give a figure with its interval as JSON can hold it."""
    return Figure(as_number(one.value), as_number(one.low), as_number(one.high))


def as_figures(estimates: Mapping[str, Estimate]) -> dict[str, Figure]:
    """Give figures with their intervals as JSON can hold them."""
    return {name: as_figure(one) for name, one in estimates.items()}


def unknown(names: Iterable[str]) -> dict[str, Figure]:
    """Return figures that have no meaning here."""
    return dict.fromkeys(names, Figure(None, None, None))


def image_keys(predictions: Predictions) -> NDArray[np.str_]:
    """Return what tells the images of entries apart: patient and file name."""
    return np.strings.add(np.strings.add(predictions.patient_id, " "), predictions.name)


def evidence(predictions: Predictions, part: NDArray[np.bool_] | None = None) -> Evidence:
    """Count what stands behind figures: entries, images (an image may have several entries) and accessions, with a note if too few."""
    part = np.ones(len(predictions), bool) if part is None else part
    accessions = len(np.unique(predictions.accession[part]))
    images = len(np.unique(image_keys(predictions)[part]))
    note = TOO_FEW if accessions < ENOUGH_ACCESSIONS else ""
    return Evidence(entries=int(part.sum()), images=images, accessions=accessions, note=note)


def part_figures(behind: Evidence, figures: Figures) -> PartFigures:
    """Return the figures of some of the images with what stands behind them."""
    return PartFigures(entries=behind.entries, images=behind.images, accessions=behind.accessions, note=behind.note, figures=figures)


def protocol_words(predictions: Predictions) -> str:
    """Name the protocol of figures at a threshold that is shipped, with the evidence."""
    counts = evidence(predictions)
    label = PROTOCOLS[predictions.provenance.protocol].label
    return f"{label}, cross-fitted; {counts.images:,} images of {counts.accessions} accessions"
