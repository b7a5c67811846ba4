"""What was screened outside of the recipes."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.comparison.chosen import REFERENCE
from training.comparison.manuscript import Manuscript
from training.comparison.words import difference_text, figure_text

Row = Mapping[str, str]

_MOST_VIEWS = "8"
_SHOWN = ("auc", "specificity_at_sensitivity_95", "macro_recall", f"auc_minus_{REFERENCE}", f"macro_recall_minus_{REFERENCE}")
_HEADER = (
    "configuration",
    "what it changes",
    "AUC",
    "specificity at sensitivity .95",
    "macro recall",
    "difference in AUC",
    "in macro recall",
)
_AGAINST = {REFERENCE: f"`{REFERENCE}`", "screened_frozen": "`resnet50/frozen` on as many views"}


def read_screening(results: Path) -> list[Row]:
    """Return the rows of `screening.csv`; none where nothing was screened."""
    file = results / "screening.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def write_screening(page: Manuscript, rows: Sequence[Row]) -> None:
    """Write the section on the screening, if there was one."""
    if not rows:
        return
    page.heading("Screening")
    here = page.folder.rpartition("/")[0]
    page.text(
        "**These are no runs of the recipes.** To see which changes are worth training, a separate program in PyTorch fine-tuned many "
        "configurations on one H100 GPU in some 13 minutes, on the same grouped folds, from JPEG copies (quality 93) of the prepared "
        "images, in mixed bfloat16. Each was given a fixed budget and one random seed; no image of a test fold ended a training or chose "
        "a setting. The heads were fitted on the features of four symmetries first, learned three times as fast as the backbone after "
        "that, and weights were averaged over the last steps, which recipes do not do. The program itself is not part of this project; "
        f"what its networks said of the images is, in `{here}/screening.npz`, and `python -m training.screening` makes "
        f"[`screening.csv`]({here}/screening.csv) of it. One configuration more was cut off by the end of the budget and is left out. "
        "Not tried, here or as a recipe: self-supervised pretraining on the images' own pixels, and features of several depths together."
    )
    page.points(_excluding_zero(rows, other) for other in _AGAINST)
    page.text(
        "Many configurations were compared on the same folds: the best are flattered by the choice, some intervals exclude zero by chance, "
        "and combinations were thought of after the figures of their parts were seen. What is composed stands against lines that are not, "
        "so that a part of its gain is that of composing alone. A difference from `lite0_staged` or "
        "`resnet50_staged` is no effect of the change alone, since the program differs too."
    )
    trained = [row for row in rows if row["gpu_seconds"] and row["views"] == _MOST_VIEWS]
    made = [row for row in rows if not row["gpu_seconds"] and row["views"] == _MOST_VIEWS]
    said = f"means over the eight symmetries of each image. Differences are to `{REFERENCE}`, a single view, paired."
    page.table(f"Configurations that were trained, {said}", _HEADER, [_cells(row) for row in trained], words=(0, 1))
    page.table(
        f"What was made of them and of frozen features without training, {said}", _HEADER, [_cells(row) for row in made], words=(0, 1)
    )


def _excluding_zero(rows: Sequence[Row], other: str) -> str:
    """Name those that were shown to be better in both tasks."""
    figures = [f"{figure}_minus_{other}" for figure in ("auc", "macro_recall")]
    better = [row for row in rows if all(float(row[f"{figure}_low"]) > 0 for figure in figures)]
    named = ", ".join(f"{row['name']} ({_views(row)})" for row in better) or "none"
    return f"Better than {_AGAINST[other]} in AUC and in macro recall, both intervals above zero: {named}."


def _views(row: Row) -> str:
    return f"{row['views']} view" + ("" if row["views"] == "1" else "s")


def _cells(row: Row) -> list[str]:
    estimates = [{"value": float(row[one]), "low": float(row[f"{one}_low"]), "high": float(row[f"{one}_high"])} for one in _SHOWN]
    return [row["name"], row["change"], *map(figure_text, estimates[:3]), *map(difference_text, estimates[3:])]
