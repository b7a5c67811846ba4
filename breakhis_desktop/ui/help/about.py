"""The dialog about the program and its models."""

import platform

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from breakhis_desktop.assets import program_version
from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.ui.look.buttons import hold_words
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import localised

translate = QCoreApplication.translate


class AboutDialog(Dialog):
    """Shows versions, models with their hashes, and the licence."""

    def __init__(self, card: ModelCard | None, parent: QWidget | None = None) -> None:
        """Build the dialog; without a card, it says that no models are loaded."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("About BreakHis Desktop"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, value in about_facts(card):
            text = label(value, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            form.addRow(label(name, "muted"), text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(label("BreakHis Desktop", "emptyTitle"))
        purpose = self.tr("Sorts breast histology fields by suspicion of malignancy.")
        column.addWidget(label(f"{purpose} {localised(RESEARCH_USE)}", wrap=True))
        column.addLayout(form)
        column.addWidget(buttons)
        hold_words(self, column, 560)


def about_facts(card: ModelCard | None) -> list[tuple[str, str]]:
    """Return the name and value of each line of the dialog."""
    facts = [
        (translate("AboutDialog", "Version"), program_version()),
        ("Python, Qt", f"{platform.python_version()}, {qVersion()}"),
        (translate("AboutDialog", "Licence"), "MIT"),
    ]
    if card is None:
        return [*facts, (translate("AboutDialog", "Models"), translate("AboutDialog", "not loaded"))]
    point = card.points[DEFAULT_POINT]
    made = translate("AboutDialog", "{models}, made {date} with Keras {keras}")
    made = made.format(models=f"{card.name} {card.version}", date=card.created[:10], keras=card.keras_version)
    facts.append((translate("AboutDialog", "Models"), made))
    facts.append((translate("AboutDialog", "Model id"), card.model_id))
    words = translate("AboutDialog", "{name}, malignant from {threshold} upwards")
    facts.append(
        (translate("AboutDialog", "Operating point"), words.format(name=localised(point.name), threshold=decimal(point.threshold, 3)))
    )
    facts.extend((name, digest) for name, digest in card.file_hashes.items())
    return facts
