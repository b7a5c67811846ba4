"""Small ONNX graphs for tests of how the program checks a bundle's graph."""

from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Change = Callable[[onnx.ModelProto], object]


def small_graph(change: Change = lambda _model: None) -> bytes:
    """Return the bytes of a graph with a single convolution, after applying a change to it."""
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 4, 4])
    maps = helper.make_tensor_value_info("maps", TensorProto.FLOAT, ["batch", 2, 4, 4])
    weights = numpy_helper.from_array(np.ones((2, 3, 1, 1), np.float32), "weights")
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "weights"], ["maps"], kernel_shape=[1, 1])], "g", [image], [maps], [weights]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    change(model)
    data: bytes = model.SerializeToString()
    return data


def many_operators(model: onnx.ModelProto) -> None:
    """Add more operators to a graph than any network has."""
    for number in range(5000):
        model.graph.node.append(helper.make_node("Relu", ["maps"], [f"r{number}"]))


def named(operator: str, domain: str = "") -> Change:
    """Return a change that adds an operator of this name."""
    return lambda model: model.graph.node.append(helper.make_node(operator, ["maps"], ["more"], domain=domain))
