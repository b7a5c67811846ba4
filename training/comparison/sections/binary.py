"""Benign or malignant: all recipes on unseen patients, and beside what the brief published."""

from collections.abc import Mapping

from training.comparison.manuscript import Manuscript
from training.comparison.published import IMAGE_LINES, PUBLISHED
from training.comparison.runs import Absent, Comparison, Run
from training.comparison.sections.names import row_name, training_words
from training.comparison.words import NOTHING, figure_text, number, protocol_words
from training.recipe import TASKS

_BINARY = frozenset(TASKS) - {"subtype"}
_GROUPED = ("auc", "specificity_at_sensitivity_95", "sensitivity", "specificity", "brier_score")
_REPLICATED = ("accuracy", "sensitivity", "precision", "auc")
_CURVES = (
    "ROC and precision-recall curves of the default recipe, of the frozen line to beat, of the best other recipe of ours and of the "
    "brief's best. A ring is the default operating point, cross-fitted, so that it may lie off the pooled curve. Dotted: chance."
)


def write_binary(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on benign against malignant."""
    page.heading("Benign or malignant")
    page.table(
        f"Benign or malignant on unseen patients ({protocol_words('grouped')}, {comparison.behind('grouped', 'binary')}), by image; bold: "
        "the recipe of the default bundle. Sensitivity and specificity at the default operating point, cross-fitted; Brier score after "
        "the temperature.",
        ("recipe", "AUC", "specificity at sensitivity .95", "sensitivity", "specificity", "Brier score", "training"),
        [_grouped(row, comparison) for row in comparison.rows if row.protocol == "grouped" and row.task in _BINARY],
    )
    page.picture("curves", "ROC and precision-recall curves of four recipes", _CURVES)
    page.table(
        f"The same recipes on the {protocol_words('image')}, {comparison.behind('image', 'binary')}, at threshold .5 as the brief judged "
        "them. Beneath ours in italics what was published: by the brief of its own test split, 1,187 images of the full data, and of the "
        "lines to beat on these images; in the last column the accuracy at the same threshold on unseen patients.",
        ("recipe", "accuracy", "recall", "precision", "AUC", "accuracy, grouped folds"),
        [row for run in comparison.runs("image", "binary") for row in _replicated(run, comparison)],
    )


def _grouped(row: Run | Absent, comparison: Comparison) -> list[str]:
    name = row_name(row.recipe, comparison.default_recipe)
    if isinstance(row, Absent):
        return [name, *[NOTHING] * len(_GROUPED), training_words(row)]
    figures = row.figures["binary"]["by_image"]
    return [name, *(figure_text(figures[one]) for one in _GROUPED), training_words(row)]


def _replicated(run: Run, comparison: Comparison) -> list[list[str]]:
    """Write a run, and beneath it what was published of the recipe, if anything was."""
    ours, published = run.figures["binary"]["at_half"], _published(run.recipe)
    grouped = comparison.find(run.recipe, "grouped")
    unseen = figure_text(grouped.figures["binary"]["at_half"]["accuracy"]) if grouped and grouped.complete else NOTHING
    rows = [[row_name(run.recipe, comparison.default_recipe), *(figure_text(ours[one]) for one in _REPLICATED), unseen]]
    if published:
        rows.append(["*as published*", *(f"*{number(published.get(one))}*" for one in _REPLICATED), ""])
    return rows


def _published(recipe: str) -> Mapping[str, float]:
    """Return what was published of a recipe on the image split, the brief's own or one of the lines to beat."""
    if line := IMAGE_LINES.get(recipe):
        return {"accuracy": line["accuracy"], "auc": line["auc"]}
    return {name: value for name, value in PUBLISHED.get(recipe, {}).items() if name in _REPLICATED}
