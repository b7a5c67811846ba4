"""The program guesses the rule that reads the patients of a job; the user can see and change the rule on the job's card at any time."""

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.ui.queue.identity_menu import IdentityMenu
from breakhis_desktop.ui.queue.identity_words import patients_words
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.conftest import small_field
from tests.factories import there
from tests.factories.wards import added, analysed, make_ward, run, stored
from tests.factories.windows import load_doubting, stored_reviews
from tests.gui.conftest import MakeWindow, waiting_before_second_batch

FOLDERS = {"Case 3", "Case 12"}
GUESSED = "2 folders: one patient each"


def _is_read_by(job: Job, rule: str) -> bool:
    return job.rule == rule


def _has_guess(job: Job) -> bool:
    return job.reading.guess is not None


def patients(records: list[ImageRecord]) -> set[str]:
    return {record.patient_id for record in records}


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


def test_before_a_job_runs_its_card_says_whose_images_were_added(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: patients_words(job) == GUESSED)
    assert job.rule == "folder,magnification"
    run(window, job, qtbot)
    assert patients(job.records) == FOLDERS
    assert {record.magnification for record in job.records} == {100}
    assert patients_words(job) == GUESSED


def test_the_card_says_if_no_patient_is_known(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "fields"
    folder.mkdir()
    small_field(0).save(folder / "camera.bmp")
    job = added(window, folder)
    qtbot.waitUntil(lambda: patients_words(job) == "No patient known")
    choose(window, job, "Each folder is one patient", qtbot)
    run(window, job, qtbot)
    assert patients_words(job) == "1 folder: one patient"


def test_after_a_restart_a_card_says_whose_images_its_job_has_even_before_the_job_is_chosen(
    window: MainWindow, ward: Path, folder: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    """At the start, the last job is chosen, so the results of the other jobs are not loaded."""
    for place in (ward, folder, ward):
        job = added(window, place)
        qtbot.waitUntil(partial(_has_guess, job))
        run(window, job, qtbot)
    before = [patients_words(job) for job in window.jobs.all()]
    assert before == [GUESSED, "BreakHis names: 1 patient, 3\u00a0images\u00a0without", GUESSED]
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 3, timeout=20_000)
    names = there(again.jobs.at(1))
    words = "BreakHis names: 1 patient, 2\u00a0images\u00a0without"
    qtbot.waitUntil(lambda: [patients_words(job) for job in again.jobs.all()] == [GUESSED, words, GUESSED], timeout=20_000)
    assert not names.loaded
    again.chosen.choose(names)
    qtbot.waitUntil(lambda: names.loaded, timeout=20_000)
    assert patients_words(names) == words


def test_after_a_restart_the_card_of_a_paused_job_still_says_whose_images_it_has(
    make_window: MakeWindow, tmp_path: Path, release: threading.Event, qtbot: QtBot
) -> None:
    window = make_window(waiting_before_second_batch(release))
    job = added(window, make_ward(tmp_path, 2 * CHUNK + 4))
    qtbot.waitUntil(lambda: patients_words(job) == GUESSED)
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    window.top.pause.click()
    release.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=20_000)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1 and patients_words(there(again.jobs.at(0))) == GUESSED, timeout=20_000)


def test_the_tooltip_of_a_card_says_in_full_whose_images_the_job_has(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: patients_words(job) == GUESSED)
    jobs = window.queue._jobs
    place = jobs.link_of(job)
    QApplication.sendEvent(jobs.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, jobs.viewport().mapToGlobal(place)))
    assert QToolTip.text() == f"{ward}\n{GUESSED}"
    QToolTip.hideText()


