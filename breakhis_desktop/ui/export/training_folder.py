"""A dialog for exporting a training folder."""

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.buttons import confirm_buttons, hold_words
from breakhis_desktop.ui.look.labels import label


class TrainingFolderDialog(QDialog):
    """Explains what is copied, and asks whether official names count as truth.

    Attributes:
        official: Check box for also copying unreviewed images whose official names state the truth.
    """

    def __init__(self, job: str, parent: QWidget | None = None) -> None:
        """Build the dialog, with only the reviewed images included.

        Args:
            job: Name of the job.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training folder"))
        self.official = QCheckBox(self.tr("Also those that only their official file name says the truth of"))
        says = self.tr(
            "Copies the reviewed images of {job} into folders by class and patient, as python -m training prepare reads them, with a table "
            "of who said what, when and why. Images whose review contradicts their official name are left out."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(label(says.format(job=printable(job)), wrap=True))
        column.addWidget(self.official)
        column.addWidget(confirm_buttons(self, self.tr("Choose a folder…")))
        hold_words(self, column, 440)
