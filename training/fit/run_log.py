"""Writes the log of a run: a table, and scalars for TensorBoard if TensorFlow is the backend."""

import csv
import shutil
from pathlib import Path
from typing import Any

import keras

TENSORBOARD = "tensorboard"


def write_log(history: list[dict[str, Any]], folder: Path) -> None:
    """Write the rows of all epochs to `log.csv`, and add the last row to TensorBoard's log.

    Args:
        history: A row per epoch with `epoch`, `loss` and, if a figure is monitored, `figure`.
        folder: The folder of the run.
    """
    with (folder / "log.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, history[-1].keys())
        writer.writeheader()
        writer.writerows(history)
    if keras.backend.backend() == "tensorflow":
        _write_scalars(history[-1], folder / TENSORBOARD)


def forget_log(folder: Path) -> None:
    """Remove the log of an earlier training, whose curves would overlay the new ones."""
    (folder / "log.csv").unlink(missing_ok=True)
    shutil.rmtree(folder / TENSORBOARD, ignore_errors=True)


def _write_scalars(row: dict[str, Any], folder: Path) -> None:
    import tensorflow as tf

    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default(step=row["epoch"]):
        for name in row.keys() - {"epoch"}:
            tf.summary.scalar(name, row[name])
    writer.close()
