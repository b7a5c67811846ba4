"""How a job reads the patients of its images: guessed when the job is added, shown in its card, and changed there at any time."""

import threading
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import ImageRecord, Ledger, Status
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.pipeline.reread_identities import keep_identities, reread_identities
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.queue.identity_menu import IdentityMenu
from breakhis_desktop.ui.queue.identity_words import patients_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.conftest import FakeClassifier, small_field
from tests.factories import there
from tests.factories.windows import load_doubting, stored_reviews
from tests.gui.conftest import MakeWindow, holding_after_the_first_chunk

FOLDERS = {"Case 3", "Case 12"}
GUESSED = "2 folders: one patient each"


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """Return a folder with one folder for each of two patients; the names of the images state the magnification."""
    return _ward(tmp_path, 4)


def _ward(tmp_path: Path, images: int) -> Path:
    for number in range(images):
        file = tmp_path / "ward" / f"Case {3 + 9 * (number % 2)}" / f"field {number}_100x.bmp"
        file.parent.mkdir(parents=True, exist_ok=True)
        small_field(number).save(file)
    return tmp_path / "ward"


def added(window: MainWindow, folder: Path) -> Job:
    window.add([folder])
    return there(window.chosen.job)


def _is_read_by(job: Job, rule: str) -> bool:
    return job.rule == rule


def _has_guess(job: Job) -> bool:
    return job.reading.guess is not None


def patients(records: list[ImageRecord]) -> set[str]:
    return {record.patient_id for record in records}


def stored(tmp_path: Path) -> list[ImageRecord]:
    with Store(tmp_path / "store.sqlite") as store:
        return store.records(1)


def run(window: MainWindow, job: Job, qtbot: QtBot) -> None:
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)


def menu_of(window: MainWindow, job: Job, qtbot: QtBot) -> IdentityMenu:
    """Click the link in a job's card, and return the menu that opens."""
    jobs = window.queue._jobs
    qtbot.mouseClick(jobs.viewport(), Qt.MouseButton.LeftButton, pos=jobs.link_of(job))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, IdentityMenu)
    return menu


def choose(window: MainWindow, job: Job, words: str, qtbot: QtBot) -> None:
    menu = menu_of(window, job, qtbot)
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_the_card_tells_whose_images_were_added_before_anything_runs(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: patients_words(job) == GUESSED)
    assert job.rule == "folder,magnification"
    run(window, job, qtbot)
    assert patients(job.records) == FOLDERS
    assert {record.magnification for record in job.records} == {100}
    assert patients_words(job) == GUESSED


def test_images_that_nothing_tells_the_patient_of_are_said_to_have_none(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "fields"
    folder.mkdir()
    small_field(0).save(folder / "camera.bmp")
    job = added(window, folder)
    qtbot.waitUntil(lambda: patients_words(job) == "No patient known")
    choose(window, job, "Each folder is one patient", qtbot)
    run(window, job, qtbot)
    assert patients_words(job) == "1 folder: one patient"


def test_after_a_restart_the_cards_tell_whose_images_were_found_before_a_job_is_chosen(
    window: MainWindow, ward: Path, folder: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    """The last job is chosen at the start; the results of the others are not loaded."""
    for place in (ward, folder, ward):
        job = added(window, place)
        qtbot.waitUntil(partial(_has_guess, job))
        run(window, job, qtbot)
    before = [patients_words(job) for job in window.jobs.all()]
    assert before == [GUESSED, "BreakHis names: 1 patient, 3 images without", GUESSED]
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 3, timeout=20_000)
    names = there(again.jobs.at(1))
    words = "BreakHis names: 1 patient, 2 images without"
    qtbot.waitUntil(lambda: [patients_words(job) for job in again.jobs.all()] == [GUESSED, words, GUESSED], timeout=20_000)
    assert not names.loaded
    again.chosen.choose(names)
    qtbot.waitUntil(lambda: names.loaded, timeout=20_000)
    assert patients_words(names) == words


def test_after_a_restart_the_card_of_a_paused_job_tells_whose_images_it_will_have(
    make_window: MakeWindow, tmp_path: Path, held: threading.Event, qtbot: QtBot
) -> None:
    window = make_window(holding_after_the_first_chunk(held))
    job = added(window, _ward(tmp_path, 2 * CHUNK + 4))
    qtbot.waitUntil(lambda: patients_words(job) == GUESSED)
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    window.top.pause.click()
    held.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=20_000)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1 and patients_words(there(again.jobs.at(0))) == GUESSED, timeout=20_000)


