"""Which of two recipes is better, on made-up predictions."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.errors import UserError
from breakhis_desktop.evaluation.crossfit import crossfit_binary
from tests.factories import there
from tests.factories.predictions import make_predictions, rows_of
from training.evaluation import compare_pairs
from training.experiment.predictions import Predictions


def differences_of(a: Predictions, b: Predictions) -> dict[str, Any]:
    """Return the differences as they are stored in a file."""
    found: dict[str, Any] = as_json(compare_pairs(a, b))
    return found


def test_the_interval_of_a_clearly_better_recipe_excludes_zero() -> None:
    good, poor = make_predictions("good", noise=0.5), make_predictions("poor", noise=3.0, random_seed=1)
    found = differences_of(good, poor)
    json.dumps(found, allow_nan=False)
    assert (found["a"], found["b"], found["protocol_label"]) == ("good", "poor", "grouped")
    binary, subtype = found["binary"]["differences"], found["subtype"]["differences"]
    assert binary["auc"]["low"] > 0 > binary["brier_score"]["high"]
    assert all(one["excludes_zero"] for one in (*binary.values(), *subtype.values()))
    assert binary["auc"]["a"] == pytest.approx(roc_auc_score(good.malignant, good.binary), abs=1e-6)
    calibrated = crossfit_binary(there(poor.binary), poor.malignant, poor.fold)
    assert binary["brier_score"]["b"] == pytest.approx(brier_score_loss(poor.malignant, calibrated), abs=1e-6)
    assert subtype["macro_auc"]["value"] == pytest.approx(subtype["macro_auc"]["a"] - subtype["macro_auc"]["b"], abs=1e-12)


def without_noise(figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures without the last digits, which depend on the order of a sum."""
    rounded: dict[str, Any] = json.loads(json.dumps(figures), parse_float=lambda text: round(float(text), 12))
    return rounded


def test_a_recipe_does_not_differ_from_itself() -> None:
    one = make_predictions()
    for part in ("binary", "subtype"):
        for difference in differences_of(one, one)[part]["differences"].values():
            assert (difference["value"], difference["low"], difference["high"], difference["excludes_zero"]) == (0, 0, 0, False)


def test_only_entries_that_both_recipes_have_are_compared_whatever_their_order() -> None:
    a, b = make_predictions("a"), make_predictions("b", noise=2.0)
    shuffled = rows_of(b, np.random.default_rng(0).permutation(len(b)))
    alone = replace(a, subtypes=None)
    assert without_noise(differences_of(alone, shuffled)) == without_noise(differences_of(alone, b))
    fewer = differences_of(alone, rows_of(b, np.flatnonzero(b.split != 3)))["binary"]
    assert (fewer["entries"], fewer["accessions"]) == (120, 20)


def test_a_task_that_one_recipe_lacks_is_not_compared() -> None:
    one = make_predictions()
    assert "binary" not in differences_of(one, replace(one, binary=None))
    assert "subtype" not in differences_of(replace(one, subtypes=None), one)


def test_a_brier_score_that_cannot_be_crossfitted_has_no_difference() -> None:
    one = make_predictions()
    found = differences_of(one, replace(one, fold=np.ones_like(one.fold)))["binary"]["differences"]
    assert found["brier_score"].items() >= {"value": None, "low": None, "excludes_zero": False}.items()
    assert found["auc"]["value"] == 0


def test_pairs_that_cannot_be_compared_are_refused() -> None:
    one = make_predictions()
    with pytest.raises(UserError, match="compare two recipes under the same protocol"):
        compare_pairs(one, make_predictions(protocol="image"))
    with pytest.raises(UserError, match="have no image in common"):
        compare_pairs(one, replace(one, split=one.split + 5))
    with pytest.raises(UserError, match="different labels"):
        compare_pairs(one, replace(one, malignant=~one.malignant))
    with pytest.raises(UserError, match="two images of the same name"):
        compare_pairs(one, replace(one, name=np.full_like(one.name, "1.png")))
