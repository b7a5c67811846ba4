"""Hostile weights in a network file are refused before Keras opens them, and nothing that they link to is opened."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.engines import TENSORFLOW
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.archives import ArchiveError, check_keras_weights
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.inference.weights import WeightsError, check_weights
from tests.factories.bundles import NETWORK

KERNEL = "layers/conv2d/vars/0"
Change = Callable[[h5py.File], object]


def weights(change: Change = lambda _: None) -> bytes:
    """Return weights in Keras's format, after a change."""
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        file[KERNEL] = np.ones((3, 3, 4, 8), np.float32)
        file["layers/conv2d/vars/1"] = np.zeros(8, np.float32)
        file["layers/conv2d"].attrs["name"] = "conv2d"
        change(file)
    return content.getvalue()


def instead(shape: tuple[int, ...] = (8,), **how: Any) -> Change:
    """Return a change that replaces a kernel with another data set."""

    def change(file: h5py.File) -> None:
        del file[KERNEL]
        file.create_dataset(KERNEL, shape, **how)

    return change


def linked(link: Any) -> Change:
    def change(file: h5py.File) -> None:
        file["layers/more"] = link

    return change


def in_a_ring(file: h5py.File) -> None:
    file["layers/conv2d/again"] = file["layers"]


def twice(file: h5py.File) -> None:
    file["layers/conv2d/vars/2"] = file[KERNEL]


def virtual(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((8,), np.float32)
    layout[:] = h5py.VirtualSource("elsewhere.h5", "secret", (8,))
    file.create_virtual_dataset("layers/more", layout)


def of_references(file: h5py.File) -> None:
    del file[KERNEL]
    file.create_dataset(KERNEL, data=[file["layers"].ref], dtype=h5py.ref_dtype)


def with_a_named_type(file: h5py.File) -> None:
    file["layers/kind"] = np.dtype(np.float32)


def with_long_notes(file: h5py.File) -> None:
    file["layers"].attrs["name"] = np.zeros(5000, np.float64)


def test_weights_in_the_form_that_keras_writes_pass() -> None:
    check_weights(weights())


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", "i4", "u1"])
@pytest.mark.parametrize("shape", [(), (1,), (3, 2)])
def test_numbers_of_every_kind_and_shape_pass(kind: str, shape: tuple[int, ...]) -> None:
    check_weights(weights(lambda file: file.create_dataset("layers/more", data=np.ones(shape, kind))))


@pytest.mark.parametrize(("length", "passes"), [(1, True), (1024, True), (1025, False)])
@pytest.mark.parametrize("place", ["/", "layers/conv2d", KERNEL])
def test_attributes_longer_than_those_that_keras_writes_are_refused_wherever_they_are(length: int, passes: bool, place: str) -> None:
    def note(file: h5py.File) -> None:
        file[place].attrs["first"] = 1
        file[place].attrs["note"] = np.zeros(length, np.uint8)

    if passes:
        check_weights(weights(note))
        return
    with pytest.raises(WeightsError, match="attributes that are longer"):
        check_weights(weights(note))


def test_a_file_without_any_weights_passes() -> None:
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        file.create_group("layers/conv2d")
    check_weights(content.getvalue())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (linked(h5py.ExternalLink("elsewhere.h5", "/secret")), "links to other places"),
        (linked(h5py.SoftLink("/layers/conv2d")), "links to other places"),
        (in_a_ring, "linked in two places"),
        (twice, "linked in two places"),
        (virtual, "does not store its weights as Keras does"),
        (instead(dtype="f4", external=[("elsewhere.bin", 0, 32)]), "does not store its weights as Keras does"),
        (instead(dtype="f4", chunks=(4,)), "does not store its weights as Keras does"),
        (instead((10**12,), dtype="f4", compression="gzip"), "does not store its weights as Keras does"),
        (instead(dtype="f4"), "of a different size from those it holds"),
        (instead((10**12,), dtype="f4"), "of a different size from those it holds"),
        (instead(dtype=h5py.string_dtype()), "weights that are not numbers"),
        (instead(dtype=h5py.vlen_dtype(np.float32)), "weights that are not numbers"),
        (instead(dtype=[("a", "f4"), ("b", "i4")]), "weights that are not numbers"),
        (instead(dtype=bool), "weights that are not numbers"),
        (of_references, "weights that are not numbers"),
        (with_a_named_type, "weights that are not numbers"),
        (with_long_notes, "has attributes that are longer than those that Keras writes"),
    ],
)
def test_weights_that_keras_would_not_have_written_are_refused(change: Change, said: str) -> None:
    with pytest.raises(WeightsError, match=said):
        check_weights(weights(change))


def test_weights_that_claim_the_same_bytes_of_the_file_many_times_are_refused() -> None:
    size = 7919
    unwritten = weights(lambda file: [file.create_dataset(f"layers/{count}", size, "u1") for count in range(100)])
    nowhere, length = b"\xff" * 8, size.to_bytes(8, "little")
    assert unwritten.count(nowhere + length) == 100
    assert size < len(unwritten) < 100 * size
    with pytest.raises(WeightsError, match="a different size from those it holds"):
        check_weights(unwritten.replace(nowhere + length, bytes(8) + length))


@pytest.mark.parametrize("kept", [0, 4, 100, 1000])
def test_broken_weights_are_refused(kept: int) -> None:
    with pytest.raises(WeightsError, match="cannot be read"):
        check_weights(weights()[:kept])


def test_a_file_that_hostile_weights_point_to_is_not_read(tmp_path: Path) -> None:
    private = tmp_path / "private.bin"
    private.write_bytes(b"secrets!" * 4)
    hostile = weights(instead(dtype="f4", external=[(str(private), 0, 32)]))
    with h5py.File(io.BytesIO(hostile)) as unchecked:
        assert unchecked[KERNEL][:].tobytes() == private.read_bytes()
    with pytest.raises(WeightsError, match="does not store its weights as Keras does"):
        check_weights(hostile)


def test_a_network_with_hostile_weights_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "binary.keras"
    with zipfile.ZipFile(NETWORK) as source, zipfile.ZipFile(file, "w") as target:
        for name in ("config.json", "metadata.json"):
            target.writestr(name, source.read(name))
        target.writestr("model.weights.h5", weights(linked(h5py.ExternalLink("elsewhere.h5", "/secret"))))
    with pytest.raises(ArchiveError, match="holds links to other places"):
        check_keras_weights(file)


@pytest.mark.parametrize("file", sorted(default_models().glob("*.keras")), ids=lambda file: file.name)
def test_the_shipped_weights_pass(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        check_weights(archive.read("model.weights.h5"))


def test_a_bundle_with_hostile_weights_is_refused(tmp_path: Path) -> None:
    models = Path(shutil.copytree(default_models(), tmp_path / "models"))
    file = models / "binary.keras"
    with zipfile.ZipFile(NETWORK) as source, zipfile.ZipFile(file, "w") as target:
        for name in ("config.json", "metadata.json"):
            target.writestr(name, source.read(name))
        target.writestr("model.weights.h5", weights(linked(h5py.ExternalLink("elsewhere.h5", "/secret"))))
    card = json.loads((models / "card.json").read_text(encoding="utf-8"))
    card["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (models / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(BundleError, match=r"binary\.keras holds links to other places"):
        load_classifier(models, engine=TENSORFLOW)
