"""What installing and removing a bundle leave on the disk, and what they report on failure; no models run in these tests."""

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.card_parts import Temperature
from breakhis_desktop.domain.engines import ONNX_RUNTIME
from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.bundle import Bundle, read_bundle
from breakhis_desktop.pipeline import installed_bundles as installing
from breakhis_desktop.pipeline.installed_bundles import clear_interrupted, install_bundle, list_bundles, remove_bundle
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message
from tests.factories import tells
from tests.factories.bundles import SHIPPED, WITH_GOLDEN, write_card

on_unix = pytest.mark.skipif(os.name != "posix", reason="Windows has no permission bits, and links need a privilege there")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a bundle without networks, so that it is quick to read."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("golden.npz", "familiarity.npz"):
        shutil.copyfile(SHIPPED / name, folder / name)
    (folder / "joint.onnx").touch()
    derived = {"joint.onnx": {**WITH_GOLDEN["derived"]["joint.onnx"], "sha256": hashlib.sha256(b"").hexdigest()}}
    write_card(folder, left_out=["binary.keras", "subtype.keras"], derived=derived)
    return folder


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


@pytest.fixture(autouse=True)
def proven(monkeypatch: pytest.MonkeyPatch) -> list[Bundle]:
    """Make every bundle pass its check on the golden images; return the bundles that were checked."""
    found: list[Bundle] = []
    monkeypatch.setattr(installing, "open_networks", lambda bundle, *_: found.append(bundle))
    return found


def install(source: Path, installed: Path) -> ModelCard:
    return install_bundle(source, installed, lambda _stage: None, ONNX_RUNTIME)


def refuse(*_: object, **__: object) -> Any:
    raise OSError(errno.EBUSY, "Device or resource busy")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_copy_is_checked_and_the_source_is_only_read(source: Path, installed: Path, proven: list[Bundle]) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in source.iterdir()}
    card = install(source, installed)
    assert [bundle.folder.parent for bundle in proven] == [installed]
    assert proven[0].folder.name != card.model_id
    assert {path.name: path.stat().st_mtime_ns for path in source.iterdir()} == before
    assert names(installed) == {card.model_id}


