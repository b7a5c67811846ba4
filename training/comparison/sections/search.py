"""What Keras Tuner searched, trial by trial."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison
from training.comparison.words import number

Trial = Mapping[str, str]


def read_searches(results: Path) -> list[Trial]:
    """Return the rows of what `tune` wrote as `RECIPE_trials.csv`, of all in `searches/`; none where nothing was searched."""
    trials: list[Trial] = []
    for file in sorted((results / "searches").glob("*_trials.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            trials += csv.DictReader(opened)
    return trials


def write_search(page: Manuscript, comparison: Comparison, trials: Sequence[Trial]) -> None:
    """Write the section on the searches, if there was one."""
    if not trials:
        return
    page.heading("Search")
    page.text(
        "`python -m training tune` lets Keras Tuner look for better settings of a recipe, by Bayesian optimisation. A trial trains on "
        "three of the grouped folds and is judged on the accessions of a fourth; the fifth plays no part. Its figure is the mean of AUC "
        "and macro recall (of a recipe of one task, that task's) on one fold, so it is far from the figures of all folds, and small "
        "differences between trials are chance."
    )
    for recipe in dict.fromkeys(trial["recipe"] for trial in trials):
        _write_of_recipe(page, comparison, recipe, [trial for trial in trials if trial["recipe"] == recipe])


def _write_of_recipe(page: Manuscript, comparison: Comparison, recipe: str, trials: Sequence[Trial]) -> None:
    found = comparison.find(f"{recipe}_found", "grouped")
    judged = f" The best became `{recipe}_found`, which stands in the tables above." if found else ""
    one = trials[0]
    page.table(
        f"{len(trials)} trials of {one['epochs']} epochs around `{recipe}`, best first; fold {one['fold']} played no part.{judged}",
        ("figure", "learning rate", "dropout", "share of the backbone that learns", "augmentation, times the recipe's"),
        [_row(trial) for trial in sorted(trials, key=lambda trial: float(trial["figure"] or 0), reverse=True)],
    )


def _row(trial: Trial) -> list[str]:
    figure = number(float(trial["figure"])) if trial["figure"] else "diverged"
    return [figure, *(trial[name] for name in ("learning_rate", "dropout", "trainable_share", "augmentation"))]
