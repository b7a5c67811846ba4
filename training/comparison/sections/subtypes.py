"""Eight subtypes: all recipes on unseen patients, beside what the brief published, and subtype by subtype."""

from collections.abc import Mapping, Sequence

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.comparison.chosen import Chosen
from training.comparison.manuscript import Manuscript
from training.comparison.published import IMAGE_LINES, PUBLISHED
from training.comparison.runs import Absent, Comparison, Figures, Run
from training.comparison.sections.names import row_name, training_words
from training.comparison.words import NOTHING, figure_text, joined, number, protocol_words
from training.recipe import TASKS

_SUBTYPE = frozenset(TASKS) - {"binary"}
_GROUPED = ("macro_recall", "macro_recall_well_covered", "accuracy", "macro_auc", "weighted_f1", "crossing_rate")
_REPLICATED = ("accuracy", "macro_recall", "macro_precision", "macro_auc")
THIN = "too thin for any claim"


def write_subtypes(page: Manuscript, comparison: Comparison, chosen: Sequence[Chosen]) -> None:
    """Write the section on the eight subtypes."""
    page.heading("Eight subtypes")
    behind = f"{protocol_words('grouped')}, {comparison.behind('grouped', 'subtype')}"
    covered = chosen[0].run.figures["subtype"]["well_covered"] if chosen else []
    page.table(
        f"Eight subtypes on unseen patients ({behind}), by image; bold: the recipe of the default bundle. “Well covered” is the macro "
        f"recall over {joined(covered)}, the subtypes with four or more accessions; “crossing” the share of images whose subtype is taken "
        "for one on the other side of benign and malignant.",
        ("recipe", "macro recall", "well covered", "accuracy", "macro AUC", "weighted F1", "crossing", "training"),
        [_grouped(row, comparison) for row in comparison.rows if row.protocol == "grouped" and row.task in _SUBTYPE],
    )
    page.table(
        f"The same recipes on the {protocol_words('image')}, {comparison.behind('image', 'subtype')}. Beneath ours in italics what was "
        "published: by the brief of its own test split, 1,187 images of the full data, and of the lines to beat on these images; in the "
        "last column the macro recall on unseen patients.",
        ("recipe", "accuracy", "macro recall", "macro precision", "macro AUC", "macro recall, grouped folds"),
        [row for run in comparison.runs("image", "subtype") for row in _replicated(run, comparison)],
    )
    page.table(
        f"Recall of each subtype on unseen patients ({behind}).",
        ("subtype", "images", "accessions", *(row_name(one.run.recipe, comparison.default_recipe) for one in chosen), "evidence"),
        [_recalls(one.code, one.name, chosen) for one in SUBTYPES] if chosen else [],
    )


def thinness(recall: Figures, code: str, covered: Sequence[str]) -> str:
    """Say what the number of accessions behind a subtype forbids; empty where it is well covered."""
    return str(recall.get("note") or ("" if code in covered else THIN))


def _grouped(row: Run | Absent, comparison: Comparison) -> list[str]:
    name = row_name(row.recipe, comparison.default_recipe)
    if isinstance(row, Absent):
        return [name, *[NOTHING] * len(_GROUPED), training_words(row)]
    figures = row.figures["subtype"]["figures"]
    return [name, *(figure_text(figures[one]) for one in _GROUPED), training_words(row)]


def _replicated(run: Run, comparison: Comparison) -> list[list[str]]:
    """Write a run, and beneath it what was published of the recipe, if anything was."""
    ours, published = run.figures["subtype"]["figures"], _published(run.recipe)
    grouped = comparison.find(run.recipe, "grouped")
    unseen = figure_text(grouped.figures["subtype"]["figures"]["macro_recall"]) if grouped and grouped.complete else NOTHING
    rows = [[row_name(run.recipe, comparison.default_recipe), *(figure_text(ours[one]) for one in _REPLICATED), unseen]]
    if published:
        rows.append(["*as published*", *(f"*{number(published.get(one))}*" for one in _REPLICATED), ""])
    return rows


def _published(recipe: str) -> Mapping[str, float]:
    """Return what was published of a recipe on the image split, the brief's own or one of the lines to beat."""
    if line := IMAGE_LINES.get(recipe):
        return {"accuracy": line["subtype_accuracy"], "macro_recall": line["macro_recall"], "macro_auc": line["macro_auc"]}
    return {name: value for name, value in PUBLISHED.get(recipe, {}).items() if name in _REPLICATED}


def _recalls(code: str, name: str, chosen: Sequence[Chosen]) -> list[str]:
    first = chosen[0].run.figures["subtype"]
    recall = first["recall"][code]
    cells = [figure_text(one.run.figures["subtype"]["recall"][code]) for one in chosen]
    return [f"{name} ({code})", f"{recall['images']:,}", str(recall["accessions"]), *cells, thinness(recall, code, first["well_covered"])]
