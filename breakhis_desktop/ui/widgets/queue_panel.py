"""The left column: the queue, where to drop more, and which models are loaded."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from breakhis_desktop.ui.glossary import meaning
from breakhis_desktop.ui.models.jobs import JOB_ROLE, Job, JobsModel
from breakhis_desktop.ui.theme import Theme
from breakhis_desktop.ui.widgets.job_delegate import JobDelegate
from breakhis_desktop.ui.widgets.labels import label


class QueuePanel(QFrame):
    """Lists the jobs.

    Signals:
        job_chosen: The chosen job, or None.
        remove_asked: The chosen job is to leave the queue.
    """

    job_chosen = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, model: JobsModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the column."""
        super().__init__(parent)
        self.setObjectName("queuePanel")
        self.setMinimumWidth(200)
        self._model = model
        self._jobs = self._make_list(theme)
        self._remove = QPushButton("Remove")
        self._remove.setObjectName("quiet")
        self._remove.setToolTip("Take the chosen job off the queue (Del); its results stay in the store")
        self._remove.clicked.connect(self._ask_to_remove)
        self._models = label("Loading…", "small", wrap=True)
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.Delete, self._jobs, self._ask_to_remove, context=Qt.ShortcutContext.WidgetShortcut)
        self._jobs.selectionModel().currentChanged.connect(self._tell_chosen)
        model.dataChanged.connect(self.refresh_actions)
        self.refresh_actions()

    def _make_list(self, theme: Theme) -> QListView:
        jobs = QListView()
        jobs.setAccessibleName("Queue")
        jobs.setModel(self._model)
        jobs.setItemDelegate(JobDelegate(theme, jobs))
        jobs.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        jobs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        jobs.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        jobs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(jobs.viewport().update)
        return jobs

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(label("Queue", "sectionName"))
        heading.addStretch()
        heading.addWidget(self._remove)
        drop = label("Drop folders or images here\nor press Ctrl+O", "dropArea")
        drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        drop.setMinimumHeight(76)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._jobs)
        column.addWidget(drop)
        column.addStretch()
        column.addWidget(label("Model", "sectionName", tip=meaning("bundle")))
        column.addWidget(self._models)

    def choose(self, job: Job) -> None:
        """Look at a job."""
        self._jobs.setCurrentIndex(self._model.index_of(job))

    def chosen(self) -> Job | None:
        """Return the job that is looked at, or None."""
        index = self._jobs.currentIndex()
        return index.data(JOB_ROLE) if index.isValid() else None

    def show_models(self, text: str) -> None:
        """Say which models are loaded, or what loading is about."""
        self._models.setText(text)

    def refresh_actions(self) -> None:
        """Offer what can be done with the chosen job now."""
        job = self.chosen()
        self._remove.setEnabled(job is not None and not job.runs)

    def _tell_chosen(self, current: QModelIndex) -> None:
        self.refresh_actions()
        self.job_chosen.emit(current.data(JOB_ROLE) if current.isValid() else None)

    def _ask_to_remove(self) -> None:
        job = self.chosen()
        if job is not None and not job.runs:
            self.remove_asked.emit(job)
