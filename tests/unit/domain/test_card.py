import json
from typing import Any

import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import CardError, parse_card
from breakhis_desktop.domain.decision import Estimate
from tests.factories import said
from tests.factories.cards import card


def test_a_card_is_read() -> None:
    read = parse_card(card())
    assert (read.points["default"].threshold, read.temperatures, read.input_size) == (0.3, (1.0, 2.0), (224, 224))


def test_the_shipped_card_is_written_back_exactly_as_read() -> None:
    shipped = (default_models() / "card.json").read_text(encoding="utf-8")
    assert json.dumps(as_json(parse_card(shipped))) == json.dumps(json.loads(shipped))


def test_an_absent_field_is_written_only_if_it_has_a_default_factory() -> None:
    written = as_json(parse_card(card()))
    assert written.keys() - json.loads(card()).keys() == {"derived", "training_data", "metrics", "other_fold_assignments"}


def test_the_refusal_of_a_card_names_the_invalid_field() -> None:
    with pytest.raises(CardError, match=r"no valid value for review\.margin"):
        parse_card(card(review={"margin": 2}))


def test_the_model_id_depends_on_the_networks_and_not_on_the_name_in_the_card() -> None:
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
def test_the_model_id_changes_with_everything_that_affects_a_decision(changes: dict[str, Any]) -> None:
    assert parse_card(card(**changes)).model_id != parse_card(card()).model_id


def test_the_model_id_changes_even_if_only_the_familiarity_limit_changes() -> None:
    one, other = (parse_card(card(familiarity={"sha256": "dd", "limit": limit})) for limit in (0.5, 0.6))
    assert one.model_id != other.model_id


DERIVED = {"joint.onnx": {"sha256": "ee"}}


def test_a_copy_of_a_bundle_without_its_networks_keeps_the_model_id() -> None:
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
def test_only_networks_whose_graph_the_card_lists_may_be_left_out(changes: dict[str, Any]) -> None:
    with pytest.raises(CardError, match="its card"):
        parse_card(card(**changes))


CURVE: dict[str, Any] = {
    "protocol": "grouped",
    "thresholds": [0, 0.5, 1],
    "sensitivity": {"value": [1, 0.8, 0], "low": [1, 0.7, 0], "high": [1, 0.9, 0]},
    "specificity": {"value": [0, 0.6, 1], "low": [0, 0.5, 1], "high": [0, 0.7, 1]},
}


def test_an_operating_curve_is_read() -> None:
    curve = parse_card(card(operating_curve=CURVE)).curve
    assert curve is not None
    assert curve.at(0.5) == (Estimate(0.8, 0.7, 0.9), Estimate(0.6, 0.5, 0.7))
    assert curve.evidence == said("grouped")


def test_an_older_card_has_no_operating_curve() -> None:
    assert parse_card(card()).curve is None


def test_an_operating_curve_does_not_change_the_model_id() -> None:
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
def test_text_that_is_not_a_valid_card_is_refused(text: str) -> None:
    with pytest.raises(CardError, match="its card"):
        parse_card(text)


def test_a_very_deeply_nested_card_is_refused() -> None:
    with pytest.raises(CardError, match="nested"):
        parse_card("[" * 100_000)


