"""Writes `MODEL_CARD.md`, a bundle's card for people, from `card.json` alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.card_parts import ComparedRecipe, DerivedFile, Extent, ProtocolMetrics
from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.figures import Difference, Figures, Recall, SubtypeFigures
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Subtype
from breakhis_desktop.wording.message import Message
from training.comparison.runs import Done
from training.comparison.sections.subtypes import thinness
from training.experiment.protocols import PRIMARY, PROTOCOLS, REGROUPED
from training.pages import render
from training.wording import TrainingCode

MODEL_CARD_FILE = "MODEL_CARD.md"

_CURVE_STEP = 10
"""The page shows every tenth threshold; the program shows all of them."""


@dataclass(frozen=True, slots=True)
class UnderProtocol:
    """The figures under a protocol, with the sentence that introduces them."""

    introduction: str
    metrics: ProtocolMetrics


@dataclass(frozen=True, slots=True)
class SubtypeRecall:
    """The recall of a subtype, with a note if it was computed from few patients."""

    subtype: Subtype
    recall: Recall
    note: str


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Sensitivity and specificity at a threshold, on held-out images."""

    threshold: float
    sensitivity: Estimate
    specificity: Estimate


@dataclass(frozen=True, slots=True)
class ComparedFigures:
    """The figures of another recipe in one task, and the differences: the bundle's recipe minus the other."""

    name: str
    figures: Figures
    differences: Mapping[str, Difference]


@dataclass(frozen=True, slots=True)
class Deviation:
    """The largest differences of a derived graph from Keras, as `prove_joint` measures them: in features, and in all other outputs."""

    probability: float
    features: float


@dataclass(frozen=True, slots=True)
class ModelCardPage:
    """The contents of the page.

    Attributes:
        card: The card itself.
        notice: The notice of research use.
        subtypes: The subtypes in the training data, with their images and accessions.
        primary: The figures on unseen patients.
        curve: Some points of the operating curve.
        recalls: The recall of each subtype.
        regrouped: The figures on the regrouped folds.
        leaking: The figures under protocols that leak patients from training into the test.
        compared_in_binary: The figures of other recipes for benign against malignant.
        compared_in_subtypes: The figures of other recipes for the eight subtypes.
        shortfalls: The names of the recipes that were not trained as planned or not evaluated, keyed by the reason.
        deviations: How far derived graphs are from Keras, by file name.
    """

    card: ModelCard
    notice: str
    subtypes: Sequence[tuple[Subtype, Extent]]
    primary: UnderProtocol
    curve: Sequence[CurvePoint]
    recalls: Sequence[SubtypeRecall]
    regrouped: Sequence[UnderProtocol]
    leaking: Sequence[UnderProtocol]
    compared_in_binary: Sequence[ComparedFigures]
    compared_in_subtypes: Sequence[ComparedFigures]
    shortfalls: Mapping[str, Sequence[str]]
    deviations: Mapping[str, Deviation]


def write_model_card(card: ModelCard) -> str:
    """Return the page, in Markdown, of a card that training wrote."""
    return render("model_card.md.j2", page=_page(card))


def _page(card: ModelCard) -> ModelCardPage:
    recipes = card.comparison.recipes if card.comparison else {}
    leaking = [name for name in card.metrics if name not in (PRIMARY, *REGROUPED)]
    return ModelCardPage(
        card=card,
        notice=str(RESEARCH_USE),
        subtypes=[(SUBTYPE_BY_CODE[code], extent) for code, extent in card.training_data.subtypes.items()],
        primary=_under(PRIMARY, card),
        curve=list(_curve(card)),
        recalls=list(_recalls(card.primary_metrics.subtype or SubtypeFigures())),
        regrouped=[_under(name, card) for name in card.metrics if name in REGROUPED],
        leaking=[_under(name, card) for name in leaking],
        compared_in_binary=list(_compared(recipes, "binary")),
        compared_in_subtypes=list(_compared(recipes, "subtype")),
        shortfalls=_shortfalls(recipes),
        deviations={name: _deviation(file) for name, file in card.derived.items()},
    )


def _under(protocol: str, card: ModelCard) -> UnderProtocol:
    return UnderProtocol(PROTOCOLS[protocol].card, card.metrics[protocol])


def _curve(card: ModelCard) -> Iterator[CurvePoint]:
    curve = card.operating_curve
    if curve is not None:
        points = zip(curve.thresholds, curve.sensitivity.estimates, curve.specificity.estimates, strict=True)
        yield from [CurvePoint(*point) for point in points][::_CURVE_STEP]


def _recalls(figures: SubtypeFigures) -> Iterator[SubtypeRecall]:
    for code, recall in figures.recall.items():
        yield SubtypeRecall(SUBTYPE_BY_CODE[code], recall, thinness(recall, code, figures.well_covered))


def _compared(recipes: Mapping[str, ComparedRecipe], task: str) -> Iterator[ComparedFigures]:
    for name, recipe in recipes.items():
        figures, differences = recipe.of(task), (recipe.differences or {}).get(task)
        if figures and differences:
            yield ComparedFigures(name, figures, differences.differences)


def _shortfalls(recipes: Mapping[str, ComparedRecipe]) -> dict[str, list[str]]:
    """Return the names of the recipes that were not trained as planned or not evaluated, keyed by the reason."""
    found: dict[str, list[str]] = {}
    for name, recipe in recipes.items():
        if shortfall := _shortfall(recipe):
            found.setdefault(str(shortfall), []).append(name)
    return found


def _shortfall(recipe: ComparedRecipe) -> Message | None:
    if recipe.epochs is None:
        return Message.of(TrainingCode.NOT_JUDGED)
    splits, planned = (1, 1) if recipe.splits is None else (recipe.splits, recipe.splits_planned or 1)
    return Done(recipe.epochs, recipe.epochs_planned or 0, splits, planned, bool(recipe.stale), recipe.failure or None).shortfall


def _deviation(file: DerivedFile) -> Deviation:
    off = file.largest_difference_from_keras or {}
    return Deviation(
        probability=max((value for output, value in off.items() if "features" not in output), default=0.0),
        features=max((value for output, value in off.items() if "features" in output), default=0.0),
    )
