"""Charts in the window's colours: a distribution, bars of counts, a confusion matrix."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.lettering import BODY, SMALL, font, line_height, scaled, widest, width_in_two_lines, width_of
from breakhis_desktop.ui.look.painting import cut_short, draw_bar, in_two_lines
from breakhis_desktop.ui.look.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_WRAPPED = Qt.TextFlag.TextWordWrap | _LEFT
_GAP = 8
_COUNT_WIDTH = 40
_FAINTEST, _STRONGEST = 0.12, 0.45
"""Opacity of a cell with hardly any of the images of its row, and of a cell with all of them."""
_NAME_SHARE = 0.62
"""Largest share of the chart's width that the names may take."""


class Chart(QWidget):
    """A widget that repaints itself when its data or the theme change."""

    def __init__(self, theme: Theme, name: str) -> None:
        """Build an empty chart with a name for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        theme.changed.connect(self.update)

    def painter(self) -> QPainter:
        """Return an antialiased painter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        alignment: Qt.AlignmentFlag,
        *,
        muted: bool = False,
        small: bool = False,
        bold: bool = False,
    ) -> None:
        """Draw a text, cut to fit its box."""
        painter.setFont(font(SMALL if small else BODY, bold=bold))
        painter.setPen(QColor(self._theme.tokens.muted if muted else self._theme.tokens.text))
        painter.drawText(box, alignment, cut_short(text, painter.fontMetrics(), box.width()))


