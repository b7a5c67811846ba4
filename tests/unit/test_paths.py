from pathlib import Path

import pytest

from breakhis_desktop import assets, paths
from breakhis_desktop.errors import UserError


def test_the_home_is_made_for_this_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREAKHIS_HOME", str(tmp_path / "new" / "home"))
    assert paths.home().stat().st_mode & 0o777 == 0o700


def test_a_home_that_cannot_be_made_gives_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BREAKHIS_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(UserError, match="set BREAKHIS_HOME"):
        paths.home()


def test_without_a_home_of_ones_own_the_system_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BREAKHIS_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.home().name == "breakhis-desktop"


def test_every_shipped_folder_is_there() -> None:
    assert assets.default_models().is_dir()
    assert len(list(assets.sample_images().glob("*.png"))) == 10


def test_a_frozen_program_finds_its_resources_beside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys._MEIPASS", "/opt/program", raising=False)
    assert assets.resources() == Path("/opt/program/resources")
