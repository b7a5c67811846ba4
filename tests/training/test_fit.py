"""Training that is interrupted and resumed, ends early, uses two devices or mixed precision, or meets a full disk."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from tests.factories import there
from tests.factories.recipes import SMALL
from training.data import Dataset, load_dataset
from training.data.splits import protocol_splits
from training.experiment.recipe import ImageStage, Recipe, load_recipe
from training.fit.checkpoint import TrainingState, load_checkpoint, save_checkpoint
from training.fit.fit import ImageFit, compile_network
from training.fit.train import CHECKPOINT_FILE, Budget, run_folder, train
from training.model.networks import build_network
from training.model.targets import targets_of
from training.workspace import Workspace


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture
def recipe(small: Path) -> Recipe:
    return load_recipe(str(small))


def predictions_of(workspace: Workspace, recipe: Recipe) -> dict[str, NDArray[np.float32]]:
    data = load_dataset(workspace)
    folder = run_folder(recipe, data, protocol_splits("grouped", data, with_validation=True)[0], workspace)
    assert folder.done is not None
    return folder.predictions()


@pytest.mark.slow
def test_a_killed_and_resumed_training_ends_like_an_uninterrupted_one(
    small: Path, recipe: Recipe, dataset: Dataset, workspace: Workspace
) -> None:
    command = [sys.executable, "-m", "training", "train", str(small), "--fold", "1", "--results", str(small.parent / "results"), "--work"]
    subprocess.run([*command, str(workspace.root)], check=True, capture_output=True)
    undisturbed = predictions_of(workspace, recipe)
    run = workspace.run(recipe.name, "grouped-1")
    history = json.loads((run / "done.json").read_text())["history"]
    (run / "done.json").unlink()
    (run / "predictions.npz").unlink()

    with subprocess.Popen([*command, str(workspace.root)], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        next(line for line in killed.stdout if "epoch 2 of 6" in line)
        os.kill(killed.pid, signal.SIGKILL)
    assert (run / CHECKPOINT_FILE).exists()
    assert not (run / "done.json").exists()

    resumed = subprocess.run([*command, str(workspace.root)], check=True, capture_output=True, text=True)
    assert "resumed after epoch" in resumed.stdout
    np.testing.assert_allclose(predictions_of(workspace, recipe)["subtype"], undisturbed["subtype"], atol=1e-6)
    assert json.loads((run / "done.json").read_text())["history"] == history


def test_training_ends_early_and_keeps_the_best_weights(recipe: Recipe, dataset: Dataset, tmp_path: Path) -> None:
    network = build_network(recipe)
    stage = ImageStage(optimiser="adam", learning_rate=1e-2, epochs=9, batch_size=8, monitor="accuracy", patience=2)
    compile_network(network, stage, len(dataset))
    figures, weights = iter([0.4, 0.8, 0.7, 0.8]), []

    def judge() -> float:
        weights.append(network.get_weights())
        return next(figures)

    rows = np.arange(len(dataset))
    fit = ImageFit(network, stage, tmp_path / "checkpoint.npz", {}, judge, title="a test")
    states = list(fit.epochs(dataset.images[150], rows, targets_of(recipe, dataset, rows), recipe.augmentation, 1))
    assert len(states) == 4
    assert fit.state.best == 0.8
    for kept, best in zip(network.get_weights(), weights[1], strict=True):
        np.testing.assert_array_equal(kept, best)


def test_diverging_training_is_reported_and_leaves_no_checkpoint(recipe: Recipe, dataset: Dataset, tmp_path: Path) -> None:
    network = build_network(recipe)
    stage = ImageStage(optimiser="adam", learning_rate=1e-2, epochs=2, batch_size=8)
    compile_network(network, stage, len(dataset))
    network.get_layer("subtype").bias.assign(np.full(8, np.nan, np.float32))
    fit, rows = ImageFit(network, stage, tmp_path / "checkpoint.npz", {}, None, title="a test"), np.arange(len(dataset))
    with pytest.raises(UserError, match="diverges; lower learning_rate"):
        next(fit.epochs(dataset.images[150], rows, targets_of(recipe, dataset, rows), recipe.augmentation, 1))
    assert not list(tmp_path.glob("checkpoint*"))


def test_a_damaged_checkpoint_or_one_of_another_run_is_not_resumed(recipe: Recipe, tmp_path: Path) -> None:
    network, file = build_network(recipe), tmp_path / "checkpoint.npz"
    compile_network(network, there(recipe.images), 8)
    save_checkpoint(file, network, TrainingState({"recipe": "mine"}, epoch=1), None)
    assert load_checkpoint(file, network, {"recipe": "other"}) is None
    resumed = load_checkpoint(file, network, {"recipe": "mine"})
    assert resumed is not None
    assert resumed[0].epoch == 1
    file.write_bytes(file.read_bytes()[:100])
    assert load_checkpoint(file, network, {"recipe": "mine"}) is None


def test_a_full_disk_leaves_the_last_checkpoint_intact(recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network, file = build_network(recipe), tmp_path / "checkpoint.npz"
    compile_network(network, there(recipe.images), 8)
    save_checkpoint(file, network, TrainingState({}, epoch=1), None)
    before = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left on device"):
        save_checkpoint(file, network, TrainingState({}, epoch=2), None)
    assert file.read_bytes() == before
    assert list(tmp_path.glob("*.npz")) == [file]


@pytest.mark.slow
def test_training_runs_on_two_devices(small: Path, dataset: Dataset, workspace: Workspace) -> None:
    script = f"""
