"""Adding images to the queue: from a dialog, by drag and drop, from the command line, or from the refused and failed images of a job."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from breakhis_desktop.assets import sample_images
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.endings import IMAGE_SUFFIXES
from breakhis_desktop.files import is_folder
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.last_folders import Purpose, remember_folder, start_folder
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.settings import Settings


class AddImages(QObject):
    """Adds jobs to the queue; if the queue is running, they wait for their turn.

    Signals:
        added: The first of the jobs that have been added.
    """

    added = Signal(object)

    def __init__(self, jobs: JobsModel, presenter: Presenter, parent: QObject) -> None:
        """Remember the queue to add to."""
        super().__init__(parent)
        self._jobs = jobs
        self._presenter = presenter

    def add(self, paths: Iterable[Path]) -> list[Job]:
        """Queue folders and files; return their jobs."""
        added = queue_paths(self._jobs, paths)
        self._enlist(added)
        return added

    def add_samples(self) -> Job:
        """Queue the sample images that ship with the program; return their job."""
        job = self._jobs.add([sample_images()], title=self.tr("Synthetic samples"))
        self._enlist([job])
        return job

    def judge_refused(self, job: Job) -> None:
        """Queue the refused images of a job again without the quality gate, and start the queue."""
        if job.refused:
            title = self.tr("{name}, without the gate").format(name=job.name)
            self._enlist([self._jobs.add(job.refused, title, gate=False, identity_rule=job.rule or OFFICIAL)])
            self._presenter.start()

    def retry_failed(self, job: Job) -> None:
        """Queue the unreadable files of a job as a job of their own, and start the queue; the earlier run keeps its results."""
        if job.failed:
            title = self.tr("{name}, failed files").format(name=job.name)
            self._enlist([self._jobs.add(job.failed, title, gate=job.gate, identity_rule=job.rule or OFFICIAL)])
            self._presenter.start()

    def _enlist(self, jobs: Sequence[Job]) -> None:
        self._presenter.enlist(jobs)
        if jobs:
            self.added.emit(jobs[0])


def queue_paths(jobs: JobsModel, paths: Iterable[Path]) -> list[Job]:
    """Queue each folder as a job of its own, and all files together as one job."""
    paths = list(paths)
    folders = [path for path in paths if is_folder(path)]
    files = [path for path in paths if path not in folders]
    added = [jobs.add([path]) for path in folders]
    if files:
        added.append(jobs.add(files))
    for job in added:
        job.reading.takes_guess = True
    return added


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the local files and folders in dropped data."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def ask_for_folder(parent: QWidget, settings: Settings) -> list[Path]:
    """Let the user choose a folder; return it in a list, which is empty if the user cancels.

    The dialog opens in the folder that holds the folder or files chosen last.
    """
    title = QCoreApplication.translate("AddImages", "Add a folder of images")
    folder = QFileDialog.getExistingDirectory(parent, title, start_folder(settings, Purpose.IMAGES))
    if not folder:
        return []
    remember_folder(settings, Purpose.IMAGES, Path(folder).parent)
    return [Path(folder)]


def ask_for_files(parent: QWidget, settings: Settings) -> list[Path]:
    """Let the user choose image files; return an empty list if the user cancels."""
    patterns = " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
    title = QCoreApplication.translate("AddImages", "Add images")
    kinds = QCoreApplication.translate("AddImages", "Images ({patterns});;All files (*)").format(patterns=patterns)
    files, _ = QFileDialog.getOpenFileNames(parent, title, start_folder(settings, Purpose.IMAGES), kinds)
    if files:
        remember_folder(settings, Purpose.IMAGES, Path(files[0]).parent)
    return [Path(file) for file in files]
