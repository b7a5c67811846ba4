import json
from typing import Any

import pytest

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.model_card import CardError, parse_card


def card(**changes: Any) -> str:
    figure = {"value": 0.9, "low": 0.8, "high": 1.0}
    facts: dict[str, Any] = {
        "format": 1,
        "name": "test",
        "version": "1",
        "created": "2026-01-01T00:00:00+00:00",
        "keras_version": "3.15.0",
        "preprocessing_version": 1,
        "input_size": [224, 224],
        "class_order": ["A", "F", "PT", "TA", "DC", "LC", "MC", "PC"],
        "files": {"binary.keras": "aa", "subtype.keras": "bb", "golden.npz": "cc"},
        "temperature": {"binary": 1.0, "subtype": 2.0},
        "review": {"margin": 0.1},
        "operating_points": {"default": {"threshold": 0.3, "sensitivity": figure, "specificity": figure, "protocol": "grouped"}},
    }
    return json.dumps(facts | changes)


def test_a_card_is_read() -> None:
    read = parse_card(card())
    assert (read.points["default"].threshold, read.temperatures, read.input_size) == (0.3, (1.0, 2.0), (224, 224))


def test_the_model_id_changes_with_a_network_and_not_with_a_name() -> None:
    same = parse_card(card(name="other"))
    other = parse_card(card(files={"binary.keras": "ax", "subtype.keras": "bb", "golden.npz": "cc"}))
    assert parse_card(card()).model_id == same.model_id != other.model_id


@pytest.mark.parametrize(
    "changes",
    [
        {"familiarity": {"sha256": "dd", "limit": 0.5}},
        {"familiarity": {"sha256": "dd", "limit": 0.6}},
        {"large_fields": {"tile": [700, 460], "strongest_share": 0.25}},
        {"training_data": {"magnifications": {"40": 10}}},
        {"temperature": {"binary": 1.5, "subtype": 2.0}},
        {"subtypes_within_class": True},
    ],
)
def test_the_model_id_changes_with_all_that_decides(changes: dict[str, Any]) -> None:
    assert parse_card(card(**changes)).model_id != parse_card(card()).model_id


def test_the_model_id_changes_with_the_limit_alone() -> None:
    one, other = (parse_card(card(familiarity={"sha256": "dd", "limit": limit})) for limit in (0.5, 0.6))
    assert one.model_id != other.model_id


DERIVED = {"joint.onnx": {"sha256": "ee"}}


def test_a_copy_that_leaves_its_networks_out_is_the_same_model() -> None:
    whole, copy = parse_card(card(derived=DERIVED)), parse_card(card(derived=DERIVED, left_out=["binary.keras", "subtype.keras"]))
    assert (whole.left_out, copy.left_out) == ((), ("binary.keras", "subtype.keras"))
    assert whole.model_id == copy.model_id


@pytest.mark.parametrize(
    "changes",
    [
        {"left_out": ["binary.keras"]},
        {"left_out": ["golden.npz"], "derived": DERIVED},
        {"left_out": "binary.keras", "derived": DERIVED},
        {"left_out": [["binary.keras"]], "derived": DERIVED},
    ],
)
def test_only_a_network_is_left_out_and_only_where_its_graph_is_named(changes: dict[str, Any]) -> None:
    with pytest.raises(CardError, match="its card"):
        parse_card(card(**changes))


CURVE: dict[str, Any] = {
    "protocol": "grouped",
    "thresholds": [0, 0.5, 1],
    "sensitivity": {"value": [1, 0.8, 0], "low": [1, 0.7, 0], "high": [1, 0.9, 0]},
    "specificity": {"value": [0, 0.6, 1], "low": [0, 0.5, 1], "high": [0, 0.7, 1]},
}


def test_the_figures_at_every_threshold_are_read() -> None:
    curve = parse_card(card(operating_curve=CURVE)).curve
    assert curve is not None
    assert curve.at(0.5) == (Estimate(0.8, 0.7, 0.9), Estimate(0.6, 0.5, 0.7))
    assert curve.evidence == "grouped"


def test_an_older_card_knows_the_figures_at_its_operating_points_alone() -> None:
    assert parse_card(card()).curve is None


def test_figures_change_no_model_id() -> None:
    assert parse_card(card(operating_curve=CURVE)).model_id == parse_card(card()).model_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        card(format=2),
        card(class_order=["F", "A", "PT", "TA", "DC", "LC", "MC", "PC"]),
        card(operating_points={}),
        card(files={"binary.keras": "aa"}),
        card(temperature={"binary": "warm", "subtype": 1.0}),
        card(operating_curve={**CURVE, "thresholds": [0, 1]}),
        card(operating_curve={**CURVE, "thresholds": []}),
        card(operating_curve={**CURVE, "sensitivity": CURVE["specificity"]}),
        card(operating_curve={**CURVE, "specificity": {**CURVE["specificity"], "low": [0, None, 1]}}),
        card(operating_curve={"protocol": "grouped"}),
    ],
)
def test_what_is_no_card_of_ours_is_refused(text: str) -> None:
    with pytest.raises(CardError, match="its card"):
        parse_card(text)


def test_a_card_that_is_nested_without_end_is_no_card() -> None:
    with pytest.raises(CardError, match="nested"):
        parse_card("[" * 100_000)
