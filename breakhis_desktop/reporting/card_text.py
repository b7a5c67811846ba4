"""A model card as text: the parts that a reader of results needs."""

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.card_parts import ProtocolMetrics, TrainingData
from breakhis_desktop.domain.figure_text import interval_text
from breakhis_desktop.domain.figures import BinaryFigures, Figure, SubtypeFigures
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.plain_limits import in_plain_words

_LIMITS_OF_THE_CHOICE = {
    CardCode.LIMIT_BEST_OF_SEVERAL,
    CardCode.LIMIT_BEST_ON_THESE_FOLDS,
    CardCode.LIMIT_JUDGED_BESIDES,
    CardCode.LIMIT_OTHER_SEED,
}
_OWN_LIMITS = "It uses limits that were set for these models."
_SHARED_LIMITS = "It uses the program's own limits, because these models set none."
_CHOSEN = (
    "These models are the best of many that were tried on the same images, so their figures are somewhat too good; the models' own card "
    "says how many were tried."
)


def card_lines(card: ModelCard) -> list[tuple[str, list[str]]]:
    """Return the name and paragraphs of each topic that the card covers."""
    lines = [
        ("Intended use", list(card.intended_use)),
        ("Not to be used for", list(card.not_to_be_used_for)),
        ("Training data", _data(card.training_data)),
        ("Quality gate", [_OWN_LIMITS if card.gate_limits else _SHARED_LIMITS]),
        ("Limits", _limits(card)),
        ("Licence", [card.licence] if card.licence else []),
        ("Data citation", [card.data_citation] if card.data_citation else []),
        ("Made", [f"{card.created[:10]}, with Keras {card.keras_version}; preprocessing version {card.preprocessing_version}"]),
    ]
    return [(name, paragraphs) for name, paragraphs in lines if paragraphs]


def card_figures(card: ModelCard) -> list[tuple[str, str]]:
    """Return the name of each figure, and its value and 95 % interval on patients on whom the models were not trained."""
    found = [(name, interval_text(figure.estimate if figure else None)) for name, figure in _figures(card.primary_metrics)]
    return [(name, value) for name, value in found if value]


def _figures(metrics: ProtocolMetrics) -> list[tuple[str, Figure | None]]:
    binary, subtype = metrics.binary or BinaryFigures(), metrics.subtype or SubtypeFigures()
    return [
        ("Area under the ROC curve, by image", binary.by_image.get("auc")),
        ("Area under the ROC curve, by patient, mean over images", binary.by_patient.get("auc")),
        ("Brier score", binary.by_image.get("brier_score")),
        ("Subtypes: share of images whose subtype is right", subtype.by_image.get("accuracy")),
        ("Subtypes: mean recall of the eight", subtype.by_image.get("macro_recall")),
        ("Subtypes: confusions of benign with malignant", subtype.by_image.get("crossing_rate")),
    ]


def point_rows(card: ModelCard) -> list[tuple[str, str, str, str]]:
    """Return the name, threshold, sensitivity and specificity of each operating point, sorted by threshold."""
    points = sorted(card.points.values(), key=lambda point: point.threshold)
    return [(point.name, f"{point.threshold:.3f}", interval_text(point.sensitivity), interval_text(point.specificity)) for point in points]


def _limits(card: ModelCard) -> list[str]:
    """Return the limits; one sentence replaces those that concern how the models were chosen, which the card states in detail."""
    limits = card.told("limits")
    kept = [str(in_plain_words(limit)) for limit in limits if limit.code not in _LIMITS_OF_THE_CHOICE]
    return [*kept, *([_CHOSEN] if len(kept) < len(limits) else [])]


def _data(data: TrainingData) -> list[str]:
    if data == TrainingData():
        return []
    counted = (("images", data.images), ("patients", data.patients), ("accessions", data.accessions))
    counts = ", ".join(f"{count:,} {name}" for name, count in counted if count is not None)
    words = [f"{'Not named' if data.name is None else data.name}: {counts}."]
    if data.magnifications:
        words.append("Images by magnification: " + ", ".join(f"{one}× {count:,}" for one, count in data.magnifications.items()) + ".")
    if data.subtypes:
        parts = (f"{code} {one.images:,} ({one.accessions:,})" for code, one in data.subtypes.items())
        words.append("Images (accessions) by subtype: " + ", ".join(parts) + ".")
    return words
