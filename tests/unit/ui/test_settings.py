import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.ui.state.settings import Settings, Values
from tests.conftest import small_disk


@pytest.fixture
def file(home: Path) -> Path:
    return paths.settings_file()


def test_the_first_start_has_the_defaults_and_writes_nothing(file: Path) -> None:
    settings = Settings(file)
    assert settings.values == Values()
    assert not settings.trouble
    assert not file.exists()


def test_changes_are_restored_at_the_next_start(file: Path) -> None:
    Settings(file).change(appearance="dark", reviewer="Ana Lúcia", splitter=(200, 800, 300), maximised=True)
    values = Settings(file).values
    assert (values.appearance, values.reviewer, values.splitter, values.maximised) == ("dark", "Ana Lúcia", (200, 800, 300), True)


def test_a_changed_value_is_signalled_by_its_name_and_an_unchanged_value_is_not_signalled(file: Path, qtbot: QtBot) -> None:
    settings = Settings(file)
    changed_names: list[str] = []
    settings.changed.connect(changed_names.append)
    settings.change(reviewer="Ana", laboratory="")
    settings.change(reviewer="Ana")
    assert changed_names == ["reviewer"]


def test_at_most_ten_recent_folders_are_kept_once_each_and_newest_first(file: Path) -> None:
    settings = Settings(file)
    for number in [*range(12), 5]:
        settings.add_recent_folder(Path(f"/fields/{number}"))
    names = [Path(name).name for name in Settings(file).values.recent_folders]
    assert names == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]


def test_a_folder_whose_name_is_not_text_is_remembered(file: Path) -> None:
    Settings(file).add_recent_folder(Path("/fields/caf\udce9"))
    assert Settings(file).values.recent_folders == ("/fields/caf\udce9",)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_and_reported(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    settings = Settings(file)
    aside = file.with_name("settings.json.damaged")
    assert settings.values == Values()
    assert str(aside) in settings.trouble
    assert aside.read_bytes() == content
    assert not file.exists()


WRONG = {
    "appearance": "purple",
    "engine": 7,
    "maximised": "yes",
    "splitter": [1, "b"],
    "recent_folders": "/fields",
    "heat_map": "of a later version",
    "heat_map_strength": True,
    "of a later version": 1,
}


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_an_invalid_value_falls_back_to_its_default_and_the_others_stay(file: Path, name: str, value: object) -> None:
    file.write_text(json.dumps(asdict(Values(reviewer="Ana")) | {name: value}), encoding="utf-8")
    assert Settings(file).values == Values(reviewer="Ana")


def test_a_full_disk_is_reported_and_the_change_stays_in_effect_until_the_program_ends(file: Path, qtbot: QtBot) -> None:
    settings = Settings(file)
    with qtbot.waitSignal(settings.failed) as failed, small_disk(10):
        settings.change(reviewer="Ana")
    assert "could not be written" in failed.args[0]
    assert settings.values.reviewer == "Ana"
    assert Settings(file).values == Values()


@pytest.mark.parametrize("name", ["reviewer", "laboratory", "logo", "operating_point", "bundle", "table_header"])
@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_that_cannot_be_saved_or_shown_is_left_out(file: Path, name: str, text: str) -> None:
    file.write_text(json.dumps({name: text, "appearance": "dark"}))
    settings = Settings(file)
    assert settings.values == Values(appearance="dark")
    assert not settings.trouble


@pytest.mark.parametrize("folder", ["/a\0b", "/a\ud800b"])
def test_one_impossible_recent_folder_discards_the_whole_list(file: Path, folder: str) -> None:
    file.write_text(json.dumps({"recent_folders": ["/a", folder]}))
    assert Settings(file).values == Values()


@pytest.mark.parametrize("number", [2**24, -(2**24), 2**31, 10**12, -(10**12), 10**400])
@pytest.mark.parametrize("name", ["window", "splitter"])
def test_an_impossible_window_size_is_left_out(file: Path, name: str, number: int) -> None:
    file.write_text(json.dumps({name: [1, number, 1]}))
    assert Settings(file).values == Values()


def test_an_impossible_heat_map_strength_is_left_out(file: Path) -> None:
    file.write_text(json.dumps({"heat_map_strength": 10**12}))
    assert Settings(file).values == Values()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its named pipes outside the file system")
def test_a_pipe_in_place_of_the_file_is_never_waited_for(file: Path) -> None:
    os.mkfifo(file)
    settings = Settings(file)
    assert settings.values == Values()
    assert "could not be read" in settings.trouble


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_file_is_private_even_if_an_earlier_version_left_it_readable_to_others(file: Path) -> None:
    Settings(file).add_recent_folder(Path("/fields/Maria Silva"))
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    Settings(file).change(reviewer="Ana")
    assert file.stat().st_mode & 0o777 == 0o600
