"""How the page names recipes, figures and what was done."""

from training.comparison.published import PUBLISHED, label_of
from training.comparison.runs import Absent, Run
from training.ensemble import known_ensembles

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
    """Name a recipe in the first column of a table; the default one stands out."""
    name = f"brief: {label_of(recipe)}" if recipe in PUBLISHED else f"`{recipe}`"
    return f"**{name}**" if recipe == default_recipe else name


def in_sentence(recipe: str) -> str:
    """Name a recipe in running text."""
    return f"the brief's “{label_of(recipe)}”" if recipe in PUBLISHED else f"`{recipe}`"


def training_words(row: Run | Absent) -> str:
    """Say in a cell how long a recipe was trained and what was cut, or that it was not run; the reason stands elsewhere on the page."""
    if isinstance(row, Absent):
        return "not run"
    cuts = row.status.partition(";")[0].removeprefix("done")
    minutes = "of its members" if row.recipe in known_ensembles() else f"{row.figures['minutes']:.0f} min"
    return f"{minutes}{cuts.replace(', at most ', ', ')}"
