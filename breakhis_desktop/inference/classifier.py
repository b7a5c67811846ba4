"""The classifier: the networks of a bundle, checked against its golden images, for use on one thread."""

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.engines import AUTO, CPU, DEVICES, ONNX_RUNTIME, TENSORFLOW, Device
from breakhis_desktop.errors import BundleError
from breakhis_desktop.evaluation.subtypes import condition_on_class
from breakhis_desktop.evaluation.temperature import temper_binary, temper_subtypes
from breakhis_desktop.inference.bundle import Bundle, damaged, read_bundle
from breakhis_desktop.inference.engine import BATCH, Engine, RawOutput
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.inference.onnx_engine import OnnxEngine
from breakhis_desktop.inference.tensorflow_engine import TensorFlowEngine, can_run_tensorflow
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

GOLDEN_TOLERANCE = 1e-3
"""Maximum difference in probability between this machine and the machine that exported the bundle."""

Report = Callable[[Message], None]
"""Called as each stage of loading begins."""

_OPENS: dict[str, Callable[[Bundle], Engine]] = {ONNX_RUNTIME: OnnxEngine, TENSORFLOW: TensorFlowEngine}

_log = logging.getLogger(__name__)


class Classifier:
    """Gives calibrated probabilities; usable only on the thread that created it."""

    def __init__(self, bundle: Bundle, engine: Engine, device_trouble: Message | None = None) -> None:
        """Check the engine against the bundle's golden images.

        Args:
            bundle: The bundle.
            engine: The engine that computes the networks.
            device_trouble: Why a requested device other than the CPU is not used; else None.

        Raises:
            BundleError: The engine does not reproduce the golden probabilities.
        """
        self._owner = threading.get_ident()
        self._engine = engine
        self._detector = bundle.detector
        self.device_trouble = device_trouble
        self.card: ModelCard = bundle.card
        self.golden_images = len(bundle.golden.binary)
        self._check_golden(bundle)

    @property
    def engine_name(self) -> str:
        """The runtime that computes the networks."""
        return self._engine.name

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput | None]:
        """Classify a batch.

        Args:
            inputs: 1 to `BATCH` images at the card's input size (images x height x width x 3, 0-255).

        Returns:
            The output for each image; None for an image without valid output. Such an image does not affect the others.
        """
        if threading.get_ident() != self._owner:
            raise RuntimeError("a classifier belongs to the thread that made it")
        return list(self._outputs(self._engine.infer(inputs)))

    def _check_golden(self, bundle: Bundle) -> None:
        golden, parts = bundle.golden, list(_in_batches(self._engine, bundle.golden.images))
        if not all(part.are_sound().all() for part in parts):
            raise damaged(bundle.folder, Message.of(BundleCode.KNOWN_IMAGES_WITHOUT_PROBABILITIES))
        binary = np.concatenate([part.binary for part in parts])
        subtype = np.concatenate([part.subtype for part in parts])
        # NumPy's maximum over all differences keeps NaN; Python's max of two values could drop it.
        difference = np.abs(np.column_stack([binary - golden.binary, subtype - golden.subtype])).max()
        if not difference <= GOLDEN_TOLERANCE:
            raise damaged(bundle.folder, Message.of(BundleCode.KNOWN_IMAGES_DIFFER, difference=float(difference)))
        try:
            known = all(np.isfinite(distances).all() for part in parts if (distances := self._distances(part)) is not None)
        except ValueError:
            known = False
        if not known:
            raise damaged(bundle.folder, Message.of(BundleCode.FAMILIARITY_DOES_NOT_FIT))

    def _outputs(self, raw: RawOutput) -> Iterator[ModelOutput | None]:
        sound = raw.are_sound()
        with np.errstate(invalid="ignore", over="ignore"):  # invalid rows are dropped below
            p_malignant = temper_binary(raw.binary, self.card.temperatures[0])
            subtypes = condition_on_class(raw.subtype, raw.binary) if self.card.subtypes_within_class else raw.subtype
            p_subtypes = temper_subtypes(subtypes, self.card.temperatures[1])
            distances = self._distances(raw)
        if distances is not None:
            sound &= np.isfinite(distances)
        for row in range(len(p_malignant)):
            if not sound[row]:
                yield None
                continue
            yield ModelOutput(
                Prediction(float(p_malignant[row]), tuple(map(float, p_subtypes[row]))),
                None if distances is None else float(distances[row]),
                raw.malignant_map[row],
                raw.subtype_maps[row],
            )

    def _distances(self, raw: RawOutput) -> NDArray[np.float32] | None:
        """Return the images' distances from the training images, as multiples of the card's limit; None if the bundle has no detector."""
        if self._detector is None or self.card.familiarity is None:
            return None
        return self._detector.distances(raw.features) / np.float32(self.card.familiarity.limit)


