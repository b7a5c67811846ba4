"""Delegates that draw the cells of the results table."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from breakhis_desktop.domain.records import Status
from breakhis_desktop.ui.look.figures import count, decimal
from breakhis_desktop.ui.look.lettering import BODY, NOTE, font, line_height, scaled, widest, width_of
from breakhis_desktop.ui.look.painting import (
    cut_short,
    draw_bar,
    draw_decision_mark,
    draw_diamond,
    draw_name,
    draw_tick,
    fits_in_two_lines,
    in_two_lines,
)
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, BEFORE_FIGURE, MARK, PADDING, THUMBNAIL
from breakhis_desktop.ui.results.table_columns import TableColumns
from breakhis_desktop.ui.results.thumbnails import Thumbnails
from breakhis_desktop.ui.state.result_columns import (
    OUTCOME_COLUMNS,
    PATIENT_COLUMN,
    REVIEW_COLUMN,
    SUBTYPE_COLUMN,
    Result,
    remark,
)
from breakhis_desktop.ui.state.results import NAME_ROLE, RESULT_ROLE
from breakhis_desktop.wording.message import Message

_LEAST_FOR_WORDS = 72
"""Least width in pixels at which the beginning of a reason is shown if the whole reason does not fit."""

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Draws a cell's background, lower line and focus lines, and leaves the content to `paint_content`."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        """Use a theme's colours."""
        super().__init__(table)
        self._theme = theme
        self._table = table

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
        content, result = QRectF(option.rect).adjusted(PADDING, 0, -PADDING, -1), index.data(RESULT_ROLE)
        if result.verdict is None and index.column() in OUTCOME_COLUMNS:
            painter.setClipRect(option.rect)
            self._paint_outcome(painter, _outcome_box(self._table, option.rect, index.column()), result)
        else:
            self.paint_content(painter, content, index, result)
        painter.restore()

    def _paint_outcome(self, painter: QPainter, box: QRectF | None, result: Result) -> None:
        """Draw how the image ended and, to the right, its review or the reason why it has no result.

        The text spans several cells; each call paints the part in one cell.
        """
        if box is None:
            return
        status = localised(result.record.status)
        painter.setPen(QColor(self._theme.tokens.text))
        painter.setFont(font(BODY))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, status)
        room = box.adjusted(widest(map(localised, Status)) + BEFORE_FIGURE, 0, 0, 0)
        if result.reviewed is not None:
            self.draw_review(painter, room, result)
        else:
            reasons = [localised(result.record.reason, figures=figures) for figures in (True, False)]
            self.draw_words(painter, room, reasons, self._theme.tokens.muted)

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the cell's text, muted if the image has no result."""
        colour = self._theme.tokens.text if result.verdict else self._theme.tokens.muted
        self.draw_text(painter, box, index, colour)

    def draw_text(self, painter: QPainter, box: QRectF, index: Index, colour: str, *, bold: bool = False) -> None:
        """Draw the cell's text on one line, cut to fit."""
        painter.setFont(font(BODY, bold=bold))
        painter.setPen(QColor(colour))
        text = cut_short(str(index.data()), painter.fontMetrics(), box.width())
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), text)

    def draw_words(self, painter: QPainter, box: QRectF, texts: Sequence[str], colour: str, size: float = NOTE) -> None:
        """Draw the first text that fits on one line or two; if none fits, draw the last, cut to fit."""
        painter.setFont(font(size))
        painter.setPen(QColor(colour))
        metrics = painter.fontMetrics()
        text = next((text for text in texts if fits_in_two_lines(text, metrics, box.width())), texts[-1])
        lines = in_two_lines(text, metrics, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))

    def draw_review(self, painter: QPainter, box: QRectF, result: Result) -> None:
        """Draw an image's review, or the reasons why it needs one; without room for words, draw only the mark."""
        tokens, room = self._theme.tokens, _after_mark(box)
        if result.reviewed is not None and result.reviewed.decision is not None:
            colour = tokens.of(result.reviewed.decision)
            draw_decision_mark(painter, _mark_box(box), result.reviewed.decision, colour)
            self.draw_words(painter, room, [remark(result), "✓"], colour.name())
        elif result.reviewed is None and result.verdict is not None and result.verdict.review_reasons:
            draw_diamond(painter, _mark_box(box), QColor(tokens.review))
            texts = [remark(result), *_number_of(result.verdict.review_reasons)]
            self.draw_words(painter, room, texts if room.width() >= scaled(_LEAST_FOR_WORDS) else [*texts, ""], tokens.review)


