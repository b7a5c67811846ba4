"""The controls of the heat map: which map, its strength, and the legend."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.imaging.heat_colours import FULL_GLOW, colours
from breakhis_desktop.ui.look.choice_box import ChoiceBox
from breakhis_desktop.ui.look.figures import percent
from breakhis_desktop.ui.look.labels import label, width_on_one_line
from breakhis_desktop.ui.look.lettering import width_of
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.heat_choice import HeatChoice, HeatMap
from breakhis_desktop.ui.viewer.picture import Picture

_SHORTEST = 40
"""Least usable width of the slider, in pixels."""


class HeatControls(QWidget):
    """Sets the heat map for all views, or says why an image has none."""

    def __init__(self, heat: HeatChoice, parent: QWidget | None = None) -> None:
        """Build the controls, without a picture."""
        super().__init__(parent)
        self._heat = heat
        self.maps = ChoiceBox()
        self.maps.setAccessibleName(self.tr("Heat map"))
        for heat_map, words in ((HeatMap.NONE, self.tr("Off")), (HeatMap.MALIGNANT, self.tr("Malignant")), (HeatMap.SUBTYPE, "")):
            self.maps.addItem(words, heat_map)
        self.maps.keep_room_for(
            [self.tr("Off"), self.tr("Malignant"), *(localised(subtype.name) for subtype in SUBTYPES)]
        )  # the same width for every image
        self.strength = _Strength(Qt.Orientation.Horizontal)
        self.strength.setRange(0, 100)
        self.strength.setMinimumSize(_SHORTEST, 20)
        self.strength.setAccessibleName(self.tr("Strength of the heat map"))
        self._figure = label()
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._figure.setMinimumWidth(width_of(percent(1.0)) + 4)
        self._ramp = _Ramp()
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._name = label(self.tr("Heat map"), "sectionName")
        self._further = QWidget()
        self.legend = label("", "small", wrap=True)
        self._lay_out()
        self.maps.activated.connect(lambda row: heat.choose(self.maps.itemData(row)))
        self.strength.valueChanged.connect(heat.set_percent)
        heat.changed.connect(self._show_choice)
        self.show_none("")

    def _lay_out(self) -> None:
        self._first.setSpacing(8)
        self._first.addWidget(self._name)
        self._first.addWidget(self.maps, stretch=1)
        strength = QHBoxLayout(self._further)
        strength.setContentsMargins(0, 0, 0, 0)
        strength.addWidget(self._ramp)
        strength.addWidget(self.strength, stretch=1)
        strength.addWidget(self._figure)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(self._first)
        rows.addWidget(self._further)
        rows.addWidget(self.legend)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the choice of map below its title if the two do not fit side by side."""
        super().resizeEvent(event)
        needed = width_on_one_line(self._name) + self._first.spacing() + self.maps.minimumSizeHint().width()
        self._first.setDirection(QBoxLayout.Direction.LeftToRight if needed <= self.width() else QBoxLayout.Direction.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """Ask only for the width of the choice of map, because its title can be above it."""
        return QSize(self.maps.minimumSizeHint().width(), super().minimumSizeHint().height())

    def show_picture(self, picture: Picture) -> None:
        """Offer the heat maps of a picture, or say why it has none."""
        self._has_maps, self._reason = bool(picture.glows), picture.no_glow
        self.maps.setItemText(2, picture.subtype or self.tr("Subtype"))
        self.legend.setText(picture.no_glow or self.tr("What the model responded to, not an outline"))
        self._show_choice()

    def show_none(self, reason: str) -> None:
        """Say why there is neither a picture nor a heat map."""
        self._has_maps, self._reason = False, reason
        self.maps.setItemText(2, self.tr("Subtype"))
        self.legend.clear()
        self._show_choice()

    def _show_choice(self) -> None:
        is_shown = self._has_maps and self._heat.heat_map is not HeatMap.NONE
        self.maps.setCurrentIndex(list(HeatMap).index(self._heat.heat_map))
        self.maps.setEnabled(self._has_maps)
        self.strength.setValue(self._heat.percent)
        self._figure.setText(percent(self._heat.percent / 100))
        self._further.setVisible(is_shown)
        self.legend.setVisible(bool(self.legend.text()) and (is_shown or not self._has_maps))
        self._say_what_it_means(self._reason or self._scale_rule())

    def _say_what_it_means(self, tip: str) -> None:
        for part in (self.maps, self.strength, self.legend, self._ramp):
            part.setToolTip(tip)

    def _scale_rule(self) -> str:
        return self.tr(
            "Shows how much each place adds to the answer of the model, on the model's own scale. The strongest place of an "
            "image glows fully if it adds {full:g} or more; where every place adds less, the image glows less. What speaks against the "
            "answer does not glow. H hides and shows the map."
        ).format(full=FULL_GLOW)


class _Strength(QSlider):
    """A slider that does not move when a page is scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Ramp(QWidget):
    """The colour ramp of the heat map, from low to high."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(32, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        gradient = QLinearGradient(0, 0, self.width(), 0)
        for place, colour in zip((0.0, 0.25, 0.5, 0.75, 1.0), colours()[[0, 64, 128, 191, 255]].tolist(), strict=True):
            gradient.setColorAt(place, QColor(*colour))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
