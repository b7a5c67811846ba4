"""Takes screenshots of every view with the shipped models, in each colour scheme, in each language and at each window size.

xvfb-run -a -s "-screen 0 2720x1760x24" uv run python -m tests.gui.screenshots FOLDER [--keep resources/help] [--only en-1280x800-100]

`--keep` names another folder for the few screenshots that README and help show; there, they are smaller files with fewer colours.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice, product
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractSlider, QApplication, QDialog, QListView, QWidget

from breakhis_desktop import paths
from breakhis_desktop.app import make_window
from breakhis_desktop.assets import default_models, sample_images
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.export.report_dialog import ReportDialog
from breakhis_desktop.ui.help.about import AboutDialog
from breakhis_desktop.ui.help.bug_reports import report_of
from breakhis_desktop.ui.help.error import ErrorDialog
from breakhis_desktop.ui.help.help_dialog import HelpDialog
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.commands import show_help
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.settings import Settings
from tests.factories import said, there

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
LOOKS = tuple(f"{language}-{size}-100" for language in ("en", "pt") for size in ("1280x800", "1024x700", "1920x1080"))
"""The language, the size of the window and the scale in percent of each set of screenshots."""

SHOWN = "en-1280x800-100"
"""The set from which README and help take their screenshots."""

SHARP = "en-1280x800-200"
KEPT = {"table-light": "window-light", "larger-view-light": "larger-view", "patients-light": "patients", "report-light": "report"}
"""The screenshots that are kept: the name under which each is taken, and the name under which it is kept."""

REASON = "The nests have a myoepithelial layer; adenosis."
AWAY = "/home/you/BreakHis"
"""The folder that the screenshots of the help show instead of the program's real folder."""

SETTLED_MS, AT_MOST_MS = 250, 20_000
"""How long the window must stay the same before a screenshot is taken, and how long to wait for that at most, in milliseconds."""

LARGEST = 250_000
"""The largest size of a kept screenshot, in bytes."""

_STEPS = (1, 4, 8, 12, 16)
"""A kept screenshot's rare colours are rounded to multiples of one of these steps, tried in this order."""

_OFTEN = 300
"""A colour of at least this many pixels counts as one of the window's own."""

_TURNS = (None, Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.ROTATE_180)


class Gallery:
    """Takes screenshots of a window, view by view."""

    def __init__(self, application: QApplication, folder: Path, size: tuple[int, int]) -> None:
        """Open a window on the store in the current home folder."""
        self.application, self.folder, self.size = application, folder, size
        self.window = make_window(application)
        self.window.resize(*size)
        self.window.show()
        self.views = self.window.top.views.buttons.values()

    def wait(self, done: Callable[[], bool] = lambda: False, at_most_ms: int = 250) -> None:
        """Process the window's events until a condition holds or the time is up."""
        clock = QElapsedTimer()
        clock.start()
        while not done() and clock.elapsed() < at_most_ms:
            self.application.processEvents()

    def settled(self, widget: QWidget) -> QImage:
        """Process events until a widget looks the same twice in a row, so that its layout is complete; return a picture of the widget."""
        clock = QElapsedTimer()
        clock.start()
        before, shown = QImage(), widget.grab().toImage()
        while before != shown and clock.elapsed() < AT_MOST_MS:
            self.wait(at_most_ms=SETTLED_MS)
            before, shown = shown, widget.grab().toImage()
        return shown

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a screenshot of a widget, or of the window if none is given, in each colour scheme."""
        for scheme, value in SCHEMES.items():
            self.window.theme.prefer(value)
            self._save(widget or self.window, f"{name}-{scheme}")

    def take_dialog(self, name: str, show: Callable[[], object], prepare: Callable[[QWidget], object] = lambda _dialog: None) -> None:
        """Take a screenshot of a dialog in each colour scheme; open it anew for each, since some dialogs read the colours only then."""
        for scheme, value in SCHEMES.items():
            self.window.theme.prefer(value)
            QTimer.singleShot(0, lambda scheme=scheme: self._take_open_dialog(f"{name}-{scheme}", prepare))
            show()

    def _take_open_dialog(self, name: str, prepare: Callable[[QWidget], object]) -> None:
        self.wait(lambda: self._dialog() is not None, 5000)
        dialog = self._dialog()
        if dialog is not None:
            prepare(dialog)
            self._save(dialog, name)
            dialog.close()

    def _dialog(self) -> QWidget | None:
        dialogs = [one for one in self.application.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return dialogs[-1] if dialogs else None

    def _save(self, widget: QWidget, name: str) -> None:
        self.settled(widget).save(str(self.folder / f"{name}.png"))


def take_all(folder: Path, images: Path, language: str, size: tuple[int, int]) -> None:
    """Take screenshots of every view."""
    application = QApplication([])
    with home(language):
        gallery = Gallery(application, folder, size)
        gallery.take("empty")
        gallery.window.load_models()
        gallery.wait(lambda: gallery.window.presenter.card is not None, 60_000)
        _run(gallery, images)
        _take_views(gallery)
        _take_one_image(gallery)
        _take_dialogs(gallery)
        _take_queue(gallery, images)
        gallery.window.close()
    with home(language):
        abandon_run(sorted(images.iterdir()))
        gallery = Gallery(application, folder, size)
        gallery.window.presenter.find_interrupted(only_window=True)
        gallery.wait(lambda: gallery.window.jobs.rowCount() > 0, 10_000)
        gallery.take("interrupted")
        gallery.window.close()


@contextmanager
def home(language: str) -> Iterator[None]:
    """Give the program a temporary home folder whose settings choose a language."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BREAKHIS_HOME"] = folder
        Settings(paths.settings_file()).change(language=language)
        yield


