"""The joint graph, made from small networks that end like those of a bundle, and from the shipped networks."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import keras
import numpy as np
import onnx
import pytest
from keras import layers

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card_parts import GraphInput
from breakhis_desktop.errors import UserError
from training.bundle.derived import TOLERANCE, measure_speed, open_graph, prove_joint, write_joint

pytestmark = [
    # When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
    pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"),
]
SIDE = 16


def backbone(seed: int) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """Return the input and the last maps of a network with random weights, including random statistics of batch norm."""
    keras.utils.set_random_seed(seed)
    image = keras.Input((SIDE, SIDE, 3), name="image")
    maps = layers.Conv2D(8, 3, strides=2)(layers.Rescaling(1 / 128, offset=-127 / 128)(image))
    maps = layers.ReLU(6)(normalised(maps))
    return image, layers.ReLU(6)(normalised(layers.DepthwiseConv2D(3, padding="same")(maps)))


def normalised(maps: keras.KerasTensor) -> keras.KerasTensor:
    drawn = keras.initializers.RandomUniform(0.5, 1.5)
    names = ("beta_initializer", "gamma_initializer", "moving_mean_initializer", "moving_variance_initializer")
    return layers.BatchNormalization(**dict.fromkeys(names, drawn))(maps)


def head(image: keras.KerasTensor, maps: keras.KerasTensor, units: int, activation: str) -> keras.Model:
    pooled = layers.GlobalAveragePooling2D()(maps)
    return keras.Model(image, layers.Dense(units, activation=activation)(pooled))


def save(folder: Path, binary: keras.Model, subtype: keras.Model) -> Path:
    folder.mkdir()
    binary.save(folder / "binary.keras")
    subtype.save(folder / "subtype.keras")
    images = np.random.default_rng(0).integers(0, 256, (12, SIDE, SIDE, 3)).astype(np.uint8)
    np.savez(folder / "golden.npz", images=images)
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    image, maps = backbone(1)
    return save(tmp_path / "shared", head(image, maps, 1, "sigmoid"), head(image, maps, 8, "softmax"))


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    return save(tmp_path / "apart", head(*backbone(1), 1, "sigmoid"), head(*backbone(2), 8, "softmax"))


def convolutions(folder: Path) -> int:
    return Counter(node.op_type for node in onnx.load(folder / "joint.onnx").graph.node)["Conv"]


def test_networks_that_compute_nan_are_refused(shared: Path) -> None:
    network = keras.saving.load_model(shared / "subtype.keras")
    kernel, bias = network.layers[-1].get_weights()
    network.layers[-1].set_weights([kernel, np.full_like(bias, np.nan)])
    network.save(shared / "subtype.keras")
    with pytest.raises(UserError, match=r"joint\.onnx differs from Keras by nan"):
        write_joint(shared)


def test_the_joint_graph_computes_a_shared_backbone_only_once(shared: Path) -> None:
    said = write_joint(shared)
    assert said.outputs == {
        "features": (None, 7, 7, 8),
        "malignant": (None, 1),
        "malignant_map": (None, 7, 7),
        "subtype": (None, 8),
        "subtype_maps": (None, 7, 7, 8),
    }
    assert said.input == GraphInput(name="image", shape=(None, SIDE, SIDE, 3), range=(0, 255))
    assert convolutions(shared) == 2 + 2  # two in the backbone, and two for the class activation maps
    assert (said.format, said.opset) == ("ONNX", onnx.load(shared / "joint.onnx").opset_import[0].version)


def test_the_joint_graph_of_two_backbones_outputs_the_features_of_both(apart: Path) -> None:
    said = write_joint(apart)
    assert (said.outputs or {}).keys() == {"features", "malignant", "malignant_map", "subtype", "subtype_features", "subtype_maps"}
    assert convolutions(apart) == 4 + 2


@pytest.mark.parametrize("images", [1, 5, 12])
def test_the_graph_matches_keras_for_any_number_of_images(apart: Path, images: int) -> None:
    write_joint(apart)
    inputs = np.random.default_rng(images).integers(0, 256, (images, SIDE, SIDE, 3)).astype(np.float32)
    given = open_graph(apart / "joint.onnx")(inputs)
    for name, maps, file in (("malignant", "features", "binary.keras"), ("subtype", "subtype_features", "subtype.keras")):
        network = keras.saving.load_model(apart / file)
        np.testing.assert_allclose(given[name], network.predict_on_batch(inputs), atol=1e-5)
        pooled = keras.Model(network.input, network.layers[-2].output)
        np.testing.assert_allclose(given[maps].mean(axis=(1, 2)), pooled.predict_on_batch(inputs), atol=1e-5)


def test_the_same_networks_give_a_graph_with_the_same_bytes(shared: Path) -> None:
    write_joint(shared)
    first = (shared / "joint.onnx").read_bytes()
    write_joint(shared)
    assert (shared / "joint.onnx").read_bytes() == first


def test_the_graph_runs_without_tensorflow(shared: Path) -> None:
    write_joint(shared)
    program = (
        "import sys, numpy, onnxruntime\n"
        "session = onnxruntime.InferenceSession(sys.argv[1])\n"
        "image = numpy.zeros((2, 16, 16, 3), numpy.float32)\n"
        "print(session.run(['malignant'], {'image': image})[0].shape, {'tensorflow', 'keras'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(shared / "joint.onnx")], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(2, 1) set()"


def test_a_graph_of_other_networks_is_refused(apart: Path) -> None:
    write_joint(apart)
    head(*backbone(3), 8, "softmax").save(apart / "subtype.keras")
    with pytest.raises(UserError, match=r"joint\.onnx differs from Keras by .*export again"):
        prove_joint(apart)


def test_networks_that_do_not_end_in_pooling_and_one_dense_layer_are_refused(tmp_path: Path) -> None:
    image, maps = backbone(1)
    flat = keras.Model(image, layers.Dense(1)(layers.Flatten()(maps)))
    folder = save(tmp_path / "flat", flat, head(image, maps, 8, "softmax"))
    with pytest.raises(UserError, match="does not end in global average pooling and one dense layer"):
        write_joint(folder)


@pytest.mark.slow
def test_the_joint_graph_of_the_shipped_networks_is_hardly_larger_than_one_network(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    shutil.copytree(default_models(), folder)
    said = write_joint(folder)
    assert max((said.largest_difference_from_keras or {}).values()) < TOLERANCE / 10
    assert (folder / "joint.onnx").stat().st_size < 1.1 * (folder / "binary.keras").stat().st_size
    with np.load(folder / "golden.npz") as golden:
        given = open_graph(folder / "joint.onnx")(golden["images"].astype(np.float32))
        np.testing.assert_allclose(given["malignant"][:, 0], golden["binary"], atol=TOLERANCE)
        np.testing.assert_allclose(given["subtype"], golden["subtype"], atol=TOLERANCE)
    assert "times as many as both networks in Keras" in measure_speed(folder)