class Distribution(Chart):
    """A histogram of the images by probability of malignancy, with the operating point as a line."""

    def __init__(self, theme: Theme, name: str) -> None:
        """Build an empty chart."""
        super().__init__(theme, name)
        self._counts: Sequence[int] = ()
        self._threshold = 0.5

    def show_counts(self, counts: Sequence[int], threshold: float) -> None:
        """Show the number of images in each of several equal bins from 0 to 1, and the threshold (0 to 1)."""
        self._counts, self._threshold = counts, threshold
        self.setAccessibleDescription(", ".join(map(figures.count, counts)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for a column of the summary."""
        return QSize(360, scaled(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, each in the colour of its decision; then draw the threshold, and the scale below."""
        painter, box = self.painter(), QRectF(self.rect())
        plot = box.adjusted(0, line_height(SMALL) + 4, 0, -_axis())
        tokens, highest = self._theme.tokens, max(self._counts, default=0)
        width = plot.width() / max(len(self._counts), 1)
        for place, count in enumerate(self._counts):
            height = plot.height() * count / highest if highest else 0
            middle = (place + 0.5) / len(self._counts)
            colour = tokens.of(Decision.MALIGNANT if middle >= self._threshold else Decision.BENIGN)
            painter.fillRect(QRectF(plot.left() + place * width + 1, plot.bottom() - height, width - 2, height), colour)
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), QColor(tokens.line))
        self._draw_threshold(painter, plot)
        self._draw_scale(painter, QRectF(plot.left(), plot.bottom() + 2, plot.width(), _axis() - 2))
        self.write(
            painter, QRectF(box.left(), box.top(), box.width(), line_height(SMALL)), figures.count(highest), _LEFT, muted=True, small=True
        )

    def _draw_threshold(self, painter: QPainter, plot: QRectF) -> None:
        x = plot.left() + plot.width() * self._threshold
        painter.setPen(QPen(QColor(self._theme.tokens.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        words, height = figures.decimal(self._threshold, 3), line_height(SMALL)
        width = painter.fontMetrics().horizontalAdvance(words) + 8
        text = QRectF(min(max(x - width / 2, plot.left()), plot.right() - width), plot.top() - height - 2, width, height)
        self.write(painter, text, words, _CENTRE, small=True)

    def _draw_scale(self, painter: QPainter, strip: QRectF) -> None:
        for value, alignment in ((0.0, _LEFT), (0.5, _CENTRE), (1.0, _RIGHT)):
            self.write(painter, strip, figures.local(f"{value:g}"), alignment, muted=True, small=True)


class CountBars(Chart):
    """Names with their counts as bars, scaled to the largest count; long names wrap."""

    def __init__(self, theme: Theme, name: str) -> None:
        """Build an empty chart."""
        super().__init__(theme, name)
        self.setSizePolicy(_by_width())
        self._rows: Sequence[tuple[str, int, Decision | None]] = ()

    def show_rows(self, rows: Sequence[tuple[str, int, Decision | None]]) -> None:
        """Show rows, each with a name, a count and a decision (None for no decision)."""
        self._rows = rows
        self.setAccessibleDescription(", ".join(f"{name} {figures.count(count)}" for name, count, _ in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at the usual width, at which long names may wrap."""
        return QSize(360, self.heightForWidth(360))

    def minimumSizeHint(self) -> QSize:
        """Return the least size: the width that fits the longest word of a name, and the height at the usual width."""
        longest = widest(word for name, _, _ in self._rows for word in name.split())
        return QSize(round((longest + _GAP) / _NAME_SHARE), self.heightForWidth(360))

    def hasHeightForWidth(self) -> bool:
        """Return True, because names wrap in a narrow chart."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels that all names need in a chart of this width."""
        return max(_line(), sum(self._heights(width)))

    def _name_width(self, width: int) -> int:
        """Return the width of the column of names in pixels: the width of the longest name, limited to leave room for the bars."""
        return min(widest(name for name, _, _ in self._rows) + _GAP, round(width * _NAME_SHARE))

    def _heights(self, width: int) -> list[int]:
        metrics, box = QFontMetrics(font(BODY)), QRect(0, 0, self._name_width(width) - _GAP, 10_000)
        return [max(_line(), metrics.boundingRect(box, _WRAPPED, name).height() + 4) for name, _, _ in self._rows]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names with their bars."""
        painter, box = self.painter(), QRectF(self.rect())
        tokens, highest = self._theme.tokens, max((count for _, count, _ in self._rows), default=0)
        name_width = self._name_width(self.width())
        count_width = max(_COUNT_WIDTH, width_of(figures.count(highest)) + _GAP)
        top = box.top()
        for (name, count, decision), height in zip(self._rows, self._heights(self.width()), strict=True):
            line = QRectF(box.left(), top, box.width(), height)
            top += height
            painter.setFont(font(BODY))
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(line.left(), line.top(), name_width - _GAP, height), _WRAPPED, name)
            bar = QRectF(line.left() + name_width, line.center().y() - 3.5, line.width() - name_width - count_width, 7)
            colour = tokens.of(decision) if decision else QColor(tokens.muted)
            draw_bar(painter, bar, count / highest if highest else 0.0, colour, QColor(tokens.track))
            self.write(painter, line, figures.count(count), _RIGHT)


class ConfusionMatrix(Chart):
    """Images by truth (rows) and prediction (columns), with the classes in the same order.

    A cell that holds a larger share of the images of its row has a stronger colour. Cells on the diagonal, where the prediction is right,
    have the accent colour and bold counts; the other cells have the colour of reviews.
    In a narrow chart, the column names wrap and the rows use their short names.
    """

    def __init__(
        self, theme: Theme, name: str, *, row_names: Sequence[str], column_names: Sequence[str], short_names: Sequence[str] = ()
    ) -> None:
        """Build an empty matrix with the names of its rows and columns."""
        super().__init__(theme, name)
        self.setSizePolicy(_by_width())
        self._row_names, self._column_names = row_names, column_names
        self._short_names = short_names or row_names
        self._counts: Sequence[Sequence[int]] = ()

    def show_counts(self, counts: Sequence[Sequence[int]]) -> None:
        """Show the counts, one row for each class of the truth."""
        self._counts = counts
        rows = zip(self._row_names, counts, strict=True)
        self.setAccessibleDescription("; ".join(f"{name}: {', '.join(map(figures.count, row))}" for name, row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size with full names."""
        width = max(360, self._needed(self._row_names))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size with short names."""
        width = self._needed(self._short_names)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """Return True, because column names wrap in a narrow chart."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels of the heading and all rows in a chart of this width."""
        return self._heading_height(width) + _cell() * len(self._row_names)

    def _needed(self, names: Sequence[str]) -> int:
        """Return the least width of the chart with these row names: the names, and the narrowest possible cells beside them."""
        most = max((count for row in self._counts for count in row), default=0)
        headings = max(width_in_two_lines(name, SMALL) for name in self._column_names)
        return widest(names) + _GAP + len(self._column_names) * (max(headings, width_of(figures.count(most), bold=True)) + _GAP)

    def _names(self, width: int) -> Sequence[str]:
        return self._row_names if self._needed(self._row_names) <= width else self._short_names

    def _cell_width(self, width: int) -> float:
        return (width - widest(self._names(width)) - _GAP) / len(self._column_names)

    def _heading_height(self, width: int) -> int:
        lines = 1 if widest(self._column_names, SMALL) <= self._cell_width(width) else 2
        return _axis() + (lines - 1) * line_height(SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading and the cells."""
        painter, box, names = self.painter(), QRectF(self.rect()), self._names(self.width())
        width, heading = self._cell_width(self.width()), self._heading_height(self.width())
        left = box.left() + widest(names) + _GAP
        painter.setFont(font(SMALL))
        painter.setPen(QColor(self._theme.tokens.muted))
        for column, name in enumerate(self._column_names):
            lines = in_two_lines(name, painter.fontMetrics(), width)
            painter.drawText(QRectF(left + column * width, box.top(), width, heading), _CENTRE, "\n".join(lines))
        for row, (name, counts) in enumerate(zip(names, self._counts, strict=False)):
            top = box.top() + heading + row * _cell()
            self.write(painter, QRectF(box.left(), top, left - _GAP, _cell()), name, _LEFT)
            for column, count in enumerate(counts):
                cell = QRectF(left + column * width, top, width, _cell()).adjusted(1, 1, -1, -1)
                self._draw_cell(painter, cell, count, sum(counts), right=row == column)

    def _draw_cell(self, painter: QPainter, cell: QRectF, count: int, total: int, *, right: bool) -> None:
        tokens = self._theme.tokens
        ground = QColor(tokens.accent if right else tokens.review)
        ground.setAlphaF(_FAINTEST + (_STRONGEST - _FAINTEST) * count / total if count else 0.0)
        painter.fillRect(cell, QColor(tokens.ground))
        painter.fillRect(cell, ground)
        self.write(painter, cell, figures.count(count) if count else "·", _CENTRE, muted=not count, bold=right and count > 0)


def _by_width() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def _line() -> int:
    return max(24, line_height() + 6)


def _cell() -> int:
    return max(30, line_height() + 12)


def _axis() -> int:
    return max(22, line_height(SMALL) + 6)
