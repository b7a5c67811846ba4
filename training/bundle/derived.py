"""Makes one graph of both networks of a bundle, for a faster runtime, and checks it against the networks."""

import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.card import BINARY_FILE, GOLDEN_FILE, GRAPH_FILE, SUBTYPE_FILE
from breakhis_desktop.domain.card_parts import DerivedFile, GraphInput
from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.fused_graph import IMAGE, UnfitNetworkError, fused_function
from breakhis_desktop.inference.graphs import GraphError, check_graph
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode

OPSET = 18
TOLERANCE = 1e-3
"""The largest allowed difference from Keras, as a share of the output's largest value or of 1, whichever is larger."""

_TIMED_ROUNDS = 10
_LARGE = 1024
"""Arrays with fewer weights stay in full precision, because each array in half precision needs an extra node in the graph."""

Outputs = dict[str, NDArray[np.float32]]
Predict = Callable[[NDArray[np.float32]], Outputs]


def write_joint(folder: Path) -> DerivedFile:
    """Write `joint.onnx` beside the networks from which it is made, and check it on the golden images.

    The graph computes `breakhis_desktop.inference.fused_graph.fused_function`, with the same names of inputs and outputs.

    Args:
        folder: A bundle, or a folder that will become one, with both networks and the golden images.

    Returns:
        What the card says about the file.

    Raises:
        UserError: A network does not end in global average pooling and one dense layer, the graph's outputs differ from those of Keras,
            or the graph contains something that the program refuses to open.
    """
    file = folder / GRAPH_FILE
    images = _golden_images(folder)
    graph = convert(_fused(folder), (None, *images.shape[1:]))
    try:
        check_graph(graph)
    except GraphError as error:
        raise UserError(Message.of(TrainingCode.GRAPH_REFUSED, file=GRAPH_FILE, why=str(error))) from error
    file.write_bytes(graph)
    differences = prove_joint(folder)
    outputs = open_graph(file)(images)
    return DerivedFile(
        sha256=hashlib.sha256(graph).hexdigest(),
        format="ONNX",
        opset=OPSET,
        precision="float32",
        input=GraphInput(name=IMAGE, shape=(None, *images.shape[1:]), range=(0, 255)),
        outputs={name: (None, *outputs[name].shape[1:]) for name in sorted(outputs)},
        largest_difference_from_keras={name: float(f"{off:.1e}") for name, off in differences.items()},
    )


def prove_joint(folder: Path) -> dict[str, float]:
    """Compare `joint.onnx` with the networks beside it on the golden images, first on all at once and then on each separately.

    Returns:
        The largest difference of each output, as a share of the output's largest value or of 1, whichever is larger.

    Raises:
        UserError: A difference is larger than `TOLERANCE`.
    """
    images = _golden_images(folder)
    expected = {name: np.asarray(one) for name, one in _fused(folder)(images).items()}
    run = open_graph(folder / GRAPH_FILE)
    single = [run(image[None]) for image in images]
    batches = (run(images), {name: np.concatenate([one[name] for one in single]) for name in expected})
    scale = {name: np.maximum(1.0, np.abs(one).max()) for name, one in expected.items()}
    off = {name: float(np.max([np.abs(one[name] - expected[name]).max() for one in batches]) / scale[name]) for name in expected}
    largest = np.max(list(off.values()))  # NumPy's maximum keeps NaN, which Python's may drop
    if not largest <= TOLERANCE:
        raise UserError(Message.of(TrainingCode.GRAPH_DIFFERS, file=GRAPH_FILE, difference=float(largest)))
    return off


def open_graph(file: Path) -> Predict:
    """Return a function that runs a file's graph in ONNX Runtime: it takes images, N x height x width x 3, and returns all outputs."""
    import onnxruntime

    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return lambda images: dict(zip(names, session.run(names, {IMAGE: images}), strict=True))


def measure_speed(folder: Path) -> str:
    """Time ONNX Runtime and Keras alternately on the golden images, and return a sentence that compares the best time of each."""
    networks, images = _networks(folder), _golden_images(folder)
    run = open_graph(folder / GRAPH_FILE)
    ways: tuple[Callable[[], object], ...] = (
        lambda: run(images),
        lambda: networks[0].predict_on_batch(images),
        lambda: [network.predict_on_batch(images) for network in networks],
    )
    seconds = [[_seconds(way) for way in ways] for _ in range(1 + _TIMED_ROUNDS)][1:]
    fast, one, both = map(min, zip(*seconds, strict=True))
    rate = len(images) / fast
    return f"{rate:.0f} images per second, {both / fast:.1f} times as many as both networks in Keras, {one / fast:.1f} times as many as one"


def _networks(folder: Path) -> tuple[keras.Model, keras.Model]:
    binary, subtype = (keras.saving.load_model(folder / name, compile=False, safe_mode=True) for name in (BINARY_FILE, SUBTYPE_FILE))
    return binary, subtype


def _golden_images(folder: Path) -> NDArray[np.float32]:
    with np.load(folder / GOLDEN_FILE) as golden:
        images: NDArray[np.float32] = golden["images"].astype(np.float32)
    return images


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _fused(folder: Path) -> Callable[[Any], dict[str, Any]]:
    try:
        return fused_function(*_networks(folder))
    except UnfitNetworkError:
        raise UserError(Message.of(TrainingCode.NETWORK_UNFIT)) from None


def convert(function: Callable[[Any], dict[str, Any]], shape: tuple[int | None, ...]) -> bytes:
    """Convert a function of images to an ONNX graph with constants folded; the same networks give the same bytes.

    Args:
        function: What `fused_function` returns.
        shape: The shape of its images, N x height x width x 3, with None for any N.
    """
    import tensorflow
    import tf2onnx

    logging.getLogger(tf2onnx.__name__).setLevel(logging.WARNING)  # it logs every step
    signature = [tensorflow.TensorSpec(shape, tensorflow.float32, name=IMAGE)]
    fused = tensorflow.function(function, input_signature=signature)
    model, _ = tf2onnx.convert.from_function(fused, signature, opset=OPSET)
    _rename(model.graph)
    _store_halves(model.graph)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def _store_halves(graph: Any) -> None:
    """Store large arrays of weights in half precision if that does not change them; the runtime converts them back while loading."""
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    for weights in graph.initializer:
        values = numpy_helper.to_array(weights)
        if values.dtype != np.float32 or values.size < _LARGE or (values.astype(np.float16) != values).any():
            continue
        name = weights.name
        weights.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [weights.name], [name], f"Cast_{name}", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def _rename(graph: Any) -> None:
    """Number nodes and tensors in the order of the graph, so that the same networks give the same bytes.

    The converter's own names contain counters that also count what it converted earlier in the same process.
    """
    kept = {one.name for one in (*graph.input, *graph.output)}
    names: dict[str, str] = {}
    for number, node in enumerate(graph.node):
        node.name = f"{node.op_type}_{number}"
        node.doc_string = ""
        for tensors in (node.input, node.output):
            for position, tensor in enumerate(tensors):
                names.setdefault(tensor, tensor if tensor in kept or not tensor else f"t{len(names)}")
                tensors[position] = names[tensor]
    for weights in graph.initializer:
        weights.name = names[weights.name]
    graph.initializer.sort(key=lambda weights: int(weights.name[1:]))
    for one in (*graph.input, *graph.output):
        one.type.tensor_type.shape.dim[0].dim_param = "batch"
    graph.name, graph.doc_string = "joint", ""
