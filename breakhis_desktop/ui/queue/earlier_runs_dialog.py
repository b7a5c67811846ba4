"""The dialog that lists the runs of the store, with a search."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from breakhis_desktop.domain.filenames import folded
from breakhis_desktop.files import printable
from breakhis_desktop.pipeline.earlier_runs import EarlierRun
from breakhis_desktop.ui.look.buttons import confirm_buttons, hold_words
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import ledger_parts, when
from breakhis_desktop.ui.state.requests import job_of
from breakhis_desktop.ui.state.search import words_in

_RUN_ROLE = Qt.ItemDataRole.UserRole + 1
_FIGURES = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

translate = QCoreApplication.translate


class EarlierRunsDialog(Dialog):
    """Lists runs, the newest first, and lets the user search for one and open it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the dialog without runs; `show_runs` adds them."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Earlier runs"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name, folder or date"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._find)
        self.table = self._make_table()
        self.said = label(self.tr("Reading the store…"), "muted", wrap=True)
        self._buttons = confirm_buttons(self, self.tr("Open"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addWidget(self.table, stretch=1)
        column.addWidget(self.said)
        column.addWidget(self._buttons)
        hold_words(self, column, 720, 440)
        self._follow()

    def _make_table(self) -> QTableWidget:
        titles = (self.tr("Name"), self.tr("Folder"), self.tr("Date"), self.tr("Images"), self.tr("Reviewed"))
        table = QTableWidget(0, len(titles))
        table.setObjectName("preview")
        table.setAccessibleName(self.tr("Earlier runs"))
        table.setHorizontalHeaderLabels(titles)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.itemSelectionChanged.connect(self._follow)
        table.itemDoubleClicked.connect(self.accept)
        return table

    def show_runs(self, runs: Sequence[EarlierRun]) -> None:
        """List the runs."""
        self.table.setRowCount(len(runs))
        for row, run in enumerate(runs):
            for column, words in enumerate(words_of(run)):
                item = QTableWidgetItem(words)
                item.setToolTip("\n".join(map(printable, run.run_info.inputs[:10])) if column < 2 else _counts(run))
                item.setData(_RUN_ROLE, run)
                if column >= 3:
                    item.setTextAlignment(_FIGURES)
                self.table.setItem(row, column, item)
        self._find(self.search.text())

    def chosen(self) -> EarlierRun | None:
        """Return the selected run, or None."""
        selected = self.table.selectedItems()
        return selected[0].data(_RUN_ROLE) if selected else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move through the list while the user types in the search box."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            QCoreApplication.sendEvent(self.table, event)
            return True
        return False

    def accept(self) -> None:
        """Open the selected run."""
        if self.chosen() is not None:
            super().accept()

    def _find(self, text: str) -> None:
        """Show only the runs whose name, first paths and date together contain all the words, and select the first of these runs."""
        wanted = words_in(text)
        shown = []
        for row in range(self.table.rowCount()):
            run: EarlierRun = self.table.model().index(row, 0).data(_RUN_ROLE)
            known = folded(" ".join([*words_of(run)[:3], *map(printable, run.run_info.inputs[:10])]))
            self.table.setRowHidden(row, not all(word in known for word in wanted))
            if not self.table.isRowHidden(row):
                shown.append(row)
        self.table.clearSelection()
        if shown:
            self.table.setCurrentCell(shown[0], 0)
        self.said.setText(self._words_for(len(shown)))
        self.said.setVisible(bool(self.said.text()))
        self._follow()

    def _words_for(self, shown: int) -> str:
        if not self.table.rowCount():
            return self.tr("There are no earlier runs yet.")
        return "" if shown else self.tr("No run has these words in its name, folder or date.")

    def _follow(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.chosen() is not None)


def words_of(run: EarlierRun) -> tuple[str, str, str, str, str]:
    """Return the name, folder, date, number of images and number of reviewed images of a run."""
    info = run.run_info
    return (
        job_of(run).name,
        printable(info.inputs[0].parent),
        when(info.started),
        _images(run),
        count(run.reviewed) if run.reviewed else "–",
    )


def _images(run: EarlierRun) -> str:
    """Return the number of images of a run; if some are still to go or were cancelled, return how many ended, such as "3 of 5"."""
    ledger = run.ledger
    ended = ledger.ended - ledger.cancelled
    if ended == ledger.queued:
        return count(ledger.queued)
    return translate("EarlierRunsDialog", "{ended} of {queued}").format(ended=count(ended), queued=count(ledger.queued))


def _counts(run: EarlierRun) -> str:
    return " · ".join(ledger_parts(run.ledger))
