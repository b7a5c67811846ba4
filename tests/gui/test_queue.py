"""Jobs in the window's queue are reordered, paused, resumed, cancelled, retried, and restored at the next start."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Status
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.store.queue import load_queue
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.queue.job_delegate import count_words, stage_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.conftest import FakeClassifier, small_field
from tests.factories import there
from tests.gui.conftest import MakeWindow, waiting_before_second_batch

MakeFolder = Callable[..., Path]

IMAGES = 2 * CHUNK + 4


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Return a function that writes a folder of images."""

    def make(name: str, images: int = 2) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for number in range(images):
            small_field(number).save(folder / f"{number:03}.bmp")
        return folder

    return make


@pytest.fixture
def running(make_window: MakeWindow, make_folder: MakeFolder, release: threading.Event, qtbot: QtBot) -> MainWindow:
    """Return a window with three started jobs, the first of which waits before its second batch."""
    window = make_window(waiting_before_second_batch(release))
    window.add([make_folder("first", IMAGES), make_folder("second"), make_folder("third")])
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job(window, 0).records) > 0, timeout=30_000)
    return window


@pytest.fixture
def reopen(make_window: MakeWindow, qtbot: QtBot) -> Callable[[MainWindow], MainWindow]:
    """Return a function that closes a window and opens a new window on the same store."""

    def open_again(before: MainWindow) -> MainWindow:
        before.close()
        window = make_window()
        qtbot.waitUntil(lambda: window.presenter.card is not None, timeout=20_000)
        return window

    return open_again


def job(window: MainWindow, row: int) -> Job:
    found = window.jobs.at(row)
    assert found is not None
    return found


def names(window: MainWindow) -> list[str]:
    return [one.name for one in window.jobs.all()]


def saved_queue(window: MainWindow) -> list[tuple[str, str]]:
    return [(one.inputs[0].name, one.stage) for one in load_queue(window.exporter._inputs.store_file)]


def all_ended(window: MainWindow) -> bool:
    return {one.stage for one in window.jobs.all()} == {JobStage.ENDED}


def test_jobs_can_be_moved_and_added_and_removed_while_another_job_runs(
    running: MainWindow, release: threading.Event, make_folder: MakeFolder, qtbot: QtBot
) -> None:
    order: list[str] = []
    running.presenter.job_started.connect(lambda started: order.append(started.name))
    running.chosen.choose(job(running, 2))
    running.queue.move_up.trigger()
    assert names(running) == ["first", "third", "second"]
    assert running.chosen.job is job(running, 1)
    running.add([make_folder("fourth")])
    assert job(running, 3).stage is JobStage.WAITING
    running.chosen.choose(job(running, 2))
    running.queue.remove.trigger()
    release.set()
    qtbot.waitUntil(lambda: all_ended(running), timeout=30_000)
    assert names(running) == ["first", "third", "fourth"]
    assert order == ["third", "fourth"]


def test_the_running_job_cannot_be_removed_but_can_be_moved_down(running: MainWindow, release: threading.Event) -> None:
    running.chosen.choose(job(running, 0))
    assert not running.queue.remove.isEnabled()
    assert not running.queue.move_up.isEnabled()
    assert running.queue.move_down.isEnabled()
    release.set()


