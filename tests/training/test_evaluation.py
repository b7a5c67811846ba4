"""Every figure of a recipe, from made-up predictions."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from msgspec import convert
from sklearn.metrics import accuracy_score, brier_score_loss, confusion_matrix, recall_score, roc_auc_score

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.errors import UserError
from breakhis_desktop.evaluation.crossfit import crossfit_binary, crossfit_thresholds
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.temperature import fit_binary, temper_binary
from tests.factories import there
from tests.factories.predictions import ACCESSIONS, IMAGES_EACH, make_predictions, rows_of
from training.evaluation import Evaluation, evaluate, margin, readable
from training.evaluation.evidence import evidence
from training.evaluation.judged import Judged
from training.experiment.predictions import Predictions


@pytest.fixture(scope="module")
def predictions() -> Predictions:
    return make_predictions()


def figures_of(predictions: Predictions) -> dict[str, Any]:
    """Return the figures as they are stored in a file."""
    figures: dict[str, Any] = as_json(evaluate(predictions))
    return figures


@pytest.fixture(scope="module")
def figures(predictions: Predictions) -> dict[str, Any]:
    return figures_of(predictions)


def test_figures_can_be_written_as_json_and_read_back(predictions: Predictions, figures: dict[str, Any]) -> None:
    assert convert(json.loads(json.dumps(figures, allow_nan=False)), Evaluation) == evaluate(predictions)


def test_the_readable_text_states_counts_and_warns_of_too_few_patients(predictions: Predictions, figures: dict[str, Any]) -> None:
    text = readable(evaluate(predictions))
    assert text.startswith("made_up, protocol grouped: 150 images, 25 accessions\n")
    assert f"{figures['subtype']['recall']['A']['value']:.3f}  6 images, 1 accessions; too few patients" in text


def test_figures_by_image_match_scikit_learn(predictions: Predictions, figures: dict[str, Any]) -> None:
    p, malignant, fold = there(predictions.binary), predictions.malignant, predictions.fold
    calibrated = crossfit_binary(p, malignant, fold)
    found = {name: one["value"] for name, one in figures["binary"]["by_image"].items()}
    assert found["auc"] == pytest.approx(roc_auc_score(malignant, p), abs=1e-6)
    assert found["brier_score"] == pytest.approx(brier_score_loss(malignant, calibrated), abs=1e-6)
    called = calibrated >= crossfit_thresholds(p, malignant, fold, OPERATING_POINTS["default"])
    assert found["sensitivity"] == pytest.approx(recall_score(malignant, called), abs=1e-6)
    assert list(figures["binary"]["at_points"]["default"]["confusion"].values()) == list(confusion_matrix(malignant, called).flat)


def test_figures_at_one_half_use_raw_probabilities(predictions: Predictions, figures: dict[str, Any]) -> None:
    called = there(predictions.binary) >= 0.5
    at_half = figures["binary"]["at_half"]
    assert at_half["accuracy"]["value"] == pytest.approx(accuracy_score(predictions.malignant, called), abs=1e-6)
    assert list(at_half["confusion"].values()) == list(confusion_matrix(predictions.malignant, called).flat)


def test_each_operating_point_has_one_threshold_and_crossfitted_figures(figures: dict[str, Any]) -> None:
    thresholds = [figures["operating_points"][name]["threshold"] for name in ("screening", "default", "balanced")]
    assert thresholds == sorted(thresholds)
    for name, point in figures["operating_points"].items():
        assert point["sensitivity"] == figures["binary"]["at_points"][name]["sensitivity"]
        assert point["protocol"] == "grouped, cross-fitted; 150 images of 25 accessions"
        OperatingPoint(name, **{key: point[key] for key in ("threshold", "sensitivity", "specificity")})


def test_each_of_the_three_rules_for_patients_has_figures(predictions: Predictions, figures: dict[str, Any]) -> None:
    binary = figures["binary"]
    assert binary["patients"] == ACCESSIONS
    assert set(binary["patient_rules"]) == {"mean", "maximum", "top_3"}
    assert binary["patient_rules"]["mean"].items() >= {name: binary["by_patient"][name] for name in ("auc", "specificity")}.items()
    assert binary["by_patient"]["auc"]["value"] > binary["by_image"]["auc"]["value"]
    calibrated = crossfit_binary(there(predictions.binary), predictions.malignant, predictions.fold)
    highest = roc_auc_score(predictions.malignant[::IMAGES_EACH], calibrated.reshape(ACCESSIONS, IMAGES_EACH).max(axis=1))
    assert binary["patient_rules"]["maximum"]["auc"]["value"] == pytest.approx(highest, abs=1e-6)


def test_images_of_unknown_magnification_have_no_separate_figures(figures: dict[str, Any]) -> None:
    for task in ("binary", "subtype"):
        images = {name: part["images"] for name, part in figures[task]["by_magnification"].items()}
        assert images == {"40": 25, "100": 25, "200": 50, "400": 25}


def test_subtype_figures_match_scikit_learn_and_state_their_evidence(predictions: Predictions, figures: dict[str, Any]) -> None:
    subtype, chosen = figures["subtype"], there(predictions.subtypes).argmax(axis=1)
    recall = recall_score(predictions.subtype, chosen, labels=np.unique(predictions.subtype), average="macro")
    assert subtype["figures"]["macro_recall"]["value"] == pytest.approx(recall, abs=1e-6)
    assert subtype["confusion_matrix"] == confusion_matrix(predictions.subtype, chosen, labels=range(8)).tolist()
    assert subtype["well_covered"] == ["F", "DC", "LC", "MC", "PC"]
    assert subtype["recall"]["A"].items() >= {"entries": 6, "images": 6, "accessions": 1, "note": "too few patients", "low": None}.items()
    assert subtype["recall"]["PT"]["value"] is None
    assert "note" not in subtype["recall"]["DC"]
    by_sum = roc_auc_score(predictions.malignant, there(predictions.subtypes)[:, 4:].sum(axis=1))
    assert subtype["figures"]["malignant_auc"]["value"] == pytest.approx(by_sum, abs=1e-6)


def test_an_image_without_a_subtype_is_used_only_in_the_binary_task(predictions: Predictions, figures: dict[str, Any]) -> None:
    left_out = figures_of(replace(predictions, subtype=np.where(predictions.accession == "2", -1, predictions.subtype)))
    assert left_out["binary"] == figures["binary"]
    assert left_out["subtype"]["images"] == 144


def test_every_figure_lies_between_the_ends_of_its_interval(figures: dict[str, Any]) -> None:
    for part in (figures["binary"]["by_image"], figures["subtype"]["figures"], figures["binary"]["patient_rules"]["top_3"]):
        for name, one in part.items():
            if isinstance(one, dict) and name != "expected_calibration_error":  # higher in resamples, as gaps of either sign add to it
                assert one["low"] <= one["value"] <= one["high"], name


def test_curves_mark_the_default_operating_point_and_review_curves_start_with_no_image_reviewed(figures: dict[str, Any]) -> None:
    shown = {name: one["value"] for name, one in figures["binary"]["by_image"].items()}
    assert figures["binary"]["roc"]["default"] == pytest.approx([1 - shown["specificity"], shown["sensitivity"]])
    assert figures["binary"]["precision_recall"]["default"] == [shown["sensitivity"], shown["precision"]]
    curves = figures["review"]["curves"]
    assert curves["binary"][0]["error_rate"] == pytest.approx(1 - shown["accuracy"], abs=1e-4)
    assert curves["subtype"][0]["error_rate"] == pytest.approx(1 - figures["subtype"]["figures"]["accuracy"]["value"], abs=1e-4)
    trade = figures["review"]["trade"]
    assert figures["review"]["margin"] in [one["margin"] for one in trade]
    assert [one["share_sent_to_review"] for one in trade] == sorted(one["share_sent_to_review"] for one in trade)
    for curve in curves.values():
        assert curve[-1]["error_rate"] < curve[0]["error_rate"]


def test_labels_of_a_fold_do_not_affect_the_thresholds_for_its_images(predictions: Predictions) -> None:
    poisoned = replace(predictions, malignant=predictions.malignant ^ (predictions.fold == 2))
    p = there(predictions.binary)
    for rule in OPERATING_POINTS.values():
        before, after = (crossfit_thresholds(p, one.malignant, one.fold, rule) for one in (predictions, poisoned))
        np.testing.assert_array_equal(before[predictions.fold == 2], after[predictions.fold == 2])
    assert figures_of(poisoned)["temperature"]["binary"] == fit_binary(p, poisoned.malignant)


def test_labels_of_a_fold_do_not_affect_the_review_margin_for_its_images(predictions: Predictions) -> None:
    here = predictions.fold == 2
    poisoned = replace(predictions, malignant=predictions.malignant ^ here)
    before, after = (margin.crossfit_margins(one) for one in (predictions, poisoned))
    np.testing.assert_array_equal(before[here], after[here])
    assert (before != after).any()
    assert np.isin(before, margin.MARGINS).all()


def test_margins_up_to_30_percent_are_tried_and_a_missed_cancer_counts_fivefold() -> None:
    np.testing.assert_allclose(margin.MARGINS, np.linspace(0, 0.3, 31))
    assert margin.MISSED_COUNTS == 5


def test_a_margin_needs_probabilities_of_malignancy(predictions: Predictions) -> None:
    with pytest.raises(ValueError, match="a margin takes probabilities of malignant"):
        margin.find_margin(replace(predictions, binary=None), np.ones(len(predictions), bool))


@pytest.mark.parametrize("random_seed", range(6))
def test_the_margin_maximises_errors_caught_minus_images_sent_to_review(random_seed: int) -> None:
    predictions = make_predictions(noise=2.0, random_seed=random_seed)
    raw, truth = there(predictions.binary).astype(float), predictions.malignant
    p = temper_binary(raw, fit_binary(there(predictions.binary), truth))
    threshold = OPERATING_POINTS["default"](truth, p)
    called = p >= threshold
    disagree = (there(predictions.subtypes).argmax(axis=1) >= 4) != called
    cost = np.where(called == truth, 0, np.where(truth, 5, 1))
    gains = []
    for width in np.arange(31) / 100:
        sent = (abs(p - threshold) < width) | disagree
        gains.append(cost[sent].sum() / cost.sum() - sent.sum() / len(p))
    assert margin.find_margin(predictions, np.ones(len(p), bool)) == np.argmax(gains) / 100


def test_a_single_false_alarm_is_worth_sending_some_images_to_review(predictions: Predictions) -> None:
    p = np.array([0.6] * 7 + [0.99] * 2 + [0.01] * 2, np.float32)
    malignant = np.array([True] * 6 + [False] + [True] * 2 + [False] * 2)
    made = replace(predictions, binary=p, malignant=malignant, subtypes=None)
    assert margin.find_margin(made, np.ones(11, bool)) == 0.01


def test_the_margin_is_zero_if_there_are_no_errors(predictions: Predictions) -> None:
    p = np.where(predictions.malignant, 0.9, 0.1).astype(np.float32)
    sure = replace(predictions, binary=p, subtypes=None)
    assert margin.find_margin(sure, np.ones(len(p), bool)) == 0.0


def test_a_greater_weight_for_missed_cancers_widens_the_margin(predictions: Predictions, monkeypatch: pytest.MonkeyPatch) -> None:
    groups = ((60, 0.9, True), (60, 0.1, False), (1, 0.55, True), (10, 0.57, False), (40, 0.49, False), (3, 0.48, True))
    p = np.concatenate([np.full(images, at) for images, at, _ in groups])
    malignant = np.concatenate([np.full(images, truth) for images, _, truth in groups])
    made = replace(predictions, binary=p.astype(np.float32), malignant=malignant, subtypes=None)
    widths = []
    for counts in (1, 5):
        monkeypatch.setattr(margin, "MISSED_COUNTS", counts)
        widths.append(margin.find_margin(made, np.ones(len(p), bool)))
    assert widths[0] < widths[1]


@pytest.mark.parametrize(("task", "missing"), [("binary", "subtype"), ("subtype", "binary")])
def test_a_task_that_a_recipe_lacks_has_no_figures(predictions: Predictions, task: str, missing: str) -> None:
    lacking = replace(predictions, subtypes=None) if missing == "subtype" else replace(predictions, binary=None)
    figures = figures_of(lacking)
    assert task in figures
    assert missing not in figures
    assert list(figures["temperature"]) == list(figures["review"]["curves"]) == [task]
    assert ("operating_points" in figures) == (task == "binary")
    assert figures["review"].get("rule", "").endswith("of the threshold") == (task == "binary")
    assert "made_up" in readable(evaluate(lacking))


@pytest.mark.parametrize("case", ["one fold", "one class", "one fold with the only benign images"])
def test_figures_that_cannot_be_crossfitted_are_null_with_a_note(predictions: Predictions, case: str) -> None:
    poor = {
        "one fold": replace(predictions, fold=np.ones_like(predictions.fold)),
        "one class": rows_of(predictions, np.flatnonzero(predictions.malignant)),
        "one fold with the only benign images": rows_of(predictions, np.flatnonzero(predictions.malignant | (predictions.fold == 2))),
    }[case]
    figures = figures_of(poor)
    json.dumps(figures, allow_nan=False)
    binary = figures["binary"]
    assert binary["note"].startswith("not cross-fitted: ")
    assert binary["by_image"]["sensitivity"] == binary["by_patient"]["auc"] == {"value": None, "low": None, "high": None}
    assert (binary["by_image"]["auc"]["value"] is None) == (case == "one class")
    assert (figures["operating_points"]["default"]["threshold"] is None) == (case == "one class")
    assert binary["at_points"]["default"]["confusion"] is binary["roc"]["default"] is None
    assert binary["reliability"] == figures["review"]["curves"]["binary"] == []
    assert figures["subtype"]["figures"]["accuracy"]["value"] > 0
    words = readable(evaluate(poor))
    assert ("needs several folds" in words) == (case == "one fold")
    assert ("not defined on these images" in words) == (case != "one fold")


def test_an_image_at_its_threshold_is_called_malignant() -> None:
    p, malignant = np.array([0.2, 0.5, 0.8]), np.array([False, True, True])
    judged = Judged(p, p, {"default": np.full(3, 0.5)}, malignant, np.array(["1", "2", "3"]), "")
    assert judged.called().tolist() == [False, True, True]


def test_figures_of_a_subset_of_the_entries_come_from_these_entries_alone(predictions: Predictions) -> None:
    judged, part = Judged.of(predictions, there(predictions.binary)), predictions.magnification == 200
    found = judged.figures(part)
    assert found["auc"].value == pytest.approx(roc_auc_score(predictions.malignant[part], there(predictions.binary)[part]), abs=1e-4)
    assert found["sensitivity"].value == pytest.approx(recall_score(predictions.malignant[part], judged.called()[part]), abs=1e-4)
    assert found != judged.figures()


def test_predictions_that_lack_a_fold_are_still_crossfitted(predictions: Predictions) -> None:
    part = rows_of(predictions, np.flatnonzero((predictions.fold != 4) & (np.arange(len(predictions)) % 3 == 0)))
    figures = figures_of(replace(part, provenance=replace(part.provenance, protocol="image"), split=np.ones_like(part.split)))
    assert figures["binary"]["by_image"]["sensitivity"]["value"] > 0.5
    assert figures["operating_points"]["default"]["protocol"].startswith("image (leaky), cross-fitted")


def test_an_image_held_out_twice_counts_as_two_entries_but_one_image(predictions: Predictions) -> None:
    twice = rows_of(predictions, np.tile(np.arange(len(predictions)), 2))
    official = replace(twice, provenance=replace(twice.provenance, protocol="official"), split=np.repeat([1, 2], len(predictions)))
    assert as_json(evidence(official)) == {"entries": 300, "images": 150, "accessions": 25}
    assert figures_of(official)["binary"]["patients"] == ACCESSIONS


def test_empty_predictions_are_refused(predictions: Predictions) -> None:
    with pytest.raises(UserError, match="made_up predicted no image"):
        evaluate(rows_of(predictions, np.empty(0, int)))


def test_there_are_no_subtype_figures_if_no_subtype_is_known(predictions: Predictions) -> None:
    subtype = figures_of(replace(predictions, subtype=np.full_like(predictions.subtype, -1)))["subtype"]
    assert subtype["figures"]["macro_auc"] == {"value": None, "low": None, "high": None}
    assert subtype["images"] == 0
    assert list(subtype["recall"]) == list(SUBTYPE_CODES)
