"""A button that stays pressed while its choice is in force."""

from PySide6.QtWidgets import QPushButton, QWidget


class ChoiceButton(QPushButton):
    """A checkable button that turns bold when chosen, so that colour alone does not carry the meaning."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Build the button, initially not chosen."""
        super().__init__(text, parent)
        self.setCheckable(True)
        self.toggled.connect(self._embolden)

    def _embolden(self, chosen: bool) -> None:
        """Set a property for the style sheet, because Qt ignores the font of `:checked` rules when it measures the button."""
        self.setProperty("active", chosen)
        self.style().polish(self)
        self.updateGeometry()