HUGE = 10**400
FIGURE = {"value": 0.9, "low": 0.8, "high": 1.0}
POINT = {"threshold": 0.3, "sensitivity": FIGURE, "specificity": FIGURE, "protocol": "grouped"}
GROUPED = {"binary": {"by_image": {"auc": {"value": 0.9, "low": 0.8, "high": None}}}}
GARBLED: dict[str, dict[str, Any]] = {
    "an infinite preprocessing version": {"preprocessing_version": float("inf")},
    "an infinite size": {"input_size": [float("inf"), float("inf")]},
    "a size of zero": {"input_size": [0, 224]},
    "a size of two booleans": {"input_size": [True, True]},
    "a size of three numbers": {"input_size": [224, 224, 3]},
    "a size too large for any network": {"input_size": [10**6, 10**6]},
    "tiles of infinite width": {"large_fields": {"tile": [float("inf"), 460], "strongest_share": 0.25}},
    "a share that is text": {"large_fields": {"tile": [700, 460], "strongest_share": "0.25"}},
    "a huge threshold": {"operating_points": {"default": {**POINT, "threshold": HUGE}}},
    "a huge temperature": {"temperature": {"binary": HUGE, "subtype": 1.0}},
    "a temperature so small that dividing by it overflows": {"temperature": {"binary": 1.0, "subtype": 1e-300}},
    "a huge limit": {"familiarity": {"sha256": "dd", "limit": HUGE}},
    "a limit that is zero in single precision": {"familiarity": {"sha256": "dd", "limit": 1e-50}},
    "a huge threshold in the curve": {"operating_curve": {**CURVE, "thresholds": [0, HUGE, 1]}},
    "a curve whose thresholds are texts": {"operating_curve": {**CURVE, "thresholds": ["0", "0.5", "1"]}},
    "a version of Keras in words": {"keras_version": "three"},
    "an empty version of Keras": {"keras_version": ""},
    "a version of Keras with a superscript digit": {"keras_version": "³.1"},
    "a version of Keras in Arabic digits": {"keras_version": "٣.١٥"},
    "a version of Keras with thousands of digits": {"keras_version": "9" * 5000},
    "a version of Keras that is a number": {"keras_version": 3.15},
    "an estimate that is not a number": {"operating_points": {"default": {**POINT, "sensitivity": {**FIGURE, "low": float("nan")}}}},
    "an estimate above 1": {"operating_points": {"default": {**POINT, "specificity": {**FIGURE, "value": 1.5}}}},
    "an interval that ends below its start": {
        "operating_points": {"default": {**POINT, "sensitivity": {**FIGURE, "low": 1.0, "high": 0.1}}}
    },
    "half of a surrogate pair in the name": {"name": "\ud800"},
    "half of a surrogate pair in the stated limits": {"limits": ["\udfff"]},
    "half of a surrogate pair as the name of a field": {"\ud800": 1},
    "a name that clears the screen": {"name": "\x1b[2J"},
    "an operating point that clears the screen": {"operating_points": {"default": POINT, "\x1b[2J\u202e": POINT}},
    "evidence that reverses the direction of writing": {"operating_points": {"default": {**POINT, "protocol": "\u202egrouped"}}},
    "a version that breaks the line": {"version": "1\n2"},
    "a name of ten thousand letters": {"name": "a" * 10_000},
    "a name that is a list": {"name": ["a"]},
    "a hash that is an object": {"files": {"binary.keras": {}, "subtype.keras": "bb", "golden.npz": "cc"}},
    "a format that is not a number": {"format": "\x1b[2J"},
    "operating points that are a list": {"operating_points": [POINT]},
    "derived files that are a text": {"derived": "joint.onnx"},
    "magnifications in Devanagari digits": {"training_data": {"magnifications": {"४००": 10}}},
    "magnifications that are a list": {"training_data": {"magnifications": ["40"]}},
    "a magnification of zero": {"training_data": {"magnifications": {"0": 10}}},
    "training data that is a list": {"training_data": [1]},
    "a count that is text": {"training_data": {"images": "many"}},
    "subtypes without counts": {"training_data": {"subtypes": {"A": {"images": 3}}}},
    "metrics that are a list": {"metrics": []},
    "metrics of a protocol that are a number": {"metrics": {"grouped": 7}},
    "a figure without the end of its interval": {"metrics": {"grouped": GROUPED}},
    "a random seed of hundreds of digits": {"random_seed": HUGE},
    "a training time that is not a number": {"training": {"minutes": float("nan")}},
    "left-out networks that are a text": {"left_out": "", "derived": DERIVED},
}


@pytest.mark.parametrize("name", GARBLED)
def test_an_invalid_value_is_refused_with_a_short_printable_message(name: str) -> None:
    with pytest.raises(CardError, match="its card") as refusal:
        parse_card(card(**GARBLED[name]))
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("text", ["null", "[]", "7", '"card"', "true", '{"format": 1e999}', "1" * 5000, '{"format": 1, "format": []}'])
def test_json_that_is_not_a_card_object_is_refused(text: str) -> None:
    with pytest.raises(CardError, match="its card"):
        parse_card(text)


