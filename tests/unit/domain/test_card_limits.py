"""Limits on the numbers in a card."""

import json
from typing import Any

import pytest

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import CARD_FILE, CardError, parse_card
from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from tests.conftest import CARD
from tests.factories import said
from tests.factories.cards import card


def with_point(**changes: Any) -> dict[str, Any]:
    points = json.loads(card())["operating_points"]
    return {"operating_points": {"default": points["default"] | changes}}


@pytest.mark.parametrize("share", [0, 1])
def test_the_threshold_and_the_margin_and_the_share_of_tiles_may_each_be_zero_or_one(share: int) -> None:
    read = parse_card(
        card(
            **with_point(threshold=share),
            review={"margin": share},
            large_fields={"tile": [700, 460], "strongest_share": share},
        )
    )
    assert read.large_fields is not None
    assert (read.points["default"].threshold, read.review_rule.margin, read.large_fields.strongest_share) == (share, share, share)


@pytest.mark.parametrize("share", [-0.001, 1.001, float("nan")])
@pytest.mark.parametrize("where", ["threshold", "margin", "strongest_share"])
def test_a_share_outside_zero_to_one_is_refused(share: float, where: str) -> None:
    changes = {
        "threshold": with_point(threshold=share),
        "margin": {"review": {"margin": share}},
        "strongest_share": {"large_fields": {"tile": [700, 460], "strongest_share": share}},
    }
    with pytest.raises(CardError, match="its card"):
        parse_card(card(**changes[where]))


@pytest.mark.parametrize("number", [0, -1, float("inf"), float("nan")])
@pytest.mark.parametrize("where", ["binary", "subtype", "limit"])
def test_temperatures_and_the_familiarity_limit_must_be_positive_and_finite(number: float, where: str) -> None:
    temperature = {"binary": 1.0, "subtype": 1.0} | ({} if where == "limit" else {where: number})
    limit = number if where == "limit" else 1.0
    with pytest.raises(CardError, match="its card"):
        parse_card(card(temperature=temperature, familiarity={"sha256": "dd", "limit": limit}))


@pytest.mark.parametrize(("tile", "fits"), [([100, 460], True), ([700, 100], True), ([99, 460], False), ([700, 99], False)])
def test_a_tile_must_have_at_least_100_pixels_on_each_side(tile: list[int], fits: bool) -> None:
    text = card(large_fields={"tile": tile, "strongest_share": 0.25})
    if fits:
        assert parse_card(text).large_fields is not None
    else:
        with pytest.raises(CardError, match="its card"):
            parse_card(text)


def test_the_width_and_height_of_an_input_keep_their_order() -> None:
    assert parse_card(card(input_size=[320, 224])).input_size == (320, 224)


def test_the_figures_and_evidence_of_an_operating_point_are_read() -> None:
    sensitivity, specificity = {"value": 0.9, "low": 0.8, "high": 0.95}, {"value": 0.6, "low": 0.5, "high": 0.7}
    point = parse_card(card(**with_point(sensitivity=sensitivity, specificity=specificity, protocol="regrouped"))).points["default"]
    assert (point.sensitivity, point.specificity) == (Estimate(0.9, 0.8, 0.95), Estimate(0.6, 0.5, 0.7))
    assert point.evidence == said("regrouped")


@pytest.mark.parametrize(("said", "read"), [({}, False), ({"subtypes_within_class": True}, True), ({"subtypes_within_class": 1}, False)])
def test_subtypes_are_scaled_within_their_class_only_if_the_card_says_so(said: dict[str, Any], read: bool) -> None:
    assert parse_card(card(**said)).subtypes_within_class is read


def test_the_refusal_of_another_card_format_gives_its_number() -> None:
    with pytest.raises(CardError, match="format 2, and this program reads format 1"):
        parse_card(card(format=2))


def test_all_hashes_include_every_file_that_the_program_uses_except_the_card() -> None:
    plain, whole = parse_card(card()), parse_card(card(derived={"joint.onnx": {"sha256": "ee"}}, familiarity={"sha256": "dd", "limit": 1}))
    assert CARD_FILE == "card.json"
    assert plain.all_hashes == {"binary.keras": "aa", "subtype.keras": "bb", "golden.npz": "cc"}
    assert whole.all_hashes == {**plain.all_hashes, "joint.onnx": "ee", "familiarity.npz": "dd"}


def test_a_model_id_has_sixteen_characters() -> None:
    assert len(parse_card(card()).model_id) == 16


def test_the_optional_fields_of_a_card_made_in_memory_are_empty_or_false() -> None:
    assert (CARD.curve, CARD.subtypes_within_class, CARD.left_out) == (None, False, ())


LIMITS: dict[str, float] = as_json(SHIPPED_LIMITS)


def test_a_card_may_set_quality_gate_limits_and_the_model_id_covers_them() -> None:
    plain, own = parse_card(card()), parse_card(card(gate_limits=LIMITS))
    other = parse_card(card(gate_limits={**LIMITS, "most_hues": 0.2}))
    assert plain.gate_limits is None
    assert own.gate_limits == SHIPPED_LIMITS
    assert len({plain.model_id, own.model_id, other.model_id}) == 3


@pytest.mark.parametrize("change", [{"most_hues": -1}, {"least_brightness": 256}, {"least_tissue": "some"}, {"most_detail": None}])
def test_an_impossible_quality_gate_limit_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(CardError, match=r"no valid value for gate_limits\."):
        parse_card(card(gate_limits={**LIMITS, **change}))


def test_a_card_must_set_all_quality_gate_limits_or_none() -> None:
    with pytest.raises(CardError, match=r"lacks gate_limits\.most_detail"):
        parse_card(card(gate_limits={name: limit for name, limit in LIMITS.items() if name != "most_detail"}))
