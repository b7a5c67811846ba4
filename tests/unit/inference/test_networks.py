"""The TensorFlow engine on small networks: its outputs match the layers, and networks that end in unexpected layers are refused."""

import logging
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import tensorflow_engine
from breakhis_desktop.inference.archives import ArchiveError
from breakhis_desktop.inference.bundle import Bundle, read_bundle
from breakhis_desktop.inference.engine import BATCH, RawOutput
from breakhis_desktop.inference.fused_graph import (
    FEATURES,
    MALIGNANT,
    MALIGNANT_MAP,
    SUBTYPE,
    SUBTYPE_MAPS,
    UnfitNetworkError,
    fused_function,
)
from breakhis_desktop.inference.tensorflow_engine import TensorFlowEngine
from tests.factories import said
from tests.factories.bundles import SHIPPED, write_card

WIDTH, HEIGHT = 12, 8


def backbone(seed: int = 1, channels: int = 3) -> Any:
    import keras

    keras.utils.set_random_seed(seed)
    image = keras.Input((HEIGHT, WIDTH, 3))
    return keras.Model(image, keras.layers.Conv2D(channels, 3, strides=2, padding="same")(image))


def network(base: Any, outputs: int, name: str = "binary") -> Any:
    """Build a network like those in bundles, on a backbone that other networks may share."""
    import keras

    maps = keras.layers.GlobalAveragePooling2D()(base.output)
    activation = "sigmoid" if outputs == 1 else "softmax"
    return keras.Model(base.input, keras.layers.Dense(outputs, activation=activation)(maps), name=name)


