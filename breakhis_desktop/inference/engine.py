"""The common interface of all inference engines."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.inference.fused_graph import FEATURES, MALIGNANT, MALIGNANT_MAP, SUBTYPE, SUBTYPE_MAPS

_SLACK = 1e-4
"""How far rounding may push a probability below 0 or above 1."""
_SUM_SLACK = 1e-2
"""Maximum deviation from 1 of the sum of the subtype probabilities; it allows for devices that compute with half precision."""

BATCH = 32
"""Number of images per batch."""

Array = NDArray[np.float32]


_FORMS: Mapping[str, tuple[int, int | None]] = MappingProxyType(
    {MALIGNANT: (2, 1), SUBTYPE: (2, len(SUBTYPES)), MALIGNANT_MAP: (3, None), SUBTYPE_MAPS: (4, len(SUBTYPES)), FEATURES: (4, None)}
)
"""For each output of the fused function, its number of dimensions and the length of the last dimension; None if that may vary."""


@dataclass(frozen=True, slots=True)
class RawOutput:
    """The outputs of both networks for N images, before temperature scaling.

    Attributes:
        binary: The probability of the class malignant, N.
        subtype: The probabilities of the eight subtypes, N x 8.
        malignant_map: How much each location adds to the logit of the class malignant, N x rows x columns.
        subtype_maps: How much each location adds to the logit of each subtype, N x rows x columns x 8.
        features: The last features of the binary network, pooled, N x channels.
    """

    binary: Array
    subtype: Array
    malignant_map: Array
    subtype_maps: Array
    features: Array

    @classmethod
    def of_outputs(cls, outputs: Mapping[str, Array], images: int) -> Self:
        """Build from the named outputs of the fused function or graph.

        Args:
            outputs: The outputs by name.
            images: The number of images that were passed in.

        Raises:
            ValueError: An output has the wrong shape or type.
        """
        for name, (dimensions, last) in _FORMS.items():
            _check_form(outputs[name], dimensions, last, images)
        if outputs[SUBTYPE_MAPS].shape[:-1] != outputs[MALIGNANT_MAP].shape:
            raise ValueError("maps of different sizes")
        with np.errstate(invalid="ignore", over="ignore"):  # `are_sound` finds invalid numbers
            features = outputs[FEATURES].mean(axis=(1, 2))
        return cls(outputs[MALIGNANT][:, 0], outputs[SUBTYPE], outputs[MALIGNANT_MAP], outputs[SUBTYPE_MAPS], features)

    def are_sound(self) -> NDArray[np.bool_]:
        """Return, for each image, whether all outputs are finite and the probabilities valid."""
        with np.errstate(invalid="ignore"):
            sound: NDArray[np.bool_] = np.abs(self.subtype.sum(axis=1) - 1) <= _SUM_SLACK
        for probabilities in (self.binary[:, None], self.subtype):
            sound &= ((probabilities >= -_SLACK) & (probabilities <= 1 + _SLACK)).all(axis=1)
        for others in (self.malignant_map, self.subtype_maps, self.features):
            sound &= np.isfinite(others).all(axis=tuple(range(1, others.ndim)))
        return sound


def _check_form(output: Array, dimensions: int, last: int | None, images: int) -> None:
    if output.dtype != np.float32 or output.ndim != dimensions or len(output) != images or 0 in output.shape[1:]:
        raise ValueError("an output of another shape or type")
    if last is not None and output.shape[-1] != last:
        raise ValueError("another number of classes")


class Engine(Protocol):
    """Computes both networks on at most `BATCH` images at a time."""

    @property
    def name(self) -> str:
        """The runtime's name, as shown to users."""

    def infer(self, inputs: NDArray[np.uint8]) -> RawOutput:
        """Run both networks on 1 to `BATCH` images (images x height x width x 3, 0-255)."""