def load_classifier(folder: Path, report_stage: Report = lambda _stage: None, engine: str = AUTO, device: str = CPU) -> Classifier:
    """Open a bundle, load its networks and check them against the golden images.

    Args:
        folder: The bundle.
        report_stage: Called as each stage begins.
        engine: One of `ENGINES`.
        device: The device for the fast engine, one of `DEVICES`; the CPU is used instead if the device fails the check.

    Raises:
        BundleError: No engine can run the bundle.
    """
    report_stage(Message.of(BundleCode.CHECKING_MODEL_FILES))
    return open_networks(read_bundle(folder), report_stage, engine, device)


def open_networks(bundle: Bundle, report_stage: Report = lambda _stage: None, engine: str = AUTO, device: str = CPU) -> Classifier:
    """Load the networks of a bundle already read, and check them against the golden images; see `load_classifier`."""
    if device == CPU:
        return _open_on_cpu(bundle, report_stage, engine)
    try:
        return _open_on_device(bundle, report_stage, engine, DEVICES[device])
    except BundleError as error:
        trouble = Message.of(BundleCode.DEVICE_NOT_USED, device=DEVICES[device].title, what=error.what)
    _log.warning("%s", trouble)
    report_stage(Message.of(BundleCode.LOADING_FOR_CPU))
    return _open_on_cpu(bundle, report_stage, engine, trouble)


def _open_on_device(bundle: Bundle, report_stage: Report, engine: str, device: Device) -> Classifier:
    if engine == TENSORFLOW:
        raise BundleError(Message.of(BundleCode.TENSORFLOW_ON_CPU_ALONE))
    return _open_and_check(bundle, report_stage, partial(OnnxEngine, device=device))


def _open_on_cpu(bundle: Bundle, report_stage: Report, engine: str, trouble: Message | None = None) -> Classifier:
    def open_with(name: str) -> Classifier:
        return _open_and_check(bundle, report_stage, _OPENS[name], trouble)

    if engine != AUTO:
        return open_with(engine)
    try:
        return open_with(ONNX_RUNTIME)
    except BundleError as error:
        if not (can_run_tensorflow() and bundle.has_networks):
            raise
        _log.warning("the fast engine is not used, since %s", error.what)
        report_stage(Message.of(BundleCode.LOADING_TENSORFLOW))
        return open_with(TENSORFLOW)


def _open_and_check(
    bundle: Bundle, report_stage: Report, open_engine: Callable[[Bundle], Engine], trouble: Message | None = None
) -> Classifier:
    report_stage(Message.of(BundleCode.LOADING_MODELS))
    engine = open_engine(bundle)
    report_stage(Message.of(BundleCode.CHECKING_KNOWN_IMAGES))
    return Classifier(bundle, engine, trouble)


def _in_batches(engine: Engine, inputs: NDArray[np.uint8]) -> Iterator[RawOutput]:
    for start in range(0, len(inputs), BATCH):
        yield engine.infer(inputs[start : start + BATCH])