def make_images(folder: Path) -> Path:
    """Write the sample images and turned copies under official names of six patients, and two files that cannot be classified."""
    folder.mkdir(parents=True)
    samples = sorted(sample_images().glob("*.png"))
    for number, (turn, sample) in enumerate(product(_TURNS, samples)):
        kind, patient = ("M_DC", "M_LC", "B_A", "B_TA", "M_PC", "B_F")[number % 6], 9001 + number % 6
        with Image.open(sample) as picture:
            turned = picture if turn is None else picture.transpose(turn)
            turned.save(folder / f"SOB_{kind}-14-{patient}-{(40, 100, 200, 400)[number // 10]}-{number:03}.png")
    Image.new("RGB", (700, 460), "#f4f2f5").save(folder / "empty-glass.png")
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


def abandon_run(files: list[Path]) -> None:
    """Start a run and abandon it after its first two events, as if the process had been killed."""
    classifier = load_classifier(default_models())
    with Store(paths.store_file()) as store:
        events = analyse(Request(tuple(files), classifier.card.points["default"]), classifier, store, threading.Event())
        list(islice(events, 2))
        events.close()


def _run(gallery: Gallery, images: Path) -> None:
    window = gallery.window
    window.add([images])
    window.top.start.click()
    gallery.wait(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), 60_000)
    gallery.wait(lambda: window.detail.image.has_image, 5000)


def _take_views(gallery: Gallery) -> None:
    window = gallery.window
    for name, button in zip(("table", "contact-sheet", "patients", "summary"), gallery.views, strict=True):
        button.click()
        tree = window.overview.patients.tree
        tree.expand(tree.model().index(0, 0))
        gallery.take(name)
    window.top.views.show_first()
    window.area.filter.search.setText("papillary 1000")
    gallery.take("no-match")
    window.area.filter.clear_all()
    window.operating_point.unfolding.setChecked(True)
    window.operating_point.bar.threshold_chosen.emit(0.6)
    gallery.take("operating-point")
    window.operating_point.bar.own_point_asked.emit()
    window.operating_point.unfolding.setChecked(False)
    window.table.choose_first()
    gallery.wait(lambda: window.detail.image.has_image, 5000)


def _take_one_image(gallery: Gallery) -> None:
    window = gallery.window
    window.navigation.enlarge()
    window.navigation.larger.resize(*gallery.size)
    gallery.wait(lambda: window.navigation.larger.image.has_image, 5000)
    gallery.take("larger-view", window.navigation.larger)
    window.navigation.larger.close()
    window.settings.change(reviewer="A. Reviewer")
    result = there(window.table.chosen())
    verdict = there(result.verdict)
    gallery.take_dialog("override", lambda: OverrideDialog(verdict, "A. Reviewer", window).exec(), _say_why)
    QTimer.singleShot(0, lambda: _override(gallery))
    window.reviewing.override()
    gallery.wait(lambda: window.results.review_progress()[0] > 0, 1000)
    window.table.choose_position(result.record.position)
    gallery.take("reviewed")


def _say_why(dialog: QWidget) -> None:
    assert isinstance(dialog, OverrideDialog)
    dialog.reason.setPlainText(REASON)


def _override(gallery: Gallery) -> None:
    dialog = gallery.application.activeModalWidget()
    assert isinstance(dialog, OverrideDialog)
    _say_why(dialog)
    dialog.accept()


