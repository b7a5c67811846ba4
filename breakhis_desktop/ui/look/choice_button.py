"""A button that stays pressed while it is the chosen one of several."""

from PySide6.QtWidgets import QPushButton, QWidget


class ChoiceButton(QPushButton):
    """Is bold while it is chosen, so that not colour alone says so."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Begin as one that is not chosen."""
        super().__init__(text, parent)
        self.setCheckable(True)
        self.toggled.connect(self._embolden)

    def _embolden(self, chosen: bool) -> None:
        """Let the style sheet see a property: of its rules for a state, it leaves the font out when it measures the button."""
        self.setProperty("active", chosen)
        self.style().polish(self)
        self.updateGeometry()
