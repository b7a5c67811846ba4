"""From the logits of the screening to `screening.csv`, by the program's own figures and a paired bootstrap over accessions."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

import numpy as np

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.evaluation.bootstrap import Values, Weights, estimate
from breakhis_desktop.evaluation.ranking import ranking_figures
from breakhis_desktop.evaluation.subtypes import choice_figures, confusion_matrix
from breakhis_desktop.files import write_atomically
from training.comparison.chosen import REFERENCE
from training.evaluation.evidence import as_number
from training.experiment.predictions import Predictions
from training.screening.combinations import Logits
from training.screening.configurations import BASE, Configuration

FROZEN = "resnet50/frozen"
"""The configuration whose backbone is not trained, on the same views."""

SCREENED_FIGURES = ("auc", "specificity_at_sensitivity_95", "macro_recall")
_COMPARED = ("auc", "macro_recall")
_NONE = Estimate(np.nan, np.nan, np.nan)
_Key = tuple[str, int]


def write_screening(file: Path, configurations: Sequence[Configuration], reference: Predictions) -> None:
    """Judge all configurations, and write a row for each and each number of views.

    Args:
        file: What stood there is replaced.
        configurations: `FROZEN` among them.
        reference: The frozen line to beat, in the order of all logits.
    """
    judged = _judged({(one.name, views): logits for one in configurations for views, logits in one.logits.items()}, reference)
    rows = [_row(one, views, judged) for one in configurations for views in one.logits]
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(file, text.getvalue().encode())


def _judged(logits: Mapping[_Key, Logits], reference: Predictions) -> dict[str, Estimate]:
    """Return figures as `NAME/VIEWS/FIGURE`, with differences to the reference, `FROZEN` and the network's base on the same draws."""
    if reference.binary is None or reference.subtypes is None:
        raise ValueError("the reference has both tasks")
    known = reference.subtype >= 0
    malignant, subtype = reference.malignant, reference.subtype[known]

    def ranked(weight: Weights) -> dict[str, Values]:
        one_of = {key: ranking_figures(malignant, one[:, 0], weight) for key, one in logits.items()}
        line = ranking_figures(malignant, np.asarray(reference.binary), weight)
        return dict(_figures(one_of, line))

    def chosen(weight: Weights) -> dict[str, Values]:
        one_of = {key: choice_figures(confusion_matrix(subtype, one[known, 1:].argmax(axis=1), weight)) for key, one in logits.items()}
        line = choice_figures(confusion_matrix(subtype, np.asarray(reference.subtypes)[known].argmax(axis=1), weight))
        return dict(_figures(one_of, line))

    return {**estimate(reference.accession, ranked), **estimate(reference.accession[known], chosen)}


def _figures(one_of: Mapping[_Key, Mapping[str, Values]], line: Mapping[str, Values]) -> Iterator[tuple[str, Values]]:
    for (name, views), figures in one_of.items():
        for figure in figures.keys() & set(SCREENED_FIGURES):
            yield f"{name}|{views}|{figure}", figures[figure]
        for figure in figures.keys() & set(_COMPARED):
            yield f"{name}|{views}|{figure}_minus_{REFERENCE}", figures[figure] - line[figure]
            yield f"{name}|{views}|{figure}_minus_screened_frozen", figures[figure] - one_of[FROZEN, views][figure]
            if base := one_of.get((_base_of(name), views)):
                yield f"{name}|{views}|{figure}_minus_base", figures[figure] - base[figure]


def _base_of(name: str) -> str:
    return f"{name.partition('/')[0]}/{BASE}"


def _row(one: Configuration, views: int, judged: Mapping[str, Estimate]) -> dict[str, str | int | float | None]:
    differences = [f"{figure}_minus_{other}" for other in (REFERENCE, "screened_frozen", "base") for figure in _COMPARED]
    row: dict[str, str | int | float | None] = {"name": one.name, "kind": one.kind, "change": one.change, "seed": one.seed, "views": views}
    for figure in (*SCREENED_FIGURES, *differences):
        value = judged.get(f"{one.name}|{views}|{figure}", _NONE)
        row |= {figure: as_number(value.value), f"{figure}_low": as_number(value.low), f"{figure}_high": as_number(value.high)}
    return {**row, "gpu_seconds": one.seconds}
