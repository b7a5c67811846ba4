"""Graphs that cannot come from a network: a check of their bytes refuses them before ONNX Runtime opens them."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.engines import CPU, DEVICES
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.inference.graphs import GraphError, MalformedError, check_graph
from breakhis_desktop.inference.onnx_engine import open_session
from tests.factories.graphs import Change, many_operators, named, small_graph

OUTPUTS = ("malignant", "subtype", "malignant_map", "subtype_maps", "features")
SHIPPED = default_models() / "joint.onnx"


def endless_loop(model: onnx.ModelProto) -> None:
    """Add a loop whose condition always holds."""
    boolean = [helper.make_tensor_value_info(name, TensorProto.BOOL, []) for name in ("condition", "again")]
    turn = helper.make_tensor_value_info("turn", TensorProto.INT64, [])
    body = helper.make_graph([helper.make_node("Identity", ["condition"], ["again"])], "body", [turn, boolean[0]], [boolean[1]])
    model.graph.initializer.append(numpy_helper.from_array(np.array(True), "always"))
    model.graph.node.append(helper.make_node("Loop", ["", "always"], [], body=body))


def subgraph_on_a_known_operator(model: onnx.ModelProto) -> None:
    inner = helper.make_graph([helper.make_node("Loop", [], [])], "inner", [], [])
    model.graph.node[0].attribute.append(helper.make_attribute("body", inner))


def several_subgraphs(model: onnx.ModelProto) -> None:
    inner = helper.make_graph([], "inner", [], [])
    model.graph.node[0].attribute.append(helper.make_attribute("bodies", [inner]))


def function(model: onnx.ModelProto) -> None:
    model.functions.append(helper.make_function("", "Relu", [], [], [helper.make_node("Loop", [], [])], [helper.make_opsetid("", 18)]))


def weights_elsewhere(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].data_location = TensorProto.EXTERNAL


def weights_in_named_file(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].external_data.add(key="location", value="/etc/passwd")


def attribute_elsewhere(model: onnx.ModelProto) -> None:
    tensor = numpy_helper.from_array(np.ones(3, np.float32), "constant")
    tensor.external_data.add(key="location", value="/etc/passwd")
    model.graph.node[0].attribute.append(helper.make_attribute("value", tensor))


def cast(*names: str) -> Change:
    """Return a change that adds a chain of casts: from the first of the named tensors, which the graph has, to the second, and so on."""

    def change(model: onnx.ModelProto) -> None:
        for name, result in pairwise(names):
            model.graph.node.insert(0, helper.make_node("Cast", [name], [result], to=TensorProto.FLOAT))

    return change


def cast_twice(model: onnx.ModelProto) -> None:
    cast("weights", "one")(model)
    cast("weights", "other")(model)


def product_of_weights(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("MatMul", ["weights", "weights"], ["product"]))


def product_of_cast_weights(model: onnx.ModelProto) -> None:
    cast("weights", "full")(model)
    model.graph.node.append(helper.make_node("Mul", ["full", "weights"], ["product"]))


def product_with_an_input_left_out(model: onnx.ModelProto) -> None:
    model.graph.node.append(helper.make_node("Clip", ["weights", "", "weights"], ["product"]))


def sparse_weights(model: onnx.ModelProto) -> None:
    model.graph.sparse_initializer.add()


def training_steps(model: onnx.ModelProto) -> None:
    model.training_info.add()


def texts(model: onnx.ModelProto) -> None:
    model.graph.initializer.append(helper.make_tensor("texts", TensorProto.STRING, [1], [b"text"]))


HOSTILE: dict[str, tuple[Change, str]] = {
    "an endless loop": (endless_loop, "holds Loop, which no network of this program has"),
    "a branch": (named("If"), "holds If,"),
    "a scan": (named("Scan"), "holds Scan,"),
    "random numbers": (named("RandomNormalLike"), "holds RandomNormalLike,"),
    "an operator name with control characters": (named("Re\nlu\x1b[2J"), r"holds Re\\nlu\\x1b\[2J,"),
    "an operator of another operator set": (named("Relu", "com.microsoft"), "holds com.microsoft,"),
    "an operator of a set that may be declared but not used": (named("Scaler", "ai.onnx.ml"), "holds (Scaler|ai.onnx.ml),"),
    "an unknown operator set": (lambda model: model.opset_import.append(helper.make_opsetid("evil", 1)), "holds evil,"),
    "a subgraph on a known operator": (subgraph_on_a_known_operator, "holds attribute fields"),
    "several subgraphs": (several_subgraphs, "holds attribute fields"),
    "an operator that the graph defines itself": (function, "holds model fields"),
    "training steps": (training_steps, "holds model fields"),
    "sparse weights": (sparse_weights, "holds graph fields"),
    "texts among the weights": (texts, "holds tensor fields"),
    "weights in another file": (weights_elsewhere, "takes weights from another file"),
    "weights that name another file": (weights_in_named_file, "takes weights from another file"),
    "an attribute that names another file": (attribute_elsewhere, "takes weights from another file"),
    "a constant": (named("Constant"), "holds Constant,"),
    "more operators than any network": (many_operators, "holds more operators"),
    "a product of weights": (product_of_weights, "computes its own weights"),
    "a product of weights with an input left out": (product_with_an_input_left_out, "computes its own weights"),
    "a product of weights in another precision": (product_of_cast_weights, "computes its own weights"),
    "weights cast to another precision and cast again": (cast("weights", "full", "again"), "computes its own weights"),
    "weights cast to another precision by two operators": (cast_twice, "computes its own weights"),
}


def test_the_shipped_graph_is_accepted() -> None:
    check_graph(SHIPPED.read_bytes())


def test_a_graph_of_known_operators_with_weights_in_the_default_place_is_accepted() -> None:
    check_graph(small_graph())
    check_graph(small_graph(lambda model: setattr(model.graph.initializer[0], "data_location", TensorProto.DEFAULT)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_graph_that_cannot_come_from_a_network_is_refused(name: str) -> None:
    change, words = HOSTILE[name]
    with pytest.raises(GraphError, match=words):
        check_graph(small_graph(change))


def test_weights_may_be_stored_in_another_precision() -> None:
    check_graph(small_graph(cast("weights", "full")))


def test_a_file_with_two_graphs_or_none_is_malformed() -> None:
    with pytest.raises(MalformedError, match="is not a graph"):
        check_graph(small_graph() * 2)
    with pytest.raises(MalformedError):
        check_graph(b"")


def test_bytes_that_are_no_graph_are_refused_even_if_the_runtime_would_open_them() -> None:
    content = SHIPPED.read_bytes() + b"\x38\x01"  # a number in place of a second graph
    onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    with pytest.raises(BundleError, match=r"does not open joint\.onnx"):
        open_session(content, SHIPPED.parent, DEVICES[CPU])


def test_opening_an_endless_graph_raises_a_bundle_error_before_the_graph_runs(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"joint\.onnx holds Loop, which no network of this program has\. Install"):
        open_session(small_graph(endless_loop), tmp_path, DEVICES[CPU])


def doubled(times: int) -> Change:
    """Return a change that doubles the width of the image a number of times, by joining the image to itself."""

    def change(model: onnx.ModelProto) -> None:
        names = ["image", *(f"twice{number}" for number in range(times - 1)), "wide"]
        for name, result in pairwise(names):
            model.graph.node.append(helper.make_node("Concat", [name, name], [result], axis=3))
        for name in OUTPUTS:
            model.graph.node.append(helper.make_node("GlobalAveragePool", ["wide"], [name]))
            model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))

    return change


BOUNDED = """
import sys
from pathlib import Path
import numpy as np
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import onnx_engine
from breakhis_desktop.domain.engines import CPU, DEVICES

