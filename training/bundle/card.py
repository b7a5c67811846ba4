"""Makes a bundle's card from the runs of the bundle's recipe and from the runs of the recipes with which the card compares it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np
from msgspec import convert

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import BINARY_FILE, CARD_FORMAT, FAMILIARITY_FILE, GOLDEN_FILE, GRAPH_FILE, SUBTYPE_FILE, ModelCard
from breakhis_desktop.domain.card_parts import (
    Backbone,
    ComparedRecipe,
    CurveEvidence,
    DerivedFile,
    Extent,
    FinalTraining,
    LargeFields,
    OodRule,
    PointEvidence,
    ProtocolMetrics,
    RecipeComparison,
    RecipeIdentity,
    ReviewEvidence,
    Temperature,
    TrainingData,
)
from breakhis_desktop.domain.figures import Figure, Figures
from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPE_CODES, SUBTYPES
from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.prepare import PREPROCESSING_VERSION
from breakhis_desktop.inference.out_of_distribution import COMPONENTS
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.message import Message, as_data
from training.bundle.out_of_distribution import REFUSED_SHARE, Limit
from training.bundle.ranking import RecipeRanking
from training.comparison.chosen import HEADLINE, by_image
from training.comparison.runs import Absent, Run
from training.counting import counted
from training.data import CONTRADICTORY_ACCESSIONS, Dataset
from training.data.folds import GROUPED_FILE
from training.evaluation import Evaluation
from training.experiment.protocols import PROTOCOLS, REGROUPED
from training.experiment.recipe import Recipe
from training.model.pretrained import Source
from training.wording import TrainingCode

INTENDED_USE = (CardCode.USE_SORTING, CardCode.USE_ORDER, CardCode.USE_TEACHING)
NOT_TO_BE_USED_FOR = (CardCode.NO_DIAGNOSIS, CardCode.NO_CLEARING, CardCode.NO_OTHER_TISSUE, CardCode.NO_SUBTYPE_ALONE)
_CITATION = (
    "F. A. Spanhol, L. S. Oliveira, C. Petitjean, L. Heutte: A Dataset for Breast Cancer Histopathological Image Classification. "
    "IEEE Transactions on Biomedical Engineering 63(7), 2016."
)
_THIN_SHARE = 0.1
_LARGE_FIELDS = LargeFields(
    tile=(700, 460),
    strongest_share=0.25,
    rule="a field more than 1.5 times as wide or high as a tile, or more than twice as elongated, is cut into tiles if its magnification "
    "is known; the mean probability of the quarter of tiles that look most likely to be malignant decides; not validated",
)
"""The rule for large fields; a tile is as large as a field of BreakHis, 700 x 460 pixels."""
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "binary": ("auc", "specificity_at_sensitivity_95", "brier_score"),
    "subtype": ("accuracy", "macro_recall", "macro_auc"),
}


def make_card(
    recipe: Recipe,
    data: Dataset,
    ranking: RecipeRanking,
    bundle: Path,
    *,
    source: Source,
    training: FinalTraining,
    derived: DerivedFile,
    limit: Limit | None,
    curve: CurveEvidence | None,
) -> ModelCard:
    """Make the card of a bundle.

    Args:
        recipe: The recipe with which the networks were trained.
        data: The images on which they were trained.
        ranking: The figures of the recipe and of the recipes with which it is compared.
        bundle: The folder, which already holds the networks, the golden images and the joint graph.
        source: Where the backbone comes from.
        training: The facts about the final run.
        derived: What the card says about the joint graph.
        limit: How far an image may be from the training images; None if unknown, in which case the bundle refuses no image as unfamiliar.
        curve: What `operating_curve` returned.
    """
    now = datetime.now(UTC)
    return ModelCard(
        format=CARD_FORMAT,
        name=f"breakhis-{recipe.name.replace('_', '-')}",
        version=now.strftime("%Y.%m.%d"),
        created=now.isoformat(timespec="seconds"),
        intended_use=tuple(str(Message.of(code)) for code in INTENDED_USE),
        not_to_be_used_for=tuple(str(Message.of(code)) for code in NOT_TO_BE_USED_FOR),
        class_order=SUBTYPE_CODES,
        input_size=(recipe.input_side, recipe.input_side),
        preprocessing_version=PREPROCESSING_VERSION,
        keras_version=keras.version(),
        files={name: _sha256(bundle / name) for name in (BINARY_FILE, SUBTYPE_FILE, GOLDEN_FILE)},
        derived={GRAPH_FILE: derived},
        subtypes_within_class=recipe.subtypes_within_class,
        **_decision_fields(ranking, curve),
        familiarity=_familiarity(limit, bundle) if limit else None,
        large_fields=_LARGE_FIELDS if _official(data) else None,
        gate_limits=SHIPPED_LIMITS if _official(data) else None,  # found on BreakHis fields, so other bundles do not state them
        training_data=_training_data(data),
        training=training,
        recipe=RecipeIdentity(name=recipe.name, description=recipe.description, sha256=recipe.sha256),
        random_seed=recipe.random_seed,
        **_evaluation_fields(ranking, data),
        licence=f"MIT; the networks {'are fine-tuned from' if recipe.images else 'hold'} a backbone under {source.licence}",
        backbone=Backbone(name=source.title, licence=source.licence, source=source.origin),
        data_citation=_CITATION if _official(data) else "the user's own",
    )


def renewed_card(card: ModelCard, recipe: Recipe, data: Dataset, ranking: RecipeRanking, curve: CurveEvidence | None) -> ModelCard:
    """Return the card of a bundle, updated with everything that was evaluated after the card was made.

    This includes other protocols, other recipes, and the number of recipes from which the bundle's recipe was chosen.

    Args:
        card: The card that `make_card` returned.
        recipe: The recipe with which the bundle was trained.
        data: The images on which it was trained.
        ranking: The figures of the recipe and of the recipes with which it is compared.
        curve: What `operating_curve` returned.

    Raises:
        UserError: The bundle was made from another recipe, other images or other predictions, so the new figures would not describe its
            thresholds and rules.
    """
    made_by = (card.recipe and card.recipe.sha256, card.training_data.split_sha256)
    decided = _decision_fields(ranking, curve)
    if made_by != (recipe.sha256, data.split_sha256) or _rounded({name: getattr(card, name) for name in decided}) != _rounded(decided):
        raise UserError(Message.of(TrainingCode.CARDS_OF_OTHER_BUNDLE, recipe=recipe.name))
    return replace(card, training_data=_training_data(data), **_evaluation_fields(ranking, data))


def _decision_fields(ranking: RecipeRanking, curve: CurveEvidence | None) -> dict[str, Any]:
    """Return the card's fields that determine the program's decisions; their values were found on held-out predictions."""
    grouped = ranking.own["grouped"]
    review = {name: part for name, part in as_json(grouped.review).items() if name not in ("curves", "trade")}
    return {
        "temperature": convert(grouped.temperature, Temperature),
        "review": convert(review, ReviewEvidence),
        "operating_points": convert(as_json(grouped.operating_points), dict[str, PointEvidence]),
        "operating_curve": curve,
    }


def _rounded(part: dict[str, Any]) -> Any:
    """Round the numbers in a part of a card to four decimals: further digits differ between machines, and older cards lack them."""
    return json.loads(json.dumps(as_json(part)), parse_float=lambda text: round(float(text), 4))


def _evaluation_fields(ranking: RecipeRanking, data: Dataset) -> dict[str, Any]:
    """Return the card's fields that report the evaluation and the choice of the recipe."""
    limits = _limits(data, ranking)
    return {
        "judged": datetime.now(UTC).strftime("%Y-%m-%d"),
        "metrics": {protocol: _metrics(figures) for protocol, figures in ranking.own.items()},
        "comparison": _comparison(ranking),
        **_choice_fields(ranking),
        "limits": tuple(str(limit) for limit in limits),
        "messages": _messages(limits, ranking.own["grouped"]),
    }