@pytest.mark.parametrize("version", ["3.15.1", "3.15", "3", "3.16.0.dev2026", "4.0.0rc1"])
def test_every_form_of_a_keras_version_is_accepted(version: str) -> None:
    assert parse_card(card(keras_version=version)).keras_version == version


def test_whole_numbers_may_be_written_as_floats() -> None:
    assert parse_card(card(input_size=[224.0, 224.0])).input_size == (224, 224)


@pytest.mark.parametrize(
    "changes",
    [
        {"derived": {"joint.onnx": {"sha256": "other"}}},
        {"derived": DERIVED, "files": {"binary.keras": "aa", "subtype.keras": "bb", "golden.npz": "other"}},
    ],
)
def test_the_model_id_covers_the_graph_and_the_golden_images_that_the_graph_must_reproduce(changes: dict[str, Any]) -> None:
    one, other = parse_card(card(derived=DERIVED)), parse_card(card(**changes))
    assert one.model_id != other.model_id
    assert one.earlier_id == other.earlier_id
    for left_out in (["binary.keras", "subtype.keras"], ["binary.keras"]):
        assert parse_card(card(**{"derived": DERIVED, **changes}, left_out=left_out)).model_id == other.model_id


def test_without_a_graph_the_model_id_is_the_same_as_in_earlier_versions() -> None:
    read = parse_card(card())
    assert read.model_id == read.earlier_id


SHIPPED_BEFORE: dict[str, Any] = {
    "input_size": [160, 160],
    "files": {
        "binary.keras": "360d56038cc6c02c651b9402274038f3a84d5ac30ed6333185a4ccafaf733e17",
        "subtype.keras": "518dd4849c3ccf38fb1d8bad940eda8f99725ebb7c2a41d3c46afb3a8b2ec663",
        "golden.npz": "790aa8aa1944359bfdd5afad405e5f526c691bab967274a1254f8e7cdd682960",
    },
    "derived": {"joint.onnx": {"sha256": "32a32c2fb4dc99305b229a5bb3d99f2684be8119faf5b0b044414266df2ef369"}},
    "temperature": {"binary": 2.9094187194157164, "subtype": 5.544031876819935},
    "subtypes_within_class": True,
    "familiarity": {"sha256": "96610ed926220477808567812b7be9dc3bbffdea7ab21917acc4f9ba9eafd921", "limit": 0.49073871970176697},
    "large_fields": {"tile": [700, 460], "strongest_share": 0.25},
    "training_data": {"magnifications": {"40": 93, "100": 568, "200": 665, "400": 61}},
}
"""The fields that determined the model id of the bundle that was shipped before model ids covered the graph."""


def test_the_previously_shipped_bundle_keeps_its_id_and_no_changed_bundle_gets_it() -> None:
    assert parse_card(card(**SHIPPED_BEFORE)).model_id == "2ad199bd10555799"
    assert parse_card(card(**SHIPPED_BEFORE, left_out=["binary.keras", "subtype.keras"])).model_id == "2ad199bd10555799"
    for change in ({"derived": DERIVED}, {"files": {**SHIPPED_BEFORE["files"], "golden.npz": "other"}}):
        assert parse_card(card(**{**SHIPPED_BEFORE, **change})).model_id != "2ad199bd10555799"


def test_a_run_from_an_earlier_version_matches_its_own_bundle_but_no_bundle_with_another_graph() -> None:
    now, other = (parse_card(card(derived={"joint.onnx": {"sha256": digest}})) for digest in ("ee", "other"))
    assert now.made(now.model_id, now.all_hashes)
    assert now.made(now.earlier_id, now.all_hashes)
    assert now.made(now.earlier_id, now.file_hashes), "earlier versions recorded no hash of the graph"
    assert not now.made(now.earlier_id, other.all_hashes)
    assert not now.made(other.model_id, other.all_hashes)
    assert not now.made("0123456789abcdef", now.all_hashes)
