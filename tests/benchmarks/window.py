"""Measures how long the window stalls, and how soon it appears: `python -m tests.benchmarks.window [FOLDER]`.

A timer in the window's thread fires every millisecond; the longest time between two timeouts is the longest stall. The benchmark prints the
wall-clock time of this stall and the thread's processor time. The difference is the time for which the thread waits for Python's lock or a
processor. An idle window serves as the baseline for stalls, an import of TensorFlow as the baseline for the time until the window appears.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from breakhis_desktop import app
from breakhis_desktop.assets import sample_images
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.factories import there

TRIES = 3
IMAGES = 128
IDLE_MS = 2000

_ENDED = {JobStage.ENDED, JobStage.STOPPED}


class Stalls:
    """Measures the longest time between two timeouts of a timer: wall-clock time and the thread's processor time."""

    def __init__(self) -> None:
        """Start the timer."""
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._record)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        """Discard earlier timeouts."""
        self._times = [(time.perf_counter(), time.thread_time())]

    def longest(self) -> tuple[float, float]:
        """Return the longest stall since `begin`, in milliseconds: wall-clock and processor time."""
        self._record()
        return max((1000 * (late[0] - early[0]), 1000 * (late[1] - early[1])) for early, late in pairwise(self._times))

    def _record(self) -> None:
        self._times.append((time.perf_counter(), time.thread_time()))


class TimedWindow(MainWindow):
    """A window that prints the time when it has first been painted, and then ends the process."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; take the time after the child widgets have painted too."""
        super().paintEvent(event)
        QTimer.singleShot(0, _say_the_time)


def main() -> None:
    """Measure in child processes, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help=f"a folder of images; by default, {IMAGES} copies of the samples")
    parser.add_argument("--once", choices=("stalls", "shown"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "" if os.environ.get("DISPLAY") else "offscreen")
    match chosen.once:
        case "stalls":
            _print_stalls(chosen.folder)
        case "shown":
            pytest.MonkeyPatch().setattr(app, "MainWindow", TimedWindow)
            app.main([])
        case _:
            with tempfile.TemporaryDirectory() as folder:
                _compare_starts()
                _repeat_stalls(chosen.folder or make_images(Path(folder, "images")))


def make_images(folder: Path) -> Path:
    """Write copies of the sample images under official names of 32 patients."""
    folder.mkdir()
    samples = sorted(sample_images().glob("*.png"))
    for number in range(IMAGES):
        kind = ("B_A", "M_DC")[number % 2]
        name = f"SOB_{kind}-14-{9000 + number % 32}-{(40, 100, 200, 400)[number % 4]}-{number:03}.png"
        shutil.copy(samples[number % len(samples)], folder / name)
    return folder


def _compare_starts() -> None:
    shown, imported = [], []
    for _ in range(TRIES + 1):  # the first try, which must read the files from the disk, is left out
        shown.append(_seconds_until_shown())
        imported.append(_seconds_of_import())
    shares = [one / other for one, other in zip(shown[1:], imported[1:], strict=True)]
    print(f"window shown    {_words(shown[1:])} s")
    print(f"TensorFlow      {_words(imported[1:])} s")
    print(f"ratio           {_words(shares)}; of the shortest {min(shown[1:]) / min(imported[1:]):.2f}", flush=True)


def _words(figures: Sequence[float]) -> str:
    return f"median {statistics.median(figures):6.2f}, least {min(figures):6.2f}, worst {max(figures):6.2f}"


def _seconds_until_shown() -> float:
    started = time.monotonic()
    return float(_child("shown")) - started


def _seconds_of_import() -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import tensorflow"], check=True, capture_output=True)
    return time.monotonic() - started


def _child(*arguments: str) -> str:
    """Run this benchmark in a process that has its own home folder; return the output."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tests.benchmarks.window", "--once", *arguments]
        environment = {**os.environ, "BREAKHIS_HOME": home}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def _repeat_stalls(folder: Path) -> None:
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(TRIES):
        for line in _child("stalls", str(folder)).splitlines():
            name, clock, own = line.rsplit(maxsplit=2)
            found.setdefault(name, []).append((float(clock), float(own)))
    print(f"{'longest stall, ms':32}{'median':>8}{'worst':>8}{'own work: median':>20}{'worst':>8}")
    for name, stalls in found.items():
        clocks, works = zip(*stalls, strict=True)
        print(f"{name:32}{statistics.median(clocks):8.0f}{max(clocks):8.0f}{statistics.median(works):20.0f}{max(works):8.0f}")


def _print_stalls(folder: Path) -> None:
    for name, (clock, own) in _measure_stalls(folder):
        print(f"{name} {clock:.1f} {own:.1f}", flush=True)


def _has_ended(job: Job) -> bool:
    return job.stage in _ENDED


def _measure_stalls(folder: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    application = QApplication([])
    window = app.make_window(application)
    window.show()
    _wait(application, lambda: False, IDLE_MS)
    stalls = Stalls()
    _wait(application, lambda: False, IDLE_MS)
    yield "idle", stalls.longest()
    stalls.begin()
    window.load_models()
    _wait(application, lambda: window.presenter.card is not None)
    yield "while the models load", stalls.longest()
    for view, button in window.top.views.buttons.items():
        button.click()
        window.add([folder])
        job = there(window.jobs.at(window.jobs.rowCount() - 1))
        window.chosen.choose(job)
        _wait(application, lambda: False, IDLE_MS // 4)
        stalls.begin()
        window.presenter.start()
        _wait(application, partial(_has_ended, job))
        yield f"while a batch runs, {view}", stalls.longest()
    window.close()


def _wait(application: QApplication, done: Callable[[], bool], at_most_ms: int = 180_000) -> None:
    clock = QElapsedTimer()
    clock.start()
    looking = QTimer(interval=20)
    looking.timeout.connect(lambda: application.exit() if done() or clock.elapsed() > at_most_ms else None)
    looking.start()
    application.exec()


def _say_the_time() -> None:
    print(time.monotonic(), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
