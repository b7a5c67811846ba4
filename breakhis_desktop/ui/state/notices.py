"""The single channel for notices to the user."""

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.wording.message import Message


class Notices(QObject):
    """Passes notices to the banner, which shows them.

    Signals:
        begun: Work that takes a while has begun.
        noted: Something went well.
        warned: Something went wrong, with advice.
    """

    begun = Signal(object)
    noted = Signal(object)
    warned = Signal(object)

    def begin(self, notice: Message | str) -> None:
        """Announce that work has begun."""
        self.begun.emit(notice)

    def note(self, notice: Message | str) -> None:
        """Announce that something went well."""
        self.noted.emit(notice)

    def warn(self, notice: Message | str) -> None:
        """Announce that something went wrong."""
        self.warned.emit(notice)