def _messages(limits: Sequence[Message], grouped: Evaluation) -> dict[str, Any]:
    """Return the sentences of the card as codes and values, so that the program can show them in other languages."""
    behind = {"images": grouped.images, "accessions": grouped.accessions}
    return {
        "intended_use": [as_data(Message.of(code)) for code in INTENDED_USE],
        "not_to_be_used_for": [as_data(Message.of(code)) for code in NOT_TO_BE_USED_FOR],
        "limits": [as_data(limit) for limit in limits],
        "operating_points": as_data(Message.of(CardCode.CROSS_FITTED, **behind)),
        "operating_curve": as_data(Message.of(CardCode.TEMPERATURE_CROSS_FITTED, **behind)),
    }


def _familiarity(limit: Limit, bundle: Path) -> OodRule:
    return OodRule(
        file=FAMILIARITY_FILE,
        sha256=_sha256(bundle / FAMILIARITY_FILE),
        limit=limit.distance,
        components=COMPONENTS,
        rule="refused where a larger share of the features than the limit lies outside of what the training images span",
        protocol=PROTOCOLS[limit.protocol].label,
        images=limit.images,
        refused_share=REFUSED_SHARE,
    )


def _training_data(data: Dataset) -> TrainingData:
    def extent(position: int) -> Extent:
        part = data.subtype == position
        return Extent(images=int(part.sum()), accessions=len(set(data.accession[part])))

    return TrainingData(
        name="BreakHis" if _official(data) else "Images of the user's own",
        images=len(data),
        patients=len(set(data.patient_id)),
        accessions=len(set(data.accession)),
        magnifications=_magnifications(data),
        subtypes={code: extent(position) for position, code in enumerate(SUBTYPE_CODES)},
        left_out_of_subtypes=_left_out(data),
        split_sha256=data.split_sha256,
    )


