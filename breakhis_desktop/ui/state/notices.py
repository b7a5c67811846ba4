"""The one channel for notices, from whatever has something to say to whatever shows it."""

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.wording.message import Message


class Notices(QObject):
    """Passes notices on; the banner shows them.

    Signals:
        begun: Work has begun that takes a while.
        noted: Something went well.
        warned: Something went wrong, with advice.
    """

    begun = Signal(object)
    noted = Signal(object)
    warned = Signal(object)

    def begin(self, notice: Message | str) -> None:
        """Tell that work has begun."""
        self.begun.emit(notice)

    def note(self, notice: Message | str) -> None:
        """Tell what went well."""
        self.noted.emit(notice)

    def warn(self, notice: Message | str) -> None:
        """Tell what went wrong."""
        self.warned.emit(notice)
