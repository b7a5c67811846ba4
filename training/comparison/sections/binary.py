"""Benign or malignant: all recipes on unseen patients, and beside what the brief published."""

from collections.abc import Sequence

from training.comparison.chosen import Chosen
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison
from training.comparison.sections.names import chosen_words
from training.comparison.sections.rows import grouped_rows, replicated_rows
from training.comparison.words import protocol_words

_GROUPED = ("auc", "specificity_at_sensitivity_95", "sensitivity", "specificity", "brier_score")
_REPLICATED = ("accuracy", "sensitivity", "precision", "auc")
_CURVES = "A ring is the default operating point, cross-fitted, so that it may lie off the pooled curve. Dotted: chance."


def write_binary(page: Manuscript, comparison: Comparison, chosen: Sequence[Chosen]) -> None:
    """Write the section on benign against malignant."""
    page.heading("Benign or malignant")
    page.table(
        f"Benign or malignant on unseen patients ({protocol_words('grouped')}, {comparison.behind('grouped', 'binary')}), by image; bold: "
        "the recipe of the default bundle. Sensitivity and specificity at the default operating point, cross-fitted; Brier score after "
        "the temperature.",
        ("recipe", "AUC", "specificity at sensitivity .95", "sensitivity", "specificity", "Brier score", "training"),
        grouped_rows(comparison, "binary", _GROUPED),
    )
    shown = chosen_words(chosen)
    page.picture("curves", f"ROC and precision-recall curves of {shown}", f"ROC and precision-recall curves of {shown}. {_CURVES}")
    page.table(
        f"The same recipes on the {protocol_words('image')}, {comparison.behind('image', 'binary')}, at threshold .5 as the brief judged "
        "them. Rows in italics give what the brief published of its own test split, 1,187 images of the full data, or a reference line on "
        "these images. The last column is the accuracy at the same threshold on unseen patients, of networks that were given the epochs of "
        "the table before.",
        ("recipe", "accuracy", "recall", "precision", "AUC", "accuracy, grouped folds"),
        replicated_rows(comparison, "binary", _REPLICATED, "accuracy"),
    )