def images(count: int) -> Any:
    return np.random.default_rng(0).integers(0, 256, (count, HEIGHT, WIDTH, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def networks() -> tuple[Any, Any]:
    base = backbone()
    return network(base, 1), network(base, 8, "subtype")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """Return a bundle that claims to have networks and takes small images."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("golden.npz", "familiarity.npz", "joint.onnx"):
        (folder / name).symlink_to(SHIPPED / name)
    write_card(folder, left_out=["binary.keras", "subtype.keras"])
    read = read_bundle(folder)
    return replace(read, has_networks=True, card=replace(read.card, input_size=(WIDTH, HEIGHT)))


@pytest.fixture
def open_engine(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, Any], TensorFlowEngine]:
    """Return a function that opens the engine on given networks instead of those in the files."""
    import keras

    def opened(binary: Any, subtype: Any) -> TensorFlowEngine:
        found = {"binary.keras": binary, "subtype.keras": subtype}
        monkeypatch.setattr(tensorflow_engine, "check_keras_weights", lambda _: None)
        monkeypatch.setattr(keras.saving, "load_model", lambda file, **_: found[Path(file).name])
        return TensorFlowEngine(bundle)

    return opened


def expected(binary: Any, subtype: Any, given: Any) -> dict[str, Any]:
    """Compute the expected outputs of both networks from their layers."""
    import keras

    found = {}
    for network, probabilities, of_classes in ((binary, MALIGNANT, MALIGNANT_MAP), (subtype, SUBTYPE, SUBTYPE_MAPS)):
        found[probabilities] = np.asarray(network(given.astype(np.float32)))
        maps = np.asarray(keras.Model(network.input, network.layers[-2].input)(given.astype(np.float32)))
        found[of_classes] = maps @ np.asarray(network.layers[-1].kernel)
        found.setdefault(FEATURES, maps)
    found[MALIGNANT_MAP] = found[MALIGNANT_MAP][..., 0]
    return found


@pytest.mark.parametrize("count", [1, 3, BATCH])
def test_the_engine_gives_what_the_layers_compute_for_any_number_of_images(
    open_engine: Callable[..., TensorFlowEngine], networks: tuple[Any, Any], count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    given = images(count)
    found = open_engine(*networks).infer(given)
    wanted = RawOutput.of_outputs(expected(*networks, given), count)
    for name in RawOutput.__dataclass_fields__:
        np.testing.assert_allclose(getattr(found, name), getattr(wanted, name), rtol=1e-3, atol=1e-3, err_msg=name)
    assert list(tmp_path.iterdir()) == []


def test_networks_without_a_common_backbone_each_give_their_own_features() -> None:
    import keras

    binary, subtype = network(backbone(1), 1), network(backbone(2), 8)
    given = images(2)
    found = {name: np.asarray(values) for name, values in fused_function(binary, subtype)(given.astype(np.float32)).items()}
    for name, values in expected(binary, subtype, given).items():
        np.testing.assert_allclose(found.pop(name), values, rtol=1e-4, atol=1e-4, err_msg=name)
    own = np.asarray(keras.Model(subtype.input, subtype.layers[-2].input)(given.astype(np.float32)))
    np.testing.assert_allclose(found.pop("subtype_features"), own, rtol=1e-4, atol=1e-4)
    assert found == {}


@pytest.mark.parametrize("seeds", [(1, 1), (1, 2)])
def test_batch_norm_uses_the_statistics_of_training_even_if_it_can_still_learn(seeds: tuple[int, int]) -> None:
    import keras

    def normalised(seed: int) -> Any:
        base = backbone(seed)
        return keras.Model(base.input, keras.layers.BatchNormalization()(base.output))

    binary, subtype = network(normalised(seeds[0]), 1), network(normalised(seeds[1]), 8)
    given = images(2)
    found = fused_function(binary, subtype)(given.astype(np.float32))
    for name, values in expected(binary, subtype, given).items():
        np.testing.assert_allclose(np.asarray(found[name]), values, rtol=1e-4, atol=1e-4, err_msg=name)


@pytest.mark.parametrize("seeds", [(1, 1), (1, 2)])
def test_one_computation_serves_two_backbones_only_if_they_have_the_same_weights(seeds: tuple[int, int]) -> None:
    binary, subtype = network(backbone(seeds[0]), 1), network(backbone(seeds[1]), 8)
    names = set(fused_function(binary, subtype)(images(1).astype(np.float32)))
    assert names - {"subtype_features"} == {MALIGNANT, SUBTYPE, MALIGNANT_MAP, SUBTYPE_MAPS, FEATURES}
    assert ("subtype_features" in names) == (seeds[0] != seeds[1])


def test_a_backbone_that_merely_starts_like_the_other_one_is_not_shared() -> None:
    import keras

    base = backbone()
    longer = keras.Model(base.input, keras.layers.Conv2D(3, 1)(base.output))
    for binary, subtype in ((network(base, 1), network(longer, 8)), (network(longer, 1), network(base, 8))):
        assert "subtype_features" in fused_function(binary, subtype)(images(1).astype(np.float32))


def with_another_end(kind: str) -> Any:
    import keras

    base = backbone()
    end: Callable[[], Any] = {
        "no pooling": lambda: keras.layers.Dense(1)(keras.layers.Flatten()(base.output)),
        "maximum pooling": lambda: keras.layers.Dense(1)(keras.layers.GlobalMaxPooling2D()(base.output)),
        "no dense layer": lambda: keras.layers.Activation("relu")(keras.layers.GlobalAveragePooling2D()(base.output)),
        "two dense layers": lambda: keras.layers.Dense(1)(keras.layers.Dense(4)(keras.layers.GlobalAveragePooling2D()(base.output))),
    }[kind]
    return keras.Model(base.input, end(), name="unfit")


@pytest.mark.parametrize("kind", ["no pooling", "maximum pooling", "no dense layer", "two dense layers"])
def test_either_network_is_refused_if_it_ends_in_other_layers(kind: str, networks: tuple[Any, Any]) -> None:
    unfit = with_another_end(kind)
    for pair in ((unfit, networks[1]), (networks[0], unfit)):
        with pytest.raises(UnfitNetworkError, match=r"^unfit$"):
            fused_function(*pair)


def test_the_error_names_the_network_that_ends_in_other_layers(
    open_engine: Callable[..., TensorFlowEngine], networks: tuple[Any, Any]
) -> None:
    with pytest.raises(BundleError, match="its unfit network does not end in global average pooling and one dense layer"):
        open_engine(with_another_end("no pooling"), networks[1])


@pytest.mark.parametrize(
    ("swapped", "said"), [("binary", r"binary\.keras does not have 1 outputs"), ("subtype", r"subtype\.keras does not have 8")]
)
def test_a_network_with_the_wrong_number_of_outputs_is_refused(
    open_engine: Callable[..., TensorFlowEngine], networks: tuple[Any, Any], swapped: str, said: str
) -> None:
    binary, subtype = networks
    with pytest.raises(BundleError, match=said):
        open_engine(*((subtype, subtype) if swapped == "binary" else (binary, binary)))


def test_objects_that_are_not_keras_networks_are_refused(open_engine: Callable[..., TensorFlowEngine], networks: tuple[Any, Any]) -> None:
    class Odd:
        output_shape = (None, 1)
        layers = ()

    with pytest.raises(BundleError, match="Keras does not run its networks"):
        open_engine(Odd(), networks[1])


def test_networks_with_unusable_outputs_are_reported_as_a_fault_of_the_bundle(
    open_engine: Callable[..., TensorFlowEngine], networks: tuple[Any, Any], bundle: Bundle
) -> None:
    engine = open_engine(*networks)
    engine._fused = lambda _: {"malignant": None}
    with pytest.raises(BundleError, match=f"{re.escape(str(bundle.folder))} cannot be used: Keras does not run its networks"):
        engine.infer(images(1))


def test_unsafe_weights_are_refused_before_keras_opens_them(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    def refuse(_: Path) -> None:
        raise ArchiveError(said("holds links to other places"))

    monkeypatch.setattr(tensorflow_engine, "check_keras_weights", refuse)
    monkeypatch.setattr(keras.saving, "load_model", lambda *_, **__: pytest.fail("Keras opened the file"))
    with pytest.raises(BundleError, match=r"binary\.keras holds links to other places"):
        TensorFlowEngine(bundle)


def test_a_file_that_keras_cannot_open_is_named_in_the_error(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    asked = []

    def fail(file: Path, **how: Any) -> None:
        asked.append((file.name, how))
        raise TypeError("unknown layer")

    monkeypatch.setattr(tensorflow_engine, "check_keras_weights", lambda _: None)
    monkeypatch.setattr(keras.saving, "load_model", fail)
    with pytest.raises(BundleError, match=r"Keras does not open binary\.keras"):
        TensorFlowEngine(bundle)
    assert asked == [("binary.keras", {"compile": False, "safe_mode": True})]


def test_keras_keeps_its_files_in_the_folder_of_the_program_and_tensorflow_is_silent_by_default(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KERAS_HOME", "TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    logger = logging.getLogger("tensorflow")
    monkeypatch.setattr(logger, "level", logging.INFO)
    tensorflow_engine._import_runtime()
    found = {name: os.environ.get(name) for name in ("KERAS_HOME", "TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND")}
    assert found == {"KERAS_HOME": str(home / "keras"), "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    assert logger.level == logging.ERROR
    monkeypatch.setenv("KERAS_HOME", "elsewhere")
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    tensorflow_engine._import_runtime()
    assert (os.environ["KERAS_HOME"], os.environ["TF_CPP_MIN_LOG_LEVEL"]) == ("elsewhere", "0")


@pytest.mark.parametrize(
    ("installed", "lacking", "can"), [(True, (), True), (True, ("avx",), False), (False, (), False), (True, ("sse4_2",), True)]
)
def test_tensorflow_can_run_if_it_is_installed_and_the_processor_has_avx(
    installed: bool, lacking: tuple[str, ...], can: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tensorflow_engine, "find_spec", lambda name: object() if installed and name == "tensorflow" else None)
    monkeypatch.setattr(tensorflow_engine, "lacks", lambda feature: feature in lacking)
    assert tensorflow_engine.has_tensorflow() == installed
    assert tensorflow_engine.can_run_tensorflow() == can
