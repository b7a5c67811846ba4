"""Draws the cards of the contact sheet."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import BODY, SMALL, font, line_height, widest, width_of
from breakhis_desktop.ui.look.painting import cut_short, draw_decision_mark, draw_diamond, fitting_name
from breakhis_desktop.ui.look.theme import Theme, Tokens
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, MARK
from breakhis_desktop.ui.results.thumbnails import Thumbnails
from breakhis_desktop.ui.state.result_columns import Result
from breakhis_desktop.ui.state.results import NAME_ROLE, RESULT_ROLE

GAP = 8
"""Pixels between two cards."""
_PADDING = 8
_ABOVE_DECISION, _ABOVE_NAME = 6, 2
"""Pixels between picture and decision, and between decision and name."""
_ASPECT = 0.66
"""Height of a picture as a share of its width, as in the BreakHis fields."""
_REVIEW_MARK = 34
"""Width in pixels of a review mark with the tick before it."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """Draws a card: thumbnail, decision (colour, shape and word), probability, file name and, below it, patient, magnification and folder.

    Attributes:
        size: The size of a card in pixels.
        columns: The number of cards on a line.
        has_origin: Whether the cards have a line for patient, magnification and folder.
    """

    def __init__(self, theme: Theme, sheet: QListView, thumbnails: Thumbnails) -> None:
        """Use a theme's colours, and the thumbnails of a run."""
        super().__init__(sheet)
        self._theme, self._sheet, self._thumbnails = theme, sheet, thumbnails
        self.size, self.columns, self.has_origin = QSize(), 1, False

    def fit(self, width: int, least: int) -> None:
        """Size the cards so that they fill lines of this width and, if the width allows, are at least `least` pixels wide."""
        least = max(least, _least_width())
        self.columns = max(1, (width + GAP) // (least + GAP))
        card_width = (width - (self.columns - 1) * GAP) // self.columns
        lines = line_height() + (2 if self.has_origin else 1) * line_height(SMALL)
        self.size = QSize(card_width, _picture_height(card_width) + _ABOVE_DECISION + lines + _ABOVE_NAME + 2 * _PADDING)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell, which holds a card and the gap below it."""
        return self._sheet.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a card at its place on its line, which has gaps between the cards but not at either end."""
        tokens, result = self._theme.tokens, index.data(RESULT_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = round(option.rect.left() / self._sheet.gridSize().width())
        card = QRectF(column * (self.size.width() + GAP), option.rect.top(), self.size.width(), self.size.height())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(tokens.accent if selected or focused else tokens.line), 2 if focused else 1))
        painter.setBrush(QColor(tokens.accent_ground if selected else tokens.pane))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)
        inner = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        picture = QRectF(inner.left(), inner.top(), inner.width(), _picture_height(self.size.width()))
        self._thumbnails.draw(painter, picture, result.record.position, QColor(tokens.track), radius=4)
        _draw_decision(painter, QRectF(inner.left(), picture.bottom() + _ABOVE_DECISION, inner.width(), line_height()), result, tokens)
        self._draw_names(painter, inner, index, result)
        painter.restore()

    def _draw_names(self, painter: QPainter, inner: QRectF, index: Index, result: Result) -> None:
        """Draw the name and, on the last line, patient, magnification and folder, as far as they are known."""
        name, folder = index.data(NAME_ROLE)
        lines = [(name, self._theme.tokens.text), (_origin_forms(result, folder), self._theme.tokens.muted)]
        metrics, height = QFontMetrics(font(SMALL)), line_height(SMALL)
        painter.setFont(font(SMALL))
        for place, (forms, colour) in enumerate(reversed(lines if self.has_origin else lines[:1]), start=1):
            painter.setPen(QColor(colour))
            text = fitting_name(forms, metrics, inner.width())[0]
            painter.drawText(QRectF(inner.left(), inner.bottom() - place * height, inner.width(), height), _LEFT, text)


def _picture_height(card_width: int) -> int:
    return round(_ASPECT * (card_width - 2 * _PADDING))


def _least_width() -> int:
    """Return the least width of a card, at which decision, review mark and probability fit on one line."""
    decision = MARK + AFTER_MARK + widest(map(localised, Decision), bold=True)
    return decision + _REVIEW_MARK + width_of(decimal(1.0, 2)) + 2 * _PADDING


def _origin_forms(result: Result, folder: list[str]) -> list[str]:
    """Return folder, patient and magnification as one text in ever shorter forms, without a folder that is named after the patient."""
    patient, magnification = printable(result.record.patient_id), f"{result.record.magnification}×" if result.record.magnification else ""
    folders = [] if folder and folder[0] == patient else [form for form in folder if form]
    ways = [(form, patient, magnification) for form in folders] or [("", patient, magnification)]
    return [" · ".join(part for part in way if part) for way in (*ways, ways[-1][:2] if patient or folders else ways[-1])]


def _draw_decision(painter: QPainter, line: QRectF, result: Result, tokens: Tokens) -> None:
    mark = QRectF(line.left(), line.center().y() - MARK / 2, MARK, MARK)
    _draw_review(painter, mark.translated(line.width() - width_of(decimal(1.0, 2)) - 18, 0), result, tokens)
    if result.verdict is None or result.record.prediction is None:
        painter.setFont(font(BODY))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, _LEFT, cut_short(localised(result.record.status), painter.fontMetrics(), line.width()))
        return
    colour = tokens.of(result.verdict.decision)
    draw_decision_mark(painter, mark, result.verdict.decision, colour)
    painter.setFont(font(BODY, bold=True))
    painter.setPen(colour)
    room = line.adjusted(MARK + AFTER_MARK, 0, -width_of(decimal(1.0, 2)) - _REVIEW_MARK, 0)
    painter.drawText(room, _LEFT, cut_short(localised(result.verdict.decision), painter.fontMetrics(), room.width()))
    painter.setFont(font(BODY))
    painter.setPen(QColor(tokens.text))
    painter.drawText(line, _RIGHT, decimal(result.record.prediction.p_malignant, 2))


def _draw_review(painter: QPainter, mark: QRectF, result: Result, tokens: Tokens) -> None:
    """Draw a diamond if the image needs review; if it has been reviewed, draw a tick and the mark of the reviewer's decision."""
    answer = result.reviewed.decision if result.reviewed else None
    if answer is not None:
        draw_decision_mark(painter, mark, answer, tokens.of(answer))
        painter.setFont(font(BODY))
        painter.setPen(QColor(tokens.text))
        painter.drawText(mark.adjusted(-14, -4, -11, 4), Qt.AlignmentFlag.AlignCenter, "✓")
    elif result.verdict is not None and result.verdict.review_reasons:
        draw_diamond(painter, mark, QColor(tokens.review))
