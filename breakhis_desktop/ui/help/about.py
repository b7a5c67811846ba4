"""The dialog about the program and its models."""

import platform

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from breakhis_desktop.assets import program_version
from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.ui.look.buttons import close_button
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.words import date_of, localised

_WIDTH = 560

translate = QCoreApplication.translate


class AboutDialog(Dialog):
    """Shows versions, models and the licence; a button copies them, with the hashes of the model files, to the clipboard."""

    def __init__(self, card: ModelCard | None, parent: QWidget | None = None) -> None:
        """Build the dialog; without a card, it says that no models are loaded."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("About BreakHis Desktop"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, value in about_facts(card):
            text = label(value, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            title = label(name, "muted")
            title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            form.addRow(title, text)
        self.copying = QPushButton(self.tr("Copy"))
        self.copying.setToolTip(self.tr("Copies these facts, with the hashes of the model files"))
        self.copying.clicked.connect(lambda: QGuiApplication.clipboard().setText(about_text(card)))
        self.copying.clicked.connect(lambda: self.copying.setText(self.tr("Copied")))
        buttons = close_button(self)
        buttons.addButton(self.copying, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        heading = label("BreakHis Desktop", "emptyTitle")
        heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column.addWidget(heading)
        purpose = self.tr("Sorts breast histology fields by suspicion of malignancy.")
        column.addWidget(label(f"{purpose} {localised(RESEARCH_USE)}", wrap=True))
        column.addLayout(form)
        column.addStretch()
        column.addWidget(buttons)
        width = max(scaled(_WIDTH), column.totalMinimumSize().width())
        self.setMinimumSize(width, column.totalMinimumHeightForWidth(width))  # otherwise Qt keeps the height that an earlier width needed
        self.resize(self.minimumSize())


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
    made = translate("AboutDialog", "{models}, made {date} with Keras {keras}").replace("Keras ", "Keras\u00a0")
    made = made.format(models=f"{card.name} {card.version}", date=date_of(card.created), keras=card.keras_version)
    facts.append((translate("AboutDialog", "Models"), made))
    facts.append((translate("AboutDialog", "Model id"), card.model_id))
    words = translate("AboutDialog", "{name}: malignant from {threshold} upwards")
    words = words.format(name=localised(point.name).capitalize(), threshold=decimal(point.threshold, 3))
    facts.append((translate("AboutDialog", "Operating point"), words))
    return facts


def about_text(card: ModelCard | None) -> str:
    """Return the lines of the dialog as a text, with the hashes of the model files."""
    hashes = [(f"SHA-256 {name}", digest) for name, digest in card.file_hashes.items()] if card else []
    return "\n".join(f"{name}: {value}" for name, value in [("BreakHis Desktop", program_version()), *about_facts(card)[1:], *hashes])
