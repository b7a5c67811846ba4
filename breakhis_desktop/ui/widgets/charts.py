"""Charts drawn with the window's own colours: a distribution, bars of counts, a confusion matrix."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui import figures
from breakhis_desktop.ui.theme import BODY_PIXELS, SMALL_PIXELS, Theme, font
from breakhis_desktop.ui.widgets.painting import draw_bar

_AXIS = 22
_COUNT_WIDTH = 56
_LINE = 24
_CELL = 30
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Chart(QWidget):
    """A widget that paints itself anew whenever its data or the theme change."""

    def __init__(self, theme: Theme, name: str) -> None:
        """Begin empty; the name is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        theme.changed.connect(self.update)

    def painter(self) -> QPainter:
        """Return what draws smooth edges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def write(
        self, painter: QPainter, box: QRectF, text: str, alignment: Qt.AlignmentFlag, *, muted: bool = False, small: bool = False
    ) -> None:
        """Write a text, cut short where it does not fit."""
        painter.setFont(font(SMALL_PIXELS if small else BODY_PIXELS))
        painter.setPen(QColor(self._theme.tokens.muted if muted else self._theme.tokens.text))
        painter.drawText(box, alignment, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width())))


class Distribution(Chart):
    """How many images have which probability of malignant, with the operating point as a line."""

    def __init__(self, theme: Theme, name: str) -> None:
        """Begin empty."""
        super().__init__(theme, name)
        self._counts: Sequence[int] = ()
        self._threshold = 0.5

    def show_counts(self, counts: Sequence[int], threshold: float) -> None:
        """Show counts from 0 to 1 in equal steps, and the operating point."""
        self._counts, self._threshold = counts, threshold
        self.setAccessibleDescription(", ".join(map(str, counts)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a chart in a column."""
        return QSize(360, 190)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars in the colour of the decision, the line, and the scale below."""
        painter, box = self.painter(), QRectF(self.rect())
        plot = box.adjusted(0, 20, 0, -_AXIS)
        tokens, highest = self._theme.tokens, max(self._counts, default=0)
        width = plot.width() / max(len(self._counts), 1)
        for place, count in enumerate(self._counts):
            height = plot.height() * count / highest if highest else 0
            middle = (place + 0.5) / len(self._counts)
            colour = tokens.of(Decision.MALIGNANT if middle >= self._threshold else Decision.BENIGN)
            painter.fillRect(QRectF(plot.left() + place * width + 1, plot.bottom() - height, width - 2, height), colour)
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), QColor(tokens.line))
        self._draw_threshold(painter, plot)
        self._draw_scale(painter, QRectF(plot.left(), plot.bottom() + 2, plot.width(), _AXIS - 2))
        self.write(painter, QRectF(box.left(), box.top(), box.width(), 16), figures.count(highest), _LEFT, muted=True, small=True)

    def _draw_threshold(self, painter: QPainter, plot: QRectF) -> None:
        x = plot.left() + plot.width() * self._threshold
        painter.setPen(QPen(QColor(self._theme.tokens.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        text = QRectF(min(max(x - 30, plot.left()), plot.right() - 60), plot.top() - 18, 60, 16)
        self.write(painter, text, figures.decimal(self._threshold, 3), _CENTRE, small=True)

    def _draw_scale(self, painter: QPainter, strip: QRectF) -> None:
        for value, alignment in ((0.0, _LEFT), (0.5, _CENTRE), (1.0, _RIGHT)):
            self.write(painter, strip, figures.local(f"{value:g}"), alignment, muted=True, small=True)


class CountBars(Chart):
    """Names with their counts as bars; the longest bar stands for the largest count."""

    def __init__(self, theme: Theme, name: str, *, name_width: int) -> None:
        """Begin empty, with so many pixels for the names."""
        super().__init__(theme, name)
        self._name_width = name_width
        self._rows: Sequence[tuple[str, int, Decision | None]] = ()

    def show_rows(self, rows: Sequence[tuple[str, int, Decision | None]]) -> None:
        """Show names, counts and the decision that each speaks for, if any."""
        self._rows = rows
        self.setAccessibleDescription(", ".join(f"{name} {count}" for name, count, _ in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height of one line for each name."""
        return QSize(360, _LINE * max(len(self._rows), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one line for each name."""
        painter, box = self.painter(), QRectF(self.rect())
        tokens, highest = self._theme.tokens, max((count for _, count, _ in self._rows), default=0)
        for place, (name, count, decision) in enumerate(self._rows):
            line = QRectF(box.left(), box.top() + place * _LINE, box.width(), _LINE)
            self.write(painter, line.adjusted(0, 0, self._name_width - 8 - line.width(), 0), name, _LEFT)
            bar = QRectF(line.left() + self._name_width, line.center().y() - 3.5, line.width() - self._name_width - _COUNT_WIDTH, 7)
            colour = tokens.of(decision) if decision else QColor(tokens.muted)
            draw_bar(painter, bar, count / highest if highest else 0.0, colour, QColor(tokens.track))
            self.write(painter, line, figures.count(count), _RIGHT)


class ConfusionMatrix(Chart):
    """Images by truth in rows and by what they were called in columns; the darker a cell, the larger its share of the row."""

    def __init__(self, theme: Theme, name: str, *, row_names: Sequence[str], column_names: Sequence[str], name_width: int) -> None:
        """Begin empty, with the names of rows and columns."""
        super().__init__(theme, name)
        self._row_names, self._column_names, self._name_width = row_names, column_names, name_width
        self._counts: Sequence[Sequence[int]] = ()

    def show_counts(self, counts: Sequence[Sequence[int]]) -> None:
        """Show counts, one row for each truth."""
        self._counts = counts
        rows = zip(self._row_names, counts, strict=True)
        self.setAccessibleDescription("; ".join(f"{name}: {', '.join(map(str, row))}" for name, row in rows))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height of one line for each row and the heading."""
        return QSize(360, _CELL * len(self._row_names) + _AXIS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading and the cells."""
        painter, box = self.painter(), QRectF(self.rect())
        left, width = box.left() + self._name_width, (box.width() - self._name_width) / len(self._column_names)
        for column, name in enumerate(self._column_names):
            heading = QRectF(left + column * width, box.top(), width, _AXIS)
            self.write(painter, heading, name, _CENTRE, muted=True, small=True)
        for row, (name, counts) in enumerate(zip(self._row_names, self._counts, strict=False)):
            top = box.top() + _AXIS + row * _CELL
            self.write(painter, QRectF(box.left(), top, self._name_width - 8, _CELL), name, _LEFT)
            for column, count in enumerate(counts):
                cell = QRectF(left + column * width, top, width, _CELL).adjusted(1, 1, -1, -1)
                self._draw_cell(painter, cell, count, sum(counts))

    def _draw_cell(self, painter: QPainter, cell: QRectF, count: int, total: int) -> None:
        tokens = self._theme.tokens
        ground = QColor(tokens.accent)
        ground.setAlphaF(0.45 * count / total if total else 0.0)
        painter.fillRect(cell, QColor(tokens.ground))
        painter.fillRect(cell, ground)
        self.write(painter, cell, figures.count(count) if count else "·", _CENTRE, muted=not count)