def test_alt_and_the_arrow_keys_move_the_chosen_job(window: MainWindow, make_folder: MakeFolder, qtbot: QtBot) -> None:
    window.add([make_folder("a"), make_folder("b")])
    window.activateWindow()
    window.queue._jobs.setFocus()
    qtbot.keyClick(window.queue._jobs, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(window) == ["b", "a"]
    qtbot.keyClick(window.queue._jobs, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(window) == ["a", "b"]


def test_the_status_strip_shows_how_many_images_are_left_in_the_whole_queue(
    running: MainWindow, release: threading.Event, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: f"3 jobs: {IMAGES - CHUNK + 4} to go" in running.status.speed.text(), timeout=20_000)
    running.chosen.choose(job(running, 1))
    assert f"3 jobs: {IMAGES - CHUNK + 4} to go" in running.status.speed.text()
    assert count_words(job(running, 1)) == "2 images"
    release.set()
    qtbot.waitUntil(lambda: all_ended(running), timeout=30_000)
    assert "jobs:" not in running.status.speed.text()


def test_a_job_that_begins_while_another_is_chosen_can_be_paused(
    make_window: MakeWindow, make_folder: MakeFolder, release: threading.Event, qtbot: QtBot
) -> None:
    window = make_window(waiting_before_second_batch(release))
    window.add([make_folder("first"), make_folder("second")])
    first, second = there(window.jobs.at(0)), there(window.jobs.at(1))
    window.chosen.choose(first)
    window.top.start.click()
    qtbot.waitUntil(lambda: first.stage is JobStage.ENDED and second.stage is JobStage.RUNNING, timeout=20_000)
    assert window.chosen.job is first
    assert window.top.pause.isVisible()
    qtbot.mouseClick(window.top.pause, Qt.MouseButton.LeftButton)
    assert second.stage is JobStage.PAUSING
    release.set()
    qtbot.waitUntil(lambda: second.stage in {JobStage.PAUSED, JobStage.ENDED}, timeout=20_000)


def test_a_paused_job_keeps_its_place_and_resumes_in_the_same_run(running: MainWindow, release: threading.Event, qtbot: QtBot) -> None:
    running.top.pause.click()
    first = job(running, 0)
    assert (stage_words(first), running.top.pause.text()) == ("pausing", "Pausing…")
    assert not running.top.start.isVisible()
    release.set()
    qtbot.waitUntil(lambda: first.stage is JobStage.PAUSED, timeout=20_000)
    assert stage_words(first) == "paused"
    assert count_words(first) == f"Paused after {first.ledger.ended}\u00a0of\u00a0{IMAGES}"
    assert CHUNK <= first.ledger.ended < IMAGES
    assert [one.stage for one in running.jobs.all()[1:]] == [JobStage.QUEUED] * 2
    assert running.top.start.text() == "Resume"
    running.top.start.click()
    qtbot.waitUntil(lambda: all_ended(running), timeout=30_000)
    assert [(one.run_info.run_id, one.ledger.done) for one in running.jobs.all() if one.run_info] == [(1, IMAGES), (2, 2), (3, 2)]


def test_cancel_while_a_job_is_already_being_cancelled_does_not_cancel_paused_jobs(running: MainWindow, release: threading.Event) -> None:
    paused = job(running, 1)
    paused.stage = JobStage.PAUSED
    running.top.cancel.click()
    assert job(running, 0).stage is JobStage.CANCELLING
    assert not running.top.cancel.isEnabled()
    running.presenter.cancel()
    assert paused.stage is JobStage.PAUSED
    release.set()


def test_a_paused_job_that_is_cancelled_keeps_its_finished_images(running: MainWindow, release: threading.Event, qtbot: QtBot) -> None:
    running.top.pause.click()
    release.set()
    first = job(running, 0)
    qtbot.waitUntil(lambda: first.stage is JobStage.PAUSED, timeout=20_000)
    finished = first.ledger.done
    running.top.cancel.click()
    assert stage_words(first) == "cancelling"
    qtbot.waitUntil(lambda: first.stage is JobStage.CANCELLED, timeout=20_000)
    assert (first.ledger.done, first.ledger.cancelled) == (finished, IMAGES - finished)
    assert not running.top.cancel.isEnabled()


def test_after_cancel_the_models_get_no_further_batch(
    make_window: MakeWindow, tmp_path: Path, samples: list[Path], release: threading.Event, qtbot: QtBot
) -> None:
    """Each of the twelve images has nine tiles, so the job needs at least four batches."""
    asked = []
    busy = threading.Event()

    class Slow(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            asked.append(len(inputs))
            busy.set()
            release.wait(timeout=60)
            return super().classify(inputs)

    folder = tmp_path / "tiled"
    folder.mkdir()
    with Image.open(samples[0]) as sample:
        field = sample.convert("RGB").resize((2100, 1380))
    for number in range(12):
        field.save(folder / f"SOB_M_DC-14-2523-100-{number:03}.bmp")
    window = make_window(lambda _folder, _say: Slow())
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(busy.is_set, timeout=30_000)
    window.top.cancel.click()
    assert window.top.cancel.text() == "Cancelling…"
    release.set()
    qtbot.waitUntil(lambda: job(window, 0).stage is JobStage.CANCELLED, timeout=30_000)
    assert len(asked) == 1
    assert (job(window, 0).ledger.done, job(window, 0).ledger.cancelled) == (asked[0] // 9, 12 - asked[0] // 9)


def test_failed_files_are_retried_as_a_separate_job(
    window: MainWindow, folder: Path, run_folder: Callable[[Path], None], samples: list[Path], qtbot: QtBot
) -> None:
    window.add([folder])
    qtbot.waitUntil(lambda: job(window, 0).expected is not None)
    assert not window.queue.retry.isEnabled()
    window.identities.set_rule(job(window, 0), "folder")
    window.top.start.click()
    qtbot.waitUntil(lambda: all_ended(window), timeout=20_000)
    assert window.queue.retry.isEnabled()
    (folder / "broken.png").write_bytes(samples[0].read_bytes())
    window.queue.retry.trigger()
    qtbot.waitUntil(lambda: window.jobs.rowCount() == 2 and all_ended(window), timeout=20_000)
    again = job(window, 1)
    assert again.name == "fields, failed files"
    assert [(record.path.name, record.status, record.patient_id) for record in again.records] == [("broken.png", Status.DONE, "fields")]
    assert (job(window, 0).ledger.queued, job(window, 0).ledger.failed) == (4, 1)


def test_a_restart_restores_the_queue_in_order_and_the_results_of_the_chosen_job(
    window: MainWindow,
    folder: Path,
    run_folder: Callable[[Path], None],
    make_folder: MakeFolder,
    reopen: Callable[[MainWindow], MainWindow],
    qtbot: QtBot,
) -> None:
    run_folder(folder)
    rows = [window.results.index(row, 0).data() for row in range(window.results.rowCount())]
    window.add([make_folder("later"), make_folder("last")])
    window.identities.set_rule(job(window, 1), "pattern:{patient}")
    window.chosen.choose(job(window, 2))
    window.queue.move_up.trigger()
    again = reopen(window)
    assert names(again) == ["fields", "last", "later"]
    assert [one.stage for one in again.jobs.all()] == [JobStage.ENDED, JobStage.QUEUED, JobStage.QUEUED]
    assert job(again, 2).reading.rule == "pattern:{patient}"
    assert str(job(again, 0).ledger) == "4 queued = 3 done + 1 failed"
    assert again.chosen.job is job(again, 0), "the job that has ended should be chosen"
    qtbot.waitUntil(lambda: again.results.rowCount() == 4, timeout=20_000)
    assert [again.results.index(row, 0).data() for row in range(4)] == rows
    pictures = again.table.thumbnails
    qtbot.waitUntil(lambda: sum(not image.isNull() for image in pictures._images.values()) == 3, timeout=20_000)
    assert again.top.export.isEnabled()
    again.top.start.click()
    qtbot.waitUntil(lambda: all_ended(again), timeout=20_000)
    assert [record.patient_id for record in job(again, 2).records] == ["000", "001"]


def test_failed_and_refused_images_of_a_restored_job_can_be_analysed_once_its_results_are_loaded(
    window: MainWindow,
    folder: Path,
    run_folder: Callable[[Path], None],
    make_folder: MakeFolder,
    reopen: Callable[[MainWindow], MainWindow],
    qtbot: QtBot,
) -> None:
    """The last job is chosen at the start, so the first job's results are loaded only when the first job is chosen."""
    Image.new("RGB", (320, 240), "white").save(folder / "blank.png")
    run_folder(folder)
    run_folder(make_folder("last"))
    again = reopen(window)
    assert again.chosen.job is job(again, 1)
    again.chosen.choose(job(again, 0))
    qtbot.waitUntil(lambda: again.results.rowCount() == 5, timeout=20_000)
    assert again.queue.retry.isEnabled()
    assert again.queue.judge.isEnabled()


def test_a_job_that_was_paused_when_the_window_closed_is_offered_and_resumes_in_the_same_run(
    running: MainWindow, release: threading.Event, reopen: Callable[[MainWindow], MainWindow], qtbot: QtBot
) -> None:
    running.top.pause.click()
    release.set()
    qtbot.waitUntil(lambda: job(running, 0).stage is JobStage.PAUSED, timeout=20_000)
    again = reopen(running)
    assert names(again) == ["first", "second", "third"]
    first = job(again, 0)
    assert first.stage is JobStage.PAUSED
    assert again.banner.offers
    assert again.banner.text.endswith(f"is paused after {first.ledger.ended} of {IMAGES} images.")
    qtbot.waitUntil(lambda: again.results.rowCount() == first.ledger.ended, timeout=20_000)
    again.top.start.click()
    qtbot.waitUntil(lambda: all_ended(again), timeout=30_000)
    assert (first.ledger.queued, first.ledger.done, again.results.rowCount()) == (IMAGES, IMAGES, IMAGES)
    with Store(again.exporter._inputs.store_file) as store:
        assert len(store.run(1).records()) == IMAGES


def test_closing_the_window_while_a_job_pauses_cancels_nothing(
    running: MainWindow, release: threading.Event, reopen: Callable[[MainWindow], MainWindow]
) -> None:
    running.top.pause.click()
    release.set()
    again = reopen(running)
    assert (job(again, 0).unfinished, job(again, 0).ledger.cancelled) == (True, 0)


def test_a_removed_job_is_not_restored_but_its_run_stays_in_the_store(
    window: MainWindow, folder: Path, run_folder: Callable[[Path], None], reopen: Callable[[MainWindow], MainWindow]
) -> None:
    run_folder(folder)
    window.queue.remove.trigger()
    again = reopen(window)
    assert again.jobs.rowCount() == 0
    with Store(again.exporter._inputs.store_file) as store:
        assert len(store.run(1).records()) == 4


def test_a_second_window_neither_takes_nor_overwrites_the_queue_of_the_first(
    window: MainWindow, make_window: MakeWindow, make_folder: MakeFolder, qtbot: QtBot
) -> None:
    window.add([make_folder("mine")])
    qtbot.waitUntil(lambda: window.presenter.keeps_queue)
    qtbot.waitUntil(lambda: saved_queue(window) == [("mine", "queued")], timeout=20_000)
    second = make_window(only_window=False)
    qtbot.waitUntil(lambda: second.presenter.card is not None, timeout=20_000)
    assert second.jobs.rowCount() == 0
    assert "queue is not kept for the next start" in second.banner.text
    second.add([make_folder("other")])
    second.top.start.click()
    qtbot.waitUntil(lambda: all_ended(second), timeout=20_000)
    second.close()
    assert saved_queue(window) == [("mine", "queued")]


def test_the_add_folder_button_offers_recent_folders(window: MainWindow, make_folder: MakeFolder) -> None:
    folder = make_folder("first")
    window.add([folder])
    menu = window.top.add_folder.menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert names(window) == ["first", "first"]


def test_the_menu_of_a_job_enables_only_what_can_be_done_with_it(window: MainWindow, make_folder: MakeFolder) -> None:
    assert not window.queue._more.isEnabled()
    window.add([make_folder("a")])
    menu = window.queue._more.menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.isEnabled()] == [
        "Start this job",
        "How patients are identified…",
        "Remove from the queue",
    ]


def test_jobs_can_be_dragged_between_other_jobs_but_not_onto_them(window: MainWindow, make_folder: MakeFolder) -> None:
    window.add([make_folder("a"), make_folder("b")])
    assert window.queue._jobs.dragDropMode() is QAbstractItemView.DragDropMode.InternalMove
    assert window.jobs.supportedDropActions() == Qt.DropAction.MoveAction
    on_job, between = window.jobs.flags(window.jobs.index(0)), window.jobs.flags(window.jobs.index(-1))
    assert on_job & Qt.ItemFlag.ItemIsDragEnabled
    assert not on_job & Qt.ItemFlag.ItemIsDropEnabled
    assert between & Qt.ItemFlag.ItemIsDropEnabled
