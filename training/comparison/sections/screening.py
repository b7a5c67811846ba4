"""What was screened outside of the recipes."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from breakhis_desktop.domain.figures import Figure
from training.comparison.chosen import REFERENCE
from training.comparison.manuscript import Manuscript
from training.comparison.sections.names import FIGURES
from training.pages.filters import difference_text, figure_text

Row = Mapping[str, str]

_MOST_VIEWS = "8"
_SHOWN = ("auc", "specificity_at_sensitivity_95", "macro_recall")
_COMPARED = ("auc", "macro_recall")
_HEADER = (
    "configuration",
    "what it changes",
    "AUC",
    "specificity at sensitivity .95",
    "macro recall",
    "difference in AUC",
    "in macro recall",
)
_BASE, _FROZEN = "base", "screened_frozen"
_IN_BOTH = {REFERENCE: f"`{REFERENCE}`", _FROZEN: "`resnet50/frozen`"}


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
        "that, and weights were averaged over the last steps, which recipes do only where they say so. Neither that program "
        f"nor the code that computed these figures is part of this project: `{here}/screening.npz` keeps the logits of its networks, "
        f"`{here}/screening.toml` the settings of each configuration, and [`screening.csv`]({here}/screening.csv) the figures, by the "
        "metrics and the paired bootstrap of the recipes. One configuration more was cut off by the end of the budget and is left out. "
        "Not tried, here or as a recipe: features of several depths together."
    )
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    trained = sorted((row for row in rows if row["gpu_seconds"] and row["views"] == _MOST_VIEWS), key=lambda row: kinds.index(row["kind"]))
    made = [row for row in rows if not row["gpu_seconds"] and row["views"] == _MOST_VIEWS]
    page.text("What each kind of change gave, against the base of the same network, both as means over the eight symmetries:")
    page.points(_gave(kind, [row for row in trained if row["kind"] == kind]) for kind in kinds)
    page.text("And against frozen features:")
    page.points(_better_in_both(rows, other) for other in _IN_BOTH)
    page.text(
        "Many configurations were compared on the same folds: the best are flattered by the choice, some intervals exclude zero by chance, "
        "and combinations were thought of after the figures of their parts were seen. What is composed stands against lines that are not, "
        "so that a part of its gain is that of composing alone. A difference from `lite0_staged` or "
        "`resnet50_staged` is no effect of the change alone, since the program differs too."
    )
    said = "means over the eight symmetries of each image; differences, paired, are to"
    sizes = f"{len(trained)} configurations that were trained"
    page.table(f"{sizes}, by kind, {said} the base of the same network.", _HEADER, [_cells(row, _BASE) for row in trained], words=(0, 1))
    page.table(
        f"{len(made)} that were made of them, and of frozen features, without training, {said} `{REFERENCE}`, a single view.",
        _HEADER,
        [_cells(row, REFERENCE) for row in made],
        words=(0, 1),
    )


def _gave(kind: str, rows: Sequence[Row]) -> str:
    """Say which changes of a kind were shown to do something; empty where none was trained."""
    title, names = kind[:1].upper() + kind[1:], ", ".join(row["name"] for row in rows)
    compared = [row for row in rows if row[f"auc_minus_{_BASE}"] and row["name"].partition("/")[2] != _BASE]
    if not compared:
        return f"**{title}**: {names}." if rows else ""
    found = [sentence for figure in _COMPARED for better in (True, False) if (sentence := _shown(compared, figure, better))]
    return f"**{title}**: {names}. {' '.join(found) or 'No difference was shown.'}"


def _shown(rows: Sequence[Row], figure: str, better: bool) -> str:
    end, sign = ("low", 1) if better else ("high", -1)
    named = [row for row in rows if sign * float(row[f"{figure}_minus_{_BASE}_{end}"]) > 0]
    said = ", ".join(f"{row['name']} ({difference_text(_estimate(row, f'{figure}_minus_{_BASE}'))})" for row in named)
    return f"{'Better' if better else 'Worse'} in {FIGURES[figure]}: {said}." if said else ""


def _better_in_both(rows: Sequence[Row], other: str) -> str:
    """Name those that were shown to be better in both tasks, with a single view."""
    single = [row for row in rows if row["views"] == "1"]
    better = [row["name"] for row in single if all(float(row[f"{figure}_minus_{other}_low"]) > 0 for figure in _COMPARED)]
    named = f": {'; '.join(better)}" if better else ""
    who = f"{len(better)} of {len(single)} on one view{named}"
    return f"Better than {_IN_BOTH[other]} in AUC and in macro recall, both intervals above zero: {who}."


def _cells(row: Row, other: str) -> list[str]:
    figures = [figure_text(_estimate(row, name)) for name in _SHOWN]
    differences = [difference_text(_estimate(row, f"{name}_minus_{other}")) for name in _COMPARED]
    return [row["name"], row["change"], *figures, *differences]


def _estimate(row: Row, name: str) -> Figure | None:
    numbers = [row[f"{name}{end}"] for end in ("", "_low", "_high")]
    return Figure(*map(float, numbers)) if numbers[0] else None
