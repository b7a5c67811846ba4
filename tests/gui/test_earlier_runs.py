"""An earlier run can be found, searched for and opened again with its results and reviews."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from breakhis_desktop.pipeline.earlier_runs import EarlierRun, earlier_runs
from breakhis_desktop.store.connection import damaged
from breakhis_desktop.ui.queue.earlier_runs_dialog import EarlierRunsDialog
from breakhis_desktop.ui.queue.job_delegate import stage_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.conftest import small_field
from tests.factories import said, there
from tests.factories.windows import await_reviewed, only_job, store_of

RunFolder = Callable[[Path], None]


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    """Return a folder with two images."""
    folder = tmp_path / "Ward & 3"
    folder.mkdir()
    for number in range(2):
        small_field(number).save(folder / f"{number:03}.bmp")
    return folder


def runs_listed(dialog: EarlierRunsDialog) -> list[str]:
    rows = (row for row in range(dialog.table.rowCount()) if not dialog.table.isRowHidden(row))
    return [there(dialog.table.item(row, 0)).text() for row in rows]


def test_an_earlier_run_can_be_reopened_with_its_results_and_reviews(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window = doubting_window
    window.settings.change(reviewer="Ana")
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    window.queue.remove.trigger()
    (run,) = earlier_runs(store_of(window))
    assert (str(run.ledger), run.reviewed) == ("3 queued = 3 done", 1)
    window.earlier.open(run)
    qtbot.waitUntil(lambda: window.results.rowCount() == 3, timeout=20_000)
    await_reviewed(window, qtbot, 1)
    assert (only_job(window).name, stage_words(only_job(window))) == ("fields", "✓ done")
    window.earlier.open(run)
    window.removal.undo.trigger()
    assert len(window.jobs.all()) == 1, "a run should have only one job"


def test_a_withdrawn_review_is_not_counted_for_an_earlier_run(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window = doubting_window
    window.settings.change(reviewer="Ana")
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    window.detail.review.undo.trigger()
    await_reviewed(window, qtbot, 0)
    assert [run.reviewed for run in earlier_runs(store_of(window))] == [0]


@pytest.fixture
def dialog(window: MainWindow, run_folder: RunFolder, folder: Path, fields: Path, qtbot: QtBot) -> EarlierRunsDialog:
    """Return the visible dialog with a list of two runs."""
    run_folder(folder)
    run_folder(fields)
    shown = EarlierRunsDialog(window)
    qtbot.addWidget(shown)
    shown.show_runs(earlier_runs(store_of(window)))
    shown.show()
    shown.activateWindow()
    shown.search.setFocus()
    return shown


def test_earlier_runs_can_be_searched_and_chosen_with_the_keyboard(dialog: EarlierRunsDialog, qtbot: QtBot) -> None:
    assert runs_listed(dialog) == ["Ward & 3", "fields"]
    assert [there(dialog.table.item(1, column)).text() for column in (3, 4)] == ["4", "–"]
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert there(dialog.chosen()).run_info.run_id == 1
    qtbot.keyClicks(dialog.search, '"WARD"')
    assert runs_listed(dialog) == ["Ward & 3"]
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert there(dialog.chosen()).run_info.run_id == 2


def test_the_dialog_says_that_a_search_found_no_run_and_stays_open(dialog: EarlierRunsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.search, "nowhere")
    assert runs_listed(dialog) == []
    assert dialog.said.text() == "No run has these words in its name, folder or date."
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_the_run_chosen_in_the_dialog_is_opened(
    window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_folder(folder)
    window.queue.remove.trigger()

    def choose(dialog: EarlierRunsDialog) -> int:
        dialog.open()
        qtbot.waitUntil(lambda: dialog.chosen() is not None, timeout=20_000)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(EarlierRunsDialog, "exec", choose)
    window.earlier.ask_and_open()
    qtbot.waitUntil(lambda: window.results.rowCount() == 4, timeout=20_000)


def test_a_list_that_arrives_after_its_dialog_was_closed_is_ignored(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, release = list[Path](), threading.Event()

    def read_slowly(store_file: Path) -> list[EarlierRun]:
        asked.append(store_file)
        release.wait(timeout=20)
        return earlier_runs(store_file)

    monkeypatch.setattr("breakhis_desktop.ui.queue.earlier_runs.earlier_runs", read_slowly)
    monkeypatch.setattr(EarlierRunsDialog, "exec", lambda dialog: dialog.DialogCode.Rejected)
    window.earlier.ask_and_open()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    release.set()
    window.earlier.ask_and_open()
    qtbot.waitUntil(lambda: len(asked) == 2)  # by then, the first list has arrived
    QCoreApplication.processEvents()


def test_a_store_that_cannot_be_read_is_reported_in_the_dialog(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(store_file: Path) -> list[EarlierRun]:
        raise damaged(store_file, said("on a bad disk"))

    def look(dialog: EarlierRunsDialog) -> int:
        qtbot.waitUntil(lambda: "is damaged" in dialog.said.text(), timeout=20_000)
        return dialog.DialogCode.Rejected

    monkeypatch.setattr("breakhis_desktop.ui.queue.earlier_runs.earlier_runs", fail)
    monkeypatch.setattr(EarlierRunsDialog, "exec", look)
    window.earlier.ask_and_open()


def test_the_earlier_run_of_a_folder_is_offered_when_the_folder_is_added_again(
    window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot
) -> None:
    run_folder(folder)
    window.queue.remove.trigger()
    window.add([folder])
    qtbot.waitUntil(window.empty._open.isVisible, timeout=20_000)
    assert window.empty._earlier.text().endswith(": 3 of 4 images done, 0 reviewed.")
    window.empty._open.click()
    qtbot.waitUntil(lambda: window.results.rowCount() == 4, timeout=20_000)
    assert stage_words(only_job(window)) == "✓ done"
    assert there(only_job(window).run_info).run_id == 1
    assert window.toast.text == f"Opened the earlier run of “{folder.name}” in place of the new job."


def test_undo_restores_a_job_and_its_rule_after_an_earlier_run_replaced_it(
    window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot
) -> None:
    run_folder(folder)
    window.queue.remove.trigger()
    window.add([folder])
    replaced = only_job(window)
    window.identities.set_rule(replaced, "folder")
    qtbot.waitUntil(window.empty._open.isVisible, timeout=20_000)
    window.empty._open.click()
    qtbot.waitUntil(lambda: replaced not in window.jobs.all(), timeout=20_000)
    window.removal.undo.trigger()
    assert (replaced in window.jobs.all(), replaced.rule) == (True, "folder")


def test_without_a_store_there_are_no_earlier_runs(tmp_path: Path, qtbot: QtBot) -> None:
    none: list[EarlierRun] = earlier_runs(tmp_path / "store.sqlite")
    dialog = EarlierRunsDialog()
    qtbot.addWidget(dialog)
    dialog.show_runs(none)
    assert dialog.said.text() == "There are no earlier runs yet."
    assert not (tmp_path / "store.sqlite").exists()
