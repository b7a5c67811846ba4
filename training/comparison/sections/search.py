"""What Keras Tuner searched, trial by trial."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from training.comparison.chosen import HEADLINE
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison, Run
from training.comparison.sections.findings import compared
from training.comparison.sections.names import training_words
from training.counting import counted
from training.experiment.protocols import PRIMARY
from training.experiment.trials import ITSELF, read_trials
from training.pages.filters import number

Trial = Mapping[str, str]

_SEARCH = ("recipe", "fold", "epochs")


def read_searches(results: Path) -> list[Trial]:
    """Return the rows of what `tune` wrote as `RECIPE_trials.csv`, of all in `searches/`; none where nothing was searched.

    Raises:
        UserError: A file is not one that `tune` wrote.
    """
    trials: list[Trial] = []
    for file in sorted((results / "searches").glob("*_trials.csv")):
        trials += read_trials(file)
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
    judging = f"{counted(int(facts['images']), 'image')} of {counted(int(facts['accessions']), 'accession')}"
    page.table(
        f"{counted(count_trials(trials), 'trial')} of {counted(int(facts['epochs']), 'epoch')} around `{recipe}`, judged on {judging}, "
        f"best first; fold {facts['fold']} played no part.",
        (facts["judged_by"], "learning rate, times the recipe's", "dropout", "share that learns", "augmentation, times the recipe's"),
        [_row(trial) for trial in sorted(trials, key=lambda trial: float(trial["figure"] or 0), reverse=True)],
        words=(),
    )
    run = comparison.find(found, PRIMARY)
    if run is not None:
        page.text(*_outcome(comparison, recipe, run))


def _outcome(comparison: Comparison, recipe: str, run: Run) -> list[str]:
    """Say what the recipe that a search found gave on all folds."""
    found = run.recipe
    minus = {figure: comparison.difference(recipe, found, PRIMARY, task, figure) for task, figure in HEADLINE.items()}
    return [
        f"The best became `{found}`, which stands in the tables above (trained for {training_words(run)}).",
        "The patients who judged the trials are among those of its figures, which flatters it.",
        *(compared(recipe, found, figure, difference) for figure, difference in minus.items()),
    ]


def _row(trial: Trial) -> list[str]:
    figure = number(float(trial["figure"])) if trial["figure"] else "diverged"
    itself = " (the recipe itself)" if trial["trial"] == ITSELF else ""
    return [figure + itself, *(trial[name] for name in ("rate", "dropout", "trainable_share", "augmentation"))]
