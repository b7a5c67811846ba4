"""Delegates that draw the cells of the results table."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import BODY, NOTE, font, line_height, scaled, width_of
from breakhis_desktop.ui.look.painting import (
    cut_short,
    draw_bar,
    draw_decision_mark,
    draw_diamond,
    draw_tick,
    in_two_lines,
    shortened_name,
)
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, BEFORE_FIGURE, MARK, PADDING
from breakhis_desktop.ui.results.thumbnails import draw_thumbnail
from breakhis_desktop.ui.state.result_columns import PROBABILITY_COLUMN, Result
from breakhis_desktop.ui.state.results import RESULT_ROLE

_THUMBNAIL = (34, 24)
_SUBTYPE_COLUMN = PROBABILITY_COLUMN + 2

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Draws a cell's background, lower line and focus lines, and leaves the content to `paint_content`."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        """Use a theme's colours."""
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell."""
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(tokens.accent_ground if selected else tokens.pane))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, QColor(tokens.line))
        if _row_has_focus(option.widget, index):
            for top in (option.rect.top(), option.rect.bottom()):
                painter.fillRect(option.rect.left(), top, option.rect.width(), 1, QColor(tokens.accent))
        content = QRectF(option.rect).adjusted(PADDING, 0, -PADDING, -1)
        self.paint_content(painter, content, index, index.data(RESULT_ROLE))
        painter.restore()

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the cell's text, muted if the image has no result."""
        colour = self._theme.tokens.text if result.verdict else self._theme.tokens.muted
        self.draw_text(painter, box, index, colour)

    def draw_text(self, painter: QPainter, box: QRectF, index: Index, colour: str, *, bold: bool = False) -> None:
        """Draw the cell's text on one line, cut to fit."""
        painter.setFont(font(BODY, bold=bold))
        painter.setPen(QColor(colour))
        text, metrics = str(index.data()), painter.fontMetrics()
        text = shortened_name(text, metrics, box.width()) if index.column() == 0 else cut_short(text, metrics, box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), text)

    def draw_words(self, painter: QPainter, box: QRectF, index: Index, colour: str, size: float = NOTE) -> None:
        """Draw the cell's text on one line, or in the size of notes on two."""
        painter.setFont(font(size))
        painter.setPen(QColor(colour))
        if painter.fontMetrics().horizontalAdvance(str(index.data())) > box.width():
            painter.setFont(font(NOTE))
        lines = in_two_lines(str(index.data()), painter.fontMetrics(), box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))


class ImageDelegate(CellDelegate):
    """Draws the thumbnail and the file name."""

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the thumbnail and the file name side by side."""
        width, height = _THUMBNAIL
        frame = QRectF(box.left(), box.center().y() - height / 2, width, height)
        draw_thumbnail(painter, frame, result, QColor(self._theme.tokens.track), radius=3)
        super().paint_content(painter, box.adjusted(width + PADDING, 0, 0, 0), index, result)


class ProbabilityDelegate(CellDelegate):
    """Draws the probability of malignant as a bar, ticked at the threshold, and as a figure."""

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the bar and the figure, or nothing without a prediction."""
        if result.record.prediction is None or result.verdict is None:
            return
        tokens = self._theme.tokens
        figure = width_of(decimal(1.0, 2))
        bar = QRectF(box.left(), box.center().y() - 3.5, box.width() - figure - BEFORE_FIGURE, 7)
        colour = tokens.of(result.verdict.decision)
        draw_bar(painter, bar, result.record.prediction.p_malignant, colour, QColor(tokens.track))
        draw_tick(painter, bar, result.threshold, QColor(tokens.text))
        self.draw_text(painter, QRectF(bar.right() + BEFORE_FIGURE, box.top(), figure, box.height()), index, tokens.text)


class DecisionDelegate(CellDelegate):
    """Draws the decision as colour, shape and word, or else how the image ended."""

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the mark and the decision, or the plain text without a verdict."""
        if result.verdict is None:
            super().paint_content(painter, box, index, result)
            return
        decision = result.verdict.decision
        colour = self._theme.tokens.of(decision)
        draw_decision_mark(painter, _mark_box(box), decision, colour)
        self.draw_text(painter, _after_mark(box), index, colour.name(), bold=True)


class RemarkDelegate(CellDelegate):
    """Draws the other columns; review reasons get the review mark, and a review the mark of its decision."""

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the cell's text, with a mark in the last column."""
        is_review = index.column() == index.model().columnCount() - 1
        if index.column() == _SUBTYPE_COLUMN:
            self.draw_words(painter, box, index, self._theme.tokens.text, BODY)
        elif not is_review:
            super().paint_content(painter, box, index, result)
        elif result.reviewed is not None and result.reviewed.decision is not None:
            colour = self._theme.tokens.of(result.reviewed.decision)
            draw_decision_mark(painter, _mark_box(box), result.reviewed.decision, colour)
            self.draw_words(painter, _after_mark(box), index, colour.name())
        elif result.verdict is None:
            self.draw_words(painter, box, index, self._theme.tokens.muted)
        elif result.verdict.review_reasons:
            review = self._theme.tokens.review
            draw_diamond(painter, _mark_box(box), QColor(review))
            self.draw_words(painter, _after_mark(box), index, review)


def row_height() -> int:
    """Return the height of a row in pixels, enough for two lines of notes."""
    return max(scaled(32), 2 * line_height(NOTE))


def _mark_box(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.center().y() - MARK / 2, MARK, MARK)


def _after_mark(box: QRectF) -> QRectF:
    return box.adjusted(MARK + AFTER_MARK, 0, 0, 0)


def _row_has_focus(view: QWidget | None, index: Index) -> bool:
    """Return whether a row has the keyboard focus; Qt itself marks only the current cell."""
    return isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row()
