"""Takes the pictures of the window that the README shows, over the sample images and with the models that ship.

xvfb-run -s "-screen 0 1600x1000x24" uv run python -m tests.gui.screenshots resources/help
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication

from breakhis_desktop.app import make_window
from breakhis_desktop.ui.main_window import MainWindow
from breakhis_desktop.ui.models.jobs import JobStage

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def wait(application: QApplication, done: Callable[[], bool], at_most_ms: int = 120_000) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not done() and clock.elapsed() < at_most_ms:
        application.processEvents()


def take(application: QApplication, window: MainWindow, folder: Path, name: str) -> None:
    for scheme, value in SCHEMES.items():
        window.theme.prefer(value)
        wait(application, lambda: False, at_most_ms=300)
        window.grab().save(str(folder / f"{name}-{scheme}.png"))


def main(folder: Path) -> None:
    application = QApplication([])
    window = make_window(application)
    window.resize(1440, 900)
    window.show()
    take(application, window, folder, "empty")
    window.load_models()
    window.add_samples()
    window.top.start.click()
    wait(application, lambda: bool(window.jobs.in_stage(JobStage.ENDED)))
    wait(application, lambda: window.detail.image.has_image)
    take(application, window, folder, "window")
    window.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["BREAKHIS_HOME"] = home
        target = Path(sys.argv[1])
        target.mkdir(parents=True, exist_ok=True)
        main(target)
