"""Fixtures for a real window with a real store and a fake classifier that runs no neural network."""

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QScreen
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from breakhis_desktop import paths
from breakhis_desktop.domain.records import ImageRecord, Ledger
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.ui.look.language import install_translations
from breakhis_desktop.ui.look.lettering import follow_the_system
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.analysis import ClassifierLoader
from breakhis_desktop.worker.runner import Runner
from tests.conftest import FakeClassifier, small_field
from tests.factories import said
from tests.factories.results import RECORDS
from tests.factories.runs import run_info
from tests.factories.wards import make_ward
from tests.factories.windows import load_doubting

Fill = Callable[..., None]
MakeWindow = Callable[..., MainWindow]

SMALL = QRect(0, 24, 1024, 676)
"""The area below the desktop's panel on the smallest screen that the window supports."""


@pytest.fixture(scope="session", autouse=True)
def emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """Empty the clipboard after the last test: Qt's offscreen clipboard crashes a process that ends before the clipboard is empty."""
    yield
    qapp.clipboard().clear()


def load_fake(_folder: Path, report_stage: Callable[[Message], None]) -> FakeClassifier:
    report_stage(Message.of(BundleCode.LOADING_MODELS))
    return FakeClassifier()


def waiting_before_second_batch(release: threading.Event) -> ClassifierLoader:
    """Return a loader whose classifier waits up to 20 seconds for an event before it classifies its second batch."""

    class Waiting(FakeClassifier):
        def __init__(self) -> None:
            self._asked = 0

        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            self._asked += 1
            if self._asked == 2:
                release.wait(timeout=20)
            return super().classify(inputs)

    return lambda _folder, _report_stage: Waiting()


class DamagedOnce:
    """A loader that fails on its first call, as if the bundle were damaged, and succeeds on every later call."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self, folder: Path, report_stage: Callable[[Message], None]) -> FakeClassifier:
        self._calls += 1
        if self._calls == 1:
            raise BundleError(said("The models in the folder cannot be used. Install the program again."))
        return load_fake(folder, report_stage)


@pytest.fixture(autouse=True, scope="module")
def ignore_what_stays() -> None:
    """Exclude the objects that exist already, such as modules, from later garbage collections; they are the majority."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collect_garbage() -> Iterator[None]:
    """Collect garbage on the main thread after each test, as the program does, so that no other thread collects it in a later test."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeWindow]:
    """Return a function that opens a window whose models are loaded by a given loader."""
    windows = []

    def make(load_classifier: ClassifierLoader = load_fake, *, only_window: bool = True) -> MainWindow:
        store_file = tmp_path / "store.sqlite"
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window = MainWindow(
            Runner(load_classifier, tmp_path / "models", store_file), store_file, Theme(application), Settings(paths.settings_file())
        )
        windows.append(window)
        window.show()
        window.presenter.find_interrupted(only_window=only_window)
        window.load_models()
        return window

    yield make
    for window in filter(isValid, windows):
        window.close()
        window.deleteLater()


@pytest.fixture
def release() -> threading.Event:
    """Return an event that a test sets to let a waiting classifier continue."""
    return threading.Event()


@pytest.fixture
def small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every screen as small as the smallest screen that the window supports."""
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: QRect(SMALL))


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """Return a window whose models load successfully."""
    return make_window()


@pytest.fixture
def fill(window: MainWindow) -> Fill:
    """Return a function that shows a finished job with the given records."""

    def show(records: Sequence[ImageRecord] = RECORDS) -> None:
        job = window.jobs.add([Path("/images")])
        job.run_info, job.stage, job.ledger = run_info(), JobStage.ENDED, Ledger(len(records))
        job.add(records)
        window.chosen.choose(job)

    return show


@pytest.fixture
def doubting_window(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window with three classified images that all need review."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for number, name in enumerate(("a.png", "b.png", "SOB_M_DC-14-2523-400-001.png")):
        small_field(number * 60).save(folder / name)
    window = make_window(load_doubting)
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    qtbot.waitUntil(window.detail.review.accept.isEnabled)
    window.activateWindow()
    window.table.setFocus()
    return window


@pytest.fixture
def run_folder(qtbot: QtBot, window: MainWindow) -> Callable[[Path], None]:
    """Return a function that queues a folder, presses Start and waits until the job has ended or stopped."""

    def run(folder: Path) -> None:
        window.add([folder])
        job = window.jobs.at(window.jobs.rowCount() - 1)
        assert job is not None
        window.top.start.click()
        qtbot.waitUntil(lambda: job.stage in {JobStage.ENDED, JobStage.STOPPED}, timeout=20_000)
        qtbot.waitUntil(lambda: not window.top.cancel.isEnabled())

    return run


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """Return a folder with a subfolder for each of two patients; the names of the images state the magnification."""
    return make_ward(tmp_path, 4)


@pytest.fixture
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Set the window's language for a test, as an indirect parameter."""
    install_translations(qapp, request.param)
    follow_the_system()
    yield
    install_translations(qapp, "en")
    follow_the_system()


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    """Return a theme of the tests' application."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Theme(application)


@pytest.fixture
def printer(qtbot: QtBot, tmp_path: Path) -> QPrinter:
    """Return a printer that prints into a PDF, 100 pixels per inch."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    made.setResolution(100)
    return made
