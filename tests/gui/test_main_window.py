"""The main window: its queue, results, exports and warnings, and what happens to damaged models and stores."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from breakhis_desktop.app import make_window as make_app_window
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import Status
from breakhis_desktop.pipeline.export_run import ExportFormat
from breakhis_desktop.ui.help.about import AboutDialog, about_facts
from breakhis_desktop.ui.queue.job_delegate import stage_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.results import RESULT_ROLE
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.conftest import CARD, small_field
from tests.factories.windows import REVIEW_COLUMN
from tests.gui.conftest import DamagedOnce, MakeWindow, waiting_before_second_batch

RunFolder = Callable[[Path], None]


def column(window: MainWindow, number: int) -> list[str]:
    return [window.results.index(row, number).data() for row in range(window.results.rowCount())]


def only_job(window: MainWindow) -> Job:
    job = window.jobs.at(0)
    assert job is not None
    return job


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        small_field(number).save(folder / f"{number:03}.png")
    return folder


def test_an_empty_window_shows_no_table_and_disables_start_and_export(window: MainWindow) -> None:
    assert window.empty.isVisible()
    assert not window.table.isVisible()
    assert not window.top.start.isEnabled()
    assert not window.top.export.isEnabled()


def test_below_the_queue_the_id_of_the_models_stays_on_one_line_with_their_version(window: MainWindow, qtbot: QtBot) -> None:
    words = f"{CARD.name} {CARD.version}\u00a0·\u00a0{CARD.model_id[:4]}…{CARD.model_id[-2:]}"
    qtbot.waitUntil(lambda: window.queue._models.text().splitlines()[0] == words)


def test_a_run_lists_the_most_suspicious_image_first_and_a_failed_image_last(
    window: MainWindow, run_folder: RunFolder, folder: Path
) -> None:
    run_folder(folder)
    probabilities = [float(text) for text in column(window, 3) if text]
    assert len(probabilities) == 3
    assert probabilities == sorted(probabilities, reverse=True)
    assert column(window, 0)[-1] == "broken.png"
    assert column(window, 4)[-1] == "failed"
    assert window.table.isVisible()


def test_every_readable_image_gets_a_decision_if_its_job_is_chosen_before_the_start(
    window: MainWindow, run_folder: RunFolder, folder: Path
) -> None:
    run_folder(folder)
    assert sorted(set(column(window, 4)) - {"benign", "malignant"}) == ["failed"]


def test_the_ledger_in_the_status_strip_adds_up_to_the_number_queued(window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)
    assert window.status.ledger.text() == "4 queued = 3 done + 1 failed"


@pytest.mark.parametrize("number", range(7))
def test_the_table_sorts_by_any_column(window: MainWindow, run_folder: RunFolder, folder: Path, number: int) -> None:
    for name, other in (("b.png", "SOB_B_F-14-9133-200-002.png"), ("c.png", "SOB_B_A-14-22549AB-100-003.png")):
        (folder / name).rename(folder / other)
    run_folder(folder)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        window.table.sortByColumn(number, order)
        done = [window.results.index(row, 0).data(RESULT_ROLE).verdict is not None for row in range(4)]
        is_of_all = number in {0, REVIEW_COLUMN}
        texts = [text for text, is_done in zip(column(window, number), done, strict=True) if text and (is_done or is_of_all)]
        assert texts == sorted(texts, key=natural_key, reverse=order is Qt.SortOrder.DescendingOrder)


def test_the_first_image_is_chosen_and_shown_when_the_job_ends(
    window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot
) -> None:
    run_folder(folder)
    assert window.table.currentIndex().row() == 0
    qtbot.waitUntil(lambda: window.detail.image.has_image)


def test_the_chosen_image_stays_chosen_when_the_sort_order_changes(window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)
    window.table.selectRow(2)
    chosen = window.table.chosen()
    window.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert window.table.chosen() is chosen


def test_a_missing_file_is_reported_when_its_image_is_chosen(
    window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_folder(folder)
    for file in folder.iterdir():
        file.unlink()
    with qtbot.waitCallback() as shown:
        monkeypatch.setattr(window.detail, "show_no_image", shown)
        window.table.selectRow(1)
    assert "is not there" in shown.args[0]


def test_a_named_pipe_is_not_opened_and_other_images_can_still_be_shown(
    window: MainWindow, folder: Path, run_folder: RunFolder, qtbot: QtBot
) -> None:
    os.mkfifo(folder / "pipe.png")
    run_folder(folder)
    window.table.selectRow(column(window, 0).index("pipe.png"))
    assert not window.detail.image.has_image
    window.table.selectRow(0)
    qtbot.waitUntil(lambda: window.detail.image.has_image)


def test_the_patient_and_place_of_the_chosen_image_are_updated_as_rows_arrive(window: MainWindow, many: Path, qtbot: QtBot) -> None:
    for number, file in enumerate(sorted(many.iterdir())):
        file.rename(many / f"SOB_M_DC-14-2523-100-{number:03}.png")
    window.add([many])
    window.top.start.click()
    qtbot.waitUntil(lambda: window.results.rowCount() > 0, timeout=20_000)
    window.table.selectRow(0)
    qtbot.waitUntil(lambda: only_job(window).stage is JobStage.ENDED, timeout=20_000)
    assert window.detail._patient.text().startswith("200 images in this run.")
    assert window.detail._heading._place == f"{window.table.currentIndex().row() + 1} of 200"


@pytest.mark.parametrize(("kind", "start"), [("csv", b"path,status"), ("excel_csv", b"\xef\xbb\xbfpath"), ("xlsx", b"PK"), ("json", b"{")])
def test_results_are_exported_as_csv_xlsx_or_json(
    window: MainWindow,
    run_folder: RunFolder,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    start: bytes,
) -> None:
    run_folder(folder)
    target = tmp_path / f"out.{kind}"
    monkeypatch.setattr("breakhis_desktop.ui.export.exporter.ask_for_target", lambda *_: target)
    with qtbot.waitSignal(window.notices.noted, timeout=20_000):
        window.top.exports[kind].trigger()
    assert target.read_bytes().startswith(start)
    assert str(target) in window.toast.text


def test_the_banner_says_why_an_export_failed(
    window: MainWindow, run_folder: RunFolder, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    run_folder(folder)
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.exporter.export(
            only_job(window),
            ExportFormat.CSV,
            tmp_path / "absent" / "out.csv",
        )
    assert "could not be written" in window.banner.text


def test_a_cancelled_job_keeps_its_finished_images(make_window: MakeWindow, many: Path, qtbot: QtBot) -> None:
    release = threading.Event()
    window = make_window(waiting_before_second_batch(release))
    window.add([many])
    window.top.start.click()
    job = only_job(window)
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=20_000)
    window.top.cancel.click()
    assert job.stage is JobStage.CANCELLING
    assert "cancelling" in stage_words(job)
    release.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.CANCELLED, timeout=20_000)
    assert job.ledger.done + job.ledger.cancelled == job.ledger.queued == 200
    assert sum(record.status is Status.DONE for record in job.records) == job.ledger.done > 0
    assert job.ledger.cancelled > 0


def test_two_jobs_run_to_the_end_and_each_shows_its_own_rows(window: MainWindow, folder: Path, many: Path, qtbot: QtBot) -> None:
    window.add([folder, many])
    window.top.start.click()
    jobs = [window.jobs.at(0), window.jobs.at(1)]
    qtbot.waitUntil(lambda: all(job is not None and job.stage is JobStage.ENDED for job in jobs), timeout=30_000)
    assert window.results.rowCount() == 4
    assert jobs[1] is not None
    window.chosen.choose(jobs[1])
    assert window.results.rowCount() == 200


def test_removing_the_only_job_empties_the_window_and_disables_start(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.add([folder])
    window.queue.remove_asked.emit(only_job(window))
    assert window.jobs.rowCount() == 0
    assert not window.top.start.isEnabled()
    assert window.empty.isVisible()


def test_dropped_folders_and_files_are_queued(window: MainWindow, folder: Path, samples: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (folder, *samples[:2])])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    names = [window.jobs.index(row).data() for row in range(window.jobs.rowCount())]
    assert names == ["fields", "2 files from sample_images"]


def test_a_job_whose_folder_was_emptied_stops_with_a_message_and_the_next_job_runs(
    window: MainWindow, folder: Path, tmp_path: Path, samples: list[Path], qtbot: QtBot
) -> None:
    emptied = tmp_path / "emptied"
    emptied.mkdir()
    (emptied / "a.png").write_bytes(samples[0].read_bytes())
    window.add([emptied, folder])
    qtbot.waitUntil(lambda: only_job(window).expected == 1)
    (emptied / "a.png").unlink()
    window.top.start.click()
    qtbot.waitUntil(lambda: window.jobs.in_stage(JobStage.ENDED) != [], timeout=20_000)
    assert only_job(window).stage is JobStage.STOPPED
    assert "no image in" in window.banner.text


def test_damaged_models_block_analysis_until_they_load(make_window: MakeWindow, folder: Path, qtbot: QtBot) -> None:
    window = make_window(DamagedOnce())
    window.add([folder])
    qtbot.waitUntil(lambda: window.presenter.blocked)
    assert not window.top.start.isEnabled()
    assert "Install the program again" in window.banner.text
    window.banner.retry_asked.emit()
    qtbot.waitUntil(lambda: window.presenter.card is not None)
    assert window.top.start.isEnabled()
    assert not window.banner.isVisible()


def test_loading_the_models_does_not_clear_an_unrelated_warning(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    window.banner.warn("Something else is wrong.")
    with qtbot.waitSignal(window.presenter.models_ready):
        window.load_models()
    assert window.banner.isVisible()
    assert window.banner.text == "Something else is wrong."


def test_a_damaged_store_is_set_aside_and_the_window_says_where_it_is(home: Path, qapp: QApplication, qtbot: QtBot) -> None:
    (home / "store.sqlite").write_bytes(b"letters and figures" * 100)
    window = make_app_window(qapp)
    qtbot.addWidget(window)
    window.show()
    (aside,) = home.glob("store.sqlite.damaged-*")
    assert window.banner.isVisible()
    assert str(aside) in window.banner.text
    window.close()


def test_a_job_started_before_the_models_are_loaded_waits_for_them(make_window: MakeWindow, folder: Path, qtbot: QtBot) -> None:
    window = make_window()
    window.add([folder])
    window.top.start.click()
    assert only_job(window).stage is JobStage.WAITING
    qtbot.waitUntil(lambda: only_job(window).stage is JobStage.ENDED, timeout=20_000)


def test_the_about_dialog_shows_the_model_id_and_copies_it_with_the_hashes_of_the_model_files(qtbot: QtBot) -> None:
    dialog = AboutDialog(CARD)
    qtbot.addWidget(dialog)
    facts = dict(about_facts(CARD))
    assert facts["Model id"] == CARD.model_id
    assert facts["Models"].endswith(f"Keras\u00a0{CARD.keras_version}")
    qtbot.mouseClick(dialog.copying, Qt.MouseButton.LeftButton)
    copied = QApplication.clipboard().text().splitlines()
    assert f"Model id: {CARD.model_id}" in copied
    assert "SHA-256 binary.keras: aa" in copied
    assert dialog.copying.text() == "Copied"


def test_a_refused_image_can_be_analysed_without_the_gate_and_keeps_the_reason_for_its_refusal(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, run_folder: Callable[[Path], None]
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    small_field(0).save(folder / "good.png")
    Image.new("RGB", (300, 300), (240, 238, 242)).save(folder / "glass.png")
    run_folder(folder)
    assert not window.detail._judge.isVisible()
    window.table.selectRow(1)
    assert window.detail._judge.isVisible()
    window.detail._judge.click()
    qtbot.waitUntil(lambda: len(window.jobs.in_stage(JobStage.ENDED)) == 2, timeout=20_000)
    job = window.jobs.at(1)
    assert job is not None
    assert job.name == "mixed, without the gate"
    assert [(record.path.name, record.gate_override) for record in job.records] == [("glass.png", Message.of(ImageCode.BLANK))]


def test_late_messages_of_a_run_do_no_harm_after_the_window_is_deleted(make_window: MakeWindow, many: Path, qtbot: QtBot) -> None:
    release = threading.Event()
    window = make_window(waiting_before_second_batch(release))
    window.add([many])
    window.top.start.click()
    qtbot.waitUntil(lambda: len(window.results.rows) > 0, timeout=20_000)
    release.set()
    window._runner.close()  # the thread's messages now wait for the event loop
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    assert not isValid(window)
    QApplication.processEvents()
