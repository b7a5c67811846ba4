"""The README's figures are those of the bundle that the program ships."""

from pathlib import Path
from typing import Any

import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import parse_card
from training.comparison.words import figure_text
from training.experiment.protocols import PRIMARY

README = Path(__file__).parents[2] / "README.md"
TRAINING = README.parent / "training"


def grouped() -> dict[str, Any]:
    card = as_json(parse_card((default_models() / "card.json").read_text(encoding="utf-8")))
    figures: dict[str, Any] = card["metrics"][PRIMARY]
    return figures


@pytest.mark.parametrize(
    ("row", "part", "name"),
    [
        ("area under the ROC curve", "binary", "auc"),
        ("sensitivity at the default operating point", "binary", "sensitivity"),
        ("specificity at the default operating point", "binary", "specificity"),
        ("eight subtypes: macro recall", "subtype", "macro_recall"),
    ],
)
def test_the_readme_gives_the_figures_of_the_card(row: str, part: str, name: str) -> None:
    figures = grouped()[part]["by_image" if part == "binary" else "figures"]
    shown = figure_text(figures[name]).replace("\N{NO-BREAK SPACE}", " ")
    assert f"| {row} | {shown} |" in README.read_text(encoding="utf-8")


def test_the_page_of_results_gives_the_figures_of_the_card() -> None:
    page = (TRAINING / "RESULTS.md").read_text(encoding="utf-8")
    assert figure_text(grouped()["binary"]["by_image"]["auc"]) in page
