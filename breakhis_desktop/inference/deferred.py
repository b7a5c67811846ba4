"""A classifier that opens its networks only when there is something to classify."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import Classifier, Report, open_networks
from breakhis_desktop.inference.findings import Findings


class DeferredClassifier:
    """Knows its card at once, so that a wrong path is told at once, and loads at the first image."""

    def __init__(self, folder: Path, report_stage: Report, engine: str, device: str, report_trouble: Report) -> None:
        """Read and check the files of a bundle.

        Args:
            folder: The bundle.
            report_stage: Is told which stage of loading begins.
            engine: One of `ENGINES`.
            device: One of `DEVICES`.
            report_trouble: Is told where the CPU computes in its place, and why.

        Raises:
            BundleError: It cannot be used.
        """
        self._bundle = read_bundle(folder)
        self._report_stage = report_stage
        self._engine = engine
        self._device = device
        self._report_trouble = report_trouble
        self._classifier: Classifier | None = None
        self.card: ModelCard = self._bundle.card

    def classify(self, inputs: NDArray[np.uint8]) -> list[Findings | None]:
        """Classify images; see `Classifier.classify`.

        Raises:
            BundleError: The networks do not open, or do not prove themselves on the golden images.
        """
        return self._opened().classify(inputs)

    @property
    def engine_name(self) -> str:
        """The runtime that computes the networks, which opens them.

        Raises:
            BundleError: As of `classify`.
        """
        return self._opened().engine_name

    def _opened(self) -> Classifier:
        if self._classifier is None:
            self._classifier = open_networks(self._bundle, self._report_stage, self._engine, self._device)
            if self._classifier.device_trouble:
                self._report_trouble(self._classifier.device_trouble)
        return self._classifier