def _take_dialogs(gallery: Gallery) -> None:
    window = gallery.window
    window.settings.change(laboratory="Institute of Pathology")
    gallery.take_dialog("report", window.reports.open, lambda dialog: _wait_for_pages(gallery, dialog))
    gallery.take_dialog("settings", window.preferences.show_dialog)
    gallery.take_dialog("models", window.bundles.show_dialog)
    gallery.take_dialog("about", lambda: AboutDialog(window.presenter.card, window).exec())
    gallery.take_dialog("help", lambda: show_help(window).exec(), _hide_home)
    gallery.take_dialog("error", lambda: ErrorDialog(report_of(ValueError("a row has no verdict")), window).exec())
    window.add([sample_images()])
    gallery.take_dialog("identity", window.queue.identity.trigger, lambda _dialog: gallery.wait(at_most_ms=1500))


def _wait_for_pages(gallery: Gallery, dialog: QWidget) -> None:
    if isinstance(dialog, ReportDialog):
        dialog.resize(*gallery.size)
        gallery.wait(dialog.save.isEnabled, 20_000)
        gallery.wait(at_most_ms=1500)


def _hide_home(dialog: QWidget) -> None:
    assert isinstance(dialog, HelpDialog)
    dialog.page.setHtml(dialog.page.toHtml().replace(str(paths.home()), AWAY))


def _take_queue(gallery: Gallery, images: Path) -> None:
    """Take screenshots of a queue with a job in every stage; the stages are set here, since a real run soon leaves some of them."""
    window = gallery.window
    done = there(window.jobs.at(0))
    for number, stage in enumerate(JobStage):
        job = Job(number + 1, (images,), f"Slides week {36 + number}", stage=stage)
        if stage not in {JobStage.QUEUED, JobStage.WAITING}:
            job.run_info, job.ledger = done.run_info, Ledger(412).plus([Status.DONE] * (412 if stage is JobStage.ENDED else 150))
        if job.runs:
            job.progress = Progress(time.monotonic() - 10)
            job.progress.update(time.monotonic(), 150)
        if stage is JobStage.STOPPED:
            job.message = said("The store cannot be written: the disk is full. Make room, then resume the run.")
        window.jobs.insert(number, job)
    window.chosen.choose(done)
    gallery.wait(lambda: window.detail.image.has_image, 5000)
    gallery.take("queue-end")
    bar = there(window.queue.findChild(QListView)).verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)  # as a user scrolls, so that the list leaves the chosen card
    gallery.take("queue")


def _keep(taken: Path, target: Path) -> None:
    """Write the screenshots for README and help, with as many colours as their size limit allows."""
    target.mkdir(parents=True, exist_ok=True)
    for name, kept in KEPT.items():
        with Image.open(taken / f"{name}.png") as picture:
            for step in _STEPS:
                _coarse(picture, step).save(target / f"{kept}.png", optimize=True)
                if (target / f"{kept}.png").stat().st_size < LARGEST:
                    break


def _coarse(picture: Image.Image, step: int) -> Image.Image:
    """Round rare colours, which belong to photographs, and keep the window's own colours, which occur often."""
    colours = np.asarray(picture.convert("RGB")).astype(np.int32)
    packed = colours @ np.array([1 << 16, 1 << 8, 1])
    _, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    rare = (count < _OFTEN)[place].reshape(packed.shape)
    rounded = np.minimum((colours + step // 2) // step * step, 255)
    return Image.fromarray(np.where(rare[..., None], rounded, colours).astype(np.uint8))


def main() -> None:
    """Take the screenshots, with a child process for each language, size and scale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path, help="the folder for the screenshots that README and help show")
    parser.add_argument("--only", choices=(*LOOKS, SHARP), help="take one set")
    parser.add_argument("--over", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.over:
        language, size, _ = chosen.only.split("-")
        width, height = map(int, size.split("x"))
        take_all(chosen.folder, chosen.over, language, (width, height))
        return
    with tempfile.TemporaryDirectory() as folder:
        images = make_images(Path(folder, "Slides week 46"))
        for look in [chosen.only] if chosen.only else [*LOOKS, SHARP]:
            target = chosen.folder / look
            target.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-m", "tests.gui.screenshots", str(target), "--only", look, "--over", str(images)]
            subprocess.run(command, check=True, env={**os.environ, "QT_SCALE_FACTOR": str(int(look.rpartition("-")[2]) / 100)})
    if chosen.keep:
        _keep(chosen.folder / SHOWN, chosen.keep)


if __name__ == "__main__":
    main()
