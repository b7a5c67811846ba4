"""What Keras Tuner searched, trial by trial."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from breakhis_desktop.errors import UserError
from training.comparison.chosen import HEADLINE
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison
from training.comparison.sections.findings import compared
from training.comparison.words import number
from training.protocols import PRIMARY
from training.trials import COLUMNS, ITSELF

Trial = Mapping[str, str]

_SEARCH = ("recipe", "fold", "epochs")


def read_searches(results: Path) -> list[Trial]:
    """Return the rows of what `tune` wrote as `RECIPE_trials.csv`, of all in `searches/`; none where nothing was searched.

    Raises:
        UserError: A file is not one that `tune` wrote.
    """
    trials: list[Trial] = []
    for file in sorted((results / "searches").glob("*_trials.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            table = csv.DictReader(opened)
            if tuple(table.fieldnames or ()) != COLUMNS:
                raise UserError(f"{file} is no table of trials; remove it, or copy the one that `tune` wrote in its place.")
            trials += table
    return trials


def count_trials(trials: Sequence[Trial]) -> int:
    """Count them without the recipes that they started from."""
    return sum(trial["trial"] != ITSELF for trial in trials)


def write_search(page: Manuscript, comparison: Comparison, trials: Sequence[Trial]) -> None:
    """Write the section on the searches, if there was one."""
    if not trials:
        return
    page.heading("Search")
    page.text(
        "`python -m training tune` lets Keras Tuner look for better values of four settings of a recipe, the first twelve trials by lot, "
        "the rest by Bayesian optimisation. A trial trains on three of the grouped folds and is judged on the "
        "accessions of a fourth; the fifth plays no part. The figures are of single views on that fold alone, far from those of all "
        "folds, and small differences between trials may be chance."
    )
    searches = dict.fromkeys(tuple(trial[name] for name in _SEARCH) for trial in trials)
    for search in searches:
        _write_one(page, comparison, [trial for trial in trials if tuple(trial[name] for name in _SEARCH) == search])


def _write_one(page: Manuscript, comparison: Comparison, trials: Sequence[Trial]) -> None:
    facts = trials[0]
    recipe, found = facts["recipe"], f"{facts['recipe']}_found"
    page.table(
        f"{count_trials(trials)} trials of {facts['epochs']} epochs around `{recipe}`, judged on "
        f"{int(facts['images']):,} images of {facts['accessions']} accessions, best first; fold {facts['fold']} played no part.",
        (facts["judged_by"], "learning rate, times the recipe's", "dropout", "share that learns", "augmentation, times the recipe's"),
        [_row(trial) for trial in sorted(trials, key=lambda trial: float(trial["figure"] or 0), reverse=True)],
        words=(),
    )
    if comparison.find(found, PRIMARY):
        page.text(*_outcome(comparison, recipe, found))


def _outcome(comparison: Comparison, recipe: str, found: str) -> list[str]:
    """Say what the recipe that a search found gave on all folds."""
    minus = {figure: comparison.difference(recipe, found, PRIMARY, task, figure) for task, figure in HEADLINE.items()}
    return [
        f"The best became `{found}`, which stands in the tables above, trained for the epochs of the recipe.",
        "The patients who judged the trials are among those of its figures, which flatters it.",
        *(compared(recipe, found, figure, difference) for figure, difference in minus.items()),
    ]


def _row(trial: Trial) -> list[str]:
    figure = number(float(trial["figure"])) if trial["figure"] else "diverged"
    itself = " (the recipe itself)" if trial["trial"] == ITSELF else ""
    return [figure + itself, *(trial[name] for name in ("rate", "dropout", "trainable_share", "augmentation"))]