def _magnifications(data: Dataset) -> dict[str, int]:
    """Count the images of each magnification that is known."""
    found, counts = np.unique(data.magnification, return_counts=True)
    return {str(one): int(count) for one, count in zip(found, counts, strict=True) if one}


def _official(data: Dataset) -> bool:
    return all(parse_official_name(name) for name in data.name)


def _left_out(data: Dataset) -> str:
    unknown, contradictory = int((data.subtype < 0).sum()), ~data.subtype_known & (data.subtype >= 0)
    parts = [f"{counted(unknown, 'image')} without a subtype"] if unknown else []
    if contradictory.any():
        known = sorted(CONTRADICTORY_ACCESSIONS.intersection(data.accession))
        named = f" ({', '.join(known)})" if known else ""
        images, accessions = int(contradictory.sum()), len(set(data.accession[contradictory]))
        one = f"{counted(images, 'image')} of {'an accession' if accessions == 1 else f'{accessions} accessions'}{named}"
        parts.append(f"{one} that {'occurs' if accessions == 1 else 'occur'} under several subtypes with the same pixels")
    return "; ".join(parts) or "none"


def _metrics(figures: Evaluation) -> ProtocolMetrics:
    """Return the figures of a protocol without the ROC and precision-recall curves, which only charts need and which clutter a card."""
    return ProtocolMetrics(
        protocol_label=figures.protocol_label,
        entries=figures.entries,
        images=figures.images,
        accessions=figures.accessions,
        splits=figures.splits,
        splits_planned=figures.splits_planned,
        epochs=figures.epochs,
        epochs_planned=figures.epochs_planned,
        precision=figures.precision,
        trained=figures.trained,
        binary=figures.binary and replace(figures.binary, roc=None, precision_recall=None),
        subtype=figures.subtype,
    )


def _comparison(ranking: RecipeRanking) -> RecipeComparison:
    return RecipeComparison(
        protocol="grouped",
        differences="of this recipe minus the other, paired, with 95 % intervals by a bootstrap over accessions",
        recipes={row.recipe: _compared(row, ranking) for row in ranking.others},
    )


def _compared(row: Run | Absent, ranking: RecipeRanking) -> ComparedRecipe:
    if isinstance(row, Absent):
        return ComparedRecipe(task=row.task, status=str(row.status))
    figures, differences = row.figures, ranking.differences[row.recipe]
    return ComparedRecipe(
        description=figures.description,
        task=figures.task,
        images=figures.images,
        accessions=figures.accessions,
        **asdict(row.done),
        status=str(row.status),
        binary=_some_by_image(row, "binary"),
        subtype=_some_by_image(row, "subtype"),
        differences={task: shared for task in _COMPARED if (shared := differences.of(task))},
    )


