"""A dialog for choosing the patients whose images are shown."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from breakhis_desktop.domain.filenames import folded
from breakhis_desktop.ui.look.buttons import confirm_buttons
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.keys import add_key
from breakhis_desktop.ui.look.lettering import scaled


class PatientsDialog(Dialog):
    """A searchable list of patients with check boxes."""

    def __init__(self, patients: Iterable[str], chosen: Collection[str], parent: QWidget | None = None) -> None:
        """List the patients and tick those already chosen."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Show patients"))
        self.resize(scaled(360), scaled(480))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search patient…"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Patients"))
        for patient in patients:
            item = QListWidgetItem(patient or self.tr("not known"), self.list)
            item.setData(Qt.ItemDataRole.UserRole, patient)
            item.setCheckState(Qt.CheckState.Checked if patient in chosen else Qt.CheckState.Unchecked)
        self.search.textChanged.connect(self._narrow)
        add_key(self.search, "Esc", self._leave_search)
        add_key(self.search, "Down", self.list.setFocus)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self.search, self.list, confirm_buttons(self, self.tr("Show"))):
            column.addWidget(part)

    def chosen(self) -> frozenset[str]:
        """Return the ticked patients, including those that the search hides."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return frozenset(item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _leave_search(self) -> None:
        """Clear the search, or close the dialog if the search is already empty."""
        if self.search.text():
            self.search.clear()
        else:
            self.reject()

    def _narrow(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(folded(text) not in folded(item.text()))


def ask_for_patients(parent: QWidget | None, patients: Iterable[str], chosen: Collection[str]) -> frozenset[str] | None:
    """Let the user tick patients; return the ticked patients (an empty set shows all), or None if the user cancels."""
    dialog = PatientsDialog(patients, chosen, parent)
    return dialog.chosen() if dialog.exec() else None
