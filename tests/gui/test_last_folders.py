"""Where the file dialogs start."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from breakhis_desktop.ui.export.truth_exporter import TrainingFolderDialog
from breakhis_desktop.ui.help.diagnostics import ask_for_target
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.settings import Settings


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that receives the folder in which each dialog starts; the dialog returns a folder or file in `tmp_path / "Wards"`."""
    found: list[str] = []
    wards = tmp_path / "Wards"
    (wards / "Ward 1").mkdir(parents=True)
    (wards / "a.png").touch()

    def folder(_parent: object, _title: str, start: str) -> str:
        found.append(start)
        return str(wards / "Ward 1")

    def files(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        found.append(start)
        return [str(wards / "a.png")], ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", files)
    return found


def home() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)


def test_dialogs_for_images_start_in_the_home_folder_and_then_where_the_last_images_were(
    window: MainWindow, starts: list[str], tmp_path: Path
) -> None:
    window.top.add_folder.click()
    window.top.add_folder.click()
    window.top.add_files.click()
    assert starts == [home(), str(tmp_path / "Wards"), str(tmp_path / "Wards")]
    assert Settings(window.settings._file).values.images_folder == str(tmp_path / "Wards")


def test_a_dialog_does_not_start_in_a_folder_that_is_gone(window: MainWindow, starts: list[str], tmp_path: Path) -> None:
    window.settings.change(images_folder=str(tmp_path / "gone"))
    window.top.add_files.click()
    assert starts == [home()]


def test_the_dialog_for_diagnostics_starts_in_the_home_folder_and_then_where_the_last_ones_were_saved(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def save(dialog: QFileDialog) -> int:
        started.append(dialog.directory().path())
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("a.zip")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", save)
    for _ in range(2):
        assert ask_for_target(window, window.settings) == tmp_path / "a.zip"
    assert started == [home(), str(tmp_path)]


def test_the_dialog_for_a_training_folder_starts_beside_the_images_and_then_where_the_last_one_was_put(
    window: MainWindow, run_folder: object, folder: Path, starts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(run_folder)
    run_folder(folder)
    monkeypatch.setattr(TrainingFolderDialog, "exec", lambda _dialog: 1)
    window.truth_exporter.ask_and_export()
    window.truth_exporter.ask_and_export()
    assert starts == [str(folder.parent), str(tmp_path / "Wards" / "Ward 1")]
