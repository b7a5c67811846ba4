"""Lets the user choose the laboratory's logo."""

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget

from breakhis_desktop.endings import IMAGE_SUFFIXES
from breakhis_desktop.pipeline.report_run import read_logo
from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.last_folders import existing_or_home
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import Background

translate = QCoreApplication.translate


class LogoDialog(Protocol):
    """A dialog in which the logo can be chosen and removed."""

    choose_logo: QPushButton
    remove_logo: QPushButton

    @property
    def logo(self) -> Path | None:
        """The present logo; None if there is none."""

    def take_logo(self, file: Path | None) -> None:
        """Set or remove the logo."""


class LogoChoice(QObject):
    """Asks for a logo when a dialog's button is pressed; the picture is read in the background, since a large or slow file takes long."""

    def __init__(self, dialog: QDialog, buttons: LogoDialog, background: Background) -> None:
        """Connect to the buttons of a dialog."""
        super().__init__(dialog)
        self._dialog, self._buttons, self._background = dialog, buttons, background
        self._wanted: Path | None = None
        buttons.choose_logo.clicked.connect(self._ask)
        buttons.remove_logo.clicked.connect(self._remove)
        dialog.finished.connect(self._forget)

    def _ask(self) -> None:
        """Let the user choose a file, and read it; until it is read, the present logo stays."""
        file = ask_for_logo(self._dialog, self._buttons.logo)
        if file is not None:
            self._wanted = file
            self._dialog.setCursor(Qt.CursorShape.BusyCursor)
            self._background.run(partial(read_logo, file), lambda _: self._take(file), partial(self._tell, file))

    def _remove(self) -> None:
        self._end_waiting()
        self._buttons.take_logo(None)

    def _take(self, file: Path) -> None:
        if file == self._wanted:
            self._end_waiting()
            self._buttons.take_logo(file)

    def _tell(self, file: Path, reason: Message) -> None:
        if file == self._wanted:
            self._end_waiting()
            Question(_title(), localised(reason), [translate("Logo", "OK")], proposed=0, parent=self._dialog).ask()

    def _end_waiting(self) -> None:
        self._forget()
        self._dialog.unsetCursor()

    def _forget(self) -> None:
        self._wanted = None


def ask_for_logo(parent: QWidget, present: Path | None) -> Path | None:
    """Let the user choose a picture, starting in the folder of the present logo; return None if the user cancels."""
    kinds = translate("Logo", "Pictures") + f" ({' '.join(f'*{suffix}' for suffix in sorted(IMAGE_SUFFIXES))})"
    name, _ = QFileDialog.getOpenFileName(parent, _title(), existing_or_home(present.parent if present else None), kinds)
    return Path(name) if name else None


def _title() -> str:
    return translate("Logo", "Choose a logo")
