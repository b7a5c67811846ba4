"""The middle of the window before there are results: what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.labels import label


class EmptyState(QFrame):
    """Shows a title and a sentence, with buttons for a first start.

    Signals:
        add_folder_asked: The user wants to choose a folder.
        samples_asked: The user wants to queue the sample images.
    """

    add_folder_asked = Signal()
    samples_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the frame."""
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._title = label("", "emptyTitle", wrap=True)
        self._sentence = label("", "muted", wrap=True)
        self._add = QPushButton(self.tr("Add folder…"))
        self._samples = QPushButton(self.tr("Try the sample images"))
        self._add.clicked.connect(self.add_folder_asked)
        self._samples.clicked.connect(self.samples_asked)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._add)
        buttons.addWidget(self._samples)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(12)
        column.addStretch()
        for text in (self._title, self._sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch()

    def say(self, title: str, sentence: str, *, offer_start: bool) -> None:
        """Replace the title and the sentence, and show or hide the buttons."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._add.setVisible(offer_start)
        self._samples.setVisible(offer_start)
