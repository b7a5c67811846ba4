"""The reference engine: TensorFlow, running the bundle's own Keras files."""

import logging
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop import paths
from breakhis_desktop.domain.card import BINARY_FILE, SUBTYPE_FILE
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.errors import BundleError
from breakhis_desktop.files import printable
from breakhis_desktop.inference.archives import ArchiveError, check_keras_weights
from breakhis_desktop.inference.bundle import Bundle, damaged, refused
from breakhis_desktop.inference.engine import BATCH, RawOutput
from breakhis_desktop.inference.fused_graph import UnfitNetworkError, fused_function
from breakhis_desktop.inference.native_stderr import native_stderr_silenced
from breakhis_desktop.processor import AVX, lacks
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message


class TensorFlowEngine:
    """Runs both networks in one compiled function on fixed-size batches, padded if there are fewer images."""

    name = "TensorFlow"

    def __init__(self, bundle: Bundle) -> None:
        """Load and compile the networks of a bundle.

        Raises:
            BundleError: The networks are absent, do not open or do not fit this program; or TensorFlow is not installed, does not start or
                does not run on this processor.
        """
        if not has_tensorflow():
            raise BundleError(Message.of(BundleCode.TENSORFLOW_NOT_INSTALLED))
        if lacks(AVX):
            raise BundleError(Message.of(BundleCode.TENSORFLOW_NEEDS_AVX))
        if not bundle.has_networks:
            raise BundleError(Message.of(BundleCode.MODELS_WITHOUT_NETWORKS, folder=printable(bundle.folder)))
        keras, tensorflow = _start_runtime()
        binary = _load(keras, bundle.folder / BINARY_FILE, 1)
        subtype = _load(keras, bundle.folder / SUBTYPE_FILE, len(SUBTYPES))
        try:
            fused = fused_function(binary, subtype)
        except UnfitNetworkError as error:
            raise damaged(bundle.folder, Message.of(BundleCode.NETWORK_OF_OTHER_END, network=str(error))) from error
        except Exception as error:  # networks that open may still be incompatible in many ways
            raise damaged(bundle.folder, Message.of(BundleCode.KERAS_DOES_NOT_RUN)) from error
        self._folder = bundle.folder
        width, height = bundle.card.input_size
        self._shape = (BATCH, height, width, 3)
        self._fused = tensorflow.function(
            fused,
            input_signature=[tensorflow.TensorSpec(self._shape, tensorflow.float32)],
            autograph=False,  # it would leave a file in the temporary folder
        )

    def infer(self, inputs: NDArray[np.uint8]) -> RawOutput:
        """Run both networks; see `Engine.infer`."""
        batch = np.zeros(self._shape, np.float32)
        batch[: len(inputs)] = inputs
        try:
            outputs = {name: output.numpy()[: len(inputs)] for name, output in self._fused(batch).items()}
            return RawOutput.of_outputs(outputs, len(inputs))
        except Exception as error:  # networks that open may still expect different images or return different outputs
            raise damaged(self._folder, Message.of(BundleCode.KERAS_DOES_NOT_RUN)) from error


def has_tensorflow() -> bool:
    """Return whether TensorFlow is installed; the smaller package of the program does not include it."""
    return find_spec("tensorflow") is not None


def can_run_tensorflow() -> bool:
    """Return whether TensorFlow is installed and the processor supports it; on any other processor, loading it kills the process."""
    return has_tensorflow() and not lacks(AVX)


def _start_runtime() -> tuple[Any, Any]:
    try:
        return _import_runtime()
    except Exception as error:  # whatever the installation or system lacks, this engine cannot be used
        raise BundleError(Message.of(BundleCode.TENSORFLOW_DOES_NOT_START)) from error


def _import_runtime() -> tuple[Any, Any]:
    """Import Keras and TensorFlow silently, with Keras's folder inside the program's own folder."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("KERAS_HOME", str(paths.home() / "keras"))
    os.environ["KERAS_BACKEND"] = "tensorflow"
    with native_stderr_silenced():
        import keras
        import tensorflow

        tensorflow.config.list_logical_devices()  # starts the runtime, which also prints a greeting
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    return keras, tensorflow


def _load(keras: Any, file: Path, outputs: int) -> Any:
    try:
        check_keras_weights(file)
    except ArchiveError as error:
        raise refused(file, error) from error
    try:
        network = keras.saving.load_model(file, compile=False, safe_mode=True)
    except Exception as error:  # any failure here is the fault of this file
        raise damaged(file.parent, Message.of(BundleCode.KERAS_DOES_NOT_OPEN, file=file.name)) from error
    if network.output_shape != (None, outputs):
        raise damaged(file.parent, Message.of(BundleCode.NETWORK_OF_OTHER_OUTPUTS, file=file.name, outputs=outputs))
    return network
