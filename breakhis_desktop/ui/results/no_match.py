"""The page shown when no result passes the filter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import ResultsModel


class NoMatch(QFrame):
    """Says that the filter hides all images and offers to clear it.

    Signals:
        clear_asked: The user wants to clear the filter.
    """

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the frame."""
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._title = label("", "emptyTitle", wrap=True)
        self._sentence = label("", "muted", wrap=True)
        self.button = QPushButton(self.tr("Clear filters"))
        self.button.clicked.connect(self.clear_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        column.setSpacing(12)
        column.addStretch()
        for text in (self._title, self._sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addSpacing(8)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def show_hidden(self, count: int, wanted: ResultFilter) -> None:
        """Show how many images a filter hides; if it asks only for images that need review, say that none is left to review."""
        is_done = wanted == ResultFilter(lane=Lane.REVIEW)
        self._title.setText(self.tr("No image is left to review") if is_done else self.tr("Nothing matches the filter"))
        words = self.tr("The one image of this job is hidden.") if count == 1 else self.tr("All {0} images of this job are hidden.")
        self._sentence.setText(words.format(figures.count(count)))


class FilteredPage(QStackedWidget):
    """A view of the results, replaced by `NoMatch` when the filter hides every image."""

    def __init__(self, view: QWidget, model: ResultsModel, parent: QWidget | None = None) -> None:
        """Stack the view and its replacement."""
        super().__init__(parent)
        self._view = view
        self._model = model
        self.no_match = NoMatch()
        self.no_match.clear_asked.connect(lambda: model.set_filter(ResultFilter()))
        self.addWidget(view)
        self.addWidget(self.no_match)
        self.setFocusProxy(view)
        model.changed.connect(self._refresh)

    def _refresh(self) -> None:
        hidden = len(self._model.rows) if self._model.rowCount() == 0 else 0
        self.no_match.show_hidden(hidden, self._model.filter)
        self.setCurrentWidget(self.no_match if hidden else self._view)