class ImageDelegate(CellDelegate):
    """Draws the thumbnail, the file name and, if the name repeats, the folder, unless the patient column shows the same text."""

    def __init__(self, theme: Theme, table: QTableView, columns: TableColumns, thumbnails: Thumbnails) -> None:
        """Use a theme's colours, the widths of the columns, and the thumbnails of a run."""
        super().__init__(theme, table)
        self._columns, self._thumbnails = columns, thumbnails

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the thumbnail, with the name beside it and the folder below the name."""
        width, height = THUMBNAIL
        frame = QRectF(box.left(), box.center().y() - height / 2, width, height)
        self._thumbnails.draw(painter, frame, result.record.position, QColor(self._theme.tokens.track), radius=3)
        tokens = self._theme.tokens
        colour = QColor(tokens.text if result.verdict else tokens.muted)
        name, folder = index.data(NAME_ROLE)
        if result.folder == result.record.patient_id and not self._table.isColumnHidden(PATIENT_COLUMN):
            folder = []
        room = box.adjusted(width + PADDING, 0, 0, 0)
        shown = name if folder else self._columns.common_form.of(name, room.width())
        draw_name(painter, room, (shown, folder), colour, QColor(tokens.muted))


class ProbabilityDelegate(CellDelegate):
    """Draws the probability of malignancy as a bar, ticked at the threshold, and as a figure."""

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
    """Draws the decision as colour, shape and word."""

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the mark and the decision."""
        if result.verdict is not None:
            decision = result.verdict.decision
            colour = self._theme.tokens.of(decision)
            draw_decision_mark(painter, _mark_box(box), decision, colour)
            self.draw_text(painter, _after_mark(box), index, colour.name(), bold=True)


class RemarkDelegate(CellDelegate):
    """Draws the columns that have no other delegate; review reasons get the review mark, and a review gets the mark of its decision."""

    def __init__(self, theme: Theme, table: QTableView, columns: TableColumns) -> None:
        """Use a theme's colours, and the widths of the columns."""
        super().__init__(theme, table)
        self._columns = columns

    def paint_content(self, painter: QPainter, box: QRectF, index: Index, result: Result) -> None:
        """Draw the cell's text, with a mark in the column of reviews."""
        colour = self._theme.tokens.text if result.verdict else self._theme.tokens.muted
        if index.column() == REVIEW_COLUMN:
            self.draw_review(painter, box, result)
        elif index.column() in {PATIENT_COLUMN, SUBTYPE_COLUMN}:
            self.draw_words(painter, box, [str(index.data())], colour, NOTE if self._columns.wraps(index.column()) else BODY)
        else:
            super().paint_content(painter, box, index, result)


def _number_of(reasons: Sequence[Message]) -> list[str]:
    """Return how many reasons there are, in words; nothing for a single reason, because its beginning says more than a number."""
    words = QCoreApplication.translate("ResultDelegates", "{count} reasons")
    return [words.format(count=count(len(reasons)))] if len(reasons) > 1 else []


def row_height() -> int:
    """Return the height of a row in pixels, enough for two lines of small text."""
    return max(scaled(34), 2 * line_height(NOTE))


def _outcome_box(table: QTableView, cell: QRect, column: int) -> QRectF | None:
    """Return the box of the widest group of neighbouring outcome columns; None if the cell is outside this group."""
    header = table.horizontalHeader()
    runs: list[list[int]] = [[]]
    for section in (header.logicalIndex(place) for place in range(header.count())):
        if section in OUTCOME_COLUMNS:
            runs[-1].append(section)
        elif not header.isSectionHidden(section):
            runs.append([])
    widest_run = max(runs, key=lambda run: sum(map(header.sectionSize, run)))
    if column not in widest_run:
        return None
    left, width = table.columnViewportPosition(widest_run[0]), sum(map(header.sectionSize, widest_run))
    return QRectF(left + PADDING, cell.top(), width - 2 * PADDING, cell.height() - 1)


def _mark_box(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.center().y() - MARK / 2, MARK, MARK)


def _after_mark(box: QRectF) -> QRectF:
    return box.adjusted(MARK + AFTER_MARK, 0, 0, 0)


def _row_has_focus(view: QWidget | None, index: Index) -> bool:
    """Return whether a row has the keyboard focus; Qt itself marks only the current cell."""
    return isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row()
