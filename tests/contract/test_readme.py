"""The figures in README.md and RESULTS.md are those of the bundle that ships with the program."""

from pathlib import Path

import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import parse_card
from breakhis_desktop.domain.card_parts import ProtocolMetrics
from breakhis_desktop.domain.figure_text import DETAILED, interval_text
from training.experiment.protocols import PRIMARY
from training.pages.filters import figure_text

README = Path(__file__).parents[2] / "README.md"
TRAINING = README.parent / "training"


def grouped() -> ProtocolMetrics:
    return parse_card((default_models() / "card.json").read_text(encoding="utf-8")).metrics[PRIMARY]


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
    figures = grouped().of(part)
    assert figures is not None
    shown = interval_text(figures.by_image[name], DETAILED)
    assert f"| {row} | {shown} |" in README.read_text(encoding="utf-8")


def test_the_results_page_gives_the_figures_of_the_card() -> None:
    page, figures = (TRAINING / "RESULTS.md").read_text(encoding="utf-8"), grouped().of("binary")
    assert figures is not None
    assert figure_text(figures.by_image["auc"]) in page
