"""A bug is logged every time but shown only once, with a report that names nobody."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.logs import start_log
from breakhis_desktop.ui.help.bug_reports import BugReports
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.worker.analysis import BUG_ADVICE
from tests.conftest import FakeClassifier
from tests.factories import there
from tests.gui.conftest import DamagedOnce, MakeWindow


def raised(work: Callable[[], object]) -> BaseException:
    with pytest.raises((ValueError, KeyError)) as caught:
        work()
    return caught.value


def broken() -> None:
    raise ValueError("no values in /data/Maria da Silva/SOB_M_DC-14-2523-400-001.png")


def tell(reports: BugReports, error: BaseException) -> None:
    reports.report(type(error), error, error.__traceback__)


@pytest.fixture
def reports(window: MainWindow) -> BugReports:
    return BugReports(window)


def test_the_report_names_the_failing_function_and_the_versions_but_no_patient(reports: BugReports) -> None:
    tell(reports, raised(broken))
    assert reports.dialog is not None
    assert reports.dialog.isVisible()
    text = reports.dialog.report.toPlainText()
    assert "in broken" in text
    assert "ValueError" in text
    assert "PySide6-Essentials" in text
    assert [word for word in ("Maria", "Silva", "2523", "SOB_", "/data") if word in text] == []


def test_a_button_copies_the_report(reports: BugReports) -> None:
    tell(reports, raised(broken))
    assert reports.dialog is not None
    next(button for button in reports.dialog.findChildren(QPushButton) if button.text() == "Copy report").click()
    assert QGuiApplication.clipboard().text() == reports.dialog.report.toPlainText()


def test_a_repeated_bug_is_logged_each_time_but_shown_once_and_a_different_bug_is_shown(reports: BugReports, log: Path) -> None:
    start_log()
    tell(reports, raised(broken))
    first = there(reports.dialog)
    first.close()
    for _ in range(2):
        tell(reports, raised(broken))
        assert reports.dialog is first
        assert not first.isVisible()
    assert log.read_text(encoding="utf-8").count("ValueError") == 3
    tell(reports, raised(lambda: dict[str, str]()["key"]))
    assert reports.dialog is not first
    assert there(reports.dialog).isVisible()


def test_a_second_bug_does_not_replace_the_report_of_the_first(reports: BugReports) -> None:
    tell(reports, raised(broken))
    first = reports.dialog
    tell(reports, raised(lambda: dict[str, str]()["key"]))
    assert reports.dialog is first


def test_a_bug_on_another_thread_is_shown(reports: BugReports, qtbot: QtBot) -> None:
    thread = threading.Thread(target=lambda: tell(reports, raised(broken)))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reports.dialog is not None)


def test_a_bug_in_a_run_opens_a_report_and_is_mentioned_in_the_banner(make_window: MakeWindow, folder: Path, qtbot: QtBot) -> None:
    class Broken(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            raise ValueError("no values")

    window = make_window(lambda _folder, _say: Broken())
    reports = BugReports(window)
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: reports.dialog is not None, timeout=20_000)
    assert reports.dialog is not None
    assert "in classify" in reports.dialog.report.toPlainText()
    qtbot.waitUntil(lambda: str(BUG_ADVICE) in window.banner.text)


def test_damaged_models_are_not_reported_as_a_bug(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(DamagedOnce())
    reports = BugReports(window)
    qtbot.waitUntil(lambda: window.presenter.blocked, timeout=20_000)
    assert reports.dialog is None
