"""The larger view: the chosen image in a window of its own."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.ui.look.buttons import action_button
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.keys import limit_keys
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.heat_choice import HeatChoice
from breakhis_desktop.ui.state.results import Result
from breakhis_desktop.ui.viewer.heat_controls import HeatControls
from breakhis_desktop.ui.viewer.image_pair import ImagePair
from breakhis_desktop.ui.viewer.picture import Picture
from breakhis_desktop.ui.viewer.verdict_heading import VerdictHeading
from breakhis_desktop.wording.message import Message

_SHARE = 0.94
"""The view's share of the window's width and height."""


class LargerView(Dialog):
    """Shows the chosen image with heat map and zoom controls, and buttons for the next and the previous image.

    Signals:
        step_asked: The user wants the next image (1) or the previous (-1).
        opened: The view is shown.
    """

    step_asked = Signal(int)
    opened = Signal()

    def __init__(self, theme: Theme, heat: HeatChoice, parent: QWidget) -> None:
        """Build the hidden window."""
        super().__init__(parent, Qt.WindowType.Window)
        self._heading = VerdictHeading(theme)
        self._caption = label("", "muted", wrap=True)
        self._path: Path | None = None
        self._recorded = label("", "small", wrap=True)
        self._recorded.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._answers = QHBoxLayout()
        self._ways = QHBoxLayout()
        self._pictures = ImagePair(theme, heat)
        self.image, self.plain = self._pictures.image, self._pictures.plain
        self.controls = HeatControls(heat)
        self.controls.setFixedWidth(scaled(420))
        self.previous = self._button(self.tr("Previous (P)"), lambda: self.step_asked.emit(-1))
        self.following = self._button(self.tr("Next (N)"), lambda: self.step_asked.emit(1))
        self._zooms = [
            self._button("\u2212", lambda: self.image.zoom(-1), self.tr("Smaller (−)")),
            self._button("+", lambda: self.image.zoom(1), self.tr("Larger (+)")),
            self._button(self.tr("Fit (F)"), self.image.fit, self.tr("The whole image")),
            self._button(self.tr("1:1 (1)"), self.image.show_pixels, self.tr("One image pixel per screen pixel")),
        ]
        self.finished.connect(lambda: heat.place_beside(beside=False))
        for action in self.image.zooms:
            limit_keys(action, [self])
        self.image.step_asked.connect(self.step_asked)
        self.image.enlarge_asked.connect(self.close)
        self._lay_out()

    def _button(self, words: str, clicked: Callable[[], None], tip: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._heading, stretch=1)
        for button in (self.previous, self.following):
            top.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self._caption, stretch=1)
        self._answers.setSpacing(8)
        middle.addLayout(self._answers)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(label(localised(RESEARCH_USE), "small"))
        foot.addWidget(self._recorded, stretch=1)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.controls)
        bottom.addStretch()
        bottom.addLayout(self._ways)
        for button in self._zooms:
            bottom.addWidget(button, alignment=Qt.AlignmentFlag.AlignBottom)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(12)
        rows.addLayout(top)
        rows.addLayout(middle)
        rows.addWidget(self._pictures, stretch=1)
        rows.addLayout(bottom)
        rows.addLayout(foot)

    def offer_review(self, *actions: QAction) -> None:
        """Offer the actions of a review as buttons and keys; the first is the one most often used."""
        for place, action in enumerate(actions):
            self._answers.addWidget(action_button(action, "answer" if place else "primary"))
        self.addActions(actions)

    def offer_beside(self, action: QAction) -> None:
        """Offer, as a button and a key, the action that puts the heat map beside the image."""
        button = action_button(action, "toggle")
        self._ways.addWidget(button, alignment=Qt.AlignmentFlag.AlignBottom)
        self.addAction(action)

    def open_over(self, window: QWidget) -> None:
        """Show the view over most of a window, entirely within its screen, with the keyboard focus on the image."""
        if not self.isVisible():
            self._recorded.clear()
            place = QRect(QPoint(), window.size() * _SHARE)
            place.moveCenter(window.geometry().center())
            self.setGeometry(place)
            self.show()
            self.opened.emit()
        self.raise_()
        self.activateWindow()
        self.image.setFocus()

    def show_result(self, result: Result | None, place: str, caption: str) -> None:
        """Show a result, its place among the rows, such as "3 of 20", and a caption that says which image it is."""
        path = result.record.path if result else None
        if path != self._path:
            self._path = path
            self._recorded.clear()
        self.setWindowTitle(f"{result.name} – BreakHis Desktop" if result else "BreakHis Desktop")
        self._heading.show_result(result, place)
        self._caption.setText(caption)

    def show_recorded(self, words: str) -> None:
        """Show, until another image is shown, the review that was recorded last and which image it is about."""
        self._recorded.setText(f"✓ {words}")

    def show_not_recorded(self, reason: Message) -> None:
        """Say, until another image is shown, why a review could not be recorded."""
        self._recorded.setText(f"⚠ {localised(reason)}")

    def show_picture(self, picture: Picture) -> None:
        """Show the chosen image's picture."""
        self._pictures.show_picture(picture)
        self.controls.show_picture(picture)

    def show_words(self, words: str) -> None:
        """Show a text instead of the picture."""
        self._pictures.show_words(words)

    def show_no_image(self, reason: str) -> None:
        """Say why there is no picture."""
        self.show_words(reason)
        self.controls.show_none(reason)
