"""The dialog that asks for the reviewer's name."""

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.buttons import confirm_buttons, hold_words
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.state.settings import LONGEST_NAME


class NameDialog(Dialog):
    """Asks who reviews; it cannot be confirmed without a name.

    Attributes:
        name: The field for the name.
        confirm: The button that confirms the name.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Build the dialog with the name known so far."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Who reviews?"))
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Reviewer"))
        self.name.setMaxLength(LONGEST_NAME)
        buttons = confirm_buttons(self, self.tr("Use this name"))
        self.confirm = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.name.textChanged.connect(self._refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Your name, as it should appear on record with your reviews:"), wrap=True))
        column.addWidget(self.name)
        column.addSpacing(8)
        column.addWidget(buttons)
        hold_words(self, column, 420)
        self.name.setFocus()
        self._refresh()

    def given(self) -> str:
        """Return the name as entered, without spaces around it."""
        return self.name.text().strip()

    def _refresh(self) -> None:
        self.confirm.setEnabled(bool(self.given()))
