"""Takes screenshots of the program's window in several states, and of dialogs full of Qt widgets."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDate, QElapsedTimer, Qt
from PySide6.QtGui import QColor, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QColorDialog,
    QComboBox,
    QDial,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QTreeView,
    QWidget,
)  # fmt: skip

from breakhis_desktop.ui.help.about import AboutDialog
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.worker.runner import Runner
from tests.benchmarks.negatives.documents import WORDS
from tests.benchmarks.negatives.photographs import from_qt
from tests.benchmarks.negatives.pictures import SIZE, Named, Picture, cut
from tests.conftest import CARD
from tests.gui.conftest import load_fake

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
LOOKS = (("Fusion", "#efefef"), ("Fusion", "#2b2b30"), ("Windows", "#f3dbe6"))
"""The widget style and the background colour of each look."""


def screenshots() -> Iterator[Named]:
    """Yield the window in each state, as a whole and in part, and its About dialog, light and dark; then Qt dialogs in three looks."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as home:
        yield from _of_the_window(application, Path(home))
    application.setStyleSheet("")
    stage = QStackedWidget()
    stage.show()
    for look, (style, ground) in enumerate(LOOKS):
        application.setStyle(style)
        application.setPalette(QPalette(QColor(ground)))
        for name, make in GALLERIES.items():
            stage.setCurrentIndex(stage.addWidget(make(np.random.default_rng(look))))
            yield f"{name}-{style.lower()}", cut(_grab(stage, *SIZE), 1.0, 0.5, 0.5)


def _of_the_window(application: QApplication, home: Path) -> Iterator[Named]:
    store_file = home / "store.sqlite"
    theme = Theme(application)
    window = MainWindow(Runner(load_fake, home, store_file), store_file, theme, Settings(home / "settings.json"))
    window.show()
    for state, enter in STATES.items():
        enter(application, window)
        for scheme, value in SCHEMES.items():
            theme.prefer(value)
            picture = _grab(window, 1440, 900)
            yield f"window-{state}-{scheme}", picture
            yield f"part-{state}-{scheme}", cut(picture, 0.68, 0.0, 0.3)
    for scheme, value in SCHEMES.items():
        theme.prefer(value)
        yield f"about-{scheme}", _grab(AboutDialog(CARD), *SIZE)
    window.close()


def _grab(widget: QWidget, width: int, height: int) -> Picture:
    widget.resize(width, height)
    QApplication.processEvents()
    return from_qt(widget.grab().toImage())


def _wait(application: QApplication, done: Callable[[], bool]) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not done() and clock.elapsed() < 60_000:
        application.processEvents()


def _empty(_application: QApplication, _window: MainWindow) -> None:
    """Leave the window as it opened."""


def _queued(_application: QApplication, window: MainWindow) -> None:
    window.add_images.add_samples()


def _ended(application: QApplication, window: MainWindow) -> None:
    window.load_models()
    window.top.start.click()
    _wait(application, lambda: bool(window.jobs.in_stage(JobStage.ENDED)))
    _wait(application, lambda: window.detail.image.has_image)


STATES = {"empty": _empty, "queued": _queued, "ended": _ended}


def _controls(rng: np.random.Generator) -> QWidget:
    dialog = QWidget()
    columns = QHBoxLayout(dialog)
    for title in ("Camera", "Printer"):
        box = QGroupBox(title)
        form = QFormLayout(box)
        for kind in (QLineEdit, QSpinBox, QComboBox, QDial, QProgressBar):
            form.addRow(str(rng.choice(WORDS)), kind())
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setValue(int(rng.integers(100)))
        form.addRow(slider)
        for button in (QCheckBox, QRadioButton, QPushButton):
            form.addRow(button(" ".join(rng.choice(WORDS, 3))))
        columns.addWidget(box)
    return dialog


def _grid(rng: np.random.Generator) -> QWidget:
    view = QTableView()
    model = QStandardItemModel(30, 8, view)
    for row in range(30):
        for column in range(8):
            item = QStandardItem(f"{rng.uniform(0, 999):.1f}")
            item.setBackground(QColor.fromHsv(int(rng.integers(290, 340)), int(rng.integers(20, 140)), 240))
            model.setItem(row, column, item)
    view.setModel(model)
    return view


def _tabs(rng: np.random.Generator) -> QWidget:
    tabs = QTabWidget()
    page = QWidget()
    row = QHBoxLayout(page)
    tree, model = QTreeView(), QStandardItemModel()
    for word in WORDS[:8]:
        parent = QStandardItem(word)
        parent.appendRows([QStandardItem(str(child)) for child in rng.choice(WORDS, 3)])
        model.appendRow(parent)
    model.setParent(tree)
    tree.setModel(model)
    tree.expandAll()
    row.addWidget(tree)
    row.addWidget(QPlainTextEdit("\n".join(" ".join(rng.choice(WORDS, 9)) for _ in range(30))))
    for title in ("Files", "Search", "History"):
        tabs.addTab(page if title == "Files" else QWidget(), title)
    return tabs


def _calendar(_rng: np.random.Generator) -> QWidget:
    calendar = QCalendarWidget()
    calendar.setSelectedDate(QDate(2026, 3, 14))
    return calendar


def _colours(_rng: np.random.Generator) -> QWidget:
    dialog = QColorDialog(QColor("#c85a96"))
    dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
    return dialog


def _question(rng: np.random.Generator) -> QWidget:
    text = "<br>".join(" ".join(rng.choice(WORDS, 6)) for _ in range(3))
    buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
    return QMessageBox(QMessageBox.Icon.Warning, "Warning", text, buttons)


GALLERIES: dict[str, Callable[[np.random.Generator], QWidget]] = {
    "controls": _controls, "grid": _grid, "tabs": _tabs, "calendar": _calendar, "colours": _colours, "question": _question,
}  # fmt: skip
