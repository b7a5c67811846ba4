"""Images wait to be analysed again if another rule reads a magnification at which the models treat them differently."""

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import ImageRecord, Ledger, Status
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.pipeline.reread_identities import keep_identities, reread_identities
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.conftest import FakeClassifier
from tests.factories import there
from tests.factories.wards import added, analysed, make_ward, stored
from tests.gui.conftest import MakeWindow, waiting_before_second_batch


def start_and_hold(make_window: MakeWindow, folder: Path, release: threading.Event, qtbot: QtBot) -> tuple[MainWindow, Job]:
    """Start a job with the rule of official names; once its first batch has ended and the second waits, return the window and the job."""
    window = make_window(waiting_before_second_batch(release))
    job = added(window, folder)
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    return window, job


@pytest.fixture
def at_ten(tmp_path: Path) -> str:
    """Return the rule of a table that gives the first image the magnification 10, which the models do not know."""
    table = tmp_path / "table.csv"
    table.write_text("file,magnification\nfield 0_100x.bmp,10\n", encoding="utf-8")
    return f"csv:{table}"


def test_images_affected_by_a_new_magnification_wait_and_the_banner_offers_to_analyse_them_again(
    window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = analysed(window, ward, qtbot)
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


def test_choosing_the_former_rule_restores_the_results_of_images_that_waited_to_be_analysed_again(
    window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = analysed(window, ward, qtbot)
    before = sorted(job.records, key=lambda record: record.position)
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: window.banner.offers)
    window.identities.set_rule(job, "")
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED)
    assert sorted(job.records, key=lambda record: record.position) == before
    assert (job.ledger, len(window.results.rows), window.banner.offers) == (Ledger(4, done=4), 4, False)


def test_images_whose_new_analysis_was_cancelled_do_not_wait_again_after_the_next_start(
    make_window: MakeWindow, window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = analysed(window, ward, qtbot)
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


def test_the_banner_does_not_offer_to_resume_a_cancelled_job_whose_images_wait_to_be_analysed_again(
    make_window: MakeWindow, tmp_path: Path, at_ten: str, qtbot: QtBot
) -> None:
    release = threading.Event()
    window, job = start_and_hold(make_window, make_ward(tmp_path, 3 * CHUNK), release, qtbot)
    window.top.cancel.click()
    release.set()
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


def test_a_magnification_that_was_not_checked_in_one_session_is_checked_in_the_next(
    make_window: MakeWindow, window: MainWindow, ward: Path, tmp_path: Path, at_ten: str, qtbot: QtBot
) -> None:
    job = analysed(window, ward, qtbot)
    run_id = there(job.run_info).run_id
    window.close()
    keep_identities(tmp_path / "store.sqlite", run_id, reread_identities(tmp_path / "store.sqlite", run_id, at_ten), None)
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1 and there(again.jobs.at(0)).stage is JobStage.PAUSED, timeout=20_000)
    assert there(again.jobs.at(0)).ledger == Ledger(4, done=3)


def test_a_magnification_chosen_during_a_run_also_affects_images_that_were_finished_before(
    make_window: MakeWindow, tmp_path: Path, at_ten: str, qtbot: QtBot
) -> None:
    release = threading.Event()
    window, job = start_and_hold(make_window, make_ward(tmp_path, 2 * CHUNK), release, qtbot)
    window.identities.set_rule(job, at_ten)
    qtbot.waitUntil(lambda: job.rule == job.reading.rule)
    release.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=30_000)
    assert job.ledger == Ledger(2 * CHUNK, done=2 * CHUNK - 1)


class Stepwise(FakeClassifier):
    """A classifier that waits, before each batch but the first, until a test releases a turn."""

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
    job = added(window, make_ward(tmp_path, 4 * CHUNK))
    window.identities.set_rule(job, "")
    window.top.start.click()
    qtbot.waitUntil(lambda: len(job.records) > 0, timeout=30_000)
    window.top.pause.click()
    stepwise.turns.release()
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED, timeout=20_000)
    return window


@pytest.fixture
def all_at_ten(tmp_path: Path) -> str:
    """Return the rule of a table that gives every image the magnification 10, which the models do not know."""
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
    qtbot.waitUntil(lambda: job.progress is not None)  # by now, the run has begun with the former rule
    written.set()
    qtbot.waitUntil(lambda: job.rule == all_at_ten)
    stepwise.turns.release(100)
    qtbot.waitUntil(lambda: job.stage is JobStage.PAUSED and paused.banner.offers, timeout=30_000)
    assert statuses(job.records) == statuses(stored(tmp_path))
    paused.presenter.resume(job)
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert job.ledger == Ledger(4 * CHUNK, refused=4 * CHUNK)
    assert statuses(job.records) == statuses(stored(tmp_path))


def test_a_resumed_run_shows_new_results_for_images_whose_magnification_changed(
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


def test_a_magnification_chosen_before_the_models_are_loaded_takes_effect_once_they_are_loaded(
    make_window: MakeWindow, window: MainWindow, ward: Path, at_ten: str, qtbot: QtBot
) -> None:
    loaded = threading.Event()
    analysed(window, ward, qtbot)
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
