"""The fast engine: the graph that was derived from both networks, run by ONNX Runtime."""

import functools
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import JOINT_FILE
from breakhis_desktop.domain.engines import CPU, DEVICES, Device
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.archives import LARGEST_NETWORK
from breakhis_desktop.inference.bundle import Bundle, damaged, refused
from breakhis_desktop.inference.devices import available_devices, load_runtime
from breakhis_desktop.inference.engine import Inference
from breakhis_desktop.inference.graphs import GraphError, MalformedError, check_graph
from breakhis_desktop.inference.joint import FEATURES, IMAGE, MALIGNANT, MALIGNANT_MAP, SUBTYPE, SUBTYPE_MAPS
from breakhis_desktop.regular_files import read_regular, why_unreadable_file
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

_OUTPUTS = [MALIGNANT, SUBTYPE, MALIGNANT_MAP, SUBTYPE_MAPS, FEATURES]
_FATAL = 4
_MOST_MEMORY = 2**32
"""Bytes for weights and what is computed of a batch, of which the shipped networks take a tenth."""


class OnnxEngine:
    """Both networks as one graph; TensorFlow is not loaded.

    Attributes:
        name: The runtime's name, with the device where that is not the CPU.
    """

    def __init__(self, bundle: Bundle, device: Device = DEVICES[CPU]) -> None:
        """Open the derived graph of a bundle.

        Raises:
            BundleError: The bundle has none, or it is not the one that the card names, or it does not open on this device.
        """
        self._folder = bundle.folder
        self._device = device
        self.name = "ONNX Runtime" if device.name == CPU else f"ONNX Runtime on {device.words}"
        self._session = open_session(_read(bundle), bundle.folder, device)

    def infer(self, inputs: NDArray[np.uint8]) -> Inference:
        """Run both networks; see `Engine.infer`."""
        try:
            outputs = self._session.run(_OUTPUTS, {IMAGE: inputs.astype(np.float32)})
        except Exception as error:  # (a graph that opens may still take other images, or a device give up)
            if self._device.name != CPU:
                raise _failed(self._device) from error
            raise damaged(self._folder, Message.of(BundleCode.ONNX_DOES_NOT_RUN, file=JOINT_FILE)) from error
        try:
            return Inference.of_outputs(dict(zip(_OUTPUTS, outputs, strict=True)), len(inputs))
        except (ValueError, AttributeError) as error:  # the latter for what is no array at all
            raise damaged(self._folder, Message.of(BundleCode.ONNX_OUTPUTS_OF_OTHER_FORM, file=JOINT_FILE)) from error


def _failed(device: Device) -> BundleError:
    return BundleError(Message.of(BundleCode.DEVICE_FAILED, device=device.title), Message.of(BundleCode.DEVICE_FAILS, device=device.title))


def _read(bundle: Bundle) -> bytes:
    """Return the graph as the bytes that were hashed, so that no other file can take its place."""
    expected = bundle.card.joint_sha256
    if expected is None:
        raise damaged(bundle.folder, Message.of(BundleCode.ONNX_NOT_IN_CARD, file=JOINT_FILE))
    file = bundle.folder / JOINT_FILE
    try:
        graph = read_regular(file, LARGEST_NETWORK)
    except OSError as error:
        raise damaged(bundle.folder, why_unreadable_file(file, error)) from error
    if hashlib.sha256(graph).hexdigest() != expected:
        raise damaged(bundle.folder, Message.of(BundleCode.BUNDLE_FILE_REPLACED, file=JOINT_FILE))
    return graph


def _check(graph: bytes, folder: Path) -> None:
    try:
        check_graph(graph)
    except MalformedError as error:
        raise damaged(folder, Message.of(BundleCode.ONNX_DOES_NOT_OPEN, file=JOINT_FILE)) from error
    except GraphError as error:
        raise refused(folder / JOINT_FILE, error) from error


def open_session(graph: bytes, folder: Path, device: Device) -> Any:
    """Open a graph with ONNX Runtime as the program runs it.

    Args:
        graph: The bytes of `joint.onnx`.
        folder: The bundle, as messages name it.
        device: Where it computes.

    Returns:
        The session.

    Raises:
        BundleError: The device is not offered or fails, or the graph is damaged or lacks an output.
    """
    if device not in available_devices():
        raise BundleError(Message.of(BundleCode.DEVICE_NOT_OFFERED, device=device.title), Message.of(BundleCode.NOT_OFFERED_HERE))
    _check(graph, folder)
    providers = list(dict.fromkeys([device.provider, DEVICES[CPU].provider]))  # the CPU computes what a device has no code for
    try:
        onnxruntime = load_runtime()
        _bound_memory()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _FATAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.use_env_allocators", "1")  # the one with a bound
        options.add_session_config_entry("session.load_model_format", "ONNX")  # no other format of its own, which nothing checks
        session = onnxruntime.InferenceSession(graph, options, providers, enable_fallback=0)
    except Exception as error:  # (whatever a graph can be wrong in, or a runtime lack, this engine cannot be used)
        if device.name != CPU:
            raise _failed(device) from error
        raise damaged(folder, Message.of(BundleCode.ONNX_DOES_NOT_OPEN, file=JOINT_FILE)) from error
    if session.get_providers() != providers:
        raise _failed(device)
    if not {output.name for output in session.get_outputs()} >= set(_OUTPUTS):
        raise damaged(folder, Message.of(BundleCode.ONNX_WITHOUT_HEAT_MAPS, file=JOINT_FILE))
    return session


@functools.cache
def _bound_memory() -> None:
    """Bound what sessions may take in main memory, once for this process: a few operators can make a small image grow without end."""
    onnxruntime = load_runtime()
    place = onnxruntime.OrtMemoryInfo("Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT)
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"max_mem": _MOST_MEMORY}))
