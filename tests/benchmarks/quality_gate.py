"""Counts how many images the quality gate refuses, by kind: `python -m tests.benchmarks.quality_gate FOLDER`.

The images are negatives, which the gate should refuse, and real fields. `python -m tests.benchmarks.negatives FOLDER` writes the
negatives into FOLDER; `training prepare` has decoded the real fields. The benchmark applies the gate to each real field twice: with the
shipped limits, which were derived from all real fields, and with limits derived by the same rule from the other folds, which contain other
patients. The out-of-distribution distance of a real field comes from a network that was not trained on the field's patient.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.assets import default_models
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.classifier import Classifier, load_classifier
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.quality.gate import MEASURED_SIZE, reason_of_pixels
from breakhis_desktop.quality.measures import Measures, measure
from tests.benchmarks.negatives import TUNE, UNSEEN
from training.bundle.out_of_distribution import REFUSED_SHARE, held_out_distances
from training.comparison.results import shipped_recipe
from training.data import load_dataset
from training.data.splits import protocol_splits
from training.experiment.protocols import PRIMARY
from training.experiment.recipe import load_recipe
from training.workspace import Workspace

BELOW, ABOVE = 0.9, 1.05
"""The limits relative to the values of real fields: a tenth below the smallest value, a twentieth above the largest."""


def main() -> None:
    """Print a line for each kind of image, and totals for the negatives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("negatives", type=Path)
    options = parser.parse_args()
    classifier = load_classifier(default_models())
    print(f"{'kind':<24}{'images':>8}{'gate':>8}{'unfamiliar':>12}{'refused':>9}")
    _print_real(classifier)
    counts = [_print_kind(classifier, kind, sorted((options.negatives / kind).glob("*"))) for kind in (*TUNE, *UNSEEN)]
    for words, part in (("tuned on", counts[: len(TUNE)]), ("unseen", counts[len(TUNE) :]), ("all", counts)):
        images, refused = np.sum(part, axis=0)
        print(f"negatives {words}: {refused} of {images} refused, {100 * refused / images:.1f} %")


def _print_real(classifier: Classifier) -> None:
    data, recipe = load_dataset(Workspace()), load_recipe(shipped_recipe())
    images = data.images[MEASURED_SIZE[0]]
    distances = held_out_distances(recipe, data, Workspace(), PRIMARY)
    familiarity = classifier.card.familiarity
    if distances is None or familiarity is None:
        raise SystemExit(
            "The networks of the folds, or the bundle's limit of familiarity, are missing; train the grouped folds, then export."
        )
    tests = [split.test for split in protocol_splits(PRIMARY, data, with_validation=recipe.needs_validation)]
    by_image = np.zeros(len(images), np.float32)
    by_image[np.concatenate(tests)] = distances
    gate = np.array([bool(reason_of_pixels(image)) for image in images])
    _print_line("real, limits as shipped", gate, by_image > familiarity.limit)
    _print_line("real, limits of others", _refused_by_others(images, data.fold), _unfamiliar_by_others(by_image, tests))


def _unfamiliar_by_others(distances: NDArray[np.float32], tests: list[NDArray[np.intp]]) -> NDArray[np.bool_]:
    """Apply to each fold the limit derived from the distances of the other folds."""
    unfamiliar = np.zeros(len(distances), bool)
    for test in tests:
        unfamiliar[test] = distances[test] > np.quantile(np.delete(distances, test), 1 - REFUSED_SHARE)
    return unfamiliar


def _refused_by_others(images: NDArray[np.uint8], folds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Apply to each fold the limits derived from the images of the other folds."""
    measured = [measure(image) for image in images]
    least, most = np.array([_with_least(one) for one in measured]), np.array([_with_most(one) for one in measured])
    refused = np.zeros(len(images), bool)
    for fold in np.unique(folds):
        held_out = folds == fold
        too_little = least[held_out] < BELOW * least[~held_out].min(axis=0)
        too_much = most[held_out] > ABOVE * most[~held_out].max(axis=0)
        refused[held_out] = too_little.any(axis=1) | too_much.any(axis=1)
    return refused


def _with_least(found: Measures) -> tuple[float, ...]:
    return (found.brightness, found.tissue, found.detail, found.colour, *found.absorption, found.green_first)


def _with_most(found: Measures) -> tuple[float, ...]:
    return (found.hues, found.contrast, found.detail)


def _print_kind(classifier: Classifier, kind: str, files: list[Path]) -> tuple[int, int]:
    inputs = np.stack(list(_inputs(files, classifier.card.input_size)))
    measured = _inputs(files, MEASURED_SIZE)
    batches = np.split(inputs, range(BATCH, len(inputs), BATCH))
    gate = np.array([bool(reason_of_pixels(image)) for image in measured])
    unfamiliar = np.array([found is not None and (found.distance or 0) > 1 for batch in batches for found in classifier.classify(batch)])
    return _print_line(kind, gate, unfamiliar)


def _inputs(files: list[Path], size: tuple[int, int]) -> Iterator[NDArray[np.uint8]]:
    return (prepare(decode(file.read_bytes()), size) for file in files)


def _print_line(kind: str, gate: NDArray[np.bool_], unfamiliar: NDArray[np.bool_]) -> tuple[int, int]:
    refused = int((gate | unfamiliar).sum())
    print(f"{kind:<24}{len(gate):>8}{gate.sum():>8}{unfamiliar.sum():>12}{refused:>9}", flush=True)
    return len(gate), refused


if __name__ == "__main__":
    main()
