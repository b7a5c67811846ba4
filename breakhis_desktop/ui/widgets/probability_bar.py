"""A probability as a line: name, bar, figure."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.figures import decimal
from breakhis_desktop.ui.theme import BODY_PIXELS, Theme, font
from breakhis_desktop.ui.widgets.painting import draw_bar, draw_tick

_NAME_WIDTH = 136
_FIGURE_WIDTH = 40


class ProbabilityBar(QWidget):
    """One name with its probability, in the colour of the decision that it speaks for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._name = ""
        self._share = 0.0
        self._decision = Decision.BENIGN
        self._tick: float | None = None
        theme.changed.connect(self.update)

    def show_probability(self, name: str, share: float, decision: Decision, tick: float | None = None) -> None:
        """Show a probability, 0 to 1, with a tick at an operating point where one is given."""
        self._name, self._share, self._decision, self._tick = name, share, decision, tick
        self.setAccessibleName(f"{name} {decimal(share, 2)}")
        self.setToolTip(f"{name}: {decimal(share, 4)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a line."""
        return QSize(300, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(BODY_PIXELS))
        painter.setPen(QColor(tokens.text))
        box = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, self._name)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, decimal(self._share, 2))
        bar = QRectF(_NAME_WIDTH, box.center().y() - 3.5, box.width() - _NAME_WIDTH - _FIGURE_WIDTH, 7)
        draw_bar(painter, bar, self._share, tokens.of(self._decision), QColor(tokens.track))
        if self._tick is not None:
            draw_tick(painter, bar, self._tick, QColor(tokens.text))
