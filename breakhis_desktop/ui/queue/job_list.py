"""The list of the queue's jobs."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy

from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.queue.job_delegate import JobDelegate
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.jobs import JOB_ROLE, JobsModel


class JobList(QListView):
    """Lists the jobs as cards; the last line of a card is a link to how its patients are read.

    Signals:
        identity_menu_asked: The job whose link was clicked, and where on the screen to show the choices.
    """

    identity_menu_asked = Signal(object, QPoint)

    def __init__(self, model: JobsModel, theme: Theme) -> None:
        """Build the list of the jobs in a model."""
        super().__init__()
        self._delegate = JobDelegate(theme, self)
        self._in_view = QPersistentModelIndex()
        self.setAccessibleName(self.tr("Queue"))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._keep_in_view(QModelIndex()))
        theme.changed.connect(self.viewport().update)

    def link_of(self, job: Job) -> QPoint:
        """Return the centre of a job's link, in the coordinates of the list."""
        model = self.model()
        index = next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data(JOB_ROLE) is job)
        return self._delegate.link(self.visualRect(index), job).center()

    def show_job(self, index: QModelIndex) -> None:
        """Scroll to a job's card, and keep it in view when the list or its cards change in size, until the user scrolls."""
        self._keep_in_view(index)
        self.scrollTo(index)

    def updateGeometries(self) -> None:  # noqa: N802 (Qt's name)
        """When the layout changes, scroll back to the card that `show_job` keeps in view, except while a card is being dragged."""
        super().updateGeometries()
        if self._in_view.isValid() and self.state() is not QAbstractItemView.State.DraggingState:
            self.scrollTo(self._in_view)

    def _keep_in_view(self, index: QModelIndex) -> None:
        self._in_view = QPersistentModelIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out again if the width has changed, because their text may wrap differently."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a link."""
        over = self._linked(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the menu of the link that was clicked."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        job = self._linked(place)
        if job is not None and event.button() is Qt.MouseButton.LeftButton:
            link = self._delegate.link(self.visualRect(self.indexAt(place)), job)
            self.identity_menu_asked.emit(job, self.viewport().mapToGlobal(link.bottomLeft() + QPoint(0, 4)))

    def _linked(self, place: QPoint) -> Job | None:
        """Return the job whose link is at a place; None if there is no link."""
        index = self.indexAt(place)
        job: Job | None = index.data(JOB_ROLE) if index.isValid() else None
        return job if job is not None and self._delegate.link(self.visualRect(index), job).contains(place) else None
