"""Lets the user choose the laboratory's logo."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from breakhis_desktop.endings import IMAGE_SUFFIXES
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.report_run import read_logo
from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.last_folders import existing_or_home

translate = QCoreApplication.translate


def ask_for_logo(parent: QWidget, present: Path | None) -> Path | None:
    """Let the user choose a picture, starting in the folder of the present logo; if the chosen file cannot be read, say so.

    Returns:
        The path of the picture; None if there is no readable choice.
    """
    kinds = translate("Logo", "Pictures") + f" ({' '.join(f'*{suffix}' for suffix in sorted(IMAGE_SUFFIXES))})"
    title = translate("Logo", "Choose a logo")
    name, _ = QFileDialog.getOpenFileName(parent, title, existing_or_home(present.parent if present else None), kinds)
    if not name:
        return None
    try:
        read_logo(Path(name))
    except UserError as error:
        Question(title, localised(error.message), [translate("Logo", "OK")], proposed=0, parent=parent).ask()
        return None
    return Path(name)
