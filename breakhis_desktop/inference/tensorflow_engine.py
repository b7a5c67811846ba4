"""The reference engine: the bundle's own Keras files, run by TensorFlow."""

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
from breakhis_desktop.inference.engine import BATCH, Inference
from breakhis_desktop.inference.joint import UnfitNetworkError, joint_function
from breakhis_desktop.inference.native_stderr import native_stderr_silenced
from breakhis_desktop.processor import AVX, lacks
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message


class TensorFlowEngine:
    """Both networks in one compiled function over batches of a fixed size, padded where there are fewer images."""

    name = "TensorFlow"

    def __init__(self, bundle: Bundle) -> None:
        """Load and compile the networks of a bundle.

        Raises:
            BundleError: Keras does not open them, they are not what a bundle holds or were left out of it, or TensorFlow is not installed,
                does not start, or does not run on this processor.
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
            joint = joint_function(binary, subtype)
        except UnfitNetworkError as error:
            raise damaged(bundle.folder, Message.of(BundleCode.NETWORK_OF_OTHER_END, network=str(error))) from error
        except Exception as error:  # (whatever two networks that open do not have in common with those of a bundle)
            raise damaged(bundle.folder, Message.of(BundleCode.KERAS_DOES_NOT_RUN)) from error
        self._folder = bundle.folder
        width, height = bundle.card.input_size
        self._shape = (BATCH, height, width, 3)
        self._joint = tensorflow.function(
            joint,
            input_signature=[tensorflow.TensorSpec(self._shape, tensorflow.float32)],
            autograph=False,  # it would leave a file in the system's folder for temporary files
        )

    def infer(self, inputs: NDArray[np.uint8]) -> Inference:
        """Run both networks; see `Engine.infer`."""
        batch = np.zeros(self._shape, np.float32)
        batch[: len(inputs)] = inputs
        try:
            outputs = {name: output.numpy()[: len(inputs)] for name, output in self._joint(batch).items()}
            return Inference.of_outputs(outputs, len(inputs))
        except Exception as error:  # (networks that open may still take other images, or give other outputs)
            raise damaged(self._folder, Message.of(BundleCode.KERAS_DOES_NOT_RUN)) from error


def has_tensorflow() -> bool:
    """Return whether TensorFlow is part of this installation; a smaller package leaves it out."""
    return find_spec("tensorflow") is not None


def can_run_tensorflow() -> bool:
    """Return whether TensorFlow is installed, and the processor has what it needs: without that, loading it ends the process."""
    return has_tensorflow() and not lacks(AVX)


def _start_runtime() -> tuple[Any, Any]:
    try:
        return _import_runtime()
    except Exception as error:  # (whatever an installation or a system can lack, this engine cannot be used)
        raise BundleError(Message.of(BundleCode.TENSORFLOW_DOES_NOT_START)) from error


def _import_runtime() -> tuple[Any, Any]:
    """Import Keras and TensorFlow, silenced, and with Keras's own folder inside the program's."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("KERAS_HOME", str(paths.home() / "keras"))
    os.environ["KERAS_BACKEND"] = "tensorflow"
    with native_stderr_silenced():
        import keras
        import tensorflow

        tensorflow.config.list_logical_devices()  # starts the runtime, which greets too
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    return keras, tensorflow


def _load(keras: Any, file: Path, outputs: int) -> Any:
    try:
        check_keras_weights(file)
    except ArchiveError as error:
        raise refused(file, error) from error
    try:
        network = keras.saving.load_model(file, compile=False, safe_mode=True)
    except Exception as error:  # (whatever a Keras file can be wrong in, it is this file that is wrong)
        raise damaged(file.parent, Message.of(BundleCode.KERAS_DOES_NOT_OPEN, file=file.name)) from error
    if network.output_shape != (None, outputs):
        raise damaged(file.parent, Message.of(BundleCode.NETWORK_OF_OTHER_OUTPUTS, file=file.name, outputs=outputs))
    return network