import tensorflow as tf
tf.config.set_logical_device_configuration(tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2)
from pathlib import Path
from training.data import load_dataset
from training.model.hardware import device_scope
from training.experiment.recipe import load_recipe
from training.data.splits import protocol_splits
from training.fit.train import Budget, train
from training.workspace import Workspace
with device_scope(("CPU:0", "CPU:1")):
    print("replicas", tf.distribute.get_strategy().num_replicas_in_sync)
workspace = Workspace(Path({str(workspace.root)!r}))
data, recipe = load_dataset(workspace), load_recipe({str(small)!r})
split = protocol_splits("image", data, with_validation=True)[0]
done = train(recipe, data, split, workspace, Budget(epochs=2, devices=("CPU:0", "CPU:1"))).done
print("losses", *(row["loss"] for row in done["history"]))
"""
    shared = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert "replicas 2" in shared
    losses = [float(one) for one in shared.split("losses")[1].split()]
    assert len(losses) == 2
    assert all(np.isfinite(losses))


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
@pytest.mark.slow
def test_mixed_precision_still_gives_probabilities_in_full_precision(
    recipe: Recipe, dataset: Dataset, workspace: Workspace, precision: str
) -> None:
    split = protocol_splits("grouped", dataset, with_validation=True)[0]
    try:
        folder = train(recipe, dataset, split, workspace, Budget(epochs=1, precision=precision))
    finally:
        keras.mixed_precision.set_global_policy("float32")
    assert folder.done is not None
    assert folder.done["precision"] == precision
    assert folder.predictions()["subtype"].dtype == np.float32
    np.testing.assert_allclose(folder.predictions()["subtype"].sum(axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_a_run_is_repeated_only_for_more_epochs(recipe: Recipe, dataset: Dataset, workspace: Workspace) -> None:
    split = protocol_splits("grouped", dataset, with_validation=True)[0]

    done = workspace.run(recipe.name, "grouped-1") / "done.json"

    def was_trained(epochs: int) -> bool:
        """Ask for a run, and return whether training was necessary."""
        if done.exists():
            os.utime(done, ns=(1, 1))
        train(recipe, dataset, split, workspace, Budget(epochs=epochs, precision="float32"))
        return done.stat().st_mtime_ns != 1

    assert [was_trained(epochs) for epochs in (1, 1, 2, 1)] == [True, False, True, False]
    log = (workspace.run(recipe.name, "grouped-1") / "log.csv").read_text(encoding="utf-8").splitlines()
    assert log[0] == "epoch,loss,figure"
    assert len(log) == 3
    assert any((workspace.run(recipe.name, "grouped-1") / "tensorboard").iterdir())
