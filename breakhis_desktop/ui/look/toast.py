"""A notice that covers the foot of the page without moving anything, and disappears after some seconds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from breakhis_desktop.ui.look.labels import label, width_on_one_line
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.wording.message import Message

_SHOWN_FOR_MS = 10_000
_MARGIN = 16
_WIDEST = 560
"""Greatest width of the sentence in pixels; a longer sentence wraps."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a notice offers to do.

    Attributes:
        words: The text of its button.
        act: Called when the user presses the button.
    """

    words: str
    act: Callable[[], object]


class Toast(QFrame):
    """Shows a sentence with buttons for a few seconds, or longer if the mouse or the keyboard focus is on the notice."""

    def __init__(self, over: QWidget) -> None:
        """Begin hidden; once shown, cover the foot of the widget `over`."""
        super().__init__(over)
        self.setObjectName("toast")
        self._over = over
        self._text = label("", wrap=True)
        self._offers: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._text)
        self._dismiss = self._button(self.tr("Dismiss"), lambda: None)
        self._row.addWidget(self._dismiss)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_FOR_MS)
        self._timer.timeout.connect(self._end)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that was shown last, even if the notice is hidden by now."""
        return self._text.text()

    def say(self, sentence: Message | str, offers: Iterable[Offer] = (), *, lasts: bool = False) -> None:
        """Show a sentence in place of the previous one.

        Args:
            sentence: What to say.
            offers: What the user can do next; each offer gets a button.
            lasts: Whether the sentence stays until another sentence replaces it or the user dismisses it.
        """
        self._text.setText(localised(sentence))
        for button in self._offers:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers = [self._button(offer.words, offer.act) for offer in offers]
        for place, button in enumerate(self._offers, start=1):
            self._row.insertWidget(place, button)
            self.setTabOrder(button, self._dismiss)
            button.show()
        self.show()
        self.raise_()
        self._place()
        self._timer.stop() if lasts else self._timer.start()
        self.setAccessibleName(self.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))  # so that a screen reader speaks the sentence

    def withdraw(self, sentence: Message | str) -> None:
        """Hide the notice if it shows this sentence."""
        if self.text == localised(sentence):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the page when the size of the page changes."""
        if event.type() is QEvent.Type.Resize and self.isVisibleTo(self._over):
            self._place()
        return False

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName("quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that a click leaves the focus in the list that the notice is about
        button.clicked.connect(self.hide)
        button.clicked.connect(lambda _checked: act())
        return button

    def _place(self) -> None:
        buttons = [*self._offers, self._dismiss]
        for button in buttons:
            button.ensurePolished()
        beside = sum(button.sizeHint().width() + self._row.spacing() for button in buttons) + 24
        room = self._over.width() - 2 * _MARGIN - beside
        self._text.setFixedWidth(max(1, min(width_on_one_line(self._text), scaled(_WIDEST), room)))
        height = max(self._text.heightForWidth(self._text.width()), *(button.sizeHint().height() for button in buttons)) + 16
        self.resize(self._text.width() + beside, height)
        self._row.activate()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - height - _MARGIN)

    def _end(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.window().focusWidget() or self._over):
            self._timer.start()
        else:
            self.hide()
