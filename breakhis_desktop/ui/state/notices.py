"""The single channel for notices, from the parts that raise them to the part that shows them."""

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
        """Announce that work has begun."""
        self.begun.emit(notice)

    def note(self, notice: Message | str) -> None:
        """Announce what went well."""
        self.noted.emit(notice)

    def warn(self, notice: Message | str) -> None:
        """Announce what went wrong."""
        self.warned.emit(notice)
