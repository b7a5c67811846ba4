"""The trials of a search as a table, from which the page of results tells them."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from breakhis_desktop.reporting.atomic_write import write_atomically
from training.recipe import Recipe
from training.search_space import with_settings

_COLUMNS = ("recipe", "fold", "epochs", "trial", "figure", "learning_rate", "dropout", "trainable_share", "augmentation")


def trial_row(recipe: Recipe, trial: str, figure: float | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a trial.

    Args:
        recipe: Where the search started from.
        trial: Its id.
        figure: By which it was judged; None where it diverged.
        settings: As `with_settings` takes them; augmentation stays a multiple of the recipe's.
    """
    images = with_settings(recipe, settings, recipe.name).images
    return {
        "trial": trial,
        "figure": "" if figure is None else round(figure, 4),
        "learning_rate": images.learning_rate if images else "",
        **{name: round(settings[name], 2) for name in ("dropout", "trainable_share", "augmentation")},
    }


def write_trials(file: Path, facts: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the trials of a search.

    Args:
        file: A CSV file, replaced as a whole.
        facts: What all trials have in common: the recipe, the fold that was left out, and the epochs of a trial.
        rows: Of `trial_row`.
    """
    text = StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**facts, **row} for row in rows)
    write_atomically(file, text.getvalue().encode())
