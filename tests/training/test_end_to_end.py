"""From images to a bundle, on a few made-up images and with a recipe that trains for few epochs."""

import json
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import BINARY_FILE, SUBTYPE_FILE, parse_card
from breakhis_desktop.errors import UserError
from tests.factories import there
from training.bundle.export import export
from training.data import Dataset
from training.data.splits import final_split, protocol_splits
from training.evaluation import evaluate, readable
from training.experiment.predictions import save_predictions
from training.experiment.recipe import Recipe, load_recipe
from training.experiment.recipe_file import recipe_toml
from training.fit.features import features_on_disk
from training.fit.pool import pool
from training.fit.train import CHECKPOINT_FILE, DONE_FILE, NETWORK_FILE, Budget, train
from training.model.networks import build_network, feature_network, unfreeze, weights_sha256
from training.workspace import Workspace


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    """Return one of the project's recipes with few epochs and few trainable layers."""
    shipped = load_recipe("lite0_staged")
    head, images = replace(there(shipped.head), epochs=2), replace(there(shipped.images), epochs=1, trainable_share=0.05)
    file = tmp_path / "small.toml"
    file.write_text(recipe_toml(replace(shipped, head=head, images=images)), encoding="utf-8")
    return load_recipe(str(file))


def test_batch_norm_stays_frozen_when_the_network_is_unfrozen() -> None:
    joint = build_network(load_recipe("lite0_staged"))
    assert len(joint.trainable_variables) == 4
    unfreeze(joint, 1.0)
    assert not any("bn" in variable.path for variable in joint.trainable_variables)
    assert len(joint.trainable_variables) > 40


def test_an_untrained_recipe_is_neither_pooled_nor_exported(recipe: Recipe, dataset: Dataset, workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"python -m training train small --protocol grouped"):
        pool(recipe, dataset, workspace, "grouped")
    with pytest.raises(UserError, match=r"python -m training train small --final"):
        export(recipe, dataset, workspace, tmp_path / "models", tmp_path / "results")
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("kept", ["notes.txt", "work/index.csv"])
def test_an_export_never_replaces_a_folder_that_is_not_a_bundle(
    recipe: Recipe, dataset: Dataset, workspace: Workspace, tmp_path: Path, kept: str
) -> None:
    file = tmp_path / "documents" / kept
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="is not a bundle, and an export would replace it; choose a new folder"):
        export(recipe, dataset, workspace, tmp_path / "documents", tmp_path / "results")
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_features_are_computed_once_and_recomputed_if_damaged(recipe: Recipe, dataset: Dataset, tmp_path: Path) -> None:
    network, images = feature_network(build_network(recipe)), dataset.images[224][:3]
    file = tmp_path / "features" / "one.npy"
    features = np.array(features_on_disk(network, images, 2, file))
    assert features.shape == (2, 3, 1280)
    written = file.stat().st_mtime_ns
    np.testing.assert_array_equal(features_on_disk(network, images, 1, file), features)
    assert file.stat().st_mtime_ns == written
    file.write_bytes(file.read_bytes()[:300])
    np.testing.assert_allclose(features_on_disk(network, images, 2, file), features, atol=1e-5)
    assert list(file.parent.iterdir()) == [file]


def test_the_hash_of_a_feature_network_changes_only_with_its_weights() -> None:
    network = build_network(load_recipe("lite0_frozen"))
    before = weights_sha256(feature_network(network))
    assert weights_sha256(feature_network(build_network(load_recipe("lite0_frozen")))) == before
    kernel = next(variable for variable in feature_network(network).variables if "kernel" in variable.path)
    kernel.assign(kernel + 1)
    assert weights_sha256(feature_network(network)) != before


@pytest.mark.slow
# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_training_starts_over_with_the_heads_if_the_checkpoint_is_damaged(
    recipe: Recipe, dataset: Dataset, workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    split = protocol_splits("grouped", dataset, with_validation=False)[0]
    run = workspace.run(recipe.name, split.name)
    run.mkdir(parents=True)
    (run / CHECKPOINT_FILE).write_bytes(b"damaged")
    with caplog.at_level("INFO"):
        train(recipe, dataset, split, workspace, Budget())
    assert "heads on the features" in caplog.text
    assert "resumed" not in caplog.text


@pytest.mark.slow
# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
@pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")
def test_a_recipe_trained_on_a_few_images_becomes_a_working_bundle(
    recipe: Recipe, dataset: Dataset, workspace: Workspace, tmp_path: Path
) -> None:
    final, budget, results = final_split(dataset, with_validation=False), Budget(), tmp_path / "results"
    for split in (*protocol_splits("grouped", dataset, with_validation=False), final):
        folder = train(recipe, dataset, split, workspace, budget)
    finished = (folder.path / DONE_FILE).stat().st_mtime_ns
    train(recipe, dataset, final, workspace, budget)
    assert (folder.path / DONE_FILE).stat().st_mtime_ns == finished

    predictions = pool(recipe, dataset, workspace, "grouped")
    save_predictions(predictions, results)
    assert "grouped" in readable(evaluate(predictions))
    models = tmp_path / "models" / "mine"
    export(recipe, dataset, workspace, models, results, synthetic_fields=3)
    card = parse_card((models / "card.json").read_text(encoding="utf-8"))
    names = ["MODEL_CARD.md", "binary.keras", "card.json", "familiarity.npz", "golden.npz", "joint.onnx", "subtype.keras"]
    assert sorted(path.name for path in models.iterdir()) == names
    assert list(models.parent.iterdir()) == [models]
    assert card.training_data.images == 24
    assert card.recipes_compared == 1
    with np.load(models / "golden.npz") as golden:
        outputs = keras.saving.load_model(folder.path / NETWORK_FILE).predict_on_batch(golden["images"].astype(np.float32))
        # The bundle's kernels are rounded to half precision, and its golden probabilities come from the rounded network.
        np.testing.assert_allclose(golden["binary"], outputs["malignant"][:, 0], atol=5e-3)
        np.testing.assert_allclose(golden["subtype"], outputs["subtype"], atol=5e-3)
    json.dumps(as_json(card), allow_nan=False)
    with np.load(models / "golden.npz") as golden:
        for file, key in ((BINARY_FILE, "binary"), (SUBTYPE_FILE, "subtype")):
            network = keras.saving.load_model(models / file, compile=False)
            given = network.predict_on_batch(golden["images"].astype(np.float32))
            np.testing.assert_allclose(given.reshape(golden[key].shape), golden[key], atol=1e-5)
