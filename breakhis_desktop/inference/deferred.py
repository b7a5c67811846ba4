"""A classifier that opens its networks only when there is something to classify."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.model_card import ModelCard
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import Classifier, open_networks


class DeferredClassifier:
    """Knows its card at once, so that a wrong path is told at once, and loads at the first image."""

    def __init__(self, folder: Path, report_stage: Callable[[str], None]) -> None:
        """Read and check the files of a bundle.

        Args:
            folder: The bundle.
            report_stage: Is told, in words for the user, which stage of loading begins.

        Raises:
            BundleError: It cannot be used.
        """
        self._bundle = read_bundle(folder)
        self._report_stage = report_stage
        self._classifier: Classifier | None = None
        self.card: ModelCard = self._bundle.card

    def predict(self, inputs: NDArray[np.uint8]) -> list[Prediction]:
        """Classify images; see `Classifier.predict`.

        Raises:
            BundleError: The networks do not open, or do not prove themselves on the golden images.
        """
        if self._classifier is None:
            self._classifier = open_networks(self._bundle, self._report_stage)
        return self._classifier.predict(inputs)