onnx_engine._MOST_MEMORY = 2**26
session = onnx_engine.open_session(Path(sys.argv[1]).read_bytes(), Path(), DEVICES[CPU])
try:
    print(len(session.run(["malignant"], {"image": np.zeros((1, 3, 4, 4), np.float32)})))
except Exception as error:
    print("smaller than requested" if "smaller than requested" in str(error) else error)
"""


@pytest.mark.parametrize(("times", "said"), [(3, "1"), (24, "smaller than requested")])
def test_a_graph_that_keeps_enlarging_an_image_is_stopped(tmp_path: Path, times: int, said: str) -> None:
    (tmp_path / "joint.onnx").write_bytes(small_graph(doubled(times)))
    command = [sys.executable, "-c", BOUNDED, str(tmp_path / "joint.onnx")]
    assert subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip() == said


def test_the_memory_limit_leaves_room_for_a_full_batch_of_the_shipped_models() -> None:
    session = open_session(SHIPPED.read_bytes(), SHIPPED.parent, DEVICES[CPU])
    height, width = session.get_inputs()[0].shape[1:3]
    (found,) = session.run(["malignant"], {"image": np.zeros((BATCH, height, width, 3), np.float32)})
    assert found.shape == (BATCH, 1)


def test_a_graph_in_the_format_of_onnx_runtime_itself_is_refused(tmp_path: Path) -> None:
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "graph.ort")
    options.add_session_config_entry("session.save_model_format", "ORT")
    onnxruntime.InferenceSession(small_graph(), options, ["CPUExecutionProvider"])
    content = (tmp_path / "graph.ort").read_bytes()
    onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])  # the runtime itself would open it
    with pytest.raises(GraphError):
        check_graph(content)


def operator_field(operator: bytes) -> bytes:
    """Build a field with an operator's name; if a node has several such fields, other readers use only the last."""
    return b"\x22" + bytes([len(operator)]) + operator


def test_every_copy_of_a_repeated_field_must_be_allowed() -> None:
    node = operator_field(b"Relu") + operator_field(b"Loop")
    graph = b"\x0a" + bytes([len(node)]) + node
    with pytest.raises(GraphError, match="holds Loop"):
        check_graph(b"\x3a" + bytes([len(graph)]) + graph)


@pytest.mark.parametrize(
    "content",
    [
        b"no graph",
        bytes(1000),
        b"\x08" + b"\xff" * 11,
        b"\x08" + b"\xff" * 9 + b"\x7f",
        b"\x3a\x7f",
        b"\x0b\x0c",
        b"\x38\x01",
        b"\x3a\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    ],
)
def test_bytes_that_are_not_a_graph_are_refused(content: bytes) -> None:
    with pytest.raises(MalformedError):
        check_graph(content)


def test_a_randomly_damaged_graph_is_either_accepted_or_refused_and_causes_no_other_error() -> None:
    whole, random = small_graph(), np.random.default_rng(1)
    for _ in range(2000):
        content = bytearray(whole[: random.integers(1, len(whole), endpoint=True)])
        for place in random.integers(len(content), size=random.integers(4)):
            content[place] = random.integers(256)
        try:
            check_graph(bytes(content))
        except GraphError:
            continue
