"""Networks whose files were made smaller compute the same, or nearly the same."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from breakhis_desktop.inference.archives import check_keras_file, check_keras_weights
from training.bundle.compact import fold_batch_norm, halve_precision, store_halves
from training.experiment.recipe import load_recipe
from training.model.networks import FEATURES, MALIGNANT, build_network

SIDE = 16

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")


def small_network() -> keras.Model:
    """Return a network with a batch norm after a convolution, one after a convolution without bias, and one after an addition."""
    keras.utils.set_random_seed(3)
    drawn = keras.initializers.RandomUniform(0.5, 1.5)
    names = ("beta_initializer", "gamma_initializer", "moving_mean_initializer", "moving_variance_initializer")
    image = keras.Input((SIDE, SIDE, 3))
    maps = layers.Conv2D(8, 3, padding="same")(image)
    maps = layers.BatchNormalization(name="folded", **dict.fromkeys(names, drawn))(maps)
    other = layers.BatchNormalization(name="kept", **dict.fromkeys(names, drawn))(layers.Conv2D(8, 3, padding="same", use_bias=False)(maps))
    return keras.Model(image, layers.BatchNormalization(name="last", **dict.fromkeys(names, drawn))(layers.Add()([maps, other])))


@pytest.fixture
def images() -> np.ndarray:
    return np.random.default_rng(0).random((4, SIDE, SIDE, 3)).astype(np.float32)


def test_folding_batch_norm_keeps_the_output_and_skips_convolutions_without_bias(images: np.ndarray) -> None:
    network = small_network()
    before = network.predict_on_batch(images)
    kept = network.get_layer("kept").get_weights()
    fold_batch_norm(network)
    np.testing.assert_allclose(network.predict_on_batch(images), before, atol=1e-5)
    gamma, beta, mean, variance = network.get_layer("folded").get_weights()
    np.testing.assert_array_equal(gamma / np.sqrt(variance + np.float32(network.get_layer("folded").epsilon)), 1)
    assert not beta.any()
    assert not mean.any()
    np.testing.assert_array_equal(network.get_layer("kept").get_weights(), kept)


def test_folding_batch_norm_leaves_shared_or_activated_convolutions_unchanged(images: np.ndarray) -> None:
    keras.utils.set_random_seed(3)
    drawn = keras.initializers.RandomUniform(0.5, 1.5)
    image = keras.Input((SIDE, SIDE, 3))
    activated = layers.BatchNormalization(moving_variance_initializer=drawn)(layers.Conv2D(8, 3, padding="same", activation="relu")(image))
    shared = layers.Conv2D(8, 3, padding="same")(activated)
    network = keras.Model(image, layers.Add()([shared, layers.BatchNormalization(moving_mean_initializer=drawn)(shared)]))
    before, weights = network.predict_on_batch(images), network.get_weights()
    fold_batch_norm(network)
    np.testing.assert_allclose(network.predict_on_batch(images), before, atol=1e-5)
    assert all(map(np.array_equal, network.get_weights(), weights))


def test_kernels_are_rounded_to_half_precision_with_little_change_in_output(images: np.ndarray) -> None:
    network = small_network()
    before = network.predict_on_batch(images)
    halve_precision(network)
    kernels = [layer.get_weights()[0] for layer in network.layers if isinstance(layer, layers.Conv2D)]
    assert all((kernel == kernel.astype(np.float16)).all() for kernel in kernels)
    np.testing.assert_allclose(network.predict_on_batch(images), before, rtol=1e-2, atol=1e-2)


def test_the_batch_norm_of_a_whole_backbone_is_folded() -> None:
    network = build_network(load_recipe("resnet50_160"), random_weights=True)
    fold_batch_norm(network)
    norms = [layer for layer in network.get_layer("backbone").layers if isinstance(layer, layers.BatchNormalization)]
    assert len(norms) == 53
    for norm in norms:
        gamma, _, _, variance = norm.get_weights()
        np.testing.assert_array_equal(gamma / np.sqrt(variance + np.float32(norm.epsilon)), 1)


@pytest.mark.slow
def test_weights_stored_as_halves_load_unchanged_and_pass_the_checks_of_a_bundle(tmp_path: Path) -> None:
    built, file = build_network(load_recipe("lite0_staged"), random_weights=True), tmp_path / "network.keras"
    network = keras.Model(built.input, built.get_layer(MALIGNANT)(built.get_layer(FEATURES).output))
    halve_precision(network)
    network.save(file)
    before, size = network.get_weights(), file.stat().st_size
    store_halves(file)
    check_keras_file(file)
    check_keras_weights(file)
    loaded = keras.saving.load_model(file, compile=False, safe_mode=True)
    assert all(one.dtype == other.dtype and np.array_equal(one, other) for one, other in zip(before, loaded.get_weights(), strict=True))
    assert file.stat().st_size < 0.7 * size


def test_weights_that_half_precision_cannot_hold_keep_full_precision(tmp_path: Path) -> None:
    network, file = small_network(), tmp_path / "network.keras"
    network.layers[-1].set_weights([np.full(8, number, np.float32) for number in (1e6, 1e-9, 0.1, 3.0)])
    before = network.get_weights()
    network.save(file)
    store_halves(file)
    for one, other in zip(before, keras.saving.load_model(file, compile=False).get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
