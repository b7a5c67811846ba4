"""The window's light and dark colours and its style sheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from breakhis_desktop.assets import resources
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.palette import palette
from breakhis_desktop.ui.look.lettering import BODY, COUNT, NAME, NOTE, SMALL, TITLE, follow_the_system, font, points

_SIZES = {"body": BODY, "note": NOTE, "small": SMALL, "name": NAME, "title": TITLE, "count": COUNT}
"""The text sizes, keyed by their names in the style sheet."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours of one appearance, as `#rrggbb`; `line` is for separators and frames, `edge` for the frames of input fields."""

    ground: str
    pane: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_ground: str
    on_accent: str
    hover: str
    track: str
    malignant: str
    benign: str
    review: str

    def of(self, decision: Decision) -> QColor:
        """Return the colour of a decision."""
        return QColor(self.malignant if decision is Decision.MALIGNANT else self.benign)


LIGHT = Tokens(**palette("light"))
DARK = Tokens(**palette("dark"))


SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
"""The colour schemes, keyed by the value of the `appearance` setting."""


class Theme(QObject):
    """Styles the application, and restyles it when the system switches between light and dark.

    Attributes:
        tokens: The colours of the current appearance.

    Signals:
        changed: The application has been restyled.
    """

    changed = Signal()

    def __init__(self, application: QApplication, preferred: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
        """Style the application in the preferred colours; `Unknown` follows the system."""
        super().__init__()
        self._application = application
        self._preferred = preferred
        self.tokens = LIGHT
        self._sheet = Template((resources() / "style" / "window.qss").read_text(encoding="utf-8"))
        application.setStyle("Fusion")
        follow_the_system()
        application.setFont(font(BODY))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    def prefer(self, scheme: Qt.ColorScheme) -> None:
        """Use the light or the dark colours; `Unknown` follows the system."""
        if scheme is not self._preferred:  # restyling takes a tenth of the window's start-up time
            self._preferred = scheme
            self._dress()

    @contextmanager
    def applied_at_the_end_to(self, window: QWidget) -> Iterator[None]:
        """Style a window at the end of the block that builds it, which takes half as long as styling each widget as it is added."""
        sheet = self._application.styleSheet()
        self._application.setStyleSheet("")
        try:
            yield
        finally:
            self._application.setStyleSheet(sheet)
        for widget in window.findChildren(QWidget):
            widget.ensurePolished()
        for layout in window.findChildren(QLayout):
            layout.invalidate()  # forgets the sizes that its widgets had before

    def _dress(self) -> None:
        system = QGuiApplication.styleHints().colorScheme()
        is_dark = (system if self._preferred is Qt.ColorScheme.Unknown else self._preferred) is Qt.ColorScheme.Dark
        self.tokens = DARK if is_dark else LIGHT  # stored, because they are read whenever a cell is painted
        self._application.setPalette(_palette(self.tokens))
        sizes = {name: f"{points(size)}pt" for name, size in _SIZES.items()}
        tick = resources() / "style" / ("tick-dark.png" if is_dark else "tick-light.png")
        self._application.setStyleSheet(self._sheet.substitute(asdict(self.tokens), **sizes, tick=tick.as_posix()))
        self.changed.emit()


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette(QColor(tokens.ground))
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.Base: tokens.pane,
        QPalette.ColorRole.AlternateBase: tokens.ground,
        QPalette.ColorRole.Button: tokens.pane,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Highlight: tokens.accent_ground,
        QPalette.ColorRole.HighlightedText: tokens.text,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.ToolTipBase: tokens.pane,
        QPalette.ColorRole.ToolTipText: tokens.text,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette
