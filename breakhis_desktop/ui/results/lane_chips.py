"""The buttons that show all results or one part of them, called a lane: malignant, benign, needs review, failed, refused."""

from functools import partial

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.choice_button import ChoiceButton
from breakhis_desktop.ui.look.painting import draw_decision_mark, draw_diamond
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.state.result_filter import Lane
from breakhis_desktop.ui.state.results import ResultsModel

_MARK, _GAP = 9, 4
_SHARPNESS = 4
"""Oversampling factor of a mark, so that it is sharp on any screen."""


class LaneChips(QObject):
    """One button per lane, with its mark, word and count; the owner places the buttons.

    Signals:
        lane_chosen: The lane that the user chose.
    """

    lane_chosen = Signal(object)

    def __init__(self, model: ResultsModel, theme: Theme, parent: QObject) -> None:
        """Make the buttons."""
        super().__init__(parent)
        self.chips = {lane: ChoiceButton() for lane in Lane}
        self._words = {
            Lane.ALL: self.tr("All"),
            Lane.MALIGNANT: self.tr("Malignant"),
            Lane.BENIGN: self.tr("Benign"),
            Lane.REVIEW: self.tr("Needs review"),
            Lane.FAILED: self.tr("Failed"),
            Lane.REFUSED: self.tr("Refused"),
        }
        self._model = model
        self._theme = theme
        group = QButtonGroup(self)
        for lane, chip in self.chips.items():
            chip.setObjectName("chip")
            chip.setIconSize(QSize(_MARK + _GAP, _MARK))
            chip.clicked.connect(partial(self.lane_chosen.emit, lane))
            group.addButton(chip)
        theme.changed.connect(self._draw_marks)
        self._draw_marks()
        self.refresh()

    def offered(self) -> list[ChoiceButton]:
        """Return the buttons to show, leaving out a lane of failed or refused images that is empty and not chosen."""
        return [chip for lane, chip in self.chips.items() if chip.isChecked() or self._model.offers(lane)]

    def refresh(self) -> None:
        """Show the counts and the chosen lane."""
        for lane, count in self._model.counts().items():
            self.chips[lane].setText(f"{self._words[lane]} {figures.count(count)}")
        reviewed, asked = self._model.review_progress()
        progress = self.tr("{reviewed} of {asked} reviewed; the most doubtful come first")
        self.chips[Lane.REVIEW].setToolTip(progress.format(reviewed=figures.count(reviewed), asked=figures.count(asked)))
        self.chips[self._model.filter.lane].setChecked(True)

    def _draw_marks(self) -> None:
        tokens = self._theme.tokens
        self.chips[Lane.MALIGNANT].setIcon(_mark(tokens.of(Decision.MALIGNANT), Decision.MALIGNANT))
        self.chips[Lane.BENIGN].setIcon(_mark(tokens.of(Decision.BENIGN), Decision.BENIGN))
        self.chips[Lane.REVIEW].setIcon(_mark(QColor(tokens.review), None))


def _mark(colour: QColor, decision: Decision | None) -> QIcon:
    """Return the mark of a decision; None gives the mark of a review."""
    side = _MARK * _SHARPNESS
    picture = QPixmap(side + _GAP * _SHARPNESS, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if decision is None:
        draw_diamond(painter, QRectF(0, 0, side, side), colour)
    else:
        draw_decision_mark(painter, QRectF(0, 0, side, side), decision, colour)
    painter.end()
    return QIcon(picture)
