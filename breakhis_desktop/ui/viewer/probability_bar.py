"""A probability as a line with name, bar and figure."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import BODY, font, line_height, scaled, widest, width_of
from breakhis_desktop.ui.look.painting import cut_short, draw_bar, draw_tick
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised

_GAP = 10
_SHORTEST = 60
"""Least readable length of a bar, in pixels."""


class ProbabilityBar(QWidget):
    """Shows a name, a bar in the colour of a decision, and a probability; the bars of several lines are aligned."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty line."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._name = ""
        self._share = 0.0
        self._decision = Decision.BENIGN
        self._tick: float | None = None
        self._name_width = widest(localised(subtype.name) for subtype in SUBTYPES) + _GAP
        self._figure_width = width_of(decimal(1.0, 2)) + _GAP
        theme.changed.connect(self.update)

    def show_probability(self, name: str, share: float, decision: Decision, tick: float | None = None) -> None:
        """Show a probability (0 to 1), with a tick at a threshold if given."""
        self._name, self._share, self._decision, self._tick = name, share, decision, tick
        self.setAccessibleName(f"{name} {decimal(share, 2)}")
        self.setToolTip(f"{name}: {decimal(share, 4)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a line."""
        return QSize(scaled(300), max(20, line_height() + 2))

    def minimumSizeHint(self) -> QSize:
        """Return the size of a line with a short bar."""
        return QSize(self._name_width + _SHORTEST + self._figure_width, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name, the figure and the bar."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(BODY))
        painter.setPen(QColor(tokens.text))
        box = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, cut_short(self._name, painter.fontMetrics(), self._name_width))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, decimal(self._share, 2))
        bar = QRectF(self._name_width, box.center().y() - 3.5, box.width() - self._name_width - self._figure_width, 7)
        draw_bar(painter, bar, self._share, tokens.of(self._decision), QColor(tokens.track))
        if self._tick is not None:
            draw_tick(painter, bar, self._tick, QColor(tokens.text))
