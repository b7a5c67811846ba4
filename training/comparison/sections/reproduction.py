"""The contents of the section on reproducing the figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.comparison.runs import Comparison, Run
from training.experiment.ensemble import known_ensembles


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What the trainings took: runs, recipes, days (ISO 8601), hours, precisions, and the first digits of the folds' hashes."""

    runs: int
    recipes: int
    days: Sequence[str]
    hours: float
    precisions: Sequence[str]
    splits: Sequence[str]


def make_reproduction(comparison: Comparison) -> Reproduction:
    """Sum up the runs, without those of ensembles, which need no training."""
    runs = [row.figures for row in comparison.rows if isinstance(row, Run) and row.recipe not in known_ensembles()]
    return Reproduction(
        runs=len(runs),
        recipes=len({run.recipe for run in runs}),
        days=sorted({run.trained for run in runs}),
        hours=sum(run.minutes for run in runs) / 60,
        precisions=sorted({run.precision for run in runs}),
        splits=sorted({run.split_sha256[:12] for run in runs}),
    )
