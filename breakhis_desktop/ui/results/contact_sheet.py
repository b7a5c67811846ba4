"""The results as a sheet of thumbnails, sharing the table's order and selection."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import BODY, SMALL, font, line_height, widest, width_of
from breakhis_desktop.ui.look.painting import cut_short, draw_decision_mark, draw_diamond, shortened_name
from breakhis_desktop.ui.look.theme import Theme, Tokens
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, MARK
from breakhis_desktop.ui.results.results_table import ResultsTable
from breakhis_desktop.ui.results.thumbnails import draw_thumbnail
from breakhis_desktop.ui.state.result_columns import Result
from breakhis_desktop.ui.state.results import RESULT_ROLE

_LEAST_WIDTH = 168
_GAP = 8
_PICTURE_HEIGHT = 104
_PADDING = 8
_REVIEW_MARK = 34
"""Pixels for the mark of a review and the tick before it."""
_BATCH = 10_000
"""Number of cards to lay out at once; the window is repainted between batches."""


class ContactSheet(QListView):
    """Shows the table's rows as cards, with the same current image."""

    def __init__(self, table: ResultsTable, theme: Theme, parent: QWidget | None = None) -> None:
        """Share the table's model and selection."""
        super().__init__(parent)
        self.setObjectName("contactSheet")
        self.setAccessibleName(self.tr("Contact sheet of the results"))
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self._place: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._return_to_place)
        self.verticalScrollBar().actionTriggered.connect(self._forget_place)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_CardDelegate(theme, self))
        self.addActions(table.actions())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        theme.changed.connect(self.viewport().update)

    def doItemsLayout(self) -> None:  # noqa: N802 (Qt's name)
        """Lay out the cards again, and restore the scroll position once enough of them are laid out."""
        if self._place is None:  # otherwise the last layout is incomplete, and the scroll bar has not yet reached its old position
            self._place = self.verticalScrollBar().value()
        super().doItemsLayout()

    def _return_to_place(self, _least: int, most: int) -> None:
        if self._place is not None:
            place = self._place
            self.verticalScrollBar().setValue(min(place, most))
            if most >= place or self._is_laid_out():
                self._place = None

    def _is_laid_out(self) -> bool:
        last = self.model().index(self.model().rowCount() - 1, 0)
        return self.visualRect(last).isValid()

    def _forget_place(self) -> None:
        self._place = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit as many cards on a line as there is room for."""
        width = self.viewport().width() - 1  # Qt wraps a line that fills the list to the last pixel
        self.setGridSize(QSize(width // max(1, width // _least_width()), _height()))
        super().resizeEvent(event)

    def dataChanged(  # noqa: N802 (Qt's name)
        self, first: QModelIndex | QPersistentModelIndex, last: QModelIndex | QPersistentModelIndex, roles: Sequence[int] = ()
    ) -> None:
        """Repaint the cards; their size does not depend on their content."""
        self.viewport().update()


class _CardDelegate(QStyledItemDelegate):
    """Draws a card: thumbnail, decision (colour, shape and word), probability and file name."""

    def __init__(self, theme: Theme, sheet: ContactSheet) -> None:
        super().__init__(sheet)
        self._theme = theme
        self._sheet = sheet

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._sheet.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens, result = self._theme.tokens, index.data(RESULT_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(option.rect).adjusted(0, 0, -_GAP, -_GAP)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(tokens.accent if selected or focused else tokens.line), 2 if focused else 1))
        painter.setBrush(QColor(tokens.accent_ground if selected else tokens.pane))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)
        inner = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        draw_thumbnail(painter, QRectF(inner.left(), inner.top(), inner.width(), _PICTURE_HEIGHT), result, QColor(tokens.track), radius=4)
        _draw_decision(painter, QRectF(inner.left(), inner.top() + _PICTURE_HEIGHT + 6, inner.width(), line_height()), result, tokens)
        name = line_height(SMALL)
        _draw_name(painter, QRectF(inner.left(), inner.bottom() - name, inner.width(), name), result, tokens)
        painter.restore()


def _height() -> int:
    """Return the height of a card and the gap below it, in pixels."""
    return _PICTURE_HEIGHT + max(18, line_height()) + max(18, line_height(SMALL)) + 2 * _PADDING + _GAP + 8


def _least_width() -> int:
    """Return the least width of a card and the gap beside it; decision, review mark and probability share a line."""
    decision = MARK + AFTER_MARK + widest(map(localised, Decision), bold=True)
    figure = width_of(decimal(1.0, 2))
    return max(_LEAST_WIDTH, decision + _REVIEW_MARK + figure + 2 * _PADDING + _GAP)


def _draw_decision(painter: QPainter, line: QRectF, result: Result, tokens: Tokens) -> None:
    left, right = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    mark = QRectF(line.left(), line.center().y() - MARK / 2, MARK, MARK)
    _draw_review(painter, mark.translated(line.width() - width_of(decimal(1.0, 2)) - 18, 0), result, tokens)
    if result.verdict is None or result.record.prediction is None:
        painter.setFont(font(BODY))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, left, cut_short(localised(result.record.status), painter.fontMetrics(), line.width()))
        return
    colour = tokens.of(result.verdict.decision)
    draw_decision_mark(painter, mark, result.verdict.decision, colour)
    painter.setFont(font(BODY, bold=True))
    painter.setPen(colour)
    room = line.adjusted(MARK + AFTER_MARK, 0, -width_of(decimal(1.0, 2)) - _REVIEW_MARK, 0)
    painter.drawText(room, left, cut_short(localised(result.verdict.decision), painter.fontMetrics(), room.width()))
    painter.setFont(font(BODY))
    painter.setPen(QColor(tokens.text))
    painter.drawText(line, right, decimal(result.record.prediction.p_malignant, 2))


def _draw_review(painter: QPainter, mark: QRectF, result: Result, tokens: Tokens) -> None:
    """Draw a diamond if the image needs review, or a tick with the mark of the decision if it has been reviewed."""
    answer = result.reviewed.decision if result.reviewed else None
    if answer is not None:
        draw_decision_mark(painter, mark, answer, tokens.of(answer))
        painter.setFont(font(BODY))
        painter.setPen(QColor(tokens.text))
        painter.drawText(mark.adjusted(-14, -4, -11, 4), Qt.AlignmentFlag.AlignCenter, "✓")
    elif result.verdict is not None and result.verdict.review_reasons:
        draw_diamond(painter, mark, QColor(tokens.review))


def _draw_name(painter: QPainter, line: QRectF, result: Result, tokens: Tokens) -> None:
    painter.setFont(font(SMALL))
    painter.setPen(QColor(tokens.muted))
    name = shortened_name(printable(result.record.path.name), painter.fontMetrics(), line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