def _some_by_image(run: Run, task: str) -> Figures | None:
    figures = by_image(run, task)
    return {name: figures[name] for name in _COMPARED[task]} if figures else None


def _limits(data: Dataset, ranking: RecipeRanking) -> list[Message]:
    is_shrunk = data.split_sha256 == _sha256(GROUPED_FILE)
    return [
        Message.of(CardCode.LIMIT_RESEARCH),
        Message.of(CardCode.LIMIT_ONE_LABORATORY if _official(data) else CardCode.LIMIT_OTHER_LABORATORIES),
        Message.of(CardCode.LIMIT_MIXTURE, percent=100 * float(data.malignant.mean())),
        *_thin_subtypes(ranking),
        *_thin_magnifications(data),
        *([Message.of(CardCode.LIMIT_SHRUNK)] if is_shrunk else []),
        *_cut_epochs(ranking),
        Message.of(CardCode.LIMIT_FIVE_NETWORKS),
        Message.of(CardCode.LIMIT_FEW_ACCESSIONS),
        _best_of_several(ranking),
        *_other_candidates(ranking),
        *_other_seed(ranking),
    ]


def _choice_fields(ranking: RecipeRanking) -> dict[str, Any]:
    """Return the card's fields that say how many candidates the recipe was chosen from, and on which other folds it was evaluated."""
    return {
        "recipes_compared": ranking.compared,
        "ensembles_compared": ranking.ensembles,
        "configurations_screened": ranking.screened,
        "trials_searched": ranking.trials,
        "other_fold_assignments": tuple(_regrouped(ranking)),
    }


def _regrouped(ranking: RecipeRanking) -> list[str]:
    """Return the protocols with other assignments of accessions to folds under which the recipe was also evaluated."""
    return [protocol for protocol in REGROUPED if protocol in ranking.own]


def _best_of_several(ranking: RecipeRanking) -> Message:
    code = CardCode.LIMIT_BEST_OF_SEVERAL if _regrouped(ranking) else CardCode.LIMIT_BEST_ON_THESE_FOLDS
    return Message.of(code, count=ranking.compared)


def _other_candidates(ranking: RecipeRanking) -> list[Message]:
    counts = {"ensembles": ranking.ensembles, "screened": ranking.screened, "trials": ranking.trials}
    return [Message.of(CardCode.LIMIT_JUDGED_BESIDES, **counts)] if any(counts.values()) else []


def _other_seed(ranking: RecipeRanking) -> list[Message]:
    """Return a sentence with the figures of the same recipe under another random seed; an empty list if there is no such run."""
    if ranking.again is None:
        return []
    auc, recall = (_figure_message(by_image(ranking.again, task)[name]) for task, name in HEADLINE.items())
    return [Message.of(CardCode.LIMIT_OTHER_SEED, auc=auc, recall=recall)]


def _figure_message(figure: Figure) -> Message:
    return Message.of(CardCode.FIGURE, value=figure.value, low=figure.low, high=figure.high)


def _thin_subtypes(ranking: RecipeRanking) -> list[Message]:
    subtype = ranking.own["grouped"].subtype
    covered = subtype.well_covered if subtype else ()
    thin = tuple(Message.of(CardCode[f"SUBTYPE_{one.code}"]) for one in SUBTYPES if one.code not in covered)
    return [Message.of(CardCode.LIMIT_THIN_SUBTYPES, subtypes=thin)] if thin else []


def _thin_magnifications(data: Dataset) -> list[Message]:
    shares = {one: float((data.magnification == one).mean()) for one in MAGNIFICATIONS}
    thin = tuple(
        Message.of(CardCode.MAGNIFICATION_SHARE, magnification=one, percent=100 * share)
        for one, share in shares.items()
        if 0 < share < _THIN_SHARE
    )
    return [Message.of(CardCode.LIMIT_THIN_MAGNIFICATIONS, magnifications=thin)] if thin else []


def _cut_epochs(ranking: RecipeRanking) -> list[Message]:
    facts = ranking.own["grouped"]
    if facts.epochs >= facts.epochs_planned:
        return []
    return [Message.of(CardCode.LIMIT_CUT_EPOCHS, epochs=facts.epochs, planned=facts.epochs_planned)]


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
