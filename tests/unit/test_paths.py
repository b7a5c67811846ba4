import os
import sys
from pathlib import Path

import pytest

from breakhis_desktop import assets, paths
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.files import FileCode
from tests.factories import tells


def test_a_new_home_folder_is_private_to_its_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKHIS_HOME", str(tmp_path / "new" / "home"))
    assert paths.home().stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
class TestAnExistingHome:
    @pytest.mark.parametrize("mode", [0o777, 0o755, 0o2770])
    @pytest.mark.parametrize(
        "names", [(), ("store.sqlite", "store.sqlite-wal", ".store.sqlite.lock", "breakhis-desktop.log", "models", ".models.lock")]
    )
    def test_is_closed_to_others_if_it_holds_only_files_of_the_program(self, home: Path, mode: int, names: tuple[str, ...]) -> None:
        for name in names:
            (home / name).touch()
        home.chmod(mode)
        assert paths.home().stat().st_mode & 0o777 == 0o700

    def test_is_left_unchanged_if_it_holds_anything_else(self, home: Path) -> None:
        (home / "results.csv").touch()
        home.chmod(0o777)
        assert paths.home().stat().st_mode & 0o777 == 0o777
        assert paths.others_may_write()

    def test_is_left_unchanged_if_it_is_meant_for_everybody(self, home: Path) -> None:
        home.chmod(0o1777)
        assert paths.home().stat().st_mode & 0o7777 == 0o1777

    def test_is_left_unchanged_if_it_belongs_to_another_user(self, home: Path) -> None:
        if os.geteuid() != 0:
            pytest.skip("only root can give a folder away")
        home.chmod(0o777)
        os.chown(home, 12345, -1)
        assert paths.home().stat().st_mode & 0o777 == 0o777


def test_a_home_folder_that_cannot_be_created_is_reported_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BREAKHIS_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(UserError, match=r"BREAKHIS_HOME names the folder .* set it to another folder"):
        paths.home()


def test_the_home_folder_is_in_the_data_folder_of_the_system_unless_breakhis_home_names_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BREAKHIS_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.home().name == "breakhis-desktop"


def test_the_shipped_models_and_sample_images_are_in_their_folders() -> None:
    assert assets.default_models().is_dir()
    assert len(list(assets.sample_images().glob("*.png"))) == 10


def test_a_frozen_program_finds_its_resources_next_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys._MEIPASS", "/opt/program", raising=False)
    assert assets.resources() == Path("/opt/program/resources")


def test_the_error_about_an_unusable_home_says_whether_the_user_named_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BREAKHIS_HOME", str(tmp_path / "file"))
    with pytest.raises(UserError, check=tells(FileCode.HOME_NAMED_UNUSABLE, folder=tmp_path / "file")):
        paths.home()
    monkeypatch.delenv("BREAKHIS_HOME")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "file")
    with pytest.raises(UserError, check=tells(FileCode.HOME_UNUSABLE, folder=tmp_path / "file")):
        paths.home()
