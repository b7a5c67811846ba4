"""What every runtime offers, whichever computes the networks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.inference.joint import FEATURES, MALIGNANT, MALIGNANT_MAP, SUBTYPE, SUBTYPE_MAPS

AUTO, ONNX_RUNTIME, TENSORFLOW = "auto", "onnxruntime", "tensorflow"
ENGINES = (AUTO, ONNX_RUNTIME, TENSORFLOW)
"""The names that a user may ask for; `auto` takes the fastest that reproduces the golden probabilities."""

BATCH = 32
"""Images that an engine computes at once."""

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Inference:
    """What both networks give for N images, before any temperature.

    Attributes:
        binary: The probability of malignant, N.
        subtype: The probabilities of the eight subtypes, N x 8.
        malignant_map: What each part of the image adds to the logit of malignant, N x rows x columns.
        subtype_maps: What each part adds to the logit of each subtype, N x rows x columns x 8.
        features: The last features of the binary network, pooled, N x channels.
    """

    binary: Array
    subtype: Array
    malignant_map: Array
    subtype_maps: Array
    features: Array

    @classmethod
    def of_outputs(cls, outputs: Mapping[str, Array]) -> Self:
        """Return the outputs of the joint function, or graph, by their meaning."""
        return cls(
            binary=outputs[MALIGNANT][:, 0],
            subtype=outputs[SUBTYPE],
            malignant_map=outputs[MALIGNANT_MAP],
            subtype_maps=outputs[SUBTYPE_MAPS],
            features=outputs[FEATURES].mean(axis=(1, 2)),
        )


class Engine(Protocol):
    """Computes both networks over at most `BATCH` images at a time."""

    @property
    def name(self) -> str:
        """The runtime's name, for people."""

    def infer(self, inputs: NDArray[np.uint8]) -> Inference:
        """Run both networks over 1 to `BATCH` images x height x width x 3, 0-255."""
