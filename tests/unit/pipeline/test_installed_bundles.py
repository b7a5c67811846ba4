"""A bundle is installed completely and only after it has passed its check."""

import json
import os
import shutil
from pathlib import Path

import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.engines import ONNX_RUNTIME
from breakhis_desktop.errors import BundleError, UserError
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.pipeline.installed_bundles import install_bundle, list_bundles, remove_bundle
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message
from tests.conftest import small_disk

on_unix = pytest.mark.skipif(os.name != "posix", reason="on Windows, links need a privilege and pipes are not files")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle from elsewhere"
    shutil.copytree(default_models(), folder)
    (folder / "Maria da Silva.png").write_bytes(b"not of the bundle")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


def install(source: Path, target: Path) -> list[Message]:
    stages: list[Message] = []
    install_bundle(source, target, stages.append, ONNX_RUNTIME)
    return stages


def change_card(folder: Path, **changes: object) -> None:
    file = folder / "card.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_an_installed_bundle_is_stored_under_its_id_with_exactly_the_files_in_its_card(source: Path, target: Path) -> None:
    stages = install(source, target)
    (folder,) = target.iterdir()
    bundle = read_bundle(folder)
    assert folder.name == bundle.card.model_id
    assert {file.name for file in folder.iterdir()} == {"card.json", *bundle.card.all_hashes}
    assert [str(stage) for stage in stages] == ["Checking the model files", "Loading the models", "Checking the models on known images"]


def test_the_list_starts_with_the_shipped_bundle(source: Path, target: Path) -> None:
    assert [bundle.name for bundle in list_bundles(default_models(), target)] == [""]
    install(source, target)
    (target / "damaged").mkdir()
    (target / "half.part").mkdir()
    shipped, first, damaged = list_bundles(default_models(), target)
    assert (shipped.name, shipped.folder) == ("", default_models())
    assert first.card is not None
    assert first.name == first.card.model_id
    assert (damaged.name, damaged.card) == ("damaged", None)
    assert damaged.problem == Message.of(BundleCode.NO_MODELS_FOUND, folder=target / "damaged", file="card.json")
    assert "card.json is missing" in str(damaged.problem)


def test_a_bundle_that_fails_its_checks_leaves_nothing_behind(source: Path, target: Path) -> None:
    shutil.copyfile(source / "binary.keras", source / "subtype.keras")
    with pytest.raises(BundleError, match=r"subtype\.keras is not the file"):
        install(source, target)
    shutil.rmtree(source)
    shutil.copytree(default_models(), source)
    change_card(source, input_size=[128, 128])
    with pytest.raises(BundleError, match="golden images of an unexpected shape"):
        install(source, target)
    assert not target.exists() or list(target.iterdir()) == []


def test_a_bundle_without_its_graph_is_not_installed(source: Path, target: Path) -> None:
    (source / "joint.onnx").unlink()
    with pytest.raises(BundleError):
        install(source, target)
    assert list(target.iterdir()) == []


def test_a_bundle_is_installed_only_once(source: Path, target: Path) -> None:
    install(source, target)
    with pytest.raises(UserError, match="installed already"):
        install(source, target)


@pytest.mark.parametrize(("name", "fate"), [("card.json", "damaged"), ("golden.npz", "gone"), ("joint.onnx", "damaged")])
def test_a_damaged_bundle_can_be_installed_again(source: Path, target: Path, name: str, fate: str) -> None:
    install(source, target)
    (folder,) = target.iterdir()
    (folder / name).unlink()
    if fate == "damaged":
        (folder / name).write_bytes(b"damaged")
    install(source, target)
    assert list(target.iterdir()) == [folder]
    assert (folder / name).read_bytes() == (source / name).read_bytes()
    with pytest.raises(UserError, match="installed already"):
        install(source, target)


@on_unix
@pytest.mark.parametrize("place", ["a folder", "nowhere", "a file"])
def test_a_link_in_place_of_a_bundle_is_replaced_and_its_target_stays(source: Path, target: Path, place: str) -> None:
    target.mkdir(parents=True)
    elsewhere = source.parent / "elsewhere"
    if place == "a folder":
        elsewhere.mkdir()
        (elsewhere / "card.json").write_text("mine")
    elif place == "a file":
        elsewhere.write_text("mine")
    folder = target / read_bundle(source).card.model_id
    folder.symlink_to(elsewhere)
    install(source, target)
    assert list(target.iterdir()) == [folder]
    assert not folder.is_symlink()
    assert place != "a folder" or (elsewhere / "card.json").read_text() == "mine"
    assert place != "a file" or elsewhere.read_text() == "mine"


@on_unix
def test_a_link_among_the_installed_bundles_is_removed_and_its_target_stays(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    (target / "mine").symlink_to(source)
    listed = list_bundles(default_models(), target)[1]
    assert listed.card is not None
    remove_bundle(listed)
    assert list(target.iterdir()) == []
    read_bundle(source)


@on_unix
@pytest.mark.parametrize("kind", ["a pipe", "a device", "a huge file", "a folder"])
def test_a_graph_that_is_huge_or_not_a_regular_file_is_refused_before_it_is_copied(source: Path, target: Path, kind: str) -> None:
    change_card(source, left_out=["binary.keras", "subtype.keras"])
    graph = source / "joint.onnx"
    graph.unlink()
    match kind:
        case "a pipe":
            os.mkfifo(graph)
        case "a device":
            graph.symlink_to("/dev/zero")
        case "a folder":
            graph.mkdir()
        case _:
            graph.touch()
            os.truncate(graph, 2**42)
    reason = "it is too large" if kind == "a huge file" else "it is not a regular file"
    with small_disk(100_000_000), pytest.raises(BundleError, match=rf"joint\.onnx cannot be read \({reason}\)\. Install"):
        install(source, target)
    assert list(target.iterdir()) == []


def test_a_removed_bundle_leaves_nothing_behind(source: Path, target: Path) -> None:
    install(source, target)
    remove_bundle(list_bundles(default_models(), target)[1])
    assert list(target.iterdir()) == []


def test_a_bundle_that_cannot_be_copied_is_reported(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"a file in the way")
    with pytest.raises(UserError, match="could not be copied"):
        install(source, target)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator may delete everything")
def test_a_bundle_that_may_not_be_removed_stays_listed(source: Path, target: Path) -> None:
    install(source, target)
    target.chmod(0o500)
    with pytest.raises(UserError, match="could not be removed"):
        remove_bundle(list_bundles(default_models(), target)[1])
    target.chmod(0o700)
    assert len(list_bundles(default_models(), target)) == 2
