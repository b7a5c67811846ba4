"""The dialog that reports a bug."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.buttons import close_button
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled


class ErrorDialog(Dialog):
    """Says that the program has a bug, that finished results are kept, and what to do; offers a report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        """Build the dialog with a report."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(scaled(620), scaled(420))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setObjectName("report")
        copy = QPushButton(self.tr("Copy report"))
        copy.setObjectName("primary")
        copy.clicked.connect(self.copy)
        buttons = close_button(self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.AcceptRole)
        words = self.tr(
            "The program has a fault. Finished results are saved. You can continue, or start the program again. "
            "Please copy this report to whoever looks after the program: it names no patient and no file."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Something unexpected went wrong"), "emptyTitle"))
        column.addWidget(label(words, wrap=True))
        column.addWidget(self.report, stretch=1)
        column.addWidget(buttons)

    def copy(self) -> None:
        """Copy the report to the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())
