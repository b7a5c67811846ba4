"""The window offers to resume an interrupted run when it opens."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from breakhis_desktop.ui.queue.job_delegate import count_words, stage_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.worker.analysis import ClassifierLoader
from tests.conftest import CARD, FakeClassifier, small_field
from tests.factories import there
from tests.gui.conftest import MakeWindow, load_fake

IMAGES = 3 * CHUNK + 4
AbandonRun = Callable[..., Path]
Reopen = Callable[..., MainWindow]


class OtherModels(FakeClassifier):
    card = replace(CARD, name="other", files={**CARD.files, "binary.keras": "dd"})


def load_others(_folder: Path, _report_stage: Callable[[str], None]) -> FakeClassifier:
    return OtherModels()


@pytest.fixture
def abandon_run(tmp_path: Path) -> AbandonRun:
    """Return a function that abandons a run on a new folder after its first chunk, as if the process had been killed."""

    def abandon(name: str = "many", point: OperatingPoint = CARD.points["default"]) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for number in range(IMAGES):
            small_field(number).save(folder / f"{number:03}.bmp")
        with Store(tmp_path / "store.sqlite") as store:
            events = analyse(Request((folder,), point), FakeClassifier(), store, threading.Event())
            next(events)
            next(events)
            events.close()
        return folder

    return abandon


@pytest.fixture
def reopen(make_window: MakeWindow, qtbot: QtBot) -> Reopen:
    """Return a function that opens a window and waits until it has looked for interrupted runs and loaded its models."""

    def open_again(load_classifier: ClassifierLoader = load_fake) -> MainWindow:
        window = make_window(load_classifier)
        qtbot.waitUntil(lambda: window.presenter.card is not None)
        return window

    return open_again


def only_job(window: MainWindow) -> Job:
    (job,) = (window.jobs.at(row) for row in range(window.jobs.rowCount()))
    assert job is not None
    return job


def press(window: MainWindow, words: str) -> None:
    next(button for button in window.banner.findChildren(QPushButton) if button.text() == words and button.isVisible()).click()


def rows_of(window: MainWindow, run_id: int) -> list[ImageRecord]:
    with Store(window.exporter._inputs.store_file) as store:
        return list(store.run(run_id).records())


def test_an_interrupted_run_is_offered_with_its_finished_rows(abandon_run: AbandonRun, reopen: Reopen) -> None:
    folder = abandon_run()
    window = reopen()
    job = only_job(window)
    assert window.banner.offers
    assert window.banner.text.startswith("The run of 20")
    assert window.banner.text.endswith(f" over {folder} was interrupted after {CHUNK} of {IMAGES} images.")
    assert job.stage is JobStage.INTERRUPTED
    assert (stage_words(job), count_words(job)) == ("32%", f"Interrupted after {CHUNK}\u00a0of\u00a0{IMAGES}")
    assert window.results.rowCount() == CHUNK
    assert window.status.ledger.text() == f"{IMAGES} queued = {CHUNK} done + {IMAGES - CHUNK} to go"
    assert window.table.isVisible()


@pytest.mark.parametrize("by_start", [True, False])
def test_a_resumed_run_ends_with_exactly_one_row_for_each_image_and_keeps_the_chosen_image(
    abandon_run: AbandonRun, reopen: Reopen, qtbot: QtBot, by_start: bool
) -> None:
    abandon_run()
    window = reopen()
    window.table.selectRow(3)
    chosen = window.table.chosen()
    window.top.start.click() if by_start else press(window, "Resume")
    job = only_job(window)
    assert not window.banner.isVisible()
    qtbot.waitUntil(lambda: job.stage is JobStage.RUNNING or job.stage is JobStage.ENDED)
    assert window.table.chosen() is chosen
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert (job.ledger.queued, job.ledger.done) == (IMAGES, IMAGES)
    assert window.results.rowCount() == len(job.records) == IMAGES
    assert len(rows_of(window, 1)) == IMAGES
    assert rows_of(window, 2) == []


def test_the_start_button_says_resume_if_the_first_job_in_the_queue_was_interrupted(
    abandon_run: AbandonRun, reopen: Reopen, folder: Path
) -> None:
    abandon_run()
    window = reopen()
    assert window.top.start.text() == "Resume"
    window.add([folder])
    assert window.top.start.text() == "Resume"
    window.chosen.choose(window.jobs.at(1))
    window.queue.move_up.trigger()
    assert window.top.start.text() == "Start"
    window.queue.move_down.trigger()
    assert window.top.start.text() == "Resume"
    window.chosen.choose(window.jobs.at(0))
    window.queue.remove.trigger()
    assert window.top.start.text() == "Start"


@pytest.mark.parametrize("answer", ["Resume", "Not now"])
def test_the_table_has_the_focus_once_the_offer_is_answered(abandon_run: AbandonRun, reopen: Reopen, qtbot: QtBot, answer: str) -> None:
    abandon_run()
    window = reopen()
    window.activateWindow()
    button = next(button for button in window.banner.findChildren(QPushButton) if button.text() == answer)
    button.setFocus()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()
    assert window.focusWidget() is window.table
    qtbot.waitUntil(lambda: not window.presenter.is_busy, timeout=20_000)
    assert window.focusWidget() is window.table


def test_a_job_that_is_not_resumed_now_is_kept_and_offered_again_when_it_is_chosen(
    abandon_run: AbandonRun, reopen: Reopen, folder: Path
) -> None:
    abandon_run()
    window = reopen()
    press(window, "Not now")
    assert not window.banner.isVisible()
    window.add([folder])
    assert not window.banner.offers
    job = window.jobs.at(0)
    assert job is not None
    window.chosen.choose(job)
    assert window.banner.offers


def test_the_run_of_a_removed_job_is_cancelled_and_not_offered_again(abandon_run: AbandonRun, reopen: Reopen, qtbot: QtBot) -> None:
    abandon_run()
    first = reopen()
    first.queue.remove_asked.emit(only_job(first))
    assert not first.banner.isVisible()
    first.close()
    second = reopen()
    assert second.jobs.rowCount() == 0
    assert {record.status for record in rows_of(second, 1)} == {"done", "cancelled"}


def test_other_models_do_not_resume_the_run_but_analyse_the_next_job(
    abandon_run: AbandonRun, reopen: Reopen, folder: Path, qtbot: QtBot
) -> None:
    abandon_run()
    window = reopen(load_others)
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: window.jobs.in_stage(JobStage.ENDED) != [], timeout=20_000)
    (refused,) = window.jobs.in_stage(JobStage.STOPPED)
    assert f"made with other models (fake 1, id {CARD.model_id}); to finish it, use the same models" in str(refused.message)
    assert str(refused.message) in window.banner.text
    assert len(rows_of(window, 1)) == CHUNK
    assert len(rows_of(window, 2)) == 4


def test_a_resumed_run_keeps_the_threshold_that_the_user_chose(abandon_run: AbandonRun, reopen: Reopen, qtbot: QtBot) -> None:
    abandon_run(point=OperatingPoint("custom", 0.9))
    window = reopen()
    press(window, "Resume")
    qtbot.waitUntil(lambda: only_job(window).stage is JobStage.ENDED, timeout=20_000)
    assert there(only_job(window).run_info).point == OperatingPoint("custom", 0.9)


def test_each_interrupted_run_becomes_a_job_and_start_resumes_them_all(abandon_run: AbandonRun, reopen: Reopen, qtbot: QtBot) -> None:
    abandon_run("older")
    abandon_run("newer")
    window = reopen()
    assert [window.jobs.index(row).data() for row in range(2)] == ["newer", "older"]
    assert "newer" in window.banner.text
    window.top.start.click()
    qtbot.waitUntil(lambda: len(window.jobs.in_stage(JobStage.ENDED)) == 2, timeout=20_000)
    assert not window.banner.isVisible()
    assert [len(rows_of(window, run_id)) for run_id in (1, 2)] == [IMAGES, IMAGES]


def test_a_run_is_not_offered_while_another_process_writes_the_store(abandon_run: AbandonRun, reopen: Reopen, tmp_path: Path) -> None:
    abandon_run()
    with only_writer(tmp_path / "store.sqlite"):
        window = reopen()
    assert window.jobs.rowCount() == 0
    assert not window.banner.isVisible()


def test_a_run_that_stops_because_the_store_is_in_use_can_be_resumed_later(
    abandon_run: AbandonRun, reopen: Reopen, tmp_path: Path, qtbot: QtBot
) -> None:
    abandon_run()
    window = reopen()
    with only_writer(tmp_path / "store.sqlite"):
        press(window, "Resume")
        qtbot.waitUntil(lambda: only_job(window).stage is JobStage.STOPPED)
    assert "is writing the store" in window.banner.text
    press(window, "Resume")
    qtbot.waitUntil(lambda: only_job(window).stage is JobStage.ENDED, timeout=20_000)
    assert len(rows_of(window, 1)) == IMAGES


def test_removing_a_run_while_the_store_is_in_use_warns_that_it_will_be_offered_again(
    abandon_run: AbandonRun, reopen: Reopen, tmp_path: Path, qtbot: QtBot
) -> None:
    abandon_run()
    window = reopen()
    with only_writer(tmp_path / "store.sqlite"), qtbot.waitSignal(window.presenter.run_not_given_up):
        window.queue.remove_asked.emit(only_job(window))
    assert "will be offered again at the next start. Another window or command is writing the store" in window.banner.text
