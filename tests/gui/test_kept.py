"""No work is lost: the user can undo a removal, reopen an earlier run, and resume a cancelled or stopped job."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Status
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.queue.job_delegate import count_words, stage_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from tests.conftest import small_field
from tests.factories import there
from tests.factories.windows import await_reviewed, only_job, press_in_notice, store_of
from tests.gui.conftest import MakeWindow, waiting_before_second_batch

IMAGES = 2 * CHUNK + 4
RunFolder = Callable[[Path], None]


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    """Return a folder with enough images for three batches."""
    folder = tmp_path / "Ward & 3"
    folder.mkdir()
    for number in range(IMAGES):
        small_field(number).save(folder / f"{number:03}.bmp")
    return folder


@pytest.fixture
def running(make_window: MakeWindow, fields: Path, release: threading.Event, qtbot: QtBot) -> MainWindow:
    """Return a window whose job waits before its second batch."""
    window = make_window(waiting_before_second_batch(release))
    window.add([fields])
    window.top.start.click()
    qtbot.waitUntil(lambda: len(only_job(window).records) > 0, timeout=30_000)
    return window


@pytest.fixture
def cancelled(running: MainWindow, release: threading.Event, qtbot: QtBot) -> MainWindow:
    """Return a window whose job was cancelled after its first batches."""
    running.top.cancel.click()
    release.set()
    qtbot.waitUntil(lambda: only_job(running).stage is JobStage.CANCELLED, timeout=20_000)
    return running


def focus_queue(window: MainWindow) -> None:
    window.activateWindow()
    window.queue._jobs.setFocus()


def test_undoing_a_removal_restores_the_job_with_its_results_and_reviews(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window, job = doubting_window, only_job(doubting_window)
    window.settings.change(reviewer="Ana")
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    focus_queue(window)
    QTest.keyClick(window.queue._jobs, Qt.Key.Key_Delete)
    assert window.jobs.rowCount() == 0
    assert window.toast.text == "Removed “fields” from the queue; its results are kept."
    press_in_notice(window, "Undo")
    assert only_job(window) is job is window.chosen.job
    assert window.results.rowCount() == 3
    await_reviewed(window, qtbot, 1)
    assert not window.removal.undo.isEnabled()


def test_ctrl_z_undoes_the_latest_removal_or_review(doubting_window: MainWindow, fields: Path, qtbot: QtBot) -> None:
    window, job = doubting_window, only_job(doubting_window)
    window.settings.change(reviewer="Ana")
    window.add([fields])
    window.chosen.choose(window.jobs.at(1))
    focus_queue(window)
    QTest.keyClick(window.queue._jobs, Qt.Key.Key_Delete)
    assert window.chosen.job is job
    qtbot.waitUntil(window.detail.review.accept.isEnabled)
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    QTest.keyClick(window.queue._jobs, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await_reviewed(window, qtbot, 0)
    assert window.jobs.rowCount() == 1
    window.queue.remove.trigger()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert only_job(window) is job
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in window.jobs.all()] == ["fields", "Ward & 3"]


def test_undoing_removals_restores_the_jobs_one_by_one_to_their_places(
    window: MainWindow, fields: Path, folder: Path, samples: list[Path]
) -> None:
    window.add([fields, folder, samples[0]])
    names = [job.name for job in window.jobs.all()]
    for _ in range(3):
        window.chosen.choose(window.jobs.at(0))
        window.queue.remove.trigger()
    assert window.removal.undo.text() == f"Undo: remove “{names[-1]}”"
    for _ in range(3):
        window.removal.undo.trigger()
    assert [job.name for job in window.jobs.all()] == names


def test_a_paused_run_that_was_removed_is_restored_as_paused_and_can_be_resumed(
    running: MainWindow, release: threading.Event, qtbot: QtBot
) -> None:
    running.top.pause.click()
    release.set()
    job = only_job(running)
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=20_000)
    running.queue.remove.trigger()
    press_in_notice(running, "Undo")
    assert only_job(running) is job
    assert job.stage is JobStage.PAUSED
    running.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert (job.ledger.done, running.results.rowCount()) == (IMAGES, IMAGES)
    with Store(store_of(running)) as store:
        assert store.run(1).ledger().done == IMAGES


def test_a_restored_paused_run_is_still_paused_when_the_program_starts_again(
    running: MainWindow, release: threading.Event, make_window: MakeWindow, qtbot: QtBot
) -> None:
    running.top.pause.click()
    release.set()
    qtbot.waitUntil(lambda: only_job(running).stage is JobStage.PAUSED, timeout=20_000)
    running.queue.remove.trigger()
    running.removal.undo.trigger()
    running.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1, timeout=20_000)
    assert (only_job(again).stage, only_job(again).ledger.cancelled) == (JobStage.PAUSED, 0)


def test_a_cancelled_run_is_shown_as_cancelled_and_can_be_resumed_where_it_stopped(cancelled: MainWindow, qtbot: QtBot) -> None:
    job = only_job(cancelled)
    done = job.ledger.done
    assert cancelled.toast.text == f"“Ward & 3” was cancelled after {done} of {IMAGES} images."
    assert (stage_words(job), cancelled.top.start.text()) == ("cancelled", "Resume")
    assert f"{IMAGES - done} cancelled" in count_words(job)
    position = there(cancelled.table.chosen()).record.position
    cancelled.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert str(job.ledger) == f"{IMAGES} queued = {IMAGES} done"
    assert cancelled.results.rowCount() == IMAGES
    assert there(cancelled.table.chosen()).record.position == position
    with Store(store_of(cancelled)) as store:
        assert [record.status for record in store.run(1).records()] == [Status.DONE] * IMAGES
        assert [run.run_id for run in store.all_runs()] == [1]


@pytest.mark.parametrize("status", [Status.DONE, Status.CANCELLED])
def test_resuming_a_cancelled_run_hides_the_notice_and_keeps_one_image_chosen_throughout(
    cancelled: MainWindow, qtbot: QtBot, status: Status
) -> None:
    job = only_job(cancelled)
    chosen = max(record.position for record in job.records if record.status is status)
    assert cancelled.table.choose_position(chosen)
    shown: list[int] = []
    cancelled.results.changed.connect(lambda: shown.append(there(cancelled.table.chosen()).record.position))
    assert not cancelled.toast.isHidden()
    cancelled.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert cancelled.toast.isHidden()
    assert len(set(shown)) == 1
    assert (shown[0] == chosen) is (status is Status.DONE)


def test_a_cancelled_run_can_also_be_resumed_after_the_program_starts_again(
    cancelled: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    done = only_job(cancelled).ledger.done
    cancelled.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.presenter.card is not None, timeout=20_000)
    qtbot.waitUntil(lambda: again.results.rowCount() == IMAGES, timeout=20_000)
    job = only_job(again)
    assert job.stage is JobStage.CANCELLED
    assert f"{done} done · {IMAGES - done} cancelled" in count_words(job)
    assert (again.top.start.text(), again.banner.isVisible()) == ("Resume", False)
    again.queue.go_on.trigger()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert (job.ledger.done, job.ledger.cancelled, again.results.rowCount()) == (IMAGES, 0, IMAGES)


def test_start_runs_queued_jobs_but_no_cancelled_job(cancelled: MainWindow, folder: Path, qtbot: QtBot) -> None:
    first = only_job(cancelled)
    cancelled.add([folder])
    cancelled.chosen.choose(first)
    assert cancelled.top.start.text() == "Start"
    cancelled.top.start.click()
    qtbot.waitUntil(lambda: there(cancelled.jobs.at(1)).stage is JobStage.ENDED, timeout=20_000)
    assert first.stage is JobStage.CANCELLED


def test_a_stopped_job_can_be_started_again(window: MainWindow, folder: Path, tmp_path: Path, samples: list[Path], qtbot: QtBot) -> None:
    window.add([folder])
    qtbot.waitUntil(lambda: only_job(window).expected == 4, timeout=20_000)
    folder.rename(tmp_path / "elsewhere")
    window.top.start.click()
    qtbot.waitUntil(lambda: only_job(window).stage is JobStage.STOPPED, timeout=20_000)
    assert window.banner.text.startswith("fields: ")
    (tmp_path / "elsewhere").rename(folder)
    assert window.queue.go_on.isEnabled()
    window.top.start.click()
    qtbot.waitUntil(lambda: only_job(window).stage is JobStage.ENDED, timeout=20_000)
    assert only_job(window).ledger.done == 3
    assert not window.banner.isVisible(), "the banner's message is no longer true"


def test_a_folder_without_images_is_reported_when_it_is_added_and_start_is_disabled(
    window: MainWindow, tmp_path: Path, make_window: MakeWindow, samples: list[Path], qtbot: QtBot
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    window.add([empty])
    qtbot.waitUntil(lambda: not window.top.start.isEnabled(), timeout=20_000)
    job = only_job(window)
    assert (stage_words(job), count_words(job)) == ("empty", "No images to analyse. Choose it to read why.")
    assert f"There is no image in {empty}" in window.empty._sentence.text()
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1 and only_job(again).nothing is not None, timeout=20_000)
    assert not again.top.start.isEnabled()
    (empty / "a.png").write_bytes(samples[0].read_bytes())
    again.queue.go_on.trigger()
    qtbot.waitUntil(lambda: only_job(again).stage is JobStage.ENDED, timeout=20_000)
