"""The classifier: a bundle that proved itself on its golden images, owned by one thread."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.model_card import ModelCard
from breakhis_desktop.evaluation.temperature import temper_binary, temper_subtypes
from breakhis_desktop.inference.bundle import Bundle, damaged, read_bundle
from breakhis_desktop.inference.engine import Engine
from breakhis_desktop.inference.tensorflow_engine import TensorFlowEngine

GOLDEN_TOLERANCE = 1e-3
"""The largest difference in probability between this machine and the one that exported the bundle."""


class Classifier:
    """Gives calibrated probabilities; only the thread that made it may ask."""

    def __init__(self, bundle: Bundle, engine: Engine) -> None:
        """Check the engine on the bundle's golden images.

        Raises:
            BundleError: It does not reproduce their probabilities.
        """
        self._owner = threading.get_ident()
        self._engine = engine
        self.card: ModelCard = bundle.card
        self.golden_images = len(bundle.golden.binary)
        _check_golden(bundle, engine)

    @property
    def engine_name(self) -> str:
        """The runtime that computes the networks."""
        return self._engine.name

    def predict(self, inputs: NDArray[np.uint8]) -> list[Prediction]:
        """Classify a batch.

        Args:
            inputs: images x height x width x 3, 0-255, at the card's input size.
        """
        if threading.get_ident() != self._owner:
            raise RuntimeError("a classifier belongs to the thread that made it")
        if len(inputs) == 0:
            return []
        binary, subtype = self._engine.infer(inputs)
        p_malignant = temper_binary(binary, self.card.temperatures[0])
        p_subtypes = temper_subtypes(subtype, self.card.temperatures[1])
        return [Prediction(float(p), tuple(map(float, row))) for p, row in zip(p_malignant, p_subtypes, strict=True)]


def load_classifier(folder: Path, report_stage: Callable[[str], None] = lambda _stage: None) -> Classifier:
    """Open a bundle, load its networks and prove them on the golden images.

    Args:
        folder: The bundle.
        report_stage: Is told, in words for the user, which stage begins.

    Raises:
        BundleError: Nothing can be analysed with it.
    """
    report_stage("Checking the model files")
    return open_networks(read_bundle(folder), report_stage)


def open_networks(bundle: Bundle, report_stage: Callable[[str], None] = lambda _stage: None) -> Classifier:
    """Load the networks of a bundle that was read, and prove them on the golden images; see `load_classifier`."""
    report_stage("Loading the models")
    engine = TensorFlowEngine(bundle.folder, bundle.card.input_size)
    report_stage("Checking the models on known images")
    return Classifier(bundle, engine)


def _check_golden(bundle: Bundle, engine: Engine) -> None:
    binary, subtype = engine.infer(bundle.golden.images)
    difference = max(np.abs(binary - bundle.golden.binary).max(), np.abs(subtype - bundle.golden.subtype).max())
    if not difference <= GOLDEN_TOLERANCE:
        raise damaged(bundle.folder, f"on its known images it gives other probabilities than it should (off by {difference:.3f})")
