"""The command line and the window with a slow classifier, as processes for tests to kill."""

import itertools
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from breakhis_desktop import app, cli, paths
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.store import store
from breakhis_desktop.store.database import open_database
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message
from tests.conftest import FakeClassifier

_SECONDS_PER_CHUNK = 0.04
_PATCH = pytest.MonkeyPatch()
"""Its patches are never undone: they end with the process."""


class SlowClassifier(FakeClassifier):
    """Takes so long over each chunk that a signal can arrive in the middle of a run."""

    def __init__(self, folder: Path, report_stage: Callable[[Message], None], *_more: object) -> None:
        report_stage(Message.of(BundleCode.LOADING_MODELS))

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        time.sleep(_SECONDS_PER_CHUNK)
        return super().classify(inputs)


def classify(home: Path, roots: list[Path]) -> None:
    """Act as `breakhis-classify --store`, with the store of this home folder."""
    sys.exit(_classify(home, roots))


def classify_twice(home: Path, roots: list[Path]) -> None:
    """Classify every second file, and then all files with another threshold, reusing the results of the first run."""
    _classify(home, sorted(roots[0].iterdir())[::2])
    sys.exit(_classify(home, [*roots, Path("--threshold=0.9"), Path("--reuse")]))


def _classify(home: Path, arguments: list[Path]) -> int:
    _set_up(home)
    _PATCH.setattr("breakhis_desktop.cli.running.DeferredClassifier", SlowClassifier)
    return cli.main([*map(str, arguments), "--store", str(paths.store_file())])


def killed_at_step(program: Callable[[Path, list[Path]], None], step: int, home: Path, roots: list[Path]) -> None:
    """Act as a program that is killed just before its stores begin or commit a transaction for the `step`-th time."""
    steps = itertools.count(1)

    def kill_at_the_step(statement: str) -> None:
        if statement.startswith(("BEGIN", "COMMIT")) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def open_watched(file: Path) -> sqlite3.Connection:
        connection = open_database(file)
        connection.set_trace_callback(kill_at_the_step)
        return connection

    _PATCH.setattr(store, "open_database", open_watched)
    program(home, roots)


def open_window(home: Path, roots: list[Path]) -> None:
    """Act as `breakhis-desktop`, and as a user who starts or resumes a run and closes the window when the run has ended."""
    _set_up(home)
    make_window = app.make_window

    def make_used_window(application: QApplication) -> MainWindow:
        window = make_window(application)
        window.presenter.models_ready.connect(lambda _: _act_as_user(window, roots))
        window.presenter.job_ended.connect(lambda _: QTimer.singleShot(0, window.close))
        return window

    _PATCH.setattr(app, "load_classifier", SlowClassifier)
    _PATCH.setattr(app, "make_window", make_used_window)
    sys.exit(app.main([]))


def _set_up(home: Path) -> None:
    os.environ["BREAKHIS_HOME"] = str(home)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (stays open as long as the process)


def _act_as_user(window: MainWindow, roots: list[Path]) -> None:
    if window.banner.offers:
        next(button for button in window.banner.findChildren(QPushButton) if button.text() == "Resume").click()
    elif _has_run(roots):
        window.close()
    elif window.jobs.rowCount():
        window.top.start.click()
    else:
        window.chosen.choose(window.jobs.add(roots))
        window.top.start.click()


def _has_run(roots: list[Path]) -> bool:
    with store.Store(paths.store_file()) as opened:
        return bool(opened.runs_over(roots))
