"""The heading above an image: the decision in colour, shape and word."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import BODY, FIGURE, HEADING, font, line_height, scaled
from breakhis_desktop.ui.look.painting import cut_short, draw_decision_mark
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.result_columns import Result

_GAP = 12


class VerdictHeading(QWidget):
    """Shows the decision with the probability of malignant, or how the image ended."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty heading."""
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._theme = theme
        self._result: Result | None = None
        self._place = ""
        theme.changed.connect(self.update)

    def show_result(self, result: Result | None, place: str = "") -> None:
        """Show a result, and its place among the rows, such as "3 of 20"."""
        self._result, self._place = result, place
        self.setAccessibleName(_words(result))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a heading on one line."""
        return QSize(scaled(300), self._line())

    def minimumSizeHint(self) -> QSize:
        """Return the size of only the decision and its probability."""
        return QSize(self._left_width(), self._line())

    def hasHeightForWidth(self) -> bool:
        """Return True, because the place moves to a line of its own in a narrow heading."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of one or two lines."""
        return self._line() + (line_height() if self._place and not self._has_room(width) else 0)

    def _line(self) -> int:
        return max(30, line_height(HEADING) + 2)

    def _has_room(self, width: int) -> bool:
        return self._left_width() + _GAP + QFontMetrics(font(BODY)).horizontalAdvance(self._place) <= width

    def _left_width(self) -> int:
        """Return the width of mark, text and probability, in pixels."""
        width = QFontMetrics(font(HEADING, bold=True)).horizontalAdvance(_words(self._result))
        if self._result is not None and self._result.verdict is not None:
            width += _mark_side() + 8
        if self._result is not None and self._result.record.prediction is not None:
            width += _GAP + QFontMetrics(font(FIGURE)).horizontalAdvance(_figure(self._result.record.prediction))
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading."""
        tokens, result = self._theme.tokens, self._result
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, self.width(), self._line())
        painter.setFont(font(BODY))
        painter.setPen(QColor(tokens.muted))
        if self._has_room(self.width()):
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._place)
        else:
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._place)
        colour, left = QColor(tokens.muted), 0.0
        if result is not None and result.verdict is not None:
            side = _mark_side()
            colour, left = tokens.of(result.verdict.decision), side + 8.0
            draw_decision_mark(painter, QRectF(0, box.center().y() - side / 2, side, side), result.verdict.decision, colour)
        painter.setFont(font(HEADING, bold=True))
        painter.setPen(colour)
        words = cut_short(_words(result), painter.fontMetrics(), box.width() - left)
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if result is not None and result.record.prediction is not None:
            after = left + painter.fontMetrics().horizontalAdvance(words) + _GAP
            painter.setFont(font(FIGURE))
            painter.setPen(QColor(tokens.text))
            figure = cut_short(_figure(result.record.prediction), painter.fontMetrics(), box.width() - after)
            painter.drawText(box.adjusted(after, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, figure)


def _mark_side() -> int:
    return scaled(15)


def _figure(prediction: Prediction) -> str:
    return decimal(prediction.p_malignant, 2)


def _words(result: Result | None) -> str:
    if result is None:
        return QCoreApplication.translate("VerdictHeading", "No image chosen")
    return localised(result.verdict.decision if result.verdict else result.record.status).capitalize()
