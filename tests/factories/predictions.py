"""Made-up predictions of a recipe."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training.experiment.predictions import Predictions, TrainingProvenance

ACCESSIONS, IMAGES_EACH = 25, 6


def make_predictions(recipe: str = "made_up", noise: float = 1.0, protocol: str = "grouped", random_seed: int = 0) -> Predictions:
    """Make up predictions on 25 accessions of six images each; five subtypes have several accessions, a sixth only one."""
    random = np.random.default_rng(random_seed)
    accession = np.repeat(np.arange(ACCESSIONS), IMAGES_EACH)
    subtype = np.array([0, *([1, 4, 4, 5, 6, 7] * 4)])[accession]
    malignant = subtype >= 4
    of_accession = np.repeat(random.normal(0, noise, (ACCESSIONS, 8)), IMAGES_EACH, axis=0)
    logits = np.eye(8)[subtype] * 2 + random.normal(0, noise, (len(subtype), 8)) + of_accession
    subtypes = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    binary = 1 / (1 + np.exp(-(2 * malignant - 0.5 + random.normal(0, 2 * noise, len(subtype)))))
    provenance = TrainingProvenance(
        recipe, "00", "Made up", "both", protocol, 1, 5, 5, 3, 3, 1.5, "float32", "11", "2026-11-23", [{"epoch": 1}]
    )
    return Predictions(
        provenance,
        name=np.array([f"{row}.png" for row in range(len(subtype))]),
        malignant=malignant,
        subtype=subtype,
        patient_id=np.array([f"14-{one}" for one in accession]),
        accession=accession.astype(str),
        magnification=np.tile([40, 100, 200, 200, 400, 0], ACCESSIONS),
        fold=accession % 5 + 1,
        split=accession % 5 + 1,
        binary=binary.astype(np.float32),
        subtypes=subtypes.astype(np.float32),
    )


def rows_of(predictions: Predictions, rows: NDArray[np.integer]) -> Predictions:
    """Return the predictions of some rows."""
    arrays = {name: getattr(predictions, name)[rows] for name in Predictions.__dataclass_fields__ if name != "provenance"}
    return replace(predictions, **arrays)
