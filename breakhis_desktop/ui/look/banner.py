"""A one-sentence notice above the table."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.wording.message import Message


class Banner(QFrame):
    """Shows a sentence until the user dismisses it or another sentence replaces it.

    Signals:
        retry_asked: The user wants to retry what failed.
        resume_asked: The user wants to resume the run on offer.
        answered: The user has pressed one of the buttons.
    """

    retry_asked = Signal()
    resume_asked = Signal()
    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = label("", wrap=True)
        self._retry = QPushButton(self.tr("Try again"))
        self._retry.clicked.connect(self.retry_asked)
        self._resume = QPushButton(self.tr("Resume"))
        self._resume.clicked.connect(self.resume_asked)
        self._dismiss = QPushButton(self.tr("Dismiss"))
        self._dismiss.setObjectName("quiet")
        self._dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._text, stretch=1)
        for button in (self._retry, self._resume, self._dismiss):
            button.clicked.connect(self.answered)
            row.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that was shown last, even if the banner is hidden by now."""
        return self._text.text()

    @property
    def offers(self) -> bool:
        """Whether the banner offers to resume a run."""
        return self._resume.isVisibleTo(self) and not self.isHidden()

    @property
    def asks_to_retry(self) -> bool:
        """Whether the banner offers to retry what failed."""
        return self._retry.isVisibleTo(self) and not self.isHidden()

    def warn(self, sentence: Message | str, *, retry: bool = False) -> None:
        """Show what went wrong; with `retry`, the user can only try again, not dismiss the banner."""
        self._show(sentence, "warning")
        self._retry.setVisible(retry)
        self._dismiss.setVisible(not retry)

    def offer(self, sentence: Message | str) -> None:
        """Offer to resume a run."""
        self._show(sentence, "offer")
        self._resume.show()
        self._dismiss.setText(self.tr("Not now"))

    def withdraw(self, sentence: Message | str) -> None:
        """Hide the banner if it shows this sentence."""
        if self.text == localised(sentence):
            self.hide()

    def _show(self, sentence: Message | str, kind: str) -> None:
        """Show a sentence with only the Dismiss button."""
        self._text.setText(localised(sentence))
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._retry.hide()
        self._resume.hide()
        self._dismiss.setText(self.tr("Dismiss"))
        self._dismiss.show()
        self.show()
