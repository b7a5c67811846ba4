"""The section about the screening on the page of results."""

import csv
from pathlib import Path

import pytest

from tests.factories.sections import section
from training.comparison.sections.screening import make_screening, read_screening

COMPARED = ("resnet50_frozen", "screened_frozen", "base")


def row_of(name: str, kind: str, change: str, gain: float, views: int = 8, gpu_seconds: str = "12.5") -> dict[str, object]:
    """Return a row of `screening.csv` in which every difference is `gain`."""
    figures = dict.fromkeys(("auc", "specificity_at_sensitivity_95", "macro_recall"), 0.8)
    differences = {f"{figure}_minus_{other}": gain for figure in ("auc", "macro_recall") for other in COMPARED}
    ends = (("", 0.0), ("_low", -0.01), ("_high", 0.01))
    shown = {f"{column}{end}": value + off for column, value in {**figures, **differences}.items() for end, off in ends}
    return {"name": name, "kind": kind, "change": change, "seed": 1, "views": views, **shown, "gpu_seconds": gpu_seconds}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Return a folder with a table of some configurations and a combination."""
    rows = [
        *(row_of("resnet50/frozen", "no fine-tuning", "heads alone", 0.0, views, "0.0") for views in (1, 8)),
        *(row_of("resnet50/better", "noise", "less noise", 0.05, views) for views in (1, 8)),
        *(row_of("resnet50/base", "the base", "as it is", 0.0, views) for views in (1, 8)),
        row_of("together", "", "both", 0.0, gpu_seconds=""),
    ]
    with (tmp_path / "screening.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path


def section_of(results: Path) -> str:
    """Return the page's section about the screening."""
    return section("screening", screening=make_screening(read_screening(results)))


def test_the_page_names_better_configurations_and_says_they_are_not_runs(results: Path) -> None:
    text = section_of(results)
    assert "**These are not runs of the recipes.**" in text
    assert "both intervals above zero: 1 of 3 on one view: resnet50/better." in text
    assert "- **Noise**: resnet50/better. Better in AUC: resnet50/better (+" in text
    assert "- **The base**: resnet50/base.\n" in text
    assert "| together | both |" in text


def test_the_page_has_no_screening_section_without_a_screening(tmp_path: Path) -> None:
    assert not section_of(tmp_path).strip()
