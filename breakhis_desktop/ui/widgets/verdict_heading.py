"""The heading of the right column: the decision in colour, shape and word."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.ui.figures import decimal
from breakhis_desktop.ui.models.result_columns import Result
from breakhis_desktop.ui.theme import BODY_PIXELS, Theme, font
from breakhis_desktop.ui.widgets.painting import draw_decision_mark
from breakhis_desktop.ui.words import shown

_MARK = 15


class VerdictHeading(QWidget):
    """Says malignant or benign with its probability, or how the image ended."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._result: Result | None = None
        self._place = ""
        theme.changed.connect(self.update)

    def show_result(self, result: Result | None, place: str = "") -> None:
        """Show a result, and which one of how many it is."""
        self._result, self._place = result, place
        self.setAccessibleName(_words(result))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a heading."""
        return QSize(300, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading."""
        tokens, result = self._theme.tokens, self._result
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setFont(font(BODY_PIXELS))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._place)
        colour, left = QColor(tokens.muted), 0.0
        if result is not None and result.verdict is not None:
            colour, left = tokens.of(result.verdict.decision), _MARK + 8.0
            draw_decision_mark(painter, QRectF(0, box.center().y() - _MARK / 2, _MARK, _MARK), result.verdict.decision, colour)
        painter.setFont(font(20, bold=True))
        painter.setPen(colour)
        words = _words(result)
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if result is not None and result.record.prediction is not None:
            after = left + painter.fontMetrics().horizontalAdvance(words) + 12
            painter.setFont(font(16))
            painter.setPen(QColor(tokens.text))
            figure = decimal(result.record.prediction.p_malignant, 2)
            painter.drawText(box.adjusted(after, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, figure)


def _words(result: Result | None) -> str:
    if result is None:
        return QCoreApplication.translate("VerdictHeading", "No image chosen")
    return shown(result.verdict.decision if result.verdict else result.record.status).capitalize()