def test_the_tip_of_a_card_tells_whose_images_it_holds_uncut(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: patients_words(job) == GUESSED)
    jobs = window.queue._jobs
    place = jobs.link_of(job)
    QApplication.sendEvent(jobs.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, jobs.viewport().mapToGlobal(place)))
    assert QToolTip.text() == f"{ward}\n{GUESSED}"
    QToolTip.hideText()


def test_the_page_of_patients_leads_to_how_they_are_read(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    added(window, ward)
    asked: list[Job] = []
    window.queue.identity_asked.disconnect()
    window.queue.identity_asked.connect(asked.append)
    window.overview.patients.identity.click()
    assert asked == [window.chosen.job]


def test_files_that_are_tried_again_are_read_as_in_their_run(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    (ward / "Case 3" / "broken.png").write_bytes(b"no image")
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    window.add_images.retry_failed(job)
    again = window.jobs.all()[-1]
    qtbot.waitUntil(lambda: again.stage is JobStage.ENDED and again.reading.guess is not None, timeout=20_000)
    assert (job.reading.rule, again.reading.rule) == ("official", "official")


def test_a_choice_before_the_guess_stands(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    assert (job.rule, patients_words(job)) == ("official", "official names")


def test_a_finished_job_is_read_by_another_rule_and_keeps_its_reviews_and_its_chosen_row(
    make_window: MakeWindow, ward: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(load_doubting)
    job = added(window, ward)
    window.identities.set_rule(job, "")
    window.settings.change(reviewer="M. Silva")
    run(window, job, qtbot)
    qtbot.waitUntil(window.detail.review.accept.isEnabled)
    window.table.selectRow(2)
    reviewed = there(window.table.chosen()).record.position
    window.detail.review.accept.trigger()
    qtbot.waitUntil(lambda: list(window.results.reviews) == [reviewed])
    chosen = there(window.table.chosen()).record.position
    choose(window, job, "Each folder is one patient", qtbot)
    qtbot.waitUntil(lambda: patients(job.records) == FOLDERS)
    assert patients(stored(tmp_path)) == FOLDERS
    assert there(window.table.chosen()).record.position == chosen
    assert {str(window.results.index(row, 1).data()) for row in range(4)} == FOLDERS
    assert list(stored_reviews(tmp_path)) == list(window.results.reviews) == [reviewed]
    assert set(job.patients) == FOLDERS


def test_the_magnification_is_switched_on_and_off_in_the_card(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    run(window, job, qtbot)
    for rule, magnification in (("folder", None), ("folder,magnification", 100)):
        choose(window, job, "Magnification from names, such as 100x", qtbot)
        qtbot.waitUntil(partial(_is_read_by, job, rule))
        assert {record.magnification for record in job.records} == {magnification}


def test_a_job_that_runs_is_read_by_the_new_rule_from_its_first_image_to_its_last(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    held = threading.Event()
    window = make_window(holding_after_the_first_chunk(held))
    job = added(window, _ward(tmp_path, 3 * CHUNK))
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    choose(window, job, "Each folder is one patient", qtbot)
    qtbot.waitUntil(lambda: patients(job.records) == {"Case 3"})  # holds for the images so far
    assert job.stage is JobStage.RUNNING
    held.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert len(job.records) == 3 * CHUNK
    assert patients(job.records) == patients(stored(tmp_path)) == patients(window.results.rows.records) == FOLDERS


def test_a_job_started_at_once_is_read_as_guessed_all_the_same(window: MainWindow, ward: Path, tmp_path: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    run(window, job, qtbot)
    qtbot.waitUntil(lambda: patients(job.records) == FOLDERS)
    qtbot.waitUntil(lambda: patients(stored(tmp_path)) == FOLDERS)


def test_a_job_of_an_earlier_session_is_read_by_another_rule(
    make_window: MakeWindow, window: MainWindow, ward: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.chosen.job is not None and again.chosen.job.loaded, timeout=20_000)
    restored = there(again.chosen.job)
    choose(again, restored, "Each folder is one patient", qtbot)
    qtbot.waitUntil(lambda: patients(restored.records) == FOLDERS)
    assert patients(stored(tmp_path)) == FOLDERS


def test_a_rule_that_cannot_be_used_is_told_and_leaves_the_job_as_it_was(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    run(window, job, qtbot)
    window.identities.set_rule(job, "csv:/nowhere/a.csv")
    qtbot.waitUntil(window.banner.isVisible)
    assert (job.rule, job.reading.rule) == ("folder,magnification", "folder,magnification")
    assert patients(job.records) == FOLDERS


@pytest.fixture
def at_ten(tmp_path: Path) -> str:
    """Return the rule of a table that declares a magnification for the first image which the models do not know."""
    table = tmp_path / "table.csv"
    table.write_text("file,magnification\nfield 0_100x.bmp,10\n", encoding="utf-8")
    return f"csv:{table}"


def test_images_that_another_magnification_affects_are_offered_to_be_analysed_again(
    window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED)
    assert window.toast.text == "1 image waits to be analysed again at its new magnification."
    assert (job.ledger.done, job.ledger.to_go, len(window.results.rows)) == (3, 1, 3)
    assert window.banner.offers
    window.banner.resume_asked.emit()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert job.ledger == Ledger(4, done=3, refused=1)
    assert [record.magnification for record in job.records if record.status is Status.REFUSED] == [10]
    assert {record.magnification for record in window.results.rows.records} == {10, None}


def test_the_former_rule_gives_back_the_results_of_images_that_waited_to_be_analysed_again(
    window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    before = sorted(job.records, key=lambda record: record.position)
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: window.banner.offers)
    window.identities.set_rule(job, "")
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED)
    assert sorted(job.records, key=lambda record: record.position) == before
    assert (job.ledger, len(window.results.rows), window.banner.offers) == (Ledger(4, done=4), 4, False)


def test_images_of_a_job_that_was_cancelled_do_not_wait_again_at_the_next_start(
    make_window: MakeWindow, window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED)
    window.top.cancel.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert job.ledger == Ledger(4, done=4)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.presenter.card is not None and again.results.rowCount() == 4, timeout=20_000)
    qtbot.waitUntil(lambda: there(again.jobs.at(0)).job_id in again.identities._checked)
    again.identities._writing.close()
    qtbot.wait(0)
    assert there(again.jobs.at(0)).stage is JobStage.ENDED
    assert not again.banner.isVisible()


def test_a_cancelled_job_whose_images_wait_to_be_analysed_again_is_not_offered(
    make_window: MakeWindow, tmp_path: Path, at_ten: str, qtbot: QtBot
) -> None:
    held = threading.Event()
    window = make_window(holding_after_the_first_chunk(held))
    job = added(window, _ward(tmp_path, 3 * CHUNK))
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    window.top.cancel.click()
    held.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.CANCELLED, timeout=20_000)
    ended = job.ledger.done
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: job.ledger.to_go == 1)
    assert (job.stage, window.banner.offers) == (JobStage.CANCELLED, False)
    assert window.toast.text == "1 image waits to be analysed again at its new magnification."
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.presenter.card is not None and again.results.rowCount() == 3 * CHUNK - 1, timeout=20_000)
    restored = there(again.jobs.at(0))
    assert (restored.stage, again.banner.offers) == (JobStage.CANCELLED, False)
    assert restored.ledger == Ledger(3 * CHUNK, done=ended - 1, cancelled=3 * CHUNK - ended)
    again.top.start.click()
    qtbot.waitUntil(lambda: restored.stage is JobStage.ENDED, timeout=20_000)
    assert restored.ledger == Ledger(3 * CHUNK, done=3 * CHUNK - 1, refused=1)


def test_a_magnification_that_was_not_checked_in_an_earlier_session_is_checked_in_the_next(
    make_window: MakeWindow, window: MainWindow, ward: Path, tmp_path: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    run_id = there(job.run_info).run_id
    window.close()
    keep_identities(tmp_path / "store.sqlite", run_id, reread_identities(tmp_path / "store.sqlite", run_id, at_ten), None)
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1 and there(again.jobs.at(0)).stage is JobStage.PAUSED, timeout=20_000)
    assert there(again.jobs.at(0)).ledger == Ledger(4, done=3)


def test_a_magnification_chosen_during_a_run_affects_the_images_that_had_ended_by_then(
    make_window: MakeWindow, tmp_path: Path, at_ten: str, qtbot: QtBot
) -> None:
    held = threading.Event()
    window = make_window(holding_after_the_first_chunk(held))
    job = added(window, _ward(tmp_path, 2 * CHUNK))
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: job.rule == job.reading.rule)
    held.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=30_000)
    assert job.ledger == Ledger(2 * CHUNK, done=2 * CHUNK - 1)


class Stepwise(FakeClassifier):
    """A classifier that waits for its turn before each batch."""

    def __init__(self) -> None:
        self.turns = threading.Semaphore(1)

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        assert self.turns.acquire(timeout=20)
        return super().classify(inputs)


@pytest.fixture
def stepwise() -> Stepwise:
    return Stepwise()


@pytest.fixture
def paused(make_window: MakeWindow, stepwise: Stepwise, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window whose only job was paused after its first batches."""
    window = make_window(lambda _folder, _report: stepwise)
    job = added(window, _ward(tmp_path, 4 * CHUNK))
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    window.top.pause.click()
    stepwise.turns.release()
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=20_000)
    return window


@pytest.fixture
def all_at_ten(tmp_path: Path) -> str:
    """Return the rule of a table that declares a magnification for all images which the models do not know."""
    lines = [f"field {number}_100x.bmp,10" for number in range(4 * CHUNK)]
    (tmp_path / "all.csv").write_text("\n".join(["file,magnification", *lines, ""]), encoding="utf-8")
    return f"csv:{tmp_path / 'all.csv'}"


def statuses(records: list[ImageRecord]) -> dict[int, Status]:
    return {record.position: record.status for record in records}


def test_a_magnification_chosen_just_before_a_job_is_resumed_affects_all_of_its_images(
    paused: MainWindow, stepwise: Stepwise, tmp_path: Path, all_at_ten: str, qtbot: QtBot
) -> None:
    written = threading.Event()
    job, writing = there(paused.chosen.job), paused.identities._writing
    writing.run(lambda: written.wait(timeout=20), lambda _: None, lambda _: None)
    paused.identities.set_rule(job, all_at_ten)
    qtbot.waitUntil(lambda: writing._threads._waiting.qsize() > 0)  # the rule is about to be written
    paused.presenter.resume(job)
    qtbot.waitUntil(lambda: job.progress is not None)  # and now the run has begun by the former rule
    written.set()
    qtbot.waitUntil(lambda: job.rule == all_at_ten)
    stepwise.turns.release(100)
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED and paused.banner.offers, timeout=30_000)
    assert statuses(job.records) == statuses(stored(tmp_path))
    paused.presenter.resume(job)
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert job.ledger == Ledger(4 * CHUNK, refused=4 * CHUNK)
    assert statuses(job.records) == statuses(stored(tmp_path))


def test_a_resumed_run_that_finds_images_of_another_magnification_shows_their_new_results(
    paused: MainWindow, stepwise: Stepwise, tmp_path: Path, all_at_ten: str, qtbot: QtBot
) -> None:
    job, store_file = there(paused.chosen.job), tmp_path / "store.sqlite"
    keep_identities(store_file, 1, reread_identities(store_file, 1, all_at_ten))
    stepwise.turns.release(100)
    paused.presenter.resume(job)
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert job.ledger == Ledger(4 * CHUNK, refused=4 * CHUNK)
    assert statuses(job.records) == statuses(stored(tmp_path))
    assert len(paused.results.rows) == 4 * CHUNK


def test_a_magnification_chosen_before_the_models_are_loaded_affects_images_once_they_are(
    make_window: MakeWindow, window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    loaded = threading.Event()
    job = added(window, ward)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    window.close()
    again = make_window(lambda _folder, _report: (loaded.wait(timeout=20), FakeClassifier())[1])
    qtbot.waitUntil(lambda: again.chosen.job is not None and again.chosen.job.loaded, timeout=20_000)
    restored = there(again.chosen.job)
    again.identities.set_rule(restored, at_ten)
    qtbot.waitUntil(lambda: restored.rule == restored.reading.rule)
    assert restored.stage is JobStage.ENDED
    loaded.set()
    qtbot.waitUntil(lambda: restored.stage is JobStage.PAUSED, timeout=20_000)
    assert (restored.ledger.done, restored.ledger.to_go) == (3, 1)


def test_a_click_beside_the_link_only_chooses_the_job(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    jobs = window.queue._jobs
    qtbot.mouseClick(jobs.viewport(), Qt.MouseButton.LeftButton, pos=jobs.visualRect(window.jobs.index(0)).topLeft())
    assert QApplication.activePopupWidget() is None
