"""The shipped bundle is complete, and a broken bundle is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.bundle import read_bundle

Break = Callable[[Path], object]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    shutil.copytree(default_models(), folder)
    return folder


def change_card(folder: Path, **changes: Any) -> None:
    card = folder / "card.json"
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def flip_a_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def test_the_shipped_bundle_is_complete() -> None:
    bundle = read_bundle(default_models())
    assert set(bundle.card.points) >= {"screening", "default", "balanced"}
    assert bundle.golden.images.shape[1:] == (*bundle.card.input_size[::-1], 3)


def test_the_golden_probabilities_are_spread_out_and_favour_several_subtypes() -> None:
    golden = read_bundle(default_models()).golden
    ordered = np.sort(golden.binary)
    assert ordered[0] <= 0.1
    assert ordered[-1] >= 0.9
    assert np.diff(ordered).max() < 0.25
    assert len(set(golden.subtype.argmax(axis=1))) >= 4


BREAKS: dict[str, tuple[Break, str]] = {
    "no folder": (shutil.rmtree, "There is no model folder"),
    "no card": (lambda folder: (folder / "card.json").unlink(), "No models were found"),
    "a card that is not JSON": (lambda folder: (folder / "card.json").write_text("{"), "its card is not a JSON object"),
    "a card that is not text": (lambda folder: (folder / "card.json").write_bytes(b"\xff\xfe\x00"), "its card is not text"),
    "a missing network": (lambda folder: (folder / "subtype.keras").unlink(), "subtype.keras is missing"),
    "a flipped bit": (lambda folder: flip_a_bit(folder / "binary.keras"), "binary.keras is not the file"),
    "swapped networks": (lambda folder: shutil.copy(folder / "binary.keras", folder / "subtype.keras"), "subtype.keras is not the file"),
    "damaged golden images": (lambda folder: flip_a_bit(folder / "golden.npz"), "golden.npz is not the file"),
    "a newer Keras": (lambda folder: change_card(folder, keras_version="99.0.0"), "newer than the"),
    "another preprocessing version": (lambda folder: change_card(folder, preprocessing_version=99), "preprocessing version 99"),
    "a temperature of zero": (
        lambda folder: change_card(folder, temperature={"binary": 0, "subtype": 1}),
        r"no valid value for temperature\.binary",
    ),
    "a margin that is not a number": (lambda folder: change_card(folder, review={"margin": float("nan")}), "its card is not a JSON object"),
    "tiles without pixels": (
        lambda folder: change_card(folder, large_fields={"tile": [0, 0], "strongest_share": 0.25}),
        r"no valid value for large_fields\.tile\[0\]",
    ),
    "a negative limit": (
        lambda folder: change_card(folder, familiarity={"sha256": "ab", "limit": -1}),
        r"no valid value for familiarity\.limit",
    ),
    "another class order": (
        lambda folder: change_card(folder, class_order=["F", "A", "PT", "TA", "DC", "LC", "MC", "PC"]),
        "another order",
    ),
    "another card format": (lambda folder: change_card(folder, format=99), "format 99"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_bundle_is_refused_with_advice(models: Path, name: str) -> None:
    break_it, words = BREAKS[name]
    break_it(models)
    with pytest.raises(BundleError, match=words) as refusal:
        read_bundle(models)
    assert "nstall" in str(refusal.value)


@pytest.mark.parametrize("name", ["a\0b", "a\ud800"])
def test_a_folder_with_an_impossible_name_is_reported_as_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(BundleError, match=r"There is no model folder .*; check its name"):
        read_bundle(tmp_path / name)


def test_golden_images_of_the_wrong_shape_are_refused(models: Path) -> None:
    import hashlib

    file = models / "golden.npz"
    np.savez(file, images=np.zeros((2, 8, 8, 3), np.uint8), binary=np.zeros(2, np.float32), subtype=np.zeros((2, 8), np.float32))
    files = json.loads((models / "card.json").read_text(encoding="utf-8"))["files"]
    change_card(models, files=files | {"golden.npz": hashlib.sha256(file.read_bytes()).hexdigest()})
    with pytest.raises(BundleError, match="an unexpected shape"):
        read_bundle(models)
