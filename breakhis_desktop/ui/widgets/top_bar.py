"""The line at the top: what can be done."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from breakhis_desktop.ui.widgets.labels import label
from breakhis_desktop.ui.widgets.view_switch import ViewSwitch

EXPORT_NAMES = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


class TopBar(QFrame):
    """Holds the actions as buttons.

    Attributes:
        add_folder: Queue a folder.
        add_files: Queue some files.
        start: Run what is queued.
        cancel: End the running job.
        views: Which view of the results stands in the middle.
        report: Look at the report.
        exports: One action per format, by the format's name.
        training_folder: Copy the images whose truth is known.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the bar."""
        super().__init__(parent)
        self.setObjectName("topBar")
        self.add_folder = self._button("Add folder…", QKeySequence.StandardKey.Open, "Queue a folder with all that is below it (Ctrl+O)")
        self.add_files = self._button("Add files…", QKeySequence("Ctrl+Shift+O"), "Queue some images (Ctrl+Shift+O)")
        self.start = self._button("Start", QKeySequence("Ctrl+R"), "Analyse what is queued (Ctrl+R)")
        self.start.setObjectName("primary")
        self.cancel = self._button("Cancel", QKeySequence("Ctrl+."), "End the running job; finished images are kept (Ctrl+.)")
        self.views = ViewSwitch()
        self.report = self._button(
            self.tr("Report…"), QKeySequence.StandardKey.Print, self.tr("Look at the report, save or print it (Ctrl+P)")
        )
        self.export = QToolButton()
        self.exports = self._make_exports()
        self._lay_out()

    def _button(self, text: str, shortcut: QKeySequence | QKeySequence.StandardKey, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setShortcut(QKeySequence(shortcut))
        button.setToolTip(tip)
        return button

    def _make_exports(self) -> dict[str, QAction]:
        menu = QMenu(self.export)
        actions = {}
        for name, words in EXPORT_NAMES.items():
            actions[name] = menu.addAction(f"{words}…")
        menu.addSeparator()
        self.training_folder = menu.addAction(self.tr("Training folder…"))
        actions["csv"].setShortcut(QKeySequence("Ctrl+E"))
        self.export.setText("Export ▾")
        self.export.setToolTip("Write the chosen job's results to a file")
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addActions(list(actions.values()))
        return actions

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(label("BreakHis Desktop", "programName"))
        row.addSpacing(16)
        for button in (self.add_folder, self.add_files, self.start, self.cancel):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.views)
        row.addStretch()
        row.addWidget(self.report)
        row.addWidget(self.export)
