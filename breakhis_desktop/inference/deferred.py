"""A classifier that opens its networks only once there is something to classify."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import Classifier, Report, open_networks
from breakhis_desktop.inference.model_output import ModelOutput


class DeferredClassifier:
    """Reads the card immediately, so that a wrong path fails early, and loads the networks at the first image."""

    def __init__(self, folder: Path, report_stage: Report, engine: str, device: str, report_trouble: Report) -> None:
        """Read and check the files of a bundle.

        Args:
            folder: The bundle.
            report_stage: Called as each stage of loading begins.
            engine: One of `ENGINES`.
            device: One of `DEVICES`.
            report_trouble: Called with the reason if the CPU replaces the device.

        Raises:
            BundleError: The bundle cannot be used.
        """
        self._bundle = read_bundle(folder)
        self._report_stage = report_stage
        self._engine = engine
        self._device = device
        self._report_trouble = report_trouble
        self._classifier: Classifier | None = None
        self.card: ModelCard = self._bundle.card

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput | None]:
        """Classify images; see `Classifier.classify`.

        Raises:
            BundleError: The networks do not open, or do not reproduce the golden probabilities.
        """
        return self._opened().classify(inputs)

    @property
    def engine_name(self) -> str:
        """The runtime that computes the networks; the first access loads them.

        Raises:
            BundleError: As for `classify`.
        """
        return self._opened().engine_name

    def _opened(self) -> Classifier:
        if self._classifier is None:
            self._classifier = open_networks(self._bundle, self._report_stage, self._engine, self._device)
            if self._classifier.device_trouble:
                self._report_trouble(self._classifier.device_trouble)
        return self._classifier
