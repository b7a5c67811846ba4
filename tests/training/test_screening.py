"""The screening: combinations of logits, the table of figures and its section on the page."""

import csv
from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.evaluation.ranking import auc
from breakhis_desktop.evaluation.subtypes import MALIGNANT_SUBTYPES
from tests.factories.predictions import make_predictions
from training.comparison.manuscript import Manuscript
from training.comparison.sections.screening import read_screening, write_screening
from training.experiment.predictions import Predictions, load_predictions, predictions_file
from training.screening import judge
from training.screening.combinations import Logits, averaged, composed, without_prior
from training.screening.configurations import Configuration, screened
from training.workspace import RESULTS


def logits_of(predictions: Predictions) -> Logits:
    assert predictions.binary is not None
    assert predictions.subtypes is not None
    p = predictions.binary.astype(np.float64)
    return np.column_stack([np.log(p) - np.log1p(-p), np.log(predictions.subtypes.astype(np.float64))])


@pytest.fixture(scope="module")
def reference() -> Predictions:
    return make_predictions("resnet50_frozen", 1.4, "grouped")


@pytest.fixture(scope="module")
def results(reference: Predictions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a table of a configuration that is the reference itself, and of a better one."""
    folder = tmp_path_factory.mktemp("results")
    logits = logits_of(reference)
    sharper = make_predictions("sharper", 0.3, "grouped")
    made = [
        Configuration(judge.FROZEN, "no fine-tuning", "heads alone", 1, 0.0, {1: logits, 8: logits}),
        Configuration("resnet50/better", "noise", "less noise", 1, 12.5, {1: logits_of(sharper), 8: logits_of(sharper)}),
        Configuration("resnet50/base", "the base", "as it is", 1, 10.0, {1: logits, 8: logits}),
        Configuration("together", "", "both", None, None, {8: averaged([logits, logits])}),
    ]
    judge.write_screening(folder / "screening.csv", made, reference)
    return folder


def test_composed_subtypes_of_a_class_add_up_to_the_class() -> None:
    logits = np.random.default_rng(1).normal(0, 2, (20, 9))
    p = np.exp(composed(logits)[:, 1:])
    np.testing.assert_allclose(p.sum(axis=1), 1)
    np.testing.assert_allclose(p[:, MALIGNANT_SUBTYPES].sum(axis=1), 1 / (1 + np.exp(-logits[:, 0])))


def test_composing_keeps_the_order_of_subtypes_within_their_class() -> None:
    logits = np.random.default_rng(2).normal(0, 2, (20, 9))
    for part in (MALIGNANT_SUBTYPES, ~MALIGNANT_SUBTYPES):
        columns = 1 + np.flatnonzero(part)
        np.testing.assert_array_equal(composed(logits)[:, columns].argmax(axis=1), logits[:, columns].argmax(axis=1))


def test_networks_together_agree_with_each_of_them_where_they_are_the_same() -> None:
    logits = np.random.default_rng(3).normal(0, 2, (5, 9))
    shifted = logits + np.array([0, *np.full(8, 3.0)])
    together = averaged([logits, shifted])
    np.testing.assert_allclose(together[:, 0], logits[:, 0])
    np.testing.assert_allclose(np.diff(together[:, 1:]), np.diff(logits[:, 1:]))


def test_a_prior_is_taken_from_other_folds_alone(reference: Predictions) -> None:
    logits = logits_of(reference)
    before = without_prior(logits, reference.subtype, reference.fold)
    first = reference.fold == reference.fold[0]
    changed = logits.copy()
    changed[first, 1:] = changed[first, 1:][:, ::-1]
    after = without_prior(changed, reference.subtype, reference.fold)
    np.testing.assert_allclose((after - changed)[first], (before - logits)[first])
    assert not np.allclose(after[~first], before[~first])


def test_the_reference_itself_differs_by_nothing(results: Path) -> None:
    row = read_screening(results)[0]
    differences = [
        float(row[f"{figure}_minus_resnet50_frozen{end}"]) for figure in ("auc", "macro_recall") for end in ("", "_low", "_high")
    ]
    np.testing.assert_allclose(differences, 0, atol=1e-4)


def test_a_row_holds_what_stands_behind_it(results: Path, reference: Predictions) -> None:
    rows = {(row["name"], row["views"]): row for row in read_screening(results)}
    trained = {(name, views) for name in (judge.FROZEN, "resnet50/better", "resnet50/base") for views in ("1", "8")}
    assert rows.keys() == trained | {("together", "8")}
    better = rows["resnet50/better", "8"]
    assert [better[name] for name in ("change", "seed", "gpu_seconds")] == ["less noise", "1", "12.5"]
    assert float(rows["together", "8"]["auc"]) == pytest.approx(float(auc(reference.malignant, np.asarray(reference.binary))), abs=1e-4)


def test_the_page_names_what_is_better_in_both_tasks_and_says_that_these_are_no_runs(results: Path) -> None:
    page = Manuscript("results/figures", frozenset())
    write_screening(page, read_screening(results))
    text = page.markdown()
    assert "**These are no runs of the recipes.**" in text
    assert "both intervals above zero: 1 of 3 on one view: resnet50/better." in text
    assert "- **Noise**: resnet50/better. Better in AUC: resnet50/better (+" in text
    assert "- **The base**: resnet50/base.\n" in text
    assert "| together | both |" in text


def test_without_a_screening_the_page_has_no_such_section(tmp_path: Path) -> None:
    page = Manuscript("results/figures", frozenset())
    write_screening(page, read_screening(tmp_path))
    assert "Screening" not in page.markdown()


@pytest.mark.slow
def test_the_table_of_the_project_follows_from_the_logits_that_it_keeps(tmp_path: Path) -> None:
    reference = load_predictions(predictions_file(RESULTS, "resnet50_frozen", "grouped"))
    judge.write_screening(tmp_path / "screening.csv", screened(RESULTS / "screening.npz", reference), reference)
    with (tmp_path / "screening.csv").open(encoding="utf-8", newline="") as made:
        assert list(csv.DictReader(made)) == read_screening(RESULTS)
