"""Hostile files in a bundle: a check of their bytes refuses them before Keras or NumPy opens them."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import archives
from breakhis_desktop.inference.archives import ArchiveError, check_arrays, check_keras_file
from breakhis_desktop.inference.bundle import read_bundle
from tests.factories.bundles import NETWORK

Change = Callable[[dict[str, Any]], None]


def write_network(file: Path, change: Change = lambda _: None, members: Mapping[str, bytes] = MappingProxyType({})) -> Path:
    """Write the shipped network with a changed configuration and additional archive members."""
    with zipfile.ZipFile(NETWORK) as source, zipfile.ZipFile(file, "w") as target:
        config = json.loads(source.read("config.json"))
        change(config)
        target.writestr("config.json", json.dumps(config))
        for name in ("metadata.json", "model.weights.h5"):
            target.writestr(name, source.read(name))
        for name, content in members.items():
            target.writestr(name, content)
    return file


def layers_of(config: dict[str, Any]) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = config["config"]["layers"]
    return layers


def to_lambda(config: dict[str, Any]) -> None:
    layers_of(config)[1] |= {"class_name": "Lambda", "config": {"function": {"class_name": "__lambda__", "config": {"code": "4wEA"}}}}


def to_other_module(config: dict[str, Any]) -> None:
    layers_of(config)[1] |= {"module": "os", "class_name": "system"}


def to_function(config: dict[str, Any]) -> None:
    layers_of(config)[-1]["config"]["activation"] = {"module": "builtins", "class_name": "function", "config": "eval"}


def to_number(config: dict[str, Any]) -> None:
    layers_of(config)[1]["class_name"] = 7


@pytest.mark.parametrize("file", sorted(default_models().glob("*.keras")), ids=lambda file: file.name)
def test_the_shipped_networks_are_accepted(file: Path) -> None:
    check_keras_file(file)


@pytest.mark.parametrize(
    ("change", "named"), [(to_lambda, "Lambda"), (to_other_module, "system"), (to_function, "function"), (to_number, "7")]
)
def test_a_network_with_an_unknown_part_is_refused(tmp_path: Path, change: Change, named: str) -> None:
    with pytest.raises(ArchiveError, match=f"holds {named}, which no network of this program has"):
        check_keras_file(write_network(tmp_path / "binary.keras", change))


@pytest.mark.parametrize("name", ["../../escaped", "/etc/escaped", "assets/more", "metadata.json.bak"])
def test_a_network_archive_with_extra_files_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match="files that a network does not have"):
        check_keras_file(write_network(tmp_path / "binary.keras", members={name: b"x"}))


def test_a_very_deeply_nested_configuration_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "binary.keras"
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("config.json", "[" * 200_000)
        target.writestr("metadata.json", "{}")
        target.writestr("model.weights.h5", b"")
    with pytest.raises(ArchiveError, match="does not describe its network"):
        check_keras_file(file)


def test_an_archive_that_unpacks_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_NETWORK", 1_000_000)
    with pytest.raises(ArchiveError, match="would grow beyond"):
        check_keras_file(write_network(tmp_path / "binary.keras"))


def test_a_file_that_is_not_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.keras").write_bytes(b"\x89HDF")
    with pytest.raises(ArchiveError, match="is not an archive"):
        check_keras_file(tmp_path / "binary.keras")


def encrypted(content: bytes) -> bytes:
    """Set the encryption flag of every entry."""
    return content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(b"\x14\x03\x14\x00\x00", b"\x14\x03\x14\x00\x01")


def changed(content: bytes) -> bytes:
    """Change a letter in an entry's content."""
    return content.replace(b"Functional", b"Funktional", 1)


@pytest.mark.parametrize("damage", [encrypted, changed])
def test_an_archive_whose_members_cannot_be_unpacked_is_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    file = write_network(tmp_path / "binary.keras")
    content = damage(file.read_bytes())
    assert content != file.read_bytes()
    file.write_bytes(content)
    with pytest.raises(ArchiveError, match="is not an archive that can be unpacked"):
        check_keras_file(file)


def test_a_compressed_network_archive_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "binary.keras"
    with zipfile.ZipFile(NETWORK) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    with pytest.raises(ArchiveError, match="is compressed, which network files never are"):
        check_keras_file(file)


def array_that_claims(shape: tuple[int, ...], kind: str = "<f4") -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": kind, "fortran_order": False, "shape": shape})
    return stream.getvalue() + b"\x00" * 64


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (array_that_claims((10**6, 10**6)), "describes arrays of a different size"),
        (array_that_claims((8,), "|O"), "holds something other than arrays"),
        (b"no array at all", "holds something other than arrays"),
    ],
)
def test_arrays_that_lie_about_their_size_or_hold_objects_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "golden.npz"
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("images.npy", content)
    with pytest.raises(ArchiveError, match=said):
        check_arrays(file)


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9])
def test_a_bundle_whose_golden_images_cannot_be_unpacked_is_refused(tmp_path: Path, part: float) -> None:
    models = tmp_path / "models"
    shutil.copytree(default_models(), models)
    golden = models / "golden.npz"
    with zipfile.ZipFile(golden) as archive:
        member = archive.getinfo("images.npy")
    place = member.header_offset + 30 + len(member.filename) + int(part * member.compress_size)
    content = bytearray(golden.read_bytes())
    content[place : place + 64] = b"\xff" * 64
    golden.write_bytes(content)
    vouch_for(golden)
    with pytest.raises(BundleError, match=r"golden.npz (is not an archive that can be unpacked|holds no golden images)\. Install"):
        read_bundle(models)


def vouch_for(file: Path) -> None:
    """Write the file's current hash into its bundle's card."""
    card_file = file.parent / "card.json"
    card = json.loads(card_file.read_text(encoding="utf-8"))
    card["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    card_file.write_text(json.dumps(card), encoding="utf-8")


def test_a_hostile_network_is_refused_even_if_the_card_has_its_hash(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(default_models(), models)
    vouch_for(write_network(models / "binary.keras", to_lambda))
    with pytest.raises(BundleError, match=r"binary.keras holds Lambda, which no network of this program has\. Install"):
        read_bundle(models)


def test_an_oversized_card_is_refused(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_bytes(b" " * (2**24 + 1))
    with pytest.raises(BundleError, match="its card is too large"):
        read_bundle(tmp_path)
