"""Export: which recipes can become a bundle, and how a bundle is replaced as a whole or not at all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.bundle import read_bundle
from training.bundle.export import export, replacing
from training.bundle.model_card import write_model_card
from training.data import Dataset, load_dataset, prepare_images
from training.data.splits import Split, final_split, protocol_splits
from training.experiment.predictions import save_predictions
from training.experiment.recipe import Pretrained, Recipe, load_recipe
from training.fit.pool import pool
from training.fit.train import DONE_FILE, NETWORK_FILE, PREDICTIONS_FILE, RunFolder, run_folder
from training.model.hardware import set_precision
from training.model.networks import build_network
from training.workspace import Workspace

# When it saves, Keras 3.15 copies its variables in a way that NumPy 2 deprecates (seen 2026-11 with NumPy 2.4).
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning")


@pytest.fixture
def dataset(tree: Path, workspace: Workspace) -> Dataset:
    prepare_images(tree, workspace)
    return load_dataset(workspace)


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """Return a folder with a bundle of one file."""
    folder = tmp_path / "models" / "mine"
    folder.mkdir(parents=True)
    (folder / "card.json").write_text("former")
    return folder


@contextmanager
def disk_that_takes(size: int) -> Iterator[None]:
    """Keep any file from growing beyond `size` bytes; programs get an error then, as on a full disk."""
    resource = pytest.importorskip("resource", reason="this system sets no limit on the size of files")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def assert_kept(folder: Path) -> None:
    assert (folder / "card.json").read_text() == "former"
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["brief_binary_baseline", "brief_subtype_vgg16"])
def test_a_recipe_with_only_one_task_makes_no_bundle(
    name: str, dataset: Dataset, workspace: Workspace, former: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=f"{name} cannot be exported.*; export a recipe with a backbone and the task 'both'"):
        export(load_recipe(name), dataset, workspace, former, tmp_path / "results")
    assert_kept(former)


def test_a_recipe_that_was_not_trained_on_all_images_makes_no_bundle(
    dataset: Dataset, workspace: Workspace, former: Path, tmp_path: Path
) -> None:
    told = r"has not been trained on all images; run `\.venv/bin/uv run python -m training train lite0_staged --final` first"
    with pytest.raises(UserError, match=told):
        export(load_recipe("lite0_staged"), dataset, workspace, former, tmp_path / "results")
    assert_kept(former)


def test_a_bundle_is_replaced_as_a_whole(former: Path) -> None:
    with replacing(former) as unfinished:
        (unfinished / "golden.npz").write_text("new")
    assert [path.name for path in former.iterdir()] == ["golden.npz"]
    assert list(former.parent.iterdir()) == [former]


def test_a_failed_export_keeps_the_former_bundle(former: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(former) as unfinished:
        _ = (unfinished / "card.json").write_text("half") / 0
    assert_kept(former)


def test_a_full_disk_is_reported_and_the_former_bundle_is_kept(former: Path) -> None:
    network = keras.Sequential([keras.Input((100,)), keras.layers.Dense(1000)])
    told = pytest.raises(UserError, match=r"could not be written \(.+\), and the former bundle is kept; make room and export again\.$")
    with told, disk_that_takes(20_000), replacing(former) as unfinished:
        network.save(unfinished / "binary.keras")
    assert_kept(former)


def test_the_next_export_restores_a_bundle_that_was_moved_aside_when_an_export_was_interrupted(former: Path) -> None:
    former.rename(former.with_name(".mine.former"))
    with pytest.raises(ZeroDivisionError), replacing(former):
        raise ZeroDivisionError
    assert_kept(former)


def finish(folder: RunFolder) -> None:
    facts = {**folder.identity, "epochs": 1, "minutes": 0.1, "precision": "mixed_bfloat16", "trained": "2026-11-23", "history": []}
    (folder.path / DONE_FILE).write_text(json.dumps(facts), encoding="utf-8")


def write_runs(recipe: Recipe, data: Dataset, final: Split, workspace: Workspace) -> keras.Model:
    """Write the files of finished runs: made-up predictions of five folds, and the network of the final run; return that network."""
    random = np.random.default_rng(0)
    for split in protocol_splits("grouped", data, with_validation=recipe.needs_validation):
        folder = run_folder(recipe, data, split, workspace)
        folder.path.mkdir(parents=True)
        count = len(split.test)
        malignant = random.uniform(0.01, 0.99, count).astype(np.float32)
        np.savez(folder.path / PREDICTIONS_FILE, rows=split.test, malignant=malignant, subtype=random.dirichlet(np.ones(8), count))
        finish(folder)
    folder = run_folder(recipe, data, final, workspace)
    folder.path.mkdir(parents=True)
    set_precision("mixed_bfloat16")
    network = build_network(recipe)
    set_precision("float32")
    network.save(folder.path / NETWORK_FILE)
    finish(folder)
    return network


@pytest.mark.slow
def test_a_bundle_has_neither_the_mixed_precision_nor_the_dropout_of_training(
    dataset: Dataset, workspace: Workspace, former: Path, tmp_path: Path
) -> None:
    recipe = replace(load_recipe("lite0_frozen"), network=Pretrained("efficientnet_lite0", dropout=0.3))
    trained = write_runs(recipe, dataset, final_split(dataset, with_validation=False), workspace)
    assert "bfloat16" in {layer.compute_dtype for layer in trained.layers}
    save_predictions(pool(recipe, dataset, workspace, "grouped"), tmp_path / "results")
    export(recipe, dataset, workspace, former, tmp_path / "results", synthetic_fields=3)

    for file, output in (("binary.keras", "malignant"), ("subtype.keras", "subtype")):
        network = keras.saving.load_model(former / file, compile=False)
        kinds = [type(layer) for layer in network.layers]
        assert kinds[-2:] == [keras.layers.GlobalAveragePooling2D, keras.layers.Dense]
        assert keras.layers.Dropout not in kinds
        assert {layer.compute_dtype for layer in network.layers} == {"float32"}
        for found, expected in zip(network.layers[-1].get_weights(), trained.get_layer(output).get_weights(), strict=True):
            np.testing.assert_array_equal(found, expected)
    bundle = read_bundle(former)
    assert (bundle.card.derived["joint.onnx"].outputs or {}).keys() == {
        *("features", "malignant", "subtype"),
        *("malignant_map", "subtype_maps"),
    }
    assert (former / "MODEL_CARD.md").read_text(encoding="utf-8") == write_model_card(bundle.card)
    (former / "joint.onnx").unlink()
    assert read_bundle(former).card.model_id == bundle.card.model_id
