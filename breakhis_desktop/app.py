"""Builds the window, shows it, and then loads the models."""

import argparse
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models, program_version, resources
from breakhis_desktop.console import ending_signals, fill_closed_streams, path_argument, tell
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.logs import start_log
from breakhis_desktop.pipeline.leftovers import clear_leftovers
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.system_libraries import lacking
from breakhis_desktop.ui.help.bug_reports import BugReports
from breakhis_desktop.ui.look.language import SYSTEM, install_translations
from breakhis_desktop.ui.look.theme import SCHEMES, Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.worker.analysis import ClassifierLoader
from breakhis_desktop.worker.garbage import GarbageCollector
from breakhis_desktop.worker.runner import Runner
from breakhis_desktop.worker.second_start import SecondStarts, Started, hand_over

_NO_DISPLAY = "breakhis-desktop: No display found. Run this from a desktop session, or use breakhis-classify."
_DISPLAY_ERRORS = re.compile("could not connect to display|failed to create wl_display", re.IGNORECASE)

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, queue the paths from the command line, and return the exit status."""
    fill_closed_streams()
    chosen = _parser().parse_args(arguments)
    application = _application()
    application.setApplicationName("BreakHis Desktop")
    install_translations(application, SYSTEM)
    application.setWindowIcon(QIcon(str(resources() / "icons" / "breakhis-desktop.svg")))
    try:
        start_log()
    except UserError as error:
        QMessageBox.critical(None, "BreakHis Desktop", localised(error.message))
        return 2
    started, starts = Started(tuple(chosen.paths), chosen.sample), SecondStarts(paths.store_file(), application)
    if _is_taken_by_another_window(started, starts):
        return 0
    clear_leftovers(paths.home(), paths.models_folder())
    GarbageCollector(application)
    window = make_window(application)
    window.take(started)
    starts.heard.connect(window.come_forward)
    window.closing.connect(starts.close)
    sys.excepthook = BugReports(window).report
    ticking = _close_on_signals(window)
    ticking.start()
    window.show()
    QTimer.singleShot(0, partial(window.presenter.find_interrupted, only_window=starts.is_only_window))
    QTimer.singleShot(0, window.load_models)
    return application.exec()


def _is_taken_by_another_window(started: Started, starts: SecondStarts) -> bool:
    """Listen for further instances; if an open window already listens, hand over `started`, and return whether that window took it."""
    if starts.listen():
        return False
    with suppress(UserError):  # this instance then opens a window, which reports the invalid path
        if hand_over(paths.store_file(), started):
            return True
    starts.listen()  # the other window may have closed meanwhile
    return False


def _application() -> QApplication:
    """Return the Qt application; if Qt cannot start, print the reason and exit, because Qt itself would abort the process."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: object, words: str) -> None:
        said.append(words)
        if kind == QtMsgType.QtFatalMsg:
            for line in _why_without_application(said):
                tell(line)
            os._exit(2)

    before = qInstallMessageHandler(hear)
    application = QApplication(sys.argv[:1])
    qInstallMessageHandler(before)
    for words in said:
        tell(words)
    return application


def _why_without_application(said: Sequence[str]) -> Sequence[str]:
    """Return lines that say why Qt gave up: there is no display, or a library is missing; in any other case, Qt's own words."""
    if any(map(_DISPLAY_ERRORS.search, said)):
        return [_NO_DISPLAY]
    sentence = lacking()
    return said if sentence is None else [f"breakhis-desktop: {sentence}"]


def _close_on_signals(window: MainWindow) -> QTimer:
    """Close the window cleanly on Ctrl+C, when the terminal closes, or when the system ends the session.

    Returns:
        A timer, not yet started. Its ticks let Python handle signals while Qt waits for events.
    """
    for number in ending_signals():
        signal.signal(number, lambda *_: window.close())
    ticking = QTimer(window)
    ticking.setInterval(250)
    ticking.timeout.connect(lambda: None)
    return ticking


def make_window(application: QApplication, models: Path | None = None) -> MainWindow:
    """Build the window and its analysis thread, without loading any models; set a damaged store aside."""
    aside = set_aside_if_damaged(paths.store_file())
    settings = Settings(paths.settings_file())
    install_translations(application, settings.values.language)
    runner = Runner(_loader(settings), models or default_models(), paths.store_file())
    theme = Theme(application, SCHEMES[settings.values.appearance])  # before the window exists, while there are few widgets to restyle
    window = MainWindow(runner, paths.store_file(), theme, settings)
    if aside:
        _log.warning("the store is damaged and was set aside")
        sentence = QCoreApplication.translate(
            "App", "The store with earlier runs is damaged; it was moved to {file}, and a new one was started."
        )
        window.banner.warn(sentence.format(file=printable(aside)))
    return window


def _loader(settings: Settings) -> ClassifierLoader:
    """Return the function with which the analysis thread opens a bundle; each call reads the chosen engine and device from the settings."""
    return lambda folder, report_stage: load_classifier(folder, report_stage, settings.values.engine, settings.values.device)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="breakhis-desktop", description="Sorts breast histology fields by suspicion; for research use.")
    parser.add_argument("paths", nargs="*", type=path_argument, metavar="PATH", help="folder or image to queue")
    parser.add_argument("--sample", action="store_true", help="analyse the sample images that ship with the program")
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    return parser
