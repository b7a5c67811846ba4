"""The left column: the queue, a drop area, and the loaded models."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from breakhis_desktop.ui.look.glossary import meaning
from breakhis_desktop.ui.look.keys import limit_keys
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.menu_button import open_menu_by
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.queue.job_list import JobList
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.jobs import JOB_ROLE, JobsModel

_LEAST_WIDTH = 200


class QueuePanel(QFrame):
    """Lists the jobs, and offers actions on the chosen job in a menu and by keys.

    Signals:
        remove_asked: The user wants to remove this job from the queue.
        going_on_asked: The user wants to start or resume this job on its own.
        retry_asked: The user wants to retry the failed files of this job.
        judging_asked: The user wants the refused images of this job analysed without the quality gate.
        identity_asked: The user wants to see or change how this job's patients are read.
        identity_menu_asked: The user wants a menu of the likely ways to read this job's patients, at this place on the screen.
        opened: The user wants the keyboard focus in the chosen job's results.
    """

    remove_asked = Signal(object)
    going_on_asked = Signal(object)
    retry_asked = Signal(object)
    judging_asked = Signal(object)
    identity_asked = Signal(object)
    identity_menu_asked = Signal(object, QPoint)
    opened = Signal()

    def __init__(self, model: JobsModel, chosen: ChosenJob, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the column."""
        super().__init__(parent)
        self.setObjectName("queuePanel")
        self._model = model
        self._chosen = chosen
        self._jobs = JobList(model, theme)
        self._jobs.identity_menu_asked.connect(self.identity_menu_asked)
        self._make_actions()
        self._remove = QPushButton(self.tr("Remove"))
        self._remove.setObjectName("quiet")
        self._remove.setToolTip(self.tr("Remove the chosen job from the queue (Del); Ctrl+Z undoes it, and its results stay in the store"))
        self._remove.clicked.connect(self.remove.trigger)
        self._more = self._make_more()
        self._drop = label(self.tr("Drop folders or images\nhere, or press Ctrl+O"), "dropArea", wrap=True)
        self._models = label(self.tr("Loading…"), "small", wrap=True)
        self._lay_out()
        self._jobs.selectionModel().currentChanged.connect(self._choose)
        self._jobs.activated.connect(self.opened)
        chosen.changed.connect(self._follow)
        for changed in (model.dataChanged, model.rowsMoved, model.rowsInserted, model.rowsRemoved):
            changed.connect(self.refresh_actions)
        model.dataChanged.connect(self._jobs.scheduleDelayedItemsLayout)  # because a new text may need a different height
        self.refresh_actions()

    def _make_actions(self) -> None:
        up, down = (QKeySequence(Qt.Modifier.ALT | key) for key in (Qt.Key.Key_Up, Qt.Key.Key_Down))
        self.move_up = self._action(self.tr("Move up"), lambda job: self._model.shift(job, -1), up)
        self.move_down = self._action(self.tr("Move down"), lambda job: self._model.shift(job, 1), down)
        self.go_on = self._action(self.tr("Start this job"), self.going_on_asked.emit)
        self.retry = self._action(self.tr("Retry failed files"), self.retry_asked.emit)
        self.judge = self._action(self.tr("Analyse the refused images"), self.judging_asked.emit)
        self.identity = self._action(self.tr("How patients are identified…"), self.identity_asked.emit)
        self.remove = self._action(self.tr("Remove from the queue"), self.remove_asked.emit, QKeySequence(QKeySequence.StandardKey.Delete))

    def _action(self, text: str, act: Callable[[Job], object], shortcut: QKeySequence | None = None) -> QAction:
        action = QAction(text, self._jobs)
        if shortcut is not None:
            action.setShortcut(shortcut)
        action.triggered.connect(lambda: self._with_chosen(act))
        limit_keys(action, [self._jobs])
        return action

    def _with_chosen(self, act: Callable[[Job], object]) -> None:
        job = self._chosen.job
        if job is not None:
            act(job)

    def _make_more(self) -> QToolButton:
        menu = QMenu(self)
        menu.addActions(self._jobs.actions())
        more = QToolButton()
        more.setObjectName("quiet")
        more.setText(self.tr("More ▾"))
        more.setToolTip(self.tr("Move the chosen job, retry its failed files, or choose how its patients are identified"))
        open_menu_by(more, menu)
        return more

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Queue"), "sectionName"))
        heading.addStretch()
        heading.addWidget(self._more)
        heading.addWidget(self._remove)
        self._drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop.setMinimumHeight(scaled(76))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._jobs)
        column.addWidget(self._drop)
        column.addStretch()
        column.addWidget(label(self.tr("Models"), "sectionName", tip=meaning("bundle")))
        column.addWidget(self._models)

    def minimumSizeHint(self) -> QSize:
        """Ask for a width that fits the text and leaves the jobs readable."""
        hint = super().minimumSizeHint()
        return QSize(max(scaled(_LEAST_WIDTH), hint.width()), hint.height())

    def show_models(self, text: str) -> None:
        """Show which models are loaded, or the stage of loading."""
        self._models.setText(text)

    def show_job(self, job: Job) -> None:
        """Scroll to a job's card."""
        self._jobs.show_job(self._model.index_of(job))

    def refresh_actions(self) -> None:
        """Enable the actions that the chosen job allows."""
        job, row = self._chosen.job, self._jobs.currentIndex().row()
        self._jobs.setVisible(self._model.rowCount() > 0)
        self._drop.setVisible(self._model.rowCount() == 0)
        self.move_up.setEnabled(job is not None and row > 0)
        self.move_down.setEnabled(job is not None and row < self._model.rowCount() - 1)
        self.go_on.setEnabled(job is not None and job.can_go_on)
        self.go_on.setText(self.tr("Resume this job") if job is not None and job.run_info is not None else self.tr("Start this job"))
        self.retry.setEnabled(job is not None and not job.runs and bool(job.failed))
        self.judge.setEnabled(job is not None and not job.runs and bool(job.ledger.refused and job.refused))
        self.identity.setEnabled(job is not None)
        self.remove.setEnabled(job is not None and not job.runs)
        self._remove.setEnabled(self.remove.isEnabled())
        self._more.setEnabled(job is not None)

    def _choose(self, current: QModelIndex) -> None:
        self._chosen.choose(current.data(JOB_ROLE) if current.isValid() else None)
        self._jobs.show_job(current)
        self.refresh_actions()

    def _follow(self, job: Job | None) -> None:
        if job is not None and self._jobs.currentIndex() != self._model.index_of(job):
            self._jobs.setCurrentIndex(self._model.index_of(job))
