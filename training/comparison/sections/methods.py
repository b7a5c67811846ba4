"""What was evaluated, and how."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.evaluation.bootstrap import RESAMPLES
from training.comparison.published import PUBLISHED
from training.comparison.runs import Comparison, Run
from training.experiment.ensemble import Ensemble, known_ensembles, load_ensemble
from training.experiment.protocols import PRIMARY, PROTOCOLS


@dataclass(frozen=True, slots=True)
class Methods:
    """Data and protocols.

    Attributes:
        protocols: The run evaluated on the most images, keyed by protocol.
        binary: Of the runs with the binary task, the run evaluated on the most images; None without such runs.
        malignant_share: The share of malignant images in the run `binary`.
        subtype: Of the runs with the subtype task, the run evaluated on the most images; None without such runs.
        resamples: How many resamples the bootstrap draws.
        ensembles: The ensembles that were evaluated.
        precisions: The numerical precisions in which the brief's recipes were trained again; empty if they were not.
    """

    protocols: Mapping[str, Run]
    binary: Run | None
    malignant_share: float
    subtype: Run | None
    resamples: int
    ensembles: Sequence[Ensemble]
    precisions: Sequence[str]


def make_methods(comparison: Comparison) -> Methods:
    """Describe the images and protocols by the runs that were evaluated on the most images."""
    runs = [*comparison.runs(PRIMARY), *comparison.runs("image")]
    largest = {protocol: _largest(comparison.runs(protocol)) for protocol in PROTOCOLS}
    binary = _largest([run for run in runs if run.figures.binary])
    judged = {run.recipe for run in comparison.runs(PRIMARY)}
    return Methods(
        protocols={protocol: run for protocol, run in largest.items() if run},
        binary=binary,
        malignant_share=_malignant_share(binary) if binary else 0.0,
        subtype=_largest([run for run in runs if run.figures.subtype]),
        resamples=RESAMPLES,
        ensembles=[one for one in map(load_ensemble, known_ensembles()) if one.name in judged],
        precisions=sorted({run.figures.precision for run in runs if run.recipe in PUBLISHED}),
    )


def _largest(runs: list[Run]) -> Run | None:
    return max(runs, key=lambda run: run.figures.images, default=None)


def _malignant_share(run: Run) -> float:
    curve = run.figures.binary.precision_recall if run.figures.binary else None
    return (curve.malignant_share or 0.0) if curve else 0.0
