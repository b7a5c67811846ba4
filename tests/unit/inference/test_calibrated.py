"""The program's calibrated probabilities and distances for the shipped bundle's golden images, compared with values computed here.

The expected values come from the numbers in `card.json`, `golden.npz` and `familiarity.npz` by the formulas below; none of the program's
code computes them.
"""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.bundle import Bundle, read_bundle
from breakhis_desktop.inference.classifier import Classifier
from breakhis_desktop.inference.engine import Engine
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.inference.onnx_engine import OnnxEngine
from breakhis_desktop.inference.out_of_distribution import OodDetector

CARD: dict[str, Any] = json.loads((default_models() / "card.json").read_text(encoding="utf-8"))
SMALLEST = 1e-7
"""The lower bound for the probability of a subtype; the program has the same bound, because it takes the logarithm of the probability."""
BENIGN, MALIGNANT = range(4), range(4, 8)


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(default_models())


@pytest.fixture(scope="module")
def engine(bundle: Bundle) -> Engine:
    return OnnxEngine(bundle)


@pytest.fixture(scope="module")
def found(bundle: Bundle, engine: Engine) -> list[ModelOutput]:
    return [one for one in Classifier(bundle, engine).classify(bundle.golden.images) if one is not None]


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    with np.load(default_models() / "golden.npz") as arrays:
        return {name: array.astype(float) for name, array in arrays.items()}


def sharpened(p: float, temperature: float) -> float:
    """Apply a temperature to a probability: raise its odds to the power 1 / temperature."""
    odds: float = (p / (1 - p)) ** (1 / temperature)
    return odds / (1 + odds)


def expected_subtypes(subtypes: list[float], p_malignant: float, *, within_class: bool) -> list[float]:
    weights = list(subtypes)
    if within_class:
        for places, share in ((BENIGN, 1 - p_malignant), (MALIGNANT, p_malignant)):
            total = sum(subtypes[place] for place in places)
            for place in places:
                weights[place] = subtypes[place] / total * share
    powers = [max(weight, SMALLEST) ** (1 / CARD["temperature"]["subtype"]) for weight in weights]
    return [power / sum(powers) for power in powers]


def test_every_golden_image_gets_a_result(found: list[ModelOutput], golden: dict[str, Any]) -> None:
    assert len(found) == len(golden["binary"]) >= 10


def test_the_probability_of_malignancy_is_the_golden_one_at_the_temperature_in_the_card(
    found: list[ModelOutput], golden: dict[str, Any]
) -> None:
    expected = [sharpened(p, CARD["temperature"]["binary"]) for p in golden["binary"]]
    assert [one.prediction.p_malignant for one in found] == pytest.approx(expected, abs=1e-3)
    assert max(abs(p - raw) for p, raw in zip(expected, golden["binary"], strict=True)) > 0.1, "the temperature makes a difference"


def test_the_subtype_probabilities_are_the_golden_ones_at_the_temperature_in_the_card(
    found: list[ModelOutput], golden: dict[str, Any]
) -> None:
    within = CARD["subtypes_within_class"]
    for one, subtypes, p in zip(found, golden["subtype"], golden["binary"], strict=True):
        expected = expected_subtypes(list(subtypes), p, within_class=within)
        assert list(one.prediction.p_subtypes) == pytest.approx(expected, abs=2e-3)
    raw = [
        expected_subtypes(list(subtypes), p, within_class=within) for subtypes, p in zip(golden["subtype"], golden["binary"], strict=True)
    ]
    assert np.abs(np.array(raw) - golden["subtype"]).max() > 0.1, "the temperature makes a difference"


def test_the_distance_is_given_relative_to_the_limit_in_the_card(found: list[ModelOutput], bundle: Bundle, engine: Engine) -> None:
    with np.load(default_models() / "familiarity.npz") as arrays:
        centre, axes = arrays["centre"].astype(float), arrays["axes"].astype(float)
    for one, features in zip(found, engine.infer(bundle.golden.images).features.astype(float), strict=True):
        offset = features - centre
        inside = sum(float(offset @ axis) ** 2 for axis in axes.T)
        outside = math.sqrt(float(offset @ offset) - inside)
        assert one.distance == pytest.approx(outside / math.sqrt(float(features @ features)) / CARD["familiarity"]["limit"], rel=1e-3)


@pytest.mark.parametrize(
    "familiarity",
    [
        OodDetector(np.zeros(3, np.float32), np.zeros((3, 2), np.float32)),
        OodDetector(np.full(2048, np.nan, np.float32), np.zeros((2048, 1), np.float32)),
    ],
)
def test_familiarity_data_that_does_not_match_the_networks_is_refused(bundle: Bundle, engine: Engine, familiarity: OodDetector) -> None:
    with pytest.raises(BundleError, match="its out-of-distribution data does not match its networks"):
        Classifier(replace(bundle, detector=familiarity), engine)


def test_a_bundle_without_familiarity_data_gives_no_distance(bundle: Bundle, engine: Engine) -> None:
    (one,) = Classifier(replace(bundle, detector=None), engine).classify(bundle.golden.images[:1])
    assert one is not None
    assert one.distance is None
    assert isinstance(one.prediction, Prediction)
