"""What a bundle says of itself, gathered from the runs that made it and from those that it was compared with."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np

from breakhis_desktop.domain.card import BINARY_FILE, CARD_FORMAT, FAMILIARITY_FILE, GOLDEN_FILE, JOINT_FILE, SUBTYPE_FILE
from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPE_CODES, SUBTYPES
from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.prepare import PREPROCESSING_VERSION
from breakhis_desktop.inference.familiarity import COMPONENTS
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.message import Message, as_data
from training.bundle.choice import Standing
from training.bundle.familiarity import REFUSED_SHARE, Limit
from training.comparison.runs import Absent, Run
from training.counting import counted
from training.data import CONTRADICTORY_ACCESSIONS, Dataset
from training.data.folds import GROUPED_FILE
from training.experiment.protocols import PROTOCOLS, REGROUPED
from training.experiment.recipe import Recipe
from training.model.pretrained import Source
from training.wording import TrainingCode

Card = dict[str, Any]

INTENDED_USE = (CardCode.USE_SORTING, CardCode.USE_ORDER, CardCode.USE_TEACHING)
NOT_TO_BE_USED_FOR = (CardCode.NO_DIAGNOSIS, CardCode.NO_CLEARING, CardCode.NO_OTHER_TISSUE, CardCode.NO_SUBTYPE_ALONE)
_CITATION = (
    "F. A. Spanhol, L. S. Oliveira, C. Petitjean, L. Heutte: A Dataset for Breast Cancer Histopathological Image Classification. "
    "IEEE Transactions on Biomedical Engineering 63(7), 2016."
)
_THIN_SHARE = 0.1
_LARGE_FIELDS: Card = {
    "tile": [700, 460],
    "strongest_share": 0.25,
    "rule": "a field more than 1.5 times as wide or high as a tile, or twice as long, is cut into tiles where its magnification is "
    "declared; the mean of the quarter of tiles with the highest probability of malignant decides; not validated",
}
"""BreakHis has fields of 700 x 460 pixels."""
_RUN_FACTS = (
    "protocol_label",
    "entries",
    "images",
    "accessions",
    "splits",
    "splits_planned",
    "epochs",
    "epochs_planned",
    "precision",
    "trained",
)
_CURVES = ("roc", "precision_recall")
_COMPARED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "binary": ("by_image", ("auc", "specificity_at_sensitivity_95", "brier_score")),
    "subtype": ("figures", ("accuracy", "macro_recall", "macro_auc")),
}


def make_card(
    recipe: Recipe,
    data: Dataset,
    standing: Standing,
    bundle: Path,
    *,
    source: Source,
    run: Mapping[str, Any],
    derived: Mapping[str, Any],
    limit: Limit | None,
    curve: Card | None,
) -> Card:
    """Write a card.

    Args:
        recipe: What the networks were trained by.
        data: What they were trained on.
        standing: The figures of the recipe and of others.
        bundle: The folder that holds networks, golden images and joint graph already.
        source: Where the backbone comes from.
        run: What was noted of the final run.
        derived: What is to be said of the joint graph.
        limit: How unlike the training images an image may be; None where that is not known, and the bundle says nothing of it.
        curve: What `operating_curve` gives.
    """
    now = datetime.now(UTC)
    return {
        "format": CARD_FORMAT,
        "name": f"breakhis-{recipe.name.replace('_', '-')}",
        "version": now.strftime("%Y.%m.%d"),
        "created": now.isoformat(timespec="seconds"),
        "intended_use": [str(Message.of(code)) for code in INTENDED_USE],
        "not_to_be_used_for": [str(Message.of(code)) for code in NOT_TO_BE_USED_FOR],
        "class_order": list(SUBTYPE_CODES),
        "input_size": [recipe.input_side] * 2,
        "preprocessing_version": PREPROCESSING_VERSION,
        "keras_version": keras.version(),
        "files": {name: _sha256(bundle / name) for name in (BINARY_FILE, SUBTYPE_FILE, GOLDEN_FILE)},
        "derived": {JOINT_FILE: {"sha256": _sha256(bundle / JOINT_FILE), **derived}},
        **({"subtypes_within_class": True} if recipe.subtypes_within_class else {}),
        **_decided(standing, curve),
        **({"familiarity": _familiarity(limit, bundle)} if limit else {}),
        **({"large_fields": _LARGE_FIELDS} if _official(data) else {}),
        "training_data": _training_data(data),
        "training": {key: run[key] for key in ("images", "images_that_ended_it", "epochs", "minutes", "precision")},
        "recipe": {"name": recipe.name, "description": recipe.description, "sha256": recipe.sha256},
        "random_seed": recipe.random_seed,
        **_judged(standing, data),
        "licence": f"MIT; the networks {'are fine-tuned from' if recipe.images else 'hold'} a backbone under {source.licence}",
        "backbone": {"name": source.title, "licence": source.licence, "source": source.origin},
        "data_citation": _CITATION if _official(data) else "the user's own",
    }


def renewed_card(card: Mapping[str, Any], recipe: Recipe, data: Dataset, standing: Standing, curve: Card | None) -> Card:
    """Return the card of a bundle with what was judged since: other protocols, other recipes, and what the choice was made among.

    Args:
        card: As `make_card` gave it.
        recipe: By which the bundle was trained.
        data: What it was trained on.
        standing: The figures of the recipe and of others.
        curve: What `operating_curve` gives.

    Raises:
        UserError: The bundle is of another recipe, of other images or of other predictions, so that what it decides by would not be what
            the figures are of.
    """
    same = (card.get("recipe", {}).get("sha256"), card.get("training_data", {}).get("split_sha256")) == (recipe.sha256, data.split_sha256)
    decided = _decided(standing, curve)
    if not same or _rounded({key: card.get(key) for key in decided}) != _rounded(decided):
        raise UserError(Message.of(TrainingCode.CARDS_OF_OTHER_BUNDLE, recipe=recipe.name))
    return {**card, "training_data": _training_data(data), **_judged(standing, data)}


def _decided(standing: Standing, curve: Card | None) -> Card:
    """Return what the program decides by, which was found on the held-out predictions."""
    grouped = standing.own["grouped"]
    return {
        "temperature": grouped["temperature"],
        "review": {key: value for key, value in grouped["review"].items() if key not in ("curves", "trade")},
        "operating_points": grouped["operating_points"],
        **({"operating_curve": curve} if curve else {}),
    }


def _rounded(part: Card) -> Any:
    """Return a part of a card so that the last digits are alike: they differ between machines, and older cards have no more than these."""
    return json.loads(json.dumps(part), parse_float=lambda text: round(float(text), 4))


def _judged(standing: Standing, data: Dataset) -> Card:
    """Return what a card says of figures and of the choice."""
    return {
        "judged": datetime.now(UTC).strftime("%Y-%m-%d"),
        "metrics": {protocol: _metrics(figures) for protocol, figures in standing.own.items()},
        "comparison": _comparison(standing),
        **_choice(standing),
        "limits": [str(limit) for limit in _limits(data, standing)],
        "messages": _messages(_limits(data, standing), standing.own["grouped"]),
    }


def _messages(limits: Sequence[Message], grouped: Mapping[str, Any]) -> Card:
    """Return what the card says in sentences as data, so that the program can say it in other languages."""
    behind = {name: grouped[name] for name in ("images", "accessions")}
    return {
        "intended_use": [as_data(Message.of(code)) for code in INTENDED_USE],
        "not_to_be_used_for": [as_data(Message.of(code)) for code in NOT_TO_BE_USED_FOR],
        "limits": [as_data(limit) for limit in limits],
        "operating_points": as_data(Message.of(CardCode.CROSS_FITTED, **behind)),
        "operating_curve": as_data(Message.of(CardCode.TEMPERATURE_CROSS_FITTED, **behind)),
    }


def _familiarity(limit: Limit, bundle: Path) -> Card:
    return {
        "file": FAMILIARITY_FILE,
        "sha256": _sha256(bundle / FAMILIARITY_FILE),
        "limit": limit.distance,
        "components": COMPONENTS,
        "rule": "refused where a larger share of the features than the limit lies outside of what the training images span",
        "protocol": PROTOCOLS[limit.protocol].label,
        "images": limit.images,
        "refused_share": REFUSED_SHARE,
    }


def _training_data(data: Dataset) -> Card:
    def counts(position: int) -> dict[str, int]:
        part = data.subtype == position
        return {"images": int(part.sum()), "accessions": len(set(data.accession[part]))}

    return {
        "name": "BreakHis" if _official(data) else "Images of the user's own",
        "images": len(data),
        "patients": len(set(data.patient_id)),
        "accessions": len(set(data.accession)),
        "magnifications": _magnifications(data),
        "subtypes": {code: counts(position) for position, code in enumerate(SUBTYPE_CODES)},
        "left_out_of_subtypes": _left_out(data),
        "split_sha256": data.split_sha256,
    }


def _magnifications(data: Dataset) -> dict[str, int]:
    """Count the images of each magnification that is known."""
    found, counts = np.unique(data.magnification, return_counts=True)
    return {str(one): int(count) for one, count in zip(found, counts, strict=True) if one}


def _official(data: Dataset) -> bool:
    return all(parse_official_name(name) for name in data.name)


def _left_out(data: Dataset) -> str:
    unknown, contradictory = int((data.subtype < 0).sum()), ~data.subtype_known & (data.subtype >= 0)
    parts = [f"{unknown:,} images without one"] if unknown else []
    if contradictory.any():
        known = sorted(CONTRADICTORY_ACCESSIONS.intersection(data.accession))
        named = f" ({', '.join(known)})" if known else ""
        images, accessions = int(contradictory.sum()), len(set(data.accession[contradictory]))
        one = f"{counted(images, 'image')} of {'an accession' if accessions == 1 else f'{accessions} accessions'}{named}"
        parts.append(f"{one} that {'stands' if accessions == 1 else 'stand'} under several subtypes with the same pixels")
    return "; ".join(parts) or "none"


def _metrics(figures: Mapping[str, Any]) -> Card:
    """Return the figures of a protocol; curves of many points are for pictures, and the card is read by people."""
    binary = {key: value for key, value in figures["binary"].items() if key not in _CURVES}
    return {**{key: figures[key] for key in _RUN_FACTS}, "binary": binary, "subtype": figures["subtype"]}


def _comparison(standing: Standing) -> Card:
    return {
        "protocol": "grouped",
        "differences": "of this recipe minus the other, paired, with 95 % intervals by a bootstrap over accessions",
        "recipes": {row.recipe: _row(row, standing) for row in standing.others},
    }


def _row(row: Run | Absent, standing: Standing) -> Card:
    if isinstance(row, Absent):
        return {"task": row.task, "status": str(row.status)}
    facts = {key: row.figures[key] for key in ("description", "task", "images", "accessions")}
    figures = {
        task: {name: row.figures[task][part][name] for name in names} for task, (part, names) in _COMPARED.items() if task in row.figures
    }
    differences = standing.differences[row.recipe]
    shared = {task: differences[task] for task in _COMPARED if task in differences}
    return {**facts, **asdict(row.done), "status": str(row.status), **figures, "differences": shared}


def _limits(data: Dataset, standing: Standing) -> list[Message]:
    is_shrunk = data.split_sha256 == _sha256(GROUPED_FILE)
    return [
        Message.of(CardCode.LIMIT_RESEARCH),
        Message.of(CardCode.LIMIT_ONE_LABORATORY if _official(data) else CardCode.LIMIT_OTHER_LABORATORIES),
        Message.of(CardCode.LIMIT_MIXTURE, percent=100 * float(data.malignant.mean())),
        *_thin_subtypes(standing),
        *_thin_magnifications(data),
        *([Message.of(CardCode.LIMIT_SHRUNK)] if is_shrunk else []),
        *_cut_epochs(standing),
        Message.of(CardCode.LIMIT_FIVE_NETWORKS),
        Message.of(CardCode.LIMIT_FEW_ACCESSIONS),
        _flattered(standing),
        *_judged_besides(standing),
        *_again(standing),
    ]


def _choice(standing: Standing) -> Card:
    """Say what the recipe was chosen among, and where it was judged besides."""
    return {
        "recipes_compared": standing.compared,
        "ensembles_compared": standing.ensembles,
        "configurations_screened": standing.screened,
        "trials_searched": standing.trials,
        "other_fold_assignments": _regrouped(standing),
    }


def _regrouped(standing: Standing) -> list[str]:
    """Name the other assignments of accessions to folds by which the recipe was judged as well."""
    return [protocol for protocol in REGROUPED if protocol in standing.own]


def _flattered(standing: Standing) -> Message:
    code = CardCode.LIMIT_BEST_OF_SEVERAL if _regrouped(standing) else CardCode.LIMIT_BEST_ON_THESE_FOLDS
    return Message.of(code, count=standing.compared)


def _judged_besides(standing: Standing) -> list[Message]:
    counts = {"ensembles": standing.ensembles, "screened": standing.screened, "trials": standing.trials}
    return [Message.of(CardCode.LIMIT_JUDGED_BESIDES, **counts)] if any(counts.values()) else []


def _again(standing: Standing) -> list[Message]:
    """Tell how far another random seed moves the figures."""
    if standing.again is None:
        return []
    auc, recall = standing.again["binary"]["by_image"]["auc"], standing.again["subtype"]["figures"]["macro_recall"]
    return [Message.of(CardCode.LIMIT_OTHER_SEED, auc=Message.of(CardCode.FIGURE, **auc), recall=Message.of(CardCode.FIGURE, **recall))]


def _thin_subtypes(standing: Standing) -> list[Message]:
    covered = standing.own["grouped"]["subtype"]["well_covered"]
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


def _cut_epochs(standing: Standing) -> list[Message]:
    facts = standing.own["grouped"]
    if facts["epochs"] >= facts["epochs_planned"]:
        return []
    return [Message.of(CardCode.LIMIT_CUT_EPOCHS, epochs=facts["epochs"], planned=facts["epochs_planned"])]


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
