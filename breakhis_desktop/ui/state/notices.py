"""The single channel for notices to the user."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.opening import open_with_system, show_in_folder
from breakhis_desktop.ui.look.toast import Offer
from breakhis_desktop.wording.message import Message


class Notices(QObject):
    """Passes notices on to the parts of the window that show them.

    Signals:
        begun: Work that takes a while has begun.
        noted: Something went well; the second value offers what can be done next.
        warned: Something went wrong, with advice.
        withdrawn: A notice that something went well no longer holds.
    """

    begun = Signal(object)
    noted = Signal(object, object)
    warned = Signal(object)
    withdrawn = Signal(object)

    def begin(self, notice: Message | str) -> None:
        """Announce that work has begun."""
        self.begun.emit(notice)

    def note(self, notice: Message | str, *offers: Offer) -> None:
        """Announce that something went well, and offer what can be done next."""
        self.noted.emit(notice, offers)

    def note_written(self, file: Path) -> None:
        """Announce that a file was written, and offer to open it or to show it in its folder."""
        self.note(
            self.tr("Written: {file}").format(file=printable(file)),
            Offer(self.tr("Open"), partial(open_with_system, file)),
            Offer(self.tr("Show in folder"), partial(show_in_folder, file)),
        )

    def warn(self, notice: Message | str) -> None:
        """Announce that something went wrong."""
        self.warned.emit(notice)

    def withdraw(self, notice: Message | str) -> None:
        """Take back what `note` announced, because it no longer holds."""
        self.withdrawn.emit(notice)
