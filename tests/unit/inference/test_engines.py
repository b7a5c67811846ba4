"""Both engines on the shipped bundle: they agree, the fast one needs no TensorFlow, and `auto` uses TensorFlow if the graph is unusable."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import GRAPH_FILE
from breakhis_desktop.domain.engines import ONNX_RUNTIME, TENSORFLOW
from breakhis_desktop.errors import BundleError
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.inference.engine import RawOutput
from breakhis_desktop.inference.onnx_engine import OnnxEngine
from breakhis_desktop.inference.tensorflow_engine import TensorFlowEngine


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_models(), tmp_path / "models"))


@pytest.fixture
def inputs(samples: list[Path]) -> NDArray[np.uint8]:
    size = read_bundle(default_models()).card.input_size
    return np.stack([prepare(decode(sample.read_bytes()), size) for sample in samples])


def change_joint(models: Path, graph: bytes) -> None:
    """Replace a bundle's graph, and write the card with the new hash."""
    (models / GRAPH_FILE).write_bytes(graph)
    card = json.loads((models / "card.json").read_text(encoding="utf-8"))
    card["derived"][GRAPH_FILE]["sha256"] = hashlib.sha256(graph).hexdigest()
    (models / "card.json").write_text(json.dumps(card), encoding="utf-8")


def with_shifted_bias(graph: bytes) -> bytes:
    """Shift the biases of the graph's last layers, which changes its outputs."""
    model = onnx.load_from_string(graph)
    for one in model.graph.initializer:
        if list(one.dims) in ([1], [8]) and one.data_type == onnx.TensorProto.FLOAT:
            one.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(one) + np.float32(1), one.name))
    data: bytes = model.SerializeToString()
    return data


def test_both_engines_give_the_same_outputs(inputs: NDArray[np.uint8]) -> None:
    bundle = read_bundle(default_models())
    fast, reference = OnnxEngine(bundle).infer(inputs), TensorFlowEngine(bundle).infer(inputs)
    for name in RawOutput.__dataclass_fields__:
        np.testing.assert_allclose(getattr(fast, name), getattr(reference, name), atol=1e-3, err_msg=name)


def test_auto_uses_the_fast_engine_and_never_imports_tensorflow(samples: list[Path], tmp_path: Path) -> None:
    program = (
        "import sys; from breakhis_desktop.cli import main; status = main(sys.argv[1:]); "
        "print(status, sorted({'keras', 'tensorflow', 'h5py'} & set(sys.modules)))"
    )
    home = {**os.environ, "BREAKHIS_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(samples[0]), "--csv", str(tmp_path / "out.csv")],
        capture_output=True,
        text=True,
        env=home,
        check=True,
    )
    assert done.stdout.split() == ["0", "[]"]


def test_auto_falls_back_to_tensorflow_if_the_graph_gives_other_probabilities(models: Path) -> None:
    change_joint(models, with_shifted_bias((models / GRAPH_FILE).read_bytes()))
    assert load_classifier(models).engine_name == "TensorFlow"
    with pytest.raises(BundleError, match="known images"):
        load_classifier(models, engine=ONNX_RUNTIME)


def test_auto_falls_back_to_tensorflow_if_there_is_no_graph(models: Path) -> None:
    (models / GRAPH_FILE).unlink()
    assert load_classifier(models).engine_name == "TensorFlow"


def test_without_tensorflow_the_fast_engine_works_and_any_need_for_tensorflow_is_reported(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    assert load_classifier(models).engine_name == "ONNX Runtime"
    with pytest.raises(BundleError, match="has no TensorFlow; choose another engine, or install the full package"):
        load_classifier(models, engine=TENSORFLOW)
    (models / GRAPH_FILE).unlink()
    with pytest.raises(BundleError, match=r"joint\.onnx"):
        load_classifier(models)


@pytest.mark.parametrize("content", [b"", b"no graph", bytes(1000)])
def test_a_file_that_is_not_a_graph_is_refused_with_a_sentence(models: Path, content: bytes) -> None:
    change_joint(models, content)
    with pytest.raises(BundleError, match=r"ONNX Runtime does not open joint\.onnx"):
        load_classifier(models, engine=ONNX_RUNTIME)


def test_a_graph_that_does_not_match_its_hash_in_the_card_is_refused(models: Path) -> None:
    with (models / GRAPH_FILE).open("ab") as file:
        file.write(b"more")
    with pytest.raises(BundleError, match="not the file that its card names"):
        load_classifier(models, engine=ONNX_RUNTIME)


def test_a_graph_without_heat_maps_is_refused(models: Path) -> None:
    model = onnx.load(models / GRAPH_FILE)
    del model.graph.output[[output.name for output in model.graph.output].index("malignant_map")]
    change_joint(models, model.SerializeToString())
    with pytest.raises(BundleError, match="lacks the heat maps"):
        load_classifier(models, engine=ONNX_RUNTIME)


def test_a_graph_that_reads_its_weights_from_another_file_is_refused(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.bin"
    secret.write_bytes(bytes(4 * 8))
    model = onnx.load(models / GRAPH_FILE)
    weights = next(one for one in model.graph.initializer if list(one.dims) == [8])
    weights.ClearField("raw_data")
    weights.data_location = onnx.TensorProto.EXTERNAL
    weights.external_data.add(key="location", value=secret.name)
    weights.external_data.add(key="length", value="32")
    change_joint(models, model.SerializeToString())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BundleError, match="takes weights from another file"):
        load_classifier(models, engine=ONNX_RUNTIME)
