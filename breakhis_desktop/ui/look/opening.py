"""Opens files and folders with the system's own programs."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def open_with_system(path: Path) -> None:
    """Open a file or folder as a double click on it would."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(file: Path) -> None:
    """Show a file in the system's file manager: selected on Windows and macOS; on Linux, show only its folder."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(file)])
    elif sys.platform == "darwin":
        QProcess.startDetached("/usr/bin/open", ["-R", str(file)])
    else:
        open_with_system(file.parent)
