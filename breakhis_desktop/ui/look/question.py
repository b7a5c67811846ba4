"""A question with a button for each answer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.buttons import hold_words
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label

_WIDTH = 440


class Question(Dialog):
    """Asks one question; Esc gives the last answer, which should therefore be the one that changes nothing.

    Attributes:
        answers: The buttons of the answers.
    """

    def __init__(self, title: str, words: str, answers: Sequence[str], *, proposed: int, parent: QWidget | None = None) -> None:
        """Build the dialog.

        Args:
            title: Title of the dialog.
            words: The question.
            answers: The texts of the buttons.
            proposed: Index of the answer that Enter gives.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self._words = label(words, wrap=True)
        self.answers = [QPushButton(answer) for answer in answers]
        self._answer = len(answers) - 1
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for place, button in enumerate(self.answers):
            button.clicked.connect(lambda _checked, place=place: self._take(place))
            button.setAutoDefault(False)
            row.addWidget(button)
        self.answers[proposed].setObjectName("primary")
        self.answers[proposed].setDefault(True)
        self.answers[proposed].setFocus()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._words)
        column.addLayout(row)
        hold_words(self, column, _WIDTH)

    @property
    def text(self) -> str:
        """The question."""
        return self._words.text()

    def ask(self) -> int:
        """Show the question; return the index of the answer."""
        self.exec()
        return self._answer

    def _take(self, answer: int) -> None:
        self._answer = answer
        self.accept()
