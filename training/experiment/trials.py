"""Reads and writes the trials of a search as a table, for the page of results."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode

ITSELF = "itself"
"""Replaces a trial's id in the row of the recipe from which the search started; this recipe is evaluated in the same way as a trial."""

COLUMNS = (
    *("recipe", "fold", "epochs", "images", "accessions", "judged_by"),
    *("trial", "figure", "rate", "dropout", "trainable_share", "augmentation"),
)


def read_trials(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table that `write_trials` wrote.

    Raises:
        UserError: The file is not such a table.
    """
    with file.open(encoding="utf-8", newline="") as opened:
        table = csv.DictReader(opened)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise UserError(Message.of(TrainingCode.NO_TABLE_OF_TRIALS, file=file))
        return list(table)


def trial_row(trial: str, figure: float | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a trial.

    Args:
        trial: The id of the trial, or `ITSELF`.
        figure: The figure that the trial reached; None if it diverged.
        settings: The settings as in `with_settings`.
    """
    rounded = {name: f"{settings[name]:.3g}" for name in ("rate", "dropout", "trainable_share", "augmentation")}
    return {"trial": trial, "figure": "" if figure is None else figure, **rounded}


def write_trials(file: Path, facts: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the trials of a search.

    Args:
        file: The CSV file, replaced atomically.
        facts: The columns that all trials share: the recipe, the fold that was left out, the epochs of a trial, the numbers of images
            and accessions on which the trials were evaluated, and the name of the figure.
        rows: The results of `trial_row`.
    """
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**facts, **row} for row in rows)
    write_atomically(file, text.getvalue().encode())
