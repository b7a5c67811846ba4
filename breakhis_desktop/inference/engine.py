"""What every runtime offers, whichever computes the networks."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

ENGINES = ("auto", "tensorflow")
"""The names that a user may ask for; `auto` takes the fastest that reproduces the golden probabilities."""


class Engine(Protocol):
    """Computes both networks over a batch."""

    @property
    def name(self) -> str:
        """The runtime's name, for people."""

    def infer(self, inputs: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Run both networks.

        Args:
            inputs: images x height x width x 3, 0-255, any number of images.

        Returns:
            Probabilities as the networks give them, before temperature: malignant, one per image, and the eight subtypes,
            images x 8.
        """
