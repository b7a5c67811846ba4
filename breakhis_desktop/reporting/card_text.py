"""A model card in words: the facts that a reader of results needs, from whatever the card says."""

from collections.abc import Mapping, Sequence
from typing import Any

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import Estimate

_PROTOCOL = "grouped"
_FIGURES = (
    ("Area under the ROC curve, by image", ("binary", "by_image", "auc")),
    ("Area under the ROC curve, by patient, mean over images", ("binary", "by_patient", "auc")),
    ("Brier score", ("binary", "by_image", "brier_score")),
    ("Subtypes: share of images that are right", ("subtype", "figures", "accuracy")),
    ("Subtypes: mean recall of the eight", ("subtype", "figures", "macro_recall")),
    ("Subtypes: confusions of benign with malignant", ("subtype", "figures", "crossing_rate")),
)


def card_lines(card: ModelCard) -> list[tuple[str, list[str]]]:
    """Return name and paragraphs of each fact that the card states."""
    lines = [
        ("Intended use", _sentences(card.text.get("intended_use"))),
        ("Not to be used for", _sentences(card.text.get("not_to_be_used_for"))),
        ("Training data", _data(card.text.get("training_data", {}))),
        ("Limits", _sentences(card.text.get("limits"))),
        ("Licence", _sentences(card.text.get("licence"))),
        ("Data citation", _sentences(card.text.get("data_citation"))),
        ("Made", [f"{card.created[:10]}, with Keras {card.keras_version}; preprocessing version {card.preprocessing_version}"]),
    ]
    return [(name, paragraphs) for name, paragraphs in lines if paragraphs]


def card_figures(card: ModelCard) -> list[tuple[str, str]]:
    """Return name and value, with its 95 % interval, of what the models showed on images of patients that they were not trained on."""
    metrics = card.text.get("metrics", {}).get(_PROTOCOL, {})
    found = [(name, _figure(metrics, keys)) for name, keys in _FIGURES]
    return [(name, value) for name, value in found if value]


def point_rows(card: ModelCard) -> list[tuple[str, str, str, str]]:
    """Return name, threshold, sensitivity and specificity of each operating point, by threshold."""
    points = sorted(card.points.values(), key=lambda point: point.threshold)
    return [
        (point.name, f"{point.threshold:.3f}", interval_words(point.sensitivity), interval_words(point.specificity)) for point in points
    ]


def interval_words(figure: Estimate | None) -> str:
    """Return a figure with its interval; empty where there is none."""
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]" if figure else ""


def _sentences(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    return [str(one) for one in found] if isinstance(found, Sequence) else []


def _data(data: Mapping[str, Any]) -> list[str]:
    if not data:
        return []
    counts = ", ".join(f"{data[key]:,} {key}" for key in ("images", "patients", "accessions") if key in data)
    words = [f"{data.get('name', 'Not named')}: {counts}."]
    if data.get("magnifications"):
        words.append("Images by magnification: " + ", ".join(f"{one}× {count:,}" for one, count in data["magnifications"].items()) + ".")
    if data.get("subtypes"):
        parts = (f"{code} {one['images']:,} ({one['accessions']:,})" for code, one in data["subtypes"].items())
        words.append("Images (accessions) by subtype: " + ", ".join(parts) + ".")
    return words


def _figure(metrics: Any, keys: Sequence[str]) -> str:
    for key in keys:
        metrics = metrics.get(key) if isinstance(metrics, Mapping) else None
    if not isinstance(metrics, Mapping) or metrics.get("low") is None:
        return ""
    return interval_words(Estimate(metrics["value"], metrics["low"], metrics["high"]))
