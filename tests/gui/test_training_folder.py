"""The window copies reviewed and officially named images to a training folder."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.export.truth_exporter import TrainingFolderDialog, free_name
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.factories import there
from tests.factories.windows import await_reviewed, in_dialog


@pytest.fixture
def window(doubting_window: MainWindow) -> MainWindow:
    return doubting_window


def test_the_window_writes_a_training_folder_under_a_name_that_is_not_taken(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.settings.change(reviewer="M. Silva")
    qtbot.keyClick(window.table, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    target = free_name(tmp_path, there(window.chosen.job).name)
    window.truth_exporter.export(there(window.chosen.job), target, official=True)
    qtbot.waitUntil(lambda: "copied to" in window.toast.text)
    assert target == tmp_path / "fields training images"
    assert (target / "DC" / "14-2523" / "400X" / "SOB_M_DC-14-2523-400-001.png").exists()
    assert free_name(tmp_path, "fields") == tmp_path / "fields training images 2"


def test_cancelling_the_training_folder_dialog_writes_nothing(window: MainWindow, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    in_dialog(TrainingFolderDialog, lambda dialog: (not dialog.official.isChecked()) and dialog.reject())
    window.top.training_folder.trigger()
    assert set(tmp_path.iterdir()) <= before | {tmp_path / "store.sqlite-wal", tmp_path / "store.sqlite-shm"}
