"""Computes a network's outputs for images, and the figure for early stopping."""

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.ranking import ranking_figures
from breakhis_desktop.evaluation.subtypes import subtype_figures
from training.model.augment import symmetry
from training.model.batches import ImageBatches
from training.model.networks import MALIGNANT, SUBTYPE

BATCH = 32

_SMALLEST = 1e-7

Outputs = dict[str, NDArray[np.float32]]


def predict(network: keras.Model, images: NDArray[np.uint8], rows: NDArray[np.intp], views: int = 1) -> Outputs:
    """Return a network's uncalibrated outputs for some images.

    Args:
        network: A network from `build_network`.
        images: N x side x side x 3, 0-255, on disk; read batch by batch.
        rows: The positions of the images, length M.
        views: The number of symmetries of each image, 1 to 8, over which the outputs are averaged.

    Returns:
        `malignant` (M) and `subtype` (M x 8), if the network has them.
    """
    said = [_predict_symmetry(network, images, rows, number) for number in range(views)]
    return {name: np.mean([one[name] for one in said], axis=0, dtype=np.float32) for name in said[0]}


def _predict_symmetry(network: keras.Model, images: NDArray[np.uint8], rows: NDArray[np.intp], number: int) -> Outputs:
    batches = ImageBatches(lambda part: symmetry(images[rows[part]], number), len(rows), BATCH)
    outputs = network.predict(batches, verbose=0)
    return {name: one[:, 0] if name == MALIGNANT else one for name, one in outputs.items()}


def monitored_figure(monitor: str, outputs: Outputs, malignant: NDArray[np.bool_], subtype: NDArray[np.int64]) -> float:
    """Compute the figure that a recipe monitors.

    Args:
        monitor: `auc` (in the binary task), `macro_recall` (in the subtype task), `accuracy` (in the binary task if the network has it,
            else in the subtype task) or `loss` (negated, without class weights).
        outputs: The result of `predict` for N images.
        malignant: The truth, length N.
        subtype: The truth as positions in `SUBTYPES`, length N.

    Returns:
        The figure; a higher one is better.
    """
    match monitor:
        case "auc":
            return float(ranking_figures(malignant, outputs[MALIGNANT].astype(np.float64))["auc"])
        case "macro_recall":
            return float(subtype_figures(subtype, outputs[SUBTYPE])["macro_recall"])
        case "accuracy" if MALIGNANT in outputs:
            return float(((outputs[MALIGNANT] >= 0.5) == malignant).mean())
        case "accuracy":
            return float(subtype_figures(subtype, outputs[SUBTYPE])["accuracy"])
        case _:
            return _log_likelihood(outputs, malignant, subtype)


def _log_likelihood(outputs: Outputs, malignant: NDArray[np.bool_], subtype: NDArray[np.int64]) -> float:
    likelihoods = []
    if MALIGNANT in outputs:
        likelihoods.append(np.where(malignant, outputs[MALIGNANT], 1 - outputs[MALIGNANT]))
    if SUBTYPE in outputs:
        likelihoods.append(outputs[SUBTYPE][np.arange(len(subtype)), subtype])
    return float(sum(np.log(one + _SMALLEST).mean() for one in likelihoods))
