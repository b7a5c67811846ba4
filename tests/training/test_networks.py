"""The networks of the recipes, and the messages if the weights of a backbone are missing or wrong."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from breakhis_desktop.errors import UserError
from tests.factories import tells
from training.experiment.recipe import known_recipes, load_recipe
from training.fit.fit import compile_network, fit_heads
from training.fit.predict import predict
from training.model import pretrained
from training.model.augment import symmetry
from training.model.networks import build_network, feature_network
from training.model.targets import Targets
from training.wording import TrainingCode

BRIEF = [name for name in known_recipes() if name.startswith("brief_") and name != "brief_subtype_vgg16"]
IMAGES = np.random.default_rng(0).integers(0, 256, (4, 224, 224, 3)).astype(np.float32)


@pytest.mark.parametrize("name", BRIEF)
@pytest.mark.slow
def test_every_network_of_the_brief_takes_a_training_step(name: str) -> None:
    recipe = load_recipe(name)
    assert recipe.images is not None
    network = build_network(recipe)
    compile_network(network, recipe.images, 2)
    images = IMAGES[:2, : recipe.input_side, : recipe.input_side]
    truth = {"malignant": np.ones((2, 1), np.float32), "subtype": np.array([4, 0])}
    loss = network.train_on_batch(images, {output: truth[output] for output in network.output})
    assert np.isfinite(loss)


@pytest.mark.slow
def test_the_vgg16_recipe_trains_its_head() -> None:
    recipe = load_recipe("brief_subtype_vgg16")
    assert recipe.head is not None
    network = build_network(recipe, random_weights=True)
    before = network.get_layer("subtype").get_weights()[0]
    features = feature_network(network).predict_on_batch(IMAGES)[None]
    targets = Targets({"subtype": np.array([0, 4, 6, 7])}, {"subtype": np.ones(4, np.float32)})
    fit_heads(network, features, np.arange(4), targets, replace(recipe.head, epochs=1, batch_size=2), seed=1, title="a test")
    assert np.abs(network.get_layer("subtype").get_weights()[0] - before).max() > 0
    np.testing.assert_allclose(network.predict_on_batch(IMAGES)["subtype"].sum(axis=1), 1, atol=1e-5)


@pytest.fixture
def empty_backbones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "training" / "backbones"
    folder.mkdir(parents=True)
    monkeypatch.setattr(pretrained, "FOLDER", folder)
    return folder


def test_if_weights_cannot_be_downloaded_the_message_says_where_to_put_them(empty_backbones: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(**_: Any) -> keras.Model:
        raise Exception("URL fetch failure")  # noqa: TRY002 (Keras does)

    build: Callable[..., keras.Model] = lambda **how: offline() if how["weights"] else keras.Sequential()  # noqa: E731
    sources = {**pretrained.SOURCES, "vgg16": replace(pretrained.SOURCES["vgg16"], build=build)}
    monkeypatch.setattr(pretrained, "SOURCES", sources)
    with pytest.raises(UserError, match=r"could not be downloaded; .* put them at training/backbones/vgg16.weights.h5"):
        pretrained.load_backbone("vgg16", 224)


# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_weights_of_another_network_are_refused(empty_backbones: Path) -> None:
    image = keras.Input((8, 8, 3))
    keras.Model(image, keras.layers.Conv2D(2, 3)(image)).save_weights(empty_backbones / "vgg16.weights.h5")
    with pytest.raises(UserError, match=r"does not hold the weights of the backbone \(VGG16"):
        pretrained.load_backbone("vgg16", 224)


# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.slow
def test_a_backbone_gets_colours_in_the_order_that_its_weights_expect(empty_backbones: Path) -> None:
    application = keras.applications.ResNet50(include_top=False, weights=None, input_shape=(224, 224, 3))
    application.save_weights(empty_backbones / "resnet50.weights.h5")
    network = build_network(load_recipe("resnet50_frozen"))
    expected = application(keras.applications.resnet.preprocess_input(IMAGES[:1].copy()), training=False)
    given = keras.Model(network.input, network.get_layer("features").output)(IMAGES[:1])
    np.testing.assert_allclose(given, np.mean(expected, axis=(1, 2)), rtol=1e-3, atol=1e-3)


def test_a_backbone_ends_at_the_layer_that_the_recipe_names() -> None:
    network = build_network(load_recipe("resnet50_conv4"), random_weights=True)
    backbone = network.get_layer("backbone")
    assert backbone.layers[-1].name == "conv4_block6_out"
    assert backbone.output.shape[1:] == (12, 12, 1024)
    assert network.input.shape[1:] == (192, 192, 3)
    assert network.count_params() < 9_000_000


def test_a_layer_that_the_backbone_lacks_is_refused() -> None:
    with pytest.raises(UserError, check=tells(TrainingCode.BACKBONE_WITHOUT_LAYER, layer="conv9", last="conv5_block3_out")):
        pretrained.load_backbone("resnet50", 160, "conv9", random_weights=True)


def test_an_input_side_that_a_backbone_does_not_take_is_refused() -> None:
    with pytest.raises(UserError, check=tells(TrainingCode.BACKBONE_OF_OTHER_SIDE, side=224)):
        pretrained.load_backbone("efficientnet_lite0", 160)


def test_predictions_from_several_views_are_averaged() -> None:
    network = build_network(load_recipe("brief_binary_baseline"))
    images = IMAGES[:3, :150, :150].astype(np.uint8)
    views = [predict(network, symmetry(images, number), np.array([0, 2]))["malignant"] for number in range(5)]
    np.testing.assert_allclose(predict(network, images, np.array([0, 2]), views=5)["malignant"], np.mean(views, axis=0), rtol=1e-5)
