"""A menu of recently queued folders."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from breakhis_desktop.files import is_folder, printable
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.settings import Settings


class RecentFolders(QObject):
    """Remembers queued folders and lists them in a menu.

    Attributes:
        menu: The menu, refilled each time it opens.
    """

    def __init__(self, settings: Settings, queue: Callable[[list[Path]], None], parent: QObject) -> None:
        """Prepare the menu.

        Args:
            settings: Where the folders are kept.
            queue: Queues a chosen folder.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._settings = settings
        self._queue = queue
        self.menu = QMenu(self.tr("Recent folders"))
        self.menu.aboutToShow.connect(self._fill)

    def remember(self, jobs: Iterable[Job]) -> None:
        """Remember each folder that was queued as a job."""
        for job in jobs:
            if len(job.inputs) == 1 and is_folder(job.inputs[0]):
                self._settings.add_recent_folder(job.inputs[0])

    def _fill(self) -> None:
        self.menu.clear()
        for name in self._settings.values.recent_folders:
            self.menu.addAction(printable(name).replace("&", "&&"), partial(self._queue, [Path(name)]))
        self.menu.addSeparator()
        clear = self.menu.addAction(self.tr("Clear this list"), lambda: self._settings.change(recent_folders=()))
        clear.setEnabled(bool(self._settings.values.recent_folders))
