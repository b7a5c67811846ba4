"""The line at the top: the window's main commands as buttons."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import widest
from breakhis_desktop.ui.look.menu_button import open_menu_by
from breakhis_desktop.ui.look.split_button import SplitButton
from breakhis_desktop.ui.look.view_switch import ViewSwitch
from breakhis_desktop.ui.state.controls import Controls

_BESIDE_VIEWS = 16
"""Pixels of space on either side of the view switch."""
_AROUND_WORDS = 28
"""Pixels around the text of a button."""


class TopBar(QFrame):
    """Holds the main commands as buttons; if there is room, no button moves when Pause or Resume replaces Start.

    Attributes:
        add_folder: Queues a folder; the window sets its menu of recent folders.
        add_files: Queues image files.
        start: Starts the queued jobs or resumes the paused ones.
        pause: Pauses the running job.
        cancel: Cancels the running job or, if no job is running, the paused jobs.
        views: Switches the view of the results.
        report: Shows the report.
        exports: One action per format, keyed by the format's name.
        training_folder: Copies the images whose truth is known into a training folder.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the bar."""
        super().__init__(parent)
        self.setObjectName("topBar")
        self.add_folder = self._make_add_folder()
        self.add_files = self._button(self.tr("Add files…"), QKeySequence("Ctrl+Shift+O"), self.tr("Queue some images (Ctrl+Shift+O)"))
        self.start = self._button(self.tr("Start"), QKeySequence("Ctrl+R"), self.tr("Analyse what is queued (Ctrl+R)"))
        self.start.setObjectName("primary")
        self.pause = self._button(
            self.tr("Pause"), QKeySequence("Ctrl+Shift+R"), self.tr("Finish the images being analysed, then pause (Ctrl+Shift+R)")
        )
        self.pause.setObjectName("primary")
        self.cancel = self._button(
            self.tr("Cancel"), QKeySequence("Ctrl+."), self.tr("End the running or paused job; finished images are kept (Ctrl+.)")
        )
        self._name = label("BreakHis Desktop", "programName")
        self.views = ViewSwitch(self.cancel)
        self.report = self._button(
            self.tr("Report…"), QKeySequence.StandardKey.Print, self.tr("Look at the report, save or print it (Ctrl+P)")
        )
        self.export = QToolButton()
        self.exports = self._make_exports()
        start_or_pause = (self.tr("Start"), self.tr("Resume"), self.tr("Pause"), self.tr("Pausing…"))
        self._texts: dict[QWidget, tuple[str, ...]] = {
            self.start: start_or_pause,
            self.pause: start_or_pause,
            self.cancel: (self.tr("Cancel"), self.tr("Cancelling…")),
        }
        self._row = QHBoxLayout(self)
        self._spared: tuple[QWidget, ...] = (
            self.export,
            self.report,
            self.add_files,
        )  # hidden from last to first when space is short; their commands are also in the menus
        self._lay_out()

    def _button(self, text: str, shortcut: QKeySequence | QKeySequence.StandardKey, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setShortcut(QKeySequence(shortcut))
        button.setToolTip(tip)
        return button

    def _make_add_folder(self) -> QToolButton:
        button = SplitButton()
        button.setText(self.tr("Add folder…"))
        button.setShortcut(QKeySequence(QKeySequence.StandardKey.Open))
        button.setToolTip(self.tr("Queue a folder and everything in it (Ctrl+O)"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def show_controls(self, state: Controls) -> None:
        """Enable the commands that the queue allows; show Start or Pause, or both if both are possible."""
        self.start.setText(self.tr("Resume") if state.resumes else self.tr("Start"))
        self.start.setEnabled(state.can_start and not state.pausing)
        self.start.setVisible(not state.pausing and (state.can_start or not state.can_pause))
        self.pause.setText(self.tr("Pausing…") if state.pausing else self.tr("Pause"))
        self.pause.setVisible(state.can_pause or state.pausing)
        self.pause.setEnabled(state.can_pause)
        self.cancel.setText(self.tr("Cancelling…") if state.cancelling else self.tr("Cancel"))
        self.cancel.setEnabled(state.can_cancel)
        self._make_room()

    def allow_output(self, allowed: bool) -> None:
        """Enable the exports and the report if there is something to write."""
        self.export.setEnabled(allowed)
        self.report.setEnabled(allowed)
        for action in self.exports.values():
            action.setEnabled(allowed)

    def _make_exports(self) -> dict[str, QAction]:
        menu = QMenu(self.export)
        actions = {}
        names = {"csv": "CSV", "excel_csv": self.tr("CSV for Excel"), "xlsx": "Excel", "json": "JSON"}
        for name, words in names.items():
            actions[name] = menu.addAction(f"{words}…")
        menu.addSeparator()
        self.training_folder = menu.addAction(self.tr("Training folder…"))
        actions["csv"].setShortcut(QKeySequence("Ctrl+E"))
        self.export.setText(self.tr("Export ▾"))
        self.export.setToolTip(self.tr("Write the chosen job's results to a file"))
        open_menu_by(self.export, menu)
        self.addActions(list(actions.values()))
        return actions

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the program's name and some buttons when space is short; the title bar shows the name, and the menus have the commands."""
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the widgets that are never hidden for lack of space."""
        return QSize(self._always_needed(), super().minimumSizeHint().height())

    def _always_needed(self) -> int:
        """Return the width in pixels of all parts that are never hidden for lack of space.

        Both Start and Pause count, because both are shown while one job runs and another can be resumed.
        """
        margins = self._row.contentsMargins()
        buttons = sum(self._width_of(button) for button in self._buttons() if button not in self._spared)
        return buttons + margins.left() + margins.right() + self.views.least_width() + 2 * _BESIDE_VIEWS

    def _width_of(self, part: QWidget) -> int:
        return max(part.sizeHint().width(), self._longest(part)) + self._row.spacing()

    def _longest(self, part: QWidget) -> int:
        """Return the width in pixels of a button with the longest of its texts; 0 for a button whose text does not change."""
        texts = self._texts.get(part)
        return widest(texts, bold=True) + _AROUND_WORDS if texts else 0

    def _make_room(self) -> None:
        needed = self._always_needed()
        for button in self._texts:
            button.setMinimumWidth(self._longest(button) if needed <= self.width() else 0)
        unused = sum(self._width_of(button) for button in (self.start, self.pause) if button.isHidden())
        for part in self._spared:
            needed += self._width_of(part)
            part.setVisible(needed - unused <= self.width())
        needed += self.views.least_width(equal=True) - self.views.least_width()
        self.views.set_equal(equal=needed <= self.width())
        self._name.setVisible(needed + self._width_of(self._name) <= self.width())

    def _buttons(self) -> tuple[QAbstractButton, ...]:
        return (self.add_folder, self.add_files, self.start, self.pause, self.cancel, self.report, self.export)

    def event(self, event: QEvent) -> bool:
        """Give all buttons the same height once they are styled, because the style sheet sizes buttons with a menu differently."""
        if event.type() is QEvent.Type.Polish:
            for button in self._buttons():
                button.ensurePolished()
                button.setFixedHeight(self.cancel.sizeHint().height())
        return super().event(event)

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._name)
        for button in (self.add_folder, self.add_files, self.start, self.pause, self.cancel):
            row.addWidget(button)
        row.addStretch()
        row.addSpacing(_BESIDE_VIEWS)
        row.addWidget(self.views)
        row.addSpacing(_BESIDE_VIEWS)
        row.addWidget(self.report)
        row.addWidget(self.export)
