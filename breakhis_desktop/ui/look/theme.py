"""The colours of the window, light and dark as the system has it, and its style sheet."""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from breakhis_desktop.assets import resources
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.palette import palette
from breakhis_desktop.ui.look.lettering import BODY, COUNT, NAME, NOTE, SMALL, TITLE, follow_the_system, font, points

_SIZES = {"body": BODY, "note": NOTE, "small": SMALL, "name": NAME, "title": TITLE, "count": COUNT}
"""The sizes of text that the style sheet names."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours of one appearance, as `#rrggbb`."""

    ground: str
    pane: str
    line: str
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
"""What is preferred, by the name that the setting has for it."""


class Theme(QObject):
    """Dresses the application, and does so again when the system changes between light and dark.

    Attributes:
        tokens: The colours in force.

    Signals:
        changed: The tokens are others now.
    """

    changed = Signal()

    def __init__(self, application: QApplication, preferred: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
        """Dress the application; see `prefer`."""
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
        """Dress light or dark whatever the system has; `Unknown` follows the system."""
        if scheme is not self._preferred:  # dressing anew takes a tenth of the time in which the window starts
            self._preferred = scheme
            self._dress()

    def _dress(self) -> None:
        system = QGuiApplication.styleHints().colorScheme()
        scheme = system if self._preferred is Qt.ColorScheme.Unknown else self._preferred
        self.tokens = DARK if scheme is Qt.ColorScheme.Dark else LIGHT  # kept, as every cell that is drawn asks for them
        self._application.setPalette(_palette(self.tokens))
        sizes = {name: f"{points(size)}pt" for name, size in _SIZES.items()}
        self._application.setStyleSheet(self._sheet.substitute(asdict(self.tokens), **sizes))
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
