"""Pools the predictions of a recipe's runs under a protocol."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.subtypes import condition_on_class
from breakhis_desktop.wording.message import Message
from training.commands import command
from training.data import Dataset
from training.data.splits import Split, protocol_splits, regrouped_folds
from training.experiment.predictions import Predictions, TrainingProvenance
from training.experiment.protocols import REGROUPED
from training.experiment.recipe import Recipe
from training.fit.train import RunFolder, run_folder
from training.model.networks import MALIGNANT, SUBTYPE
from training.wording import TrainingCode
from training.workspace import NotMadeError, Workspace

_Made = tuple[Split, RunFolder, dict[str, Any]]


def pool(recipe: Recipe, data: Dataset, workspace: Workspace, protocol: str) -> Predictions:
    """Pool the predictions of a recipe's runs, each on the images that it held out.

    Args:
        recipe: The recipe.
        data: All images.
        workspace: The workspace of the runs; only runs of exactly this recipe and these images count.
        protocol: One of `PROTOCOLS`; splits not trained yet are left out, and `provenance.splits` counts the trained splits.

    Raises:
        NotMadeError: No split of the protocol is trained.
        UserError: The protocol cannot split these images.
    """
    splits = protocol_splits(protocol, data, with_validation=recipe.needs_validation)
    folders = [(split, run_folder(recipe, data, split, workspace)) for split in splits]
    made = [(split, folder, done) for split, folder in folders if (done := folder.done)]
    if not made:
        train = command("train", recipe.name, f"--protocol {protocol}")
        raise NotMadeError(Message.of(TrainingCode.NOT_TRAINED, recipe=recipe.name, protocol=protocol, command=train))
    parts = [folder.predictions() for _, folder, _ in made]
    binary, subtypes = _joined(parts, MALIGNANT), _joined(parts, SUBTYPE)
    if recipe.subtypes_within_class and binary is not None and subtypes is not None:
        subtypes = condition_on_class(subtypes, binary).astype(np.float32)
    rows = np.concatenate([part["rows"] for part in parts])
    return Predictions(
        provenance=_provenance(recipe, data, protocol, made, len(splits)),
        name=data.name[rows],
        malignant=data.malignant[rows],
        subtype=np.where(data.subtype_known[rows], data.subtype[rows], -1),
        patient_id=data.patient_id[rows],
        accession=data.accession[rows],
        magnification=data.magnification[rows],
        fold=(regrouped_folds(protocol, data) if protocol in REGROUPED else data.fold)[rows],
        split=np.concatenate([np.full(len(part["rows"]), split.number) for (split, _, _), part in zip(made, parts, strict=True)]),
        binary=binary,
        subtypes=subtypes,
    )


def _joined(parts: list[dict[str, NDArray[Any]]], output: str) -> NDArray[np.float32] | None:
    return np.concatenate([part[output] for part in parts]) if output in parts[0] else None


def _provenance(recipe: Recipe, data: Dataset, protocol: str, made: list[_Made], planned: int) -> TrainingProvenance:
    return TrainingProvenance(
        recipe=recipe.name,
        recipe_sha256=recipe.sha256,
        description=recipe.description,
        task=recipe.task,
        protocol=protocol,
        random_seed=recipe.random_seed,
        splits=len(made),
        splits_planned=planned,
        epochs=min(done["epochs"] for _, _, done in made),
        epochs_planned=recipe.images.epochs if recipe.images else 0,
        minutes=round(sum(done["minutes"] for _, _, done in made), 2),
        precision="/".join(sorted({done["precision"] for _, _, done in made})),
        split_sha256=data.split_sha256,
        trained=max(done["trained"] for _, _, done in made),
        history=[{"split": split.name, **row} for split, _, done in made for row in done["history"]],
    )
