"""How the program runs ONNX Runtime, and what it reports if the runtime misbehaves."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from breakhis_desktop.domain.engines import CPU, DEVICES, Device
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import onnx_engine
from breakhis_desktop.inference.bundle import Bundle, read_bundle
from breakhis_desktop.inference.native_stderr import native_stderr_silenced
from breakhis_desktop.inference.onnx_engine import OnnxEngine, open_session
from tests.factories.bundles import SHIPPED, write_card
from tests.factories.graphs import small_graph

OUTPUTS = {"malignant": [1], "subtype": [8], "malignant_map": [2, 2], "subtype_maps": [2, 2, 8], "features": [2, 2, 3]}


def graph_of(outputs: dict[str, list[int]]) -> bytes:
    """Build a graph that takes images of 4 x 4 pixels and gives the same value everywhere; `outputs` maps output names to shapes."""
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 4, 4, 3])
    given, nodes, weights = [], [], []
    for name, shape in outputs.items():
        given.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", *shape]))
        weights.append(numpy_helper.from_array(np.full(int(np.prod(shape)), 0.125, np.float32), f"{name}_bias"))
        weights.append(numpy_helper.from_array(np.zeros((48, int(np.prod(shape))), np.float32), f"{name}_weights"))
        weights.append(numpy_helper.from_array(np.array([-1, *shape], np.int64), f"{name}_shape"))
        nodes.append(helper.make_node("Flatten", ["image"], [f"{name}_flat"]))
        nodes.append(helper.make_node("Gemm", [f"{name}_flat", f"{name}_weights", f"{name}_bias"], [f"{name}_all"]))
        nodes.append(helper.make_node("Reshape", [f"{name}_all", f"{name}_shape"], [name]))
    model = helper.make_model(
        helper.make_graph(nodes, "g", [image], given, weights), opset_imports=[helper.make_opsetid("", 18)], ir_version=8
    )
    data: bytes = model.SerializeToString()
    return data


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = tmp_path_factory.mktemp("models")
    for name in ("golden.npz", "familiarity.npz"):
        (folder / name).symlink_to(SHIPPED / name)
    write_card(folder, left_out=["binary.keras", "subtype.keras"])
    return read_bundle(folder)


@pytest.fixture
def engine_of(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], OnnxEngine]:
    """Return a function that opens the engine on a given graph instead of the bundle's."""

    def opened(graph: bytes) -> OnnxEngine:
        monkeypatch.setattr(onnx_engine, "_read", lambda _: graph)
        return OnnxEngine(bundle)

    return opened


def images(count: int, side: int = 4) -> Any:
    return np.zeros((count, side, side, 3), np.uint8)


def test_graph_outputs_are_identified_by_name_in_any_order(engine_of: Callable[[bytes], OnnxEngine]) -> None:
    engine = engine_of(graph_of(dict(reversed(OUTPUTS.items())) | {"more": [1]}))
    assert engine.name == "ONNX Runtime"
    found = engine.infer(images(3))
    shapes = [values.shape for values in (found.binary, found.subtype, found.malignant_map, found.subtype_maps, found.features)]
    assert shapes == [(3,), (3, 8), (3, 2, 2), (3, 2, 2, 8), (3, 3)]
    assert found.are_sound().all()


@pytest.mark.parametrize("missing", OUTPUTS)
def test_a_graph_that_lacks_one_of_the_outputs_is_refused(engine_of: Callable[[bytes], OnnxEngine], missing: str) -> None:
    with pytest.raises(BundleError, match=r"joint\.onnx was made by an earlier version .* lacks the heat maps"):
        engine_of(graph_of({name: shape for name, shape in OUTPUTS.items() if name != missing}))


def test_a_graph_that_does_not_accept_the_images_is_reported_as_a_fault_of_the_bundle(
    engine_of: Callable[[bytes], OnnxEngine], bundle: Bundle
) -> None:
    engine = engine_of(graph_of(OUTPUTS))
    with pytest.raises(BundleError, match=rf"{re.escape(str(bundle.folder))} cannot be used: ONNX Runtime does not run joint\.onnx"):
        engine.infer(images(1, side=5))


def test_a_graph_that_only_the_runtime_rejects_is_reported_as_a_fault_of_the_bundle(engine_of: Callable[[bytes], OnnxEngine]) -> None:
    model = onnx.load_from_string(graph_of(OUTPUTS))
    model.graph.node[0].input[0] = "nothing"
    with pytest.raises(BundleError, match=r"ONNX Runtime does not open joint\.onnx"):
        engine_of(model.SerializeToString())


def test_a_card_that_names_no_graph_is_reported(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match=r"its card names no joint\.onnx"):
        OnnxEngine(replace(bundle, card=replace(bundle.card, derived={}, left_out=())))


def test_a_missing_graph_is_reported_with_the_reason_that_the_system_gives(bundle: Bundle) -> None:
    with pytest.raises(BundleError, match=r"joint\.onnx cannot be read \(No such file or directory\)"):
        OnnxEngine(bundle)


def test_a_device_that_is_not_offered_is_reported(bundle: Bundle) -> None:
    device = Device("none", "NoExecutionProvider", "No device")
    with pytest.raises(BundleError, match="does not offer No device; choose the CPU"):
        open_session(small_graph(), bundle.folder, device)


def test_the_runtime_neither_waits_busily_nor_prints_nor_accepts_another_format_or_device(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Any, ...]] = []
    session = onnxruntime.InferenceSession

    def watch(graph: bytes, options: Any, providers: list[str], **further: Any) -> Any:
        entries = ("session.intra_op.allow_spinning", "session.load_model_format")
        opened.append((options.log_severity_level, *map(options.get_session_config_entry, entries), providers, further))
        return session(graph, options, providers, **further)

    monkeypatch.setattr(onnxruntime, "InferenceSession", watch)
    open_session(graph_of(OUTPUTS), bundle.folder, DEVICES[CPU])
    assert opened == [(4, "0", "ONNX", ["CPUExecutionProvider"], {"enable_fallback": 0})]


def test_a_graph_in_the_format_of_onnx_runtime_itself_is_refused_by_the_runtime_too(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "graph.ort")
    options.add_session_config_entry("session.save_model_format", "ORT")
    onnxruntime.InferenceSession(graph_of(OUTPUTS), options, ["CPUExecutionProvider"])
    monkeypatch.setattr(onnx_engine, "check_graph", lambda _: None)
    with pytest.raises(BundleError, match=r"ONNX Runtime does not open joint\.onnx"):
        open_session((tmp_path / "graph.ort").read_bytes(), bundle.folder, DEVICES[CPU])


def test_a_program_without_stderr_starts_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> int:
        raise OSError(9, "Bad file descriptor")

    inside = []
    monkeypatch.setattr(os, "dup", refuse)
    with native_stderr_silenced():
        inside.append(True)
    with pytest.raises(ZeroDivisionError), native_stderr_silenced():
        raise ZeroDivisionError
    assert inside == [True]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not list the files that a process has open")
def test_silencing_stderr_leaves_no_file_open() -> None:
    def number_of_files() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 (only names are needed)

    before = number_of_files()
    for _ in range(3):
        with native_stderr_silenced():
            assert number_of_files() == before + 1
    assert number_of_files() == before
