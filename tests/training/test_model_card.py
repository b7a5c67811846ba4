"""`MODEL_CARD.md`, as it is written from `card.json`."""

import json
from typing import Any

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import parse_card
from tests.factories.references import assert_is_reference
from training.bundle.model_card import write_model_card


def shipped() -> dict[str, Any]:
    """Return the card of the bundle that ships."""
    card: dict[str, Any] = json.loads((default_models() / "card.json").read_text(encoding="utf-8"))
    return card


def test_the_shipped_page_matches_the_shipped_card() -> None:
    assert write_model_card(parse_card(json.dumps(shipped()))) == (default_models() / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_page_of_a_card_with_fewer_parts_matches_the_reference() -> None:
    card = shipped()
    optional = ("operating_curve", "familiarity", "large_fields", "subtypes_within_class", "derived", "judged")
    left = {name: part for name, part in card.items() if name not in optional}
    grouped = card["metrics"]["grouped"]
    known = card["comparison"]["recipes"]
    recipes = {
        "brief_binary_baseline": {**known["brief_binary_baseline"], "failure": "out of memory"},
        "resnet50_frozen": {**known["resnet50_frozen"], "splits": 2, "splits_planned": 5},
        "brief_subtype_vgg16": known["brief_subtype_vgg16"],
    }
    changed = {
        "metrics": {"grouped": {**grouped, "epochs": grouped["epochs_planned"] - 1, "binary": {**grouped["binary"], "patient_rules": {}}}},
        "comparison": {**card["comparison"], "recipes": recipes},
        "recipes_compared": 1,
        "training": {**card["training"], "images": 1_100, "images_that_ended_it": 287},
        "training_data": {**card["training_data"], "magnifications": {}},
    }
    assert_is_reference(write_model_card(parse_card(json.dumps({**left, **changed}))), "model_card_with_fewer_parts.md")
