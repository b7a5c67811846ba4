"""How like an image is to those that the models were trained on, in the space of the last features."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.inference.archives import UNPACKING_ERRORS

Array = NDArray[np.float32]

NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Familiarity:
    """The training images in the space of their own principal components.

    Attributes:
        centre: The mean of their features, channels.
        axes: The principal components, each divided by its standard deviation, channels x components.
        reference: The training images along the components, images x components.
        limit: The distance from which an image is unfamiliar.
    """

    centre: Array
    axes: Array
    reference: Array
    limit: float

    def distances(self, features: Array) -> Array:
        """Return the mean distance of each image from its nearest training images, as a share of the limit.

        Args:
            features: Pooled features, N x channels.
        """
        points = (features - self.centre) @ self.axes
        squares = (points**2).sum(axis=1)[:, None] - 2 * points @ self.reference.T + (self.reference**2).sum(axis=1)
        nearest = np.partition(np.maximum(squares, 0), NEIGHBOURS - 1, axis=1)[:, :NEIGHBOURS]
        return np.asarray(np.sqrt(nearest).mean(axis=1) / self.limit, dtype=np.float32)

    @classmethod
    def load(cls, file: Path, limit: float) -> Self:
        """Read the file of a bundle.

        Raises:
            ValueError: It holds something else.
        """
        try:
            with np.load(file, allow_pickle=False) as arrays:
                centre, axes, reference = (arrays[name].astype(np.float32) for name in ("centre", "axes", "reference"))
        except (*UNPACKING_ERRORS, KeyError) as error:
            raise ValueError("it holds no features") from error
        if axes.shape != (centre.size, reference.shape[-1]) or reference.ndim != 2 or len(reference) < NEIGHBOURS:
            raise ValueError("it holds features of another shape")
        return cls(centre, axes, reference, limit)

    def save(self, file: Path) -> None:
        """Write the file of a bundle; the limit stands in its card."""
        np.savez_compressed(file, centre=self.centre, axes=self.axes, reference=self.reference)