def test_a_button_on_the_patients_page_asks_how_patients_are_read(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    added(window, ward)
    asked: list[Job] = []
    window.queue.identity_asked.disconnect()
    window.queue.identity_asked.connect(asked.append)
    window.overview.patients.identity.click()
    assert asked == [window.chosen.job]


def test_retried_files_keep_the_rule_of_their_run(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    (ward / "Case 3" / "broken.png").write_bytes(b"no image")
    job = analysed(window, ward, qtbot)
    window.add_images.retry_failed(job)
    again = window.jobs.all()[-1]
    qtbot.waitUntil(lambda: again.stage is JobStage.ENDED and again.reading.guess is not None, timeout=20_000)
    assert (job.reading.rule, again.reading.rule) == ("official", "official")


def test_a_rule_that_the_user_chose_first_is_not_replaced_by_the_guess(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    window.identities.set_rule(job, "")
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    assert (job.rule, patients_words(job)) == ("official", "BreakHis names")


def test_a_finished_job_keeps_its_reviews_and_its_chosen_row_when_another_rule_reads_it(
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


def test_reading_the_magnification_can_be_switched_off_and_on_in_the_card(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    run(window, job, qtbot)
    for rule, magnification in (("folder", None), ("folder,magnification", 100)):
        choose(window, job, "Magnification from names, such as 100x", qtbot)
        qtbot.waitUntil(partial(_is_read_by, job, rule))
        assert {record.magnification for record in job.records} == {magnification}


def test_a_rule_chosen_during_a_run_applies_to_all_images_of_the_job(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    release = threading.Event()
    window = make_window(waiting_before_second_batch(release))
    job = added(window, make_ward(tmp_path, 3 * CHUNK))
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    choose(window, job, "Each folder is one patient", qtbot)
    qtbot.waitUntil(lambda: patients(job.records) == {"Case 3"})  # the patient of all images so far
    assert job.stage is JobStage.RUNNING
    release.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert len(job.records) == 3 * CHUNK
    assert patients(job.records) == patients(stored(tmp_path)) == patients(window.results.rows.records) == FOLDERS


def test_the_guessed_rule_also_applies_to_a_job_that_is_started_at_once(
    window: MainWindow, ward: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    job = added(window, ward)
    run(window, job, qtbot)
    qtbot.waitUntil(lambda: patients(job.records) == FOLDERS)
    qtbot.waitUntil(lambda: patients(stored(tmp_path)) == FOLDERS)


def test_another_rule_can_read_a_job_of_an_earlier_session(
    make_window: MakeWindow, window: MainWindow, ward: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    analysed(window, ward, qtbot)
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.chosen.job is not None and again.chosen.job.loaded, timeout=20_000)
    restored = there(again.chosen.job)
    choose(again, restored, "Each folder is one patient", qtbot)
    qtbot.waitUntil(lambda: patients(restored.records) == FOLDERS)
    assert patients(stored(tmp_path)) == FOLDERS


def test_the_menu_of_a_card_lists_the_same_rules_in_the_same_order_after_a_restart(
    window: MainWindow, ward: Path, make_window: MakeWindow, qtbot: QtBot
) -> None:
    def rules(window: MainWindow, job: Job) -> list[str]:
        menu = menu_of(window, job, qtbot)
        texts = [action.text() for action in menu.actions()]
        menu.close()
        return texts

    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    run(window, job, qtbot)
    before = rules(window, job)
    assert before[:2] == ["BreakHis names", "Each folder is one patient"]
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.chosen.job is not None and again.chosen.job.loaded, timeout=20_000)
    assert there(again.chosen.job).reading.guess is None
    assert rules(again, there(again.chosen.job)) == before


def test_an_unusable_rule_is_reported_and_does_not_change_the_job(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    run(window, job, qtbot)
    window.identities.set_rule(job, "csv:/nowhere/a.csv")
    qtbot.waitUntil(window.banner.isVisible)
    assert (job.rule, job.reading.rule) == ("folder,magnification", "folder,magnification")
    assert patients(job.records) == FOLDERS


def test_a_click_beside_the_link_only_chooses_the_job(window: MainWindow, ward: Path, qtbot: QtBot) -> None:
    job = added(window, ward)
    qtbot.waitUntil(lambda: job.reading.guess is not None)
    jobs = window.queue._jobs
    qtbot.mouseClick(jobs.viewport(), Qt.MouseButton.LeftButton, pos=jobs.visualRect(window.jobs.index(0)).topLeft())
    assert QApplication.activePopupWidget() is None
