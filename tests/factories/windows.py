"""Helpers for tests of the window: they create its dialogs, describe its states, and press, trigger or wait for things."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.card_parts import ReviewEvidence
from breakhis_desktop.domain.review import Review
from breakhis_desktop.inference.devices import available_devices
from breakhis_desktop.pipeline.earlier_runs import earlier_runs
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.bundles.models_dialog import ModelsDialog
from breakhis_desktop.ui.export.report_dialog import ReportDialog
from breakhis_desktop.ui.export.truth_exporter import TrainingFolderDialog
from breakhis_desktop.ui.help.about import AboutDialog
from breakhis_desktop.ui.help.setting_fields import setting_fields
from breakhis_desktop.ui.help.settings_dialog import SettingsDialog
from breakhis_desktop.ui.queue.earlier_runs_dialog import EarlierRunsDialog
from breakhis_desktop.ui.queue.identity_dialog import IdentityDialog
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.commands import show_help
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.controls import Controls
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.result_columns import COLUMNS
from breakhis_desktop.wording.message import Message
from tests.conftest import CARD, FakeClassifier

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
"""Makes Qt's model tester end the process if a model breaks its rules."""

REVIEW_COLUMN = [column.name for column in COLUMNS].index("review")
"""The index of the review column in the results table."""


def dialogs(window: MainWindow, folder: Path) -> list[QDialog]:
    """Create every dialog of a window; only the help is also shown. An image must be chosen in the window."""
    chosen = window.table.chosen()
    assert chosen is not None
    assert chosen.verdict is not None
    return [
        AboutDialog(window.presenter.card, window),
        _earlier_runs_dialog(window),
        IdentityDialog([folder], "", window),
        ModelsDialog(window.theme.tokens, window),
        OverrideDialog(chosen.verdict, "Ana", window),
        ReportDialog(window.theme, ["14-22549AB"], [0], window),
        SettingsDialog(window.settings, setting_fields(window.presenter.card, available_devices()), window),
        TrainingFolderDialog("x", window),
        show_help(window),
    ]


def _earlier_runs_dialog(window: MainWindow) -> EarlierRunsDialog:
    dialog = EarlierRunsDialog(window)
    dialog.show_runs(earlier_runs(window.exporter._inputs.store_file))
    return dialog


STATES = {
    "waiting": Controls(can_start=True, resumes=False, can_pause=False, can_cancel=True, pausing=False, cancelling=False),
    "running with more to start": Controls(can_start=True, resumes=True, can_pause=True, can_cancel=True, pausing=False, cancelling=False),
    "pausing": Controls(can_start=False, resumes=False, can_pause=False, can_cancel=True, pausing=True, cancelling=False),
    "cancelling": Controls(can_start=False, resumes=False, can_pause=False, can_cancel=False, pausing=False, cancelling=True),
}


class Doubting(FakeClassifier):
    """A classifier whose predictions all need review."""

    card = replace(CARD, review=ReviewEvidence(margin=1.0))


def load_doubting(_folder: Path, _report_stage: Callable[[Message], None]) -> FakeClassifier:
    """Load `Doubting` without delay."""
    return Doubting()


def stored_reviews(tmp_path: Path) -> dict[int, list[Review]]:
    """Read the reviews of the window's run from its store, by position."""
    with Store(tmp_path / "store.sqlite") as store:
        return store.run(1).reviews()


def trigger(menu: QMenu, text: str) -> None:
    """Trigger the entry of a menu that has this text."""
    next(action for action in menu.actions() if action.text() == text).trigger()


class _PaintedOnce(QObject):
    """Records whether a widget has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() is QEvent.Type.Paint
        return False


def await_painted(widget: QWidget, qtbot: QtBot) -> None:
    """Wait until a visible widget is repainted, which Qt does after all deferred layout."""
    painted = _PaintedOnce()
    widget.installEventFilter(painted)
    widget.update()
    qtbot.waitUntil(lambda: painted.seen)
    widget.removeEventFilter(painted)


def review_button(window: MainWindow, text: str) -> QPushButton:
    """Return the review button (beside the chosen image) whose label begins with this text."""
    return next(button for button in window.detail.review.findChildren(QPushButton) if button.text().startswith(text))


def in_dialog(kind: type, act: Callable[[Any], object]) -> None:
    """Call `act` with the dialog that opens next, which must be of this kind."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        act(dialog)

    QTimer.singleShot(0, answer)


def await_reviewed(window: MainWindow, qtbot: QtBot, number: int) -> None:
    """Wait until the window reports that this number of its three images has been reviewed."""
    qtbot.waitUntil(lambda: window.detail.review.progress_text == f"To review: {number} of 3 done")


def only_job(window: MainWindow) -> Job:
    """Return the only job in the queue."""
    (job,) = window.jobs.all()
    return job


def store_of(window: MainWindow) -> Path:
    """Return the file of the store that a window uses."""
    return window.exporter._inputs.store_file


def press_in_notice(window: MainWindow, words: str) -> None:
    """Press the button with these words in the notice."""
    next(button for button in window.toast.findChildren(QPushButton) if button.text() == words and button.isVisible()).click()
