"""The settings dialog, built from descriptions of its fields; it saves each change at once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from breakhis_desktop.ui.help.setting_fields import Field, Kind
from breakhis_desktop.ui.look.buttons import close_button
from breakhis_desktop.ui.look.choice_box import ChoiceBox
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled, widest, width_of
from breakhis_desktop.ui.state.settings import LONGEST_NAME, Settings

_WIDTH = 600


class SettingsDialog(Dialog):
    """Lets the user change the settings.

    Attributes:
        editors: The input widget of each setting, keyed by the name of the setting.
        choose_logo: Button to choose the logo.
        remove_logo: Button to remove the logo.
    """

    def __init__(self, settings: Settings, fields: tuple[Field, ...], parent: QWidget | None = None) -> None:
        """Build the fields with the current values."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self.editors: dict[str, QWidget] = {}
        self.choose_logo, self.remove_logo = QPushButton(self.tr("Choose…")), QPushButton(self.tr("Remove"))
        sections = self._sections(fields)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the area scrolls to the focused field, so it needs no focus itself
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sections)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(8)
        column.addWidget(area, stretch=1)
        buttons = close_button(self)
        buttons.setContentsMargins(24, 0, 24, 0)
        column.addWidget(buttons)
        width = max(scaled(_WIDTH), sections.minimumSizeHint().width())
        sections.setFixedHeight(sections.heightForWidth(width))  # otherwise Qt reserves the height that hints need at half the width
        area.setMinimumWidth(width + area.verticalScrollBar().sizeHint().width())
        height = sections.height() + column.minimumSize().height() - area.minimumSizeHint().height()
        self.resize(self.minimumSizeHint().width(), height)

    @property
    def logo(self) -> Path | None:
        """The present logo; None if there is none."""
        present = self._settings.values.logo
        return Path(present) if present else None

    def take_logo(self, file: Path | None) -> None:
        """Set or remove the logo, and save this."""
        self._settings.change(logo=str(file) if file else "")
        self.editors["logo"].setProperty("text", file.name if file else "")

    def done(self, result: int) -> None:
        """Save the text being typed, and close."""
        editor = self.focusWidget()
        if editor is not None:
            editor.clearFocus()
        super().done(result)

    def _sections(self, fields: tuple[Field, ...]) -> QWidget:
        sections = QWidget()
        column = QVBoxLayout(sections)
        column.setContentsMargins(24, 12, 24, 0)
        column.setSpacing(8)
        for section in dict.fromkeys(field.section for field in fields):
            column.addWidget(label(section, "sectionName"))
            column.addLayout(self._rows([field for field in fields if field.section == section]))
            column.addSpacing(12)
        column.addStretch()
        return sections

    def _rows(self, fields: list[Field]) -> QGridLayout:
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(2)
        rows.setColumnMinimumWidth(0, max(scaled(124), widest(field.title for field in fields)))
        rows.setColumnStretch(1, 1)
        for row, field in enumerate(fields):
            name = label(field.title)
            name.setMinimumHeight(scaled(32))
            hint = label(field.hint, "small", wrap=True)
            hint.setContentsMargins(0, 0, 0, 12)
            hint.setAlignment(Qt.AlignmentFlag.AlignTop)
            rows.addWidget(name, 2 * row, 0)
            rows.addWidget(self._editor(field), 2 * row, 1)
            rows.addWidget(hint, 2 * row + 1, 1)
        return rows

    def _editor(self, field: Field) -> QWidget:
        makers = {Kind.CHOICE: self._choice, Kind.TEXT: self._text, Kind.PICTURE: self._picture}
        return makers[field.kind](field)

    def _keep(self, field: Field, editor: QWidget) -> None:
        editor.setAccessibleName(field.title)
        editor.setToolTip(field.hint)
        self.editors[field.name] = editor

    def _choice(self, field: Field) -> QWidget:
        box = ChoiceBox()
        for value, words in field.choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._settings.values, field.name))))
        box.activated.connect(lambda: self._settings.change(**{field.name: box.currentData()}))
        self._keep(field, box)
        return box

    def _text(self, field: Field) -> QWidget:
        line = QLineEdit(getattr(self._settings.values, field.name))
        line.setMaxLength(LONGEST_NAME)
        line.editingFinished.connect(lambda: self._settings.change(**{field.name: line.text().strip()}))
        self._keep(field, line)
        return line

    def _picture(self, field: Field) -> QWidget:
        """Return a row with the name of the picture's file, and buttons to choose another file or none."""
        name = QLineEdit()
        name.setReadOnly(True)
        name.setPlaceholderText(self.tr("None"))
        name.setMinimumWidth(width_of(name.placeholderText()) + 28)
        name.textChanged.connect(lambda text: self.remove_logo.setEnabled(bool(text)))
        self.remove_logo.setEnabled(False)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (name, self.choose_logo, self.remove_logo):
            line.addWidget(part)
        self._keep(field, name)
        name.setText(self.logo.name if self.logo else "")
        return row
