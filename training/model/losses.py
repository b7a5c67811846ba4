"""The losses of a network's outputs."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import keras
from keras import ops

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.experiment.recipe import Loss
from training.model.networks import MALIGNANT, SUBTYPE

Function = Callable[[Any, Any], Any]


def losses_of(outputs: Iterable[str], how: Loss, *, shares: bool) -> Mapping[str, Function]:
    """Return the loss of each output of a network, one number per image.

    Args:
        outputs: The names of the outputs.
        how: Label smoothing, and the exponent of the focal loss (Lin et al. 2017).
        shares: Whether the true subtypes are given as shares (N x 8) rather than as positions in `SUBTYPES` (N).
    """

    def binary(truth: Any, said: Any) -> Any:
        if not how.focal:
            return keras.losses.binary_crossentropy(truth, said, label_smoothing=how.label_smoothing)
        return keras.losses.binary_focal_crossentropy(truth, said, gamma=how.focal, label_smoothing=how.label_smoothing)

    def categorical(truth: Any, said: Any) -> Any:
        if not how.focal:
            return keras.losses.categorical_crossentropy(truth, said, label_smoothing=how.label_smoothing)
        return keras.losses.categorical_focal_crossentropy(truth, said, alpha=1.0, gamma=how.focal, label_smoothing=how.label_smoothing)

    def of_positions(truth: Any, said: Any) -> Any:
        return categorical(ops.one_hot(ops.cast(ops.reshape(truth, (-1,)), "int32"), len(SUBTYPES)), said)

    known: dict[str, Function] = {MALIGNANT: binary, SUBTYPE: categorical if shares else of_positions}
    return {name: known[name] for name in outputs}
