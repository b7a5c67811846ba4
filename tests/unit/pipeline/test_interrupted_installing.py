"""The next start cleans up what a killed installation or removal left behind, but does not touch one that is still under way."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from breakhis_desktop.assets import default_models
from breakhis_desktop.cli import main
from breakhis_desktop.domain.engines import ONNX_RUNTIME
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.installed_bundles import clear_interrupted, install_bundle, list_bundles, remove_bundle
from breakhis_desktop.wording.bundles import BundleCode
from build_spec.light_models import leave_out_networks
from tests.factories import tells

KILLED_WHILE_IT_CHECKS = """
import os, signal, sys
from pathlib import Path
from breakhis_desktop.pipeline.installed_bundles import install_bundle
from breakhis_desktop.wording.bundles import BundleCode
def killed(stage):
    if stage.code is BundleCode.CHECKING_KNOWN_IMAGES:
        os.kill(os.getpid(), signal.SIGKILL)
install_bundle(Path(sys.argv[1]), Path(sys.argv[2]), killed, "onnxruntime")
"""
KILLED_BETWEEN_BOTH_MOVES = """
import os, signal, sys
from pathlib import Path
from breakhis_desktop.files import replace_folder
rename = Path.rename
def killed(self, target):
    if "-former-" not in target.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = killed
replace_folder(*map(Path, sys.argv[1:]))
"""
needs_sigkill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")


def run(program: str, *arguments: Path) -> int:
    return subprocess.run([sys.executable, "-c", program, *map(str, arguments)], check=False).returncode


@pytest.fixture
def light(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(default_models(), tmp_path / "light"))
    leave_out_networks(folder)
    return folder


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


def make(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "card.json").write_text(folder.name, encoding="utf-8")
    return folder


@needs_sigkill
def test_the_copy_left_by_a_killed_installation_is_removed_and_the_bundle_can_be_installed(light: Path, installed: Path) -> None:
    assert run(KILLED_WHILE_IT_CHECKS, light, installed) == -signal.SIGKILL
    (left,) = installed.iterdir()
    assert left.name.endswith(".part")
    assert len(list_bundles(default_models(), installed)) == 1
    clear_interrupted(installed)
    assert list(installed.iterdir()) == []
    card = install_bundle(light, installed, lambda _stage: None, ONNX_RUNTIME)
    assert [folder.name for folder in installed.iterdir()] == [card.model_id]


@needs_sigkill
def test_a_bundle_that_was_moved_aside_when_the_process_was_killed_is_restored(installed: Path) -> None:
    in_place, finished = make(installed / "0123456789abcdef"), make(installed / "0123456789abcdef-11111111.part")
    assert run(KILLED_BETWEEN_BOTH_MOVES, finished, in_place, installed / "0123456789abcdef-former-22222222.part") == -signal.SIGKILL
    assert not in_place.exists()
    clear_interrupted(installed)
    assert list(installed.iterdir()) == [in_place]
    assert (in_place / "card.json").read_text(encoding="utf-8") == in_place.name


def test_a_replaced_bundle_is_removed_once_the_new_one_is_in_place(installed: Path) -> None:
    in_place = make(installed / "0123456789abcdef")
    make(installed / "0123456789abcdef-former-22222222.part")
    clear_interrupted(installed)
    assert list(installed.iterdir()) == [in_place]


def test_files_that_do_not_belong_to_the_program_are_not_touched(installed: Path, tmp_path: Path) -> None:
    elsewhere = make(tmp_path / "elsewhere")
    kept = {make(installed / name) for name in ("download.part", "0123456789abcdef", "mine-former-1.part")}
    link, file = installed / "x-11111111.part", installed / "y-22222222.part"
    link.symlink_to(elsewhere, target_is_directory=True)
    file.write_text("a file", encoding="utf-8")
    clear_interrupted(installed)
    assert set(installed.iterdir()) == {*kept, link, file}
    assert (elsewhere / "card.json").exists()


def test_no_folder_is_created_if_nothing_was_installed(installed: Path) -> None:
    clear_interrupted(installed)
    assert not installed.parent.exists()


def test_an_installation_by_another_process_is_not_touched_but_reported(light: Path, installed: Path) -> None:
    under_way, in_place = make(installed / "0123456789abcdef-11111111.part"), make(installed / "fedcba9876543210")
    with FileLock(installed.with_name(".models.lock")):
        clear_interrupted(installed)
        with pytest.raises(UserError, check=tells(BundleCode.MODELS_BEING_CHANGED)):
            install_bundle(light, installed, lambda _stage: None, ONNX_RUNTIME)
        with pytest.raises(UserError, check=tells(BundleCode.MODELS_BEING_CHANGED)):
            remove_bundle(list_bundles(default_models(), installed)[1])
    assert set(installed.iterdir()) == {under_way, in_place}


def test_the_command_line_clears_leftovers_when_it_starts(home: Path, tmp_path: Path) -> None:
    left = make(home / "models" / "0123456789abcdef-11111111.part")
    main([str(tmp_path / "missing")])
    assert not left.exists()
