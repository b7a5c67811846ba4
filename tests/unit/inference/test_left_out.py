"""A bundle whose card leaves out its networks runs on its graph, which is checked as usual; no other file may be missing."""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.engines import ONNX_RUNTIME, TENSORFLOW
from breakhis_desktop.errors import BundleError, UserError
from breakhis_desktop.inference.bundle import read_bundle, read_card
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.pipeline.installed_bundles import install_bundle
from build_spec.light_models import leave_out_networks
from tests.factories import there

NETWORKS = ("binary.keras", "subtype.keras")


@pytest.fixture
def light(tmp_path: Path) -> Path:
    """Return a copy of the shipped bundle without its networks, as in a package without TensorFlow."""
    folder = Path(shutil.copytree(default_models(), tmp_path / "light"))
    leave_out_networks(folder)
    return folder


@pytest.fixture
def without_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorflow", None)


def change_card(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    file = folder / "card.json"
    card = json.loads(file.read_text(encoding="utf-8"))
    change(card)
    file.write_text(json.dumps(card), encoding="utf-8")


def test_the_card_lists_what_was_left_out_and_nothing_else_changes(light: Path) -> None:
    whole, copy = read_card(default_models()), read_card(light)
    assert copy.left_out == NETWORKS
    assert replace(copy, left_out=()) == whole
    assert copy.model_id == whole.model_id
    kept = {file.name for file in default_models().iterdir()} - set(NETWORKS)
    assert {file.name for file in light.iterdir()} == kept
    assert "without `binary.keras` and `subtype.keras`" in (light / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_the_function_that_leaves_out_the_networks_returns_their_size(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(default_models(), tmp_path / "models"))
    networks = sum((folder / name).stat().st_size for name in NETWORKS)
    assert leave_out_networks(folder) == networks


@pytest.mark.usefixtures("without_tensorflow")
def test_a_bundle_without_networks_passes_the_check_on_the_golden_images_without_tensorflow(light: Path) -> None:
    classifier = load_classifier(light)
    assert classifier.engine_name == "ONNX Runtime"
    assert classifier.golden_images == len(read_bundle(default_models()).golden.binary)


@pytest.mark.usefixtures("without_tensorflow")
def test_a_bundle_without_networks_gives_the_same_predictions_as_the_whole_bundle(light: Path) -> None:
    images = read_bundle(light).golden.images[:4]
    for own, whole in zip(load_classifier(light).classify(images), load_classifier(default_models()).classify(images), strict=True):
        assert there(own).prediction == there(whole).prediction


@pytest.mark.usefixtures("without_tensorflow")
def test_a_bundle_without_networks_is_refused_if_its_golden_probabilities_differ(light: Path) -> None:
    file = light / "golden.npz"
    with np.load(file) as arrays:
        golden = dict(arrays)
    np.savez(file, **golden | {"binary": golden["binary"][::-1].copy()})
    change_card(light, lambda card: card["files"].update({"golden.npz": hashlib.sha256(file.read_bytes()).hexdigest()}))
    with pytest.raises(BundleError, match="known images"):
        load_classifier(light)


def test_a_missing_network_that_the_card_does_not_leave_out_counts_as_damage(light: Path) -> None:
    change_card(light, lambda card: card.pop("left_out"))
    with pytest.raises(BundleError, match=r"binary\.keras is missing"):
        read_bundle(light)


@pytest.mark.usefixtures("without_tensorflow")
def test_a_missing_network_that_the_card_does_not_leave_out_counts_as_damage_even_without_tensorflow(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(default_models(), tmp_path / "models"))
    (folder / "binary.keras").unlink()
    with pytest.raises(BundleError, match=r"binary\.keras is missing"):
        read_bundle(folder)


def test_a_network_that_is_left_out_in_the_card_but_present_must_match_the_card(light: Path) -> None:
    shutil.copyfile(default_models() / "binary.keras", light / "binary.keras")
    assert not read_bundle(light).has_networks
    shutil.copyfile(default_models() / "subtype.keras", light / "subtype.keras")
    assert read_bundle(light).has_networks
    (light / "subtype.keras").write_bytes(b"another")
    with pytest.raises(BundleError, match=r"subtype\.keras is not the file"):
        read_bundle(light)


def test_a_request_for_tensorflow_is_refused_if_the_networks_are_left_out(light: Path) -> None:
    with pytest.raises(BundleError, match="came without the networks that TensorFlow runs; choose another engine, or install the whole"):
        load_classifier(light, engine=TENSORFLOW)


def test_a_missing_graph_is_reported_since_there_are_no_networks_to_replace_it(light: Path) -> None:
    (light / "joint.onnx").unlink()
    with pytest.raises(BundleError, match=r"joint\.onnx cannot be read"):
        load_classifier(light)


def test_a_bundle_without_networks_is_installed_as_it_is(light: Path, tmp_path: Path) -> None:
    install_bundle(light, tmp_path / "models", lambda _stage: None, ONNX_RUNTIME)
    (folder,) = (tmp_path / "models").iterdir()
    assert not read_bundle(folder).has_networks


def test_the_whole_bundle_replaces_one_without_networks_but_not_vice_versa(light: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    card = install_bundle(light, installed, lambda _stage: None, ONNX_RUNTIME)
    assert not read_bundle(installed / card.model_id).has_networks
    install_bundle(default_models(), installed, lambda _stage: None, ONNX_RUNTIME)
    assert read_bundle(installed / card.model_id).has_networks
    for again in (light, default_models()):
        with pytest.raises(UserError, match="installed already"):
            install_bundle(again, installed, lambda _stage: None, ONNX_RUNTIME)
    assert [folder.name for folder in installed.iterdir()] == [card.model_id]


def test_a_bundle_that_cannot_be_replaced_stays_in_place(light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "installed"
    card = install_bundle(light, installed, lambda _stage: None, ONNX_RUNTIME)
    rename = Path.rename

    def refuse_the_copy(self: Path, target: Path) -> Path:
        if target.name == card.model_id and "-former-" not in self.name:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_the_copy)
    with pytest.raises(UserError, match="could not be copied"):
        install_bundle(default_models(), installed, lambda _stage: None, ONNX_RUNTIME)
    monkeypatch.undo()
    assert read_card(installed / card.model_id).left_out == NETWORKS
    assert [folder.name for folder in installed.iterdir()] == [card.model_id]
