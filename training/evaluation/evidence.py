"""How a figure is written down: with its interval, its protocol, and the entries, images and accessions behind it."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate
from training.experiment.predictions import Predictions
from training.experiment.protocols import PROTOCOLS

Figures = dict[str, Any]
"""Figures by name, nested, as JSON can hold them."""

ENOUGH_ACCESSIONS = 3
WELL_COVERED_ACCESSIONS = 4
TOO_FEW = "too few patients"

_DRAWN_DIGITS = 4


def as_number(value: float) -> float | None:
    """Give a number as JSON can hold it: NaN becomes null. It stays unrounded, since whatever shows it rounds it, and once."""
    return None if np.isnan(value) else float(value)


def drawn(value: float) -> float | None:
    """Give a number that only a picture shows as finely as that can."""
    return None if np.isnan(value) else round(float(value), _DRAWN_DIGITS)


def as_numbers(one: Estimate) -> Figures:
    """Write a figure with its interval."""
    return {"value": as_number(one.value), "low": as_number(one.low), "high": as_number(one.high)}


def written(estimates: Mapping[str, Estimate]) -> Figures:
    """Write figures with their intervals."""
    return {name: as_numbers(one) for name, one in estimates.items()}


def unknown(names: Iterable[str]) -> Figures:
    """Write figures that have no meaning here."""
    return {name: {"value": None, "low": None, "high": None} for name in names}


def image_keys(predictions: Predictions) -> NDArray[np.str_]:
    """Return what tells the images of entries apart: patient and file name."""
    return np.strings.add(np.strings.add(predictions.patient_id, " "), predictions.name)


def evidence(predictions: Predictions, part: NDArray[np.bool_] | None = None) -> Figures:
    """Count what stands behind figures: entries, images (an image may have several entries) and accessions, with a note if too few."""
    part = np.ones(len(predictions), bool) if part is None else part
    accessions = len(np.unique(predictions.accession[part]))
    counts = {"entries": int(part.sum()), "images": len(np.unique(image_keys(predictions)[part])), "accessions": accessions}
    return {**counts, **noted(TOO_FEW if accessions < ENOUGH_ACCESSIONS else "")}


def noted(note: str) -> Figures:
    """Return a note as an entry of figures; nothing where it is empty."""
    return {"note": note} if note else {}


def protocol_words(predictions: Predictions) -> str:
    """Name the protocol of figures at a threshold that is shipped, with the evidence."""
    counts = evidence(predictions)
    label = PROTOCOLS[predictions.facts.protocol].label
    return f"{label}, cross-fitted; {counts['images']:,} images of {counts['accessions']} accessions"
