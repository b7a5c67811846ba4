"""A ward's folder of images, with a folder for each of two patients, and steps that a user takes with it in the window."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.conftest import small_field
from tests.factories import there


def make_ward(folder: Path, images: int) -> Path:
    """Write images into a new folder; their names state the magnification."""
    for number in range(images):
        file = folder / "ward" / f"Case {3 + 9 * (number % 2)}" / f"field {number}_100x.bmp"
        file.parent.mkdir(parents=True, exist_ok=True)
        small_field(number).save(file)
    return folder / "ward"


def added(window: MainWindow, folder: Path) -> Job:
    """Queue a folder, and return its job."""
    window.add([folder])
    return there(window.chosen.job)


def run(window: MainWindow, job: Job, qtbot: QtBot) -> None:
    """Start the queue, and wait until a job has ended."""
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)


def analysed(window: MainWindow, folder: Path, qtbot: QtBot) -> Job:
    """Queue a folder with the rule of official names, analyse it, and return its job."""
    job = added(window, folder)
    window.identities.set_rule(job, "")
    run(window, job, qtbot)
    return job


def stored(folder: Path) -> list[ImageRecord]:
    """Return the records of the first run in the store of a test's folder."""
    with Store(folder / "store.sqlite") as store:
        return store.run(1).records()
