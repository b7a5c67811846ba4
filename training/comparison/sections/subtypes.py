"""Eight subtypes: all recipes on unseen patients, beside what the brief published, and subtype by subtype."""

from collections.abc import Sequence

from breakhis_desktop.domain.figures import Recall, SubtypeFigures
from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.comparison.chosen import REFERENCE, Chosen
from training.comparison.manuscript import Manuscript
from training.comparison.runs import Comparison
from training.comparison.sections.names import row_name
from training.comparison.sections.rows import grouped_rows, replicated_rows
from training.comparison.words import joined, protocol_words
from training.pages.filters import figure_text

_GROUPED = ("macro_recall", "macro_recall_well_covered", "accuracy", "macro_auc", "weighted_f1", "crossing_rate")
_REPLICATED = ("accuracy", "macro_recall", "macro_precision", "macro_auc", "crossing_rate")
THIN = "too few patients for any claim"


def write_subtypes(page: Manuscript, comparison: Comparison, chosen: Sequence[Chosen]) -> None:
    """Write the section on the eight subtypes."""
    page.heading("Eight subtypes")
    behind = f"{protocol_words('grouped')}, {comparison.behind('grouped', 'subtype')}"
    covered = _well_covered(chosen)
    page.table(
        f"Eight subtypes on unseen patients ({behind}), by image; bold: the recipe of the default bundle. “Well covered” is the macro "
        f"recall over the subtypes with four or more accessions ({covered}); “crossing” the share of images "
        "whose subtype is taken for one on the other side of benign and malignant.",
        ("recipe", "macro recall", "well covered", "accuracy", "macro AUC", "weighted F1", "crossing", "training"),
        grouped_rows(comparison, "subtype", _GROUPED),
    )
    page.table(
        f"The same recipes on the {protocol_words('image')}, {comparison.behind('image', 'subtype')}. Rows in italics "
        "give what the brief published of its own test split, 1,187 images of the full data, or a reference line on these images. The last "
        "column is the macro recall on unseen patients, of networks that were given the epochs of the table before.",
        ("recipe", "accuracy", "macro recall", "macro precision", "macro AUC", "crossing", "macro recall, grouped folds"),
        replicated_rows(comparison, "subtype", _REPLICATED, "macro_recall"),
    )
    page.picture(
        "confusion_default",
        f"Confusion matrices of {comparison.default_recipe} and {REFERENCE}",
        f"Eight subtypes on unseen patients: `{comparison.default_recipe}`, the recipe of the default bundle (left), and `{REFERENCE}`, "
        "the line to beat (right). Rows are the truth, percentages are shares of a row; the dark lines part benign from malignant.",
    )
    page.table(
        f"Recall of each subtype on unseen patients ({behind}).",
        ("subtype", "images", "accessions", *(row_name(one.run.recipe, comparison.default_recipe) for one in chosen), "evidence"),
        [_recalls(one.code, one.name, chosen) for one in SUBTYPES] if chosen else [],
    )


def thinness(recall: Recall, code: str, covered: Sequence[str]) -> str:
    """Say what the number of accessions behind a subtype forbids; empty where it is well covered."""
    return recall.note or ("" if code in covered else THIN)


def _recalls(code: str, name: str, chosen: Sequence[Chosen]) -> list[str]:
    first = _subtype_figures(chosen[0])
    recall = first.recall[code]
    cells = [figure_text(_subtype_figures(one).recall[code]) for one in chosen]
    return [f"{name} ({code})", f"{recall.images:,}", str(recall.accessions), *cells, thinness(recall, code, first.well_covered)]


def _well_covered(chosen: Sequence[Chosen]) -> str:
    codes = _subtype_figures(chosen[0]).well_covered if chosen else ()
    return joined(list(codes)) if codes else "none"


def _subtype_figures(one: Chosen) -> SubtypeFigures:
    return one.run.figures.subtype or SubtypeFigures()
