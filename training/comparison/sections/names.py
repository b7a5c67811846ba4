"""Names recipes, figures and trainings for the page of results."""

from collections.abc import Iterable

from training.comparison.chosen import Chosen
from training.comparison.published import PUBLISHED, label_of
from training.comparison.runs import Run
from training.comparison.words import joined
from training.experiment.ensemble import known_ensembles
from training.wording import TrainingCode

_PLACES = ("the default recipe", "the frozen baseline", "the best other recipe of ours", "the brief's best")
"""The words for a recipe, by `Chosen.place`."""

FIGURES = {
    "auc": "AUC",
    "specificity_at_sensitivity_95": "specificity at sensitivity .95",
    "brier_score": "Brier score",
    "sensitivity_at_half": "recall at threshold .5",
    "accuracy": "accuracy",
    "macro_recall": "macro recall",
    "macro_auc": "macro AUC",
}


def row_name(recipe: str, default_recipe: str = "") -> str:
    """Name a recipe in the first column of a table; the default recipe is in bold."""
    name = f"brief: {label_of(recipe)}" if recipe in PUBLISHED else f"`{recipe}`"
    return f"**{name}**" if recipe == default_recipe else name


def in_sentence(recipe: str) -> str:
    """Name a recipe in running text."""
    return f"the brief's “{label_of(recipe)}”" if recipe in PUBLISHED else f"`{recipe}`"


def chosen_words(chosen: Iterable[Chosen]) -> str:
    """Say which recipes a chart shows, by the roles for which they were chosen; if there is only one recipe, by its name."""
    names = {one.place: one.run.recipe for one in chosen}
    return joined([_PLACES[place] for place in sorted(names)]) if len(names) > 1 else "".join(map(in_sentence, names.values()))


def training_words(row: Run) -> str:
    """Return the text of a table cell that says how long a recipe was trained and what was cut short; failures are reported elsewhere."""
    done = row.done
    minutes = "of its members" if row.recipe in known_ensembles() else f"{row.figures.minutes:.0f} min"
    cuts = (done.share_of_epochs if cut.code is TrainingCode.EPOCHS_CUT else cut for cut in done.cuts)
    return ", ".join([minutes, *map(str, cuts)])
