"""The text of a bundle's `card.json`."""

import json
from typing import Any


def card(**changes: Any) -> str:
    """Return the smallest valid card, with some entries added or replaced."""
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
