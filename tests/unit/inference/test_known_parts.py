"""The allowed parts of a bundle exist in Keras, ONNX and ONNX Runtime, under the same names."""

import importlib
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from breakhis_desktop.domain.engines import CPU, DEVICES, ENGINES
from breakhis_desktop.inference import archives
from breakhis_desktop.inference.archives import ArchiveError, check_keras_file
from breakhis_desktop.inference.devices import available_devices, load_runtime
from breakhis_desktop.inference.graphs import OPERATORS, check_graph
from tests.factories.bundles import network_of
from tests.factories.graphs import named, small_graph


def test_every_allowed_network_part_exists_in_keras(tmp_path: Path) -> None:
    parts = [(module, name) for module, names in archives._ALLOWED.items() for name in names]
    assert len(parts) >= 15
    assert [part for part in parts if not hasattr(importlib.import_module(part[0]), part[1])] == []
    check_keras_file(network_of(tmp_path / "binary.keras", *parts))
    with pytest.raises(ArchiveError, match="holds Dense, which"):
        check_keras_file(network_of(tmp_path / "binary.keras", ("keras.initializers", "Dense")))


def test_every_allowed_operator_exists_in_onnx() -> None:
    assert len(OPERATORS) >= 20
    for operator in OPERATORS:
        assert onnx.defs.has(operator)
        check_graph(small_graph(named(operator)))
        check_graph(small_graph(named(operator, "ai.onnx")))


def fill_descriptive_fields(model: onnx.ModelProto) -> None:
    """Fill every field that only describes a graph, without affecting its computation."""
    model.producer_name, model.producer_version, model.domain, model.doc_string, model.model_version = "maker", "1", "domain", "notes", 7
    model.opset_import.append(helper.make_opsetid("ai.onnx.ml", 3))
    graph, (node,), (weights,) = model.graph, model.graph.node, model.graph.initializer
    for described in (model, graph, node):
        described.metadata_props.add(key="made", value="yesterday")
    graph.doc_string = node.doc_string = weights.doc_string = "notes"
    node.name = "convolution"
    graph.value_info.append(helper.make_tensor_value_info("between", TensorProto.FLOAT, ["batch", 2, 4, 4]))
    attributes = {"number": 1.5, "whole": 3, "text": "same", "numbers": [0.5, 1.5], "wholes": [1, 2], "texts": ["a", "b"]}
    for name, value in attributes.items():
        node.attribute.append(helper.make_attribute(name, value, doc_string="notes"))
    node.attribute.append(helper.make_attribute("tensor", numpy_helper.from_array(np.ones(3, np.float32), "constant")))
    kinds = (TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64, TensorProto.DOUBLE, TensorProto.UINT64)
    for number, kind in enumerate(kinds):  # stored in typed fields; the other tensors are stored as raw bytes
        graph.initializer.append(helper.make_tensor(f"typed{number}", kind, [2], [1, 2]))


def test_a_graph_may_use_every_descriptive_field_of_the_format() -> None:
    check_graph(small_graph(fill_descriptive_fields))


def test_every_device_exists_in_onnx_runtime_and_is_offered_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    providers = [device.provider for device in DEVICES.values()]
    assert set(providers) - {"ROCMExecutionProvider"} <= set(onnxruntime.get_all_providers())  # newer builds have no ROCm
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: providers)
    offered = {device.name: device.words for device in available_devices()}
    assert offered == {
        CPU: "CPU",
        "cuda": "CUDA (untested)",
        "directml": "DirectML (untested)",
        "coreml": "CoreML (untested)",
        "openvino": "OpenVINO (untested)",
        "rocm": "ROCm (untested)",
        "migraphx": "MIGraphX (untested)",
    }
    assert CPU == "cpu"
    assert "ROCMExecutionProvider" in providers


def test_the_telemetry_of_the_runtime_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = []
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: settings.append(os.environ.get("ORT_DISABLE_TELEMETRY")))
    assert load_runtime() is onnxruntime
    assert settings == ["1"]


def test_the_engines_are_named_as_in_the_manual() -> None:
    assert ENGINES == ("auto", "onnxruntime", "tensorflow")
