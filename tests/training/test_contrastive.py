"""Pretraining without labels."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

import training.fit.contrastive
import training.fit.train
from training.data import load_dataset, prepare_images
from training.data.splits import protocol_splits
from training.experiment.recipe import Recipe, load_recipe
from training.fit.contrastive import contrastive_loss, pretrain
from training.fit.fit import DivergedError
from training.model.networks import BACKBONE, build_network
from training.workspace import Workspace

TEMPERATURE = 0.5


def loss_of(pairs: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(contrastive_loss(TEMPERATURE)(None, pairs))


def test_the_loss_is_the_cross_entropy_of_picking_the_other_view_of_an_image() -> None:
    pairs = np.random.default_rng(1).normal(size=(3, 2, 5)).astype(np.float32)
    views = pairs.transpose(1, 0, 2).reshape(6, 5)
    views /= np.linalg.norm(views, axis=1, keepdims=True)
    odds = np.exp(views @ views.T / TEMPERATURE)
    np.fill_diagonal(odds, 0)
    surprise = [-np.log(odds[one, (one + 3) % 6] / odds[one].sum()) for one in range(6)]
    np.testing.assert_allclose(loss_of(pairs), np.reshape(surprise, (2, 3)).mean(axis=0), rtol=1e-4)


def test_the_length_of_a_projection_does_not_affect_the_loss() -> None:
    pairs = np.random.default_rng(2).normal(size=(4, 2, 3)).astype(np.float32)
    np.testing.assert_allclose(loss_of(7 * pairs), loss_of(pairs), rtol=1e-4)


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    recipe = load_recipe("lite0_contrastive")
    assert recipe.pretraining is not None
    return replace(recipe, pretraining=replace(recipe.pretraining, epochs=1, batch_size=4))


def weights_after(recipe: Recipe, seed: int) -> list[NDArray[np.float32]]:
    assert recipe.pretraining is not None
    images = np.random.default_rng(3).integers(0, 256, (10, 224, 224, 3)).astype(np.uint8)
    network = build_network(recipe)
    return pretrain(network, images, np.arange(2, 10), recipe.pretraining, recipe.augmentation, seed=seed, title="a test")


@pytest.mark.slow
def test_pretraining_changes_only_later_layers_and_no_batch_norm(recipe: Recipe) -> None:
    backbone = build_network(recipe).get_layer(BACKBONE)
    pairs = zip(backbone.variables, backbone.get_weights(), weights_after(recipe, seed=1), strict=True)
    changed = {variable.path for variable, former, after in pairs if (former != after).any()}
    later = [layer for layer in backbone.layers[len(backbone.layers) // 2 :] if not isinstance(layer, keras.layers.BatchNormalization)]
    assert changed
    assert changed <= {variable.path for layer in later for variable in layer.variables}


# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
@pytest.mark.slow
def test_pretraining_sees_every_training_image_once_and_leaves_no_feature_file_behind(
    recipe: Recipe, tree: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_images(tree, workspace)
    data = load_dataset(workspace)
    split = protocol_splits("grouped", data, with_validation=False)[0]
    seen: list[NDArray[np.intp]] = []

    def pretrained(network: keras.Model, _: object, rows: NDArray[np.intp], *__: object, **___: object) -> list[NDArray[np.float32]]:
        seen.append(rows)
        weights: list[NDArray[np.float32]] = network.get_layer(BACKBONE).get_weights()
        return weights

    monkeypatch.setattr(training.fit.train, "pretrain", pretrained)
    assert recipe.head is not None
    short = replace(recipe, oversample=True, head=replace(recipe.head, symmetries=1, epochs=1))
    folder = training.fit.train.train(short, data, split, workspace, training.fit.train.Budget())
    np.testing.assert_array_equal(seen[0], split.train)
    assert set(folder.predictions()) == {"rows", "malignant", "subtype"}
    assert not list(workspace.root.glob("features/*.npy"))


@pytest.mark.slow
def test_diverging_pretraining_is_reported(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        training.fit.contrastive, "contrastive_loss", lambda _: lambda __, pairs: np.nan * keras.ops.sum(pairs, axis=(1, 2))
    )
    with pytest.raises(DivergedError, match="lower learning_rate"):
        weights_after(recipe, seed=1)
