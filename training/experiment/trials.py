"""The trials of a search as a table, from which the page of results tells them."""

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
"""The id of the recipe that a search started from, judged as the trials were."""

COLUMNS = (
    *("recipe", "fold", "epochs", "images", "accessions", "judged_by"),
    *("trial", "figure", "rate", "dropout", "trainable_share", "augmentation"),
)


def read_trials(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table that `write_trials` wrote.

    Raises:
        UserError: The file is not one of those.
    """
    with file.open(encoding="utf-8", newline="") as opened:
        table = csv.DictReader(opened)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise UserError(Message.of(TrainingCode.NO_TABLE_OF_TRIALS, file=file))
        return list(table)


def trial_row(trial: str, figure: float | None, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a trial.

    Args:
        trial: Its id, or `ITSELF`.
        figure: By which it was judged; None where it diverged.
        settings: As `with_settings` takes them.
    """
    told = {name: f"{settings[name]:.3g}" for name in ("rate", "dropout", "trainable_share", "augmentation")}
    return {"trial": trial, "figure": "" if figure is None else figure, **told}


def write_trials(file: Path, facts: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the trials of a search.

    Args:
        file: A CSV file, replaced as a whole.
        facts: What all trials have in common: the recipe, the fold that was left out, the epochs of a trial, the images and accessions
            that judged them, and by which figure.
        rows: Of `trial_row`.
    """
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**facts, **row} for row in rows)
    write_atomically(file, text.getvalue().encode())
