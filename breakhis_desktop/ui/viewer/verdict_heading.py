"""The heading above an image: the decision in colour, shape and word."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import BODY, FIGURE, HEADING, font, line_height, scaled, width_of
from breakhis_desktop.ui.look.painting import cut_short, draw_decision_mark
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.result_columns import Result

_GAP = 12
_AFTER_MARK = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Words:
    """What the heading says.

    Attributes:
        title: The decision in force, or how the image ended.
        aside: The probability of malignancy; after a review, what the model said.
        decision: The decision in force, if there is one.
    """

    title: str
    aside: str = ""
    decision: Decision | None = None


class VerdictHeading(QWidget):
    """Shows the decision with the probability of malignancy, or how the image ended; a review's decision replaces the model's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty heading."""
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._theme = theme
        self._words = _words_for(None)
        self._place = ""
        theme.changed.connect(self.update)

    def show_result(self, result: Result | None, place: str = "") -> None:
        """Show a result, and its place among the rows, such as "3 of 20"."""
        self._words, self._place = _words_for(result), place
        self.setAccessibleName(f"{self._words.title} {self._words.aside}".strip())
        self.updateGeometry()
        self.update()

    def show_decision(self, decision: Decision | None, title: str) -> None:
        """Show the decision on something other than an image, or only a title."""
        self._words, self._place = _Words(title, "", decision), ""
        self.setAccessibleName(title)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a heading on one line."""
        return QSize(scaled(300), self._line())

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line, and the width at which the title fits on one line and the other texts fit on the next."""
        second = sum(width_of(text) + _GAP for text in (self._words.aside, self._place) if text) - _GAP
        return QSize(max(self._title_width(), second), self._line())

    def hasHeightForWidth(self) -> bool:
        """Return True, because a narrow heading has a second line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of one or two lines."""
        return self._line() + (0 if all(self._fits_beside(width)) else line_height())

    def _line(self) -> int:
        return max(30, line_height(HEADING) + 2)

    def _title_width(self) -> int:
        """Return the width of mark and title, in pixels."""
        return width_of(self._words.title, HEADING, bold=True) + (_mark_side() + _AFTER_MARK if self._words.decision else 0)

    def _fits_beside(self, width: int) -> tuple[bool, bool]:
        """Return whether aside and place fit beside the title; a text that does not fit moves to the second line."""
        used, fits = self._title_width(), []
        for text, size in ((self._words.aside, FIGURE), (self._place, BODY)):
            needed = used + _GAP + width_of(text, size) if text else used
            fits.append(needed <= width)
            used = needed if fits[-1] else used
        return fits[0], fits[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words, tokens = self._words, self._theme.tokens
        first = QRectF(0, 0, self.width(), self._line())
        second = QRectF(0, self.height() - line_height(), self.width(), line_height())
        aside_fits, place_fits = self._fits_beside(self.width())
        left = self._draw_title(painter, first)
        painter.setPen(QColor(tokens.text))
        painter.setFont(font(FIGURE if aside_fits else BODY))
        _draw(painter, first.adjusted(left + _GAP, 0, 0, 0) if aside_fits else second, words.aside, _LEFT)
        painter.setPen(QColor(tokens.muted))
        painter.setFont(font(BODY))
        _draw(painter, first if place_fits else second, self._place, _LEFT if aside_fits and not place_fits else _RIGHT)

    def _draw_title(self, painter: QPainter, box: QRectF) -> float:
        """Draw mark and title; return where they end, in pixels from the left."""
        decision, tokens, left = self._words.decision, self._theme.tokens, 0.0
        colour = tokens.of(decision) if decision else QColor(tokens.muted)
        if decision is not None:
            side = _mark_side()
            draw_decision_mark(painter, QRectF(0, box.center().y() - side / 2, side, side), decision, colour)
            left = side + _AFTER_MARK
        painter.setFont(font(HEADING, bold=True))
        painter.setPen(colour)
        return left + _draw(painter, box.adjusted(left, 0, 0, 0), self._words.title, _LEFT)


def _draw(painter: QPainter, box: QRectF, text: str, alignment: Qt.AlignmentFlag) -> int:
    """Draw a text, cut to fit its box; return its width in pixels."""
    shown = cut_short(text, painter.fontMetrics(), box.width())
    painter.drawText(box, alignment, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def _mark_side() -> int:
    return scaled(15)


def _words_for(result: Result | None) -> _Words:
    if result is None:
        return _Words(QCoreApplication.translate("VerdictHeading", "No image chosen"))
    verdict, prediction = result.verdict, result.record.prediction
    figure = decimal(prediction.p_malignant, 2) if prediction else ""
    if result.reviewed is not None and result.reviewed.decision is not None:
        decided = result.reviewed.decision
        title = QCoreApplication.translate("VerdictHeading", "{decision}, reviewed").format(decision=localised(decided).capitalize())
        return _Words(title, _words_of_model(result, figure), decided)
    decision = verdict.decision if verdict else None
    return _Words(localised(decision or result.record.status).capitalize(), figure, decision)


def _words_of_model(result: Result, figure: str) -> str:
    if result.verdict is None:
        return f"({localised(result.record.status)})"
    sentence = QCoreApplication.translate("VerdictHeading", "(model: {decision} {probability})")
    return sentence.format(decision=localised(result.verdict.decision), probability=figure)