def test_a_copy_whose_check_is_interrupted_is_removed(source: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def interrupt(*_: object) -> None:
        seen.append(names(installed))
        raise KeyboardInterrupt

    monkeypatch.setattr(installing, "open_networks", interrupt)
    with pytest.raises(KeyboardInterrupt):
        install(source, installed)
    assert [len(found) for found in seen] == [1]
    assert names(installed) == set()


def test_a_copy_that_cannot_be_removed_is_not_listed_and_is_removed_at_the_next_start(
    source: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(installing, "open_networks", refuse)
        busy.setattr(os, "rmdir", refuse)
        with pytest.raises(UserError, match=r"could not be copied \(Device or resource busy\)"):
            install(source, installed)
    assert len(names(installed)) == 1
    assert [bundle.name for bundle in list_bundles(SHIPPED, installed)] == [""]
    clear_interrupted(installed)
    assert names(installed) == set()


def whole(bundle: Bundle) -> Bundle:
    return replace(bundle, has_networks=True)


def test_a_replaced_bundle_that_cannot_be_removed_at_once_is_removed_at_the_next_start(
    source: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = install(source, installed)
    in_place = installed / card.model_id
    monkeypatch.setattr(installing, "read_bundle", lambda folder: read_bundle(folder) if folder == in_place else whole(read_bundle(folder)))
    with monkeypatch.context() as busy:
        busy.setattr(os, "rmdir", refuse)
        install(source, installed)
    assert len(names(installed)) == 2
    assert [bundle.name for bundle in list_bundles(SHIPPED, installed)] == ["", card.model_id]
    clear_interrupted(installed)
    assert names(installed) == {card.model_id}


def test_a_bundle_that_cannot_be_removed_at_once_is_reported_and_removed_at_the_next_start(
    source: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(source, installed)
    with monkeypatch.context() as busy:
        busy.setattr(os, "rmdir", refuse)
        with pytest.raises(UserError, match=r"could not be removed \(Device or resource busy\)"):
            remove_bundle(list_bundles(SHIPPED, installed)[1])
    assert len(names(installed)) == 1
    assert [bundle.name for bundle in list_bundles(SHIPPED, installed)] == [""]
    clear_interrupted(installed)
    assert names(installed) == set()


def test_leftovers_that_cannot_be_cleared_do_no_harm(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [installed / f"{number * 16}-11111111.part" for number in "01"]
    for folder in left:
        folder.mkdir(parents=True)
    asked = []

    def busy(path: Any, *_: object, **__: object) -> None:
        asked.append(Path(path).name)
        refuse()

    with monkeypatch.context() as patch:
        patch.setattr(os, "rmdir", busy)
        clear_interrupted(installed)
    assert sorted(asked) == [folder.name for folder in left]


def test_two_bundles_that_were_moved_aside_are_both_restored(installed: Path) -> None:
    for number in "01":
        (installed / f"{number * 16}-former-11111111.part").mkdir(parents=True)
        (installed / f"{number * 16}-22222222.part").mkdir()
    clear_interrupted(installed)
    assert names(installed) == {"0" * 16, "1" * 16}


def test_a_damaged_bundle_is_replaced_and_an_intact_bundle_is_not(source: Path, installed: Path, proven: list[Bundle]) -> None:
    card = install(source, installed)
    (installed / card.model_id / "golden.npz").write_bytes(b"damaged")
    install(source, installed)
    assert len(proven) == 2
    assert read_bundle(installed / card.model_id).card.model_id == card.model_id
    with pytest.raises(UserError, match="installed already"):
        install(source, installed)
    assert names(installed) == {card.model_id}


def test_a_source_that_changes_while_it_is_copied_is_not_installed(source: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(folder: Path) -> Bundle:
        bundle = read_bundle(folder)
        return bundle if folder == source else replace(bundle, card=replace(bundle.card, temperature=Temperature(binary=9.0, subtype=9.0)))

    monkeypatch.setattr(installing, "read_bundle", read)
    with pytest.raises(UserError, match="were changed while they were copied"):
        install(source, installed)
    assert names(installed) == set()


def test_the_stages_are_reported_and_the_engine_is_passed_on(source: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[tuple[Any, ...]] = []
    monkeypatch.setattr(installing, "open_networks", lambda _, *further: handed.append(further))
    stages: list[Message] = []
    report: Callable[[Message], None] = stages.append
    install_bundle(source, installed, report, ONNX_RUNTIME)
    assert stages == [Message.of(BundleCode.CHECKING_MODEL_FILES)]
    assert handed == [(report, ONNX_RUNTIME)]


@on_unix
def test_installed_models_and_their_lock_are_private_to_their_user(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked: list[int] = []
    installed = tmp_path / "deep" / "home" / "models"

    def look(*_: object) -> None:
        locked.append((installed.parent / ".models.lock").stat().st_mode & 0o777)

    monkeypatch.setattr(installing, "open_networks", look)
    before = os.umask(0)
    try:
        card = install(source, installed)
    finally:
        os.umask(before)
    assert locked == [0o600]
    assert [folder.stat().st_mode & 0o777 for folder in (installed.parent, installed / card.model_id)] == [0o700] * 2


def test_an_installation_in_another_window_is_reported_at_once(source: Path, installed: Path) -> None:
    installed.mkdir(parents=True)
    with FileLock(installed.with_name(".models.lock")):
        seconds = []
        for _ in range(3):
            before = time.monotonic()
            with pytest.raises(UserError, check=tells(BundleCode.MODELS_BEING_CHANGED)):
                install(source, installed)
            seconds.append(time.monotonic() - before)
    assert min(seconds) < 0.9
    assert names(installed) == set()


def test_bundles_are_listed_by_name_whatever_their_order_on_the_disk(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b", "c", "a", ".hidden"):
        (installed / name).mkdir(parents=True)
    (installed / "a file").touch()
    scan = os.scandir

    class Backwards:
        """Lists the entries of a folder in reverse order, in place of `os.scandir`."""

        def __init__(self, folder: Any) -> None:
            with scan(folder) as entries:
                self._entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self._entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Backwards)
    found = [(bundle.name, bundle.folder) for bundle in list_bundles(SHIPPED, installed)]
    assert found == [("", SHIPPED), *((name, installed / name) for name in (".hidden", "a", "b", "c"))]


@on_unix
def test_a_circular_link_is_listed_with_its_problem(installed: Path) -> None:
    installed.mkdir(parents=True)
    (installed / "round").symlink_to(installed / "round")
    (installed / "nowhere").symlink_to(installed / "absent")
    _, found = list_bundles(SHIPPED, installed)
    assert (found.name, found.card) == ("round", None)
    assert str(installed / "round") in str(found.problem)


def test_a_folder_that_cannot_be_listed_is_logged_and_a_missing_folder_is_not(installed: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert len(list_bundles(SHIPPED, installed)) == 1
    assert caplog.text == ""
    installed.parent.mkdir()
    installed.touch()
    assert len(list_bundles(SHIPPED, installed)) == 1
    assert "cannot be listed" in caplog.text


def test_a_readable_bundle_has_no_problem() -> None:
    (shipped,) = list_bundles(SHIPPED, SHIPPED / "absent")
    assert (shipped.name, shipped.problem) == ("", None)
    assert shipped.card is not None
