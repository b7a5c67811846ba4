"""What Keras Tuner searched, trial by trial."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.comparison.chosen import HEADLINE
from training.comparison.runs import Comparison, Run
from training.comparison.sections.compared import Compared, compare_recipes
from training.experiment.protocols import PRIMARY
from training.experiment.trials import ITSELF, read_trials

Trial = Mapping[str, str]

_SEARCH = ("recipe", "fold", "epochs")


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A trial: its figure (None if it diverged), whether it is the recipe itself, and the settings tried."""

    figure: float | None
    is_itself: bool
    settings: Trial


@dataclass(frozen=True, slots=True)
class Search:
    """A search around a recipe.

    Attributes:
        recipe: The recipe.
        fold: The fold that was left out of the search.
        epochs: The maximum number of epochs of each trial.
        images: On how many images the trials were judged.
        accessions: From how many accessions these images come.
        judged_by: The figure by which the trials were judged.
        trials: How many trials there were, not counting the recipe itself.
        rows: All trials and the recipe itself, best first.
        found: The run of the recipe with the best trial's settings; None if that recipe was not trained.
        compared: The differences in the headline figures: the recipe minus the recipe with the best trial's settings.
    """

    recipe: str
    fold: str
    epochs: int
    images: int
    accessions: int
    judged_by: str
    trials: int
    rows: Sequence[TrialRow]
    found: Run | None
    compared: Sequence[Compared]


def read_searches(results: Path) -> list[Trial]:
    """Return the rows of all files `RECIPE_trials.csv` in `searches/`, as `tune` wrote them; none if nothing was searched.

    Raises:
        UserError: A file is not one that `tune` wrote.
    """
    trials: list[Trial] = []
    for file in sorted((results / "searches").glob("*_trials.csv")):
        trials += read_trials(file)
    return trials


def count_trials(trials: Sequence[Trial]) -> int:
    """Count the trials, without the recipes from which the searches started."""
    return sum(trial["trial"] != ITSELF for trial in trials)


def make_searches(comparison: Comparison, trials: Sequence[Trial]) -> list[Search]:
    """Collect the trials of each search."""
    searches = dict.fromkeys(tuple(trial[name] for name in _SEARCH) for trial in trials)
    return [_search(comparison, [trial for trial in trials if tuple(trial[name] for name in _SEARCH) == search]) for search in searches]


def _search(comparison: Comparison, trials: Sequence[Trial]) -> Search:
    first = trials[0]
    recipe, found = first["recipe"], f"{first['recipe']}_found"
    compared = (compare_recipes(comparison, recipe, found, task, figure) for task, figure in HEADLINE.items())
    return Search(
        recipe=recipe,
        fold=first["fold"],
        epochs=int(first["epochs"]),
        images=int(first["images"]),
        accessions=int(first["accessions"]),
        judged_by=first["judged_by"],
        trials=count_trials(trials),
        rows=[_row(trial) for trial in sorted(trials, key=lambda trial: float(trial["figure"] or 0), reverse=True)],
        found=comparison.find(found, PRIMARY),
        compared=[one for one in compared if one],
    )


def _row(trial: Trial) -> TrialRow:
    return TrialRow(float(trial["figure"]) if trial["figure"] else None, trial["trial"] == ITSELF, trial)
