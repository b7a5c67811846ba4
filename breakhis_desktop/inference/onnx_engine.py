"""The fast engine: ONNX Runtime, running the graph derived from both networks."""

import functools
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import GRAPH_FILE
from breakhis_desktop.domain.engines import CPU, DEVICES, Device
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.archives import LARGEST_NETWORK
from breakhis_desktop.inference.bundle import Bundle, damaged, refused
from breakhis_desktop.inference.devices import available_devices, load_runtime
from breakhis_desktop.inference.engine import RawOutput
from breakhis_desktop.inference.fused_graph import FEATURES, IMAGE, MALIGNANT, MALIGNANT_MAP, SUBTYPE, SUBTYPE_MAPS
from breakhis_desktop.inference.graphs import GraphError, MalformedError, check_graph
from breakhis_desktop.regular_files import read_regular, why_unreadable_file
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

_OUTPUTS = [MALIGNANT, SUBTYPE, MALIGNANT_MAP, SUBTYPE_MAPS, FEATURES]
_FATAL = 4
_MOST_MEMORY = 2**32
"""Maximum bytes for weights and a batch's intermediate results; the shipped networks need a tenth."""


class OnnxEngine:
    """Runs both networks as one graph, without loading TensorFlow.

    Attributes:
        name: The runtime's name, with the device unless that is the CPU.
    """

    def __init__(self, bundle: Bundle, device: Device = DEVICES[CPU]) -> None:
        """Open a bundle's derived graph.

        Raises:
            BundleError: The bundle has no graph, its graph does not match the card, or the graph does not open on this device.
        """
        self._folder = bundle.folder
        self._device = device
        self.name = "ONNX Runtime" if device.name == CPU else f"ONNX Runtime on {device.words}"
        self._session = open_session(_read(bundle), bundle.folder, device)

    def infer(self, inputs: NDArray[np.uint8]) -> RawOutput:
        """Run both networks; see `Engine.infer`."""
        try:
            outputs = self._session.run(_OUTPUTS, {IMAGE: inputs.astype(np.float32)})
        except Exception as error:  # a graph that opens may still expect different images, or the device may fail
            if self._device.name != CPU:
                raise _failed(self._device) from error
            raise damaged(self._folder, Message.of(BundleCode.ONNX_DOES_NOT_RUN, file=GRAPH_FILE)) from error
        try:
            return RawOutput.of_outputs(dict(zip(_OUTPUTS, outputs, strict=True)), len(inputs))
        except (ValueError, AttributeError) as error:  # AttributeError: an output is not an array
            raise damaged(self._folder, Message.of(BundleCode.ONNX_OUTPUTS_OF_OTHER_FORM, file=GRAPH_FILE)) from error


def _failed(device: Device) -> BundleError:
    return BundleError(Message.of(BundleCode.DEVICE_FAILED, device=device.title), Message.of(BundleCode.DEVICE_FAILS, device=device.title))


def _read(bundle: Bundle) -> bytes:
    """Return the graph as the very bytes that were hashed, so that the file cannot be swapped in between."""
    expected = bundle.card.graph_sha256
    if expected is None:
        raise damaged(bundle.folder, Message.of(BundleCode.ONNX_NOT_IN_CARD, file=GRAPH_FILE))
    file = bundle.folder / GRAPH_FILE
    try:
        graph = read_regular(file, LARGEST_NETWORK)
    except OSError as error:
        raise damaged(bundle.folder, why_unreadable_file(file, error)) from error
    if hashlib.sha256(graph).hexdigest() != expected:
        raise damaged(bundle.folder, Message.of(BundleCode.BUNDLE_FILE_REPLACED, file=GRAPH_FILE))
    return graph


def _check(graph: bytes, folder: Path) -> None:
    try:
        check_graph(graph)
    except MalformedError as error:
        raise damaged(folder, Message.of(BundleCode.ONNX_DOES_NOT_OPEN, file=GRAPH_FILE)) from error
    except GraphError as error:
        raise refused(folder / GRAPH_FILE, error) from error


def open_session(graph: bytes, folder: Path, device: Device) -> Any:
    """Open a graph with ONNX Runtime, configured for this program.

    Args:
        graph: The bytes of `joint.onnx`.
        folder: The bundle's folder, for error messages.
        device: The device that computes.

    Returns:
        The session.

    Raises:
        BundleError: The device is unavailable or fails, or the graph is damaged or lacks an output.
    """
    if device not in available_devices():
        raise BundleError(Message.of(BundleCode.DEVICE_NOT_OFFERED, device=device.title), Message.of(BundleCode.NOT_OFFERED_HERE))
    _check(graph, folder)
    providers = list(dict.fromkeys([device.provider, DEVICES[CPU].provider]))  # the CPU computes what the device does not support
    try:
        onnxruntime = load_runtime()
        _bound_memory()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _FATAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.use_env_allocators", "1")  # the allocator with the memory limit
        options.add_session_config_entry("session.load_model_format", "ONNX")  # not ORT's own format, which is not checked
        session = onnxruntime.InferenceSession(graph, options, providers, enable_fallback=0)
    except Exception as error:  # whatever is wrong with the graph or the runtime, this engine cannot be used
        if device.name != CPU:
            raise _failed(device) from error
        raise damaged(folder, Message.of(BundleCode.ONNX_DOES_NOT_OPEN, file=GRAPH_FILE)) from error
    if session.get_providers() != providers:
        raise _failed(device)
    if not {output.name for output in session.get_outputs()} >= set(_OUTPUTS):
        raise damaged(folder, Message.of(BundleCode.ONNX_WITHOUT_HEAT_MAPS, file=GRAPH_FILE))
    return session


@functools.cache
def _bound_memory() -> None:
    """Limit the main memory of all sessions, once per process: a few operators can make a small image grow without bound."""
    onnxruntime = load_runtime()
    place = onnxruntime.OrtMemoryInfo("Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT)
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"max_mem": _MOST_MEMORY}))
