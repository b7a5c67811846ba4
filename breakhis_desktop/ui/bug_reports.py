"""What no one caught: logged every time, and shown once for each kind."""

import logging
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from breakhis_desktop.logs import told
from breakhis_desktop.ui.dialogs.error import ErrorDialog
from breakhis_desktop.versions import versions

_log = logging.getLogger(__name__)


class BugReports(QObject):
    """Shows a report of what was raised on any thread, on the window's own.

    Attributes:
        dialog: The report that was shown last; None before the first.
    """

    _happened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Wait for the first bug."""
        super().__init__(window)
        self.dialog: ErrorDialog | None = None
        self._window = window
        self._told: set[str] = set()
        self._happened.connect(self._show)

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log what was raised, and show it where no other of its kind was; stands as `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.error("uncaught", exc_info=(kind, error, trace))
        place = _place(trace)
        if f"{kind.__name__} {place}" not in self._told:
            self._told.add(f"{kind.__name__} {place}")
            self._happened.emit(report_of(error))

    @Slot(str)
    def _show(self, report: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            return  # the log has it; a second dialog over the first would hide what came before
        self.dialog = ErrorDialog(report, self._window)
        self.dialog.open()


def report_of(error: BaseException) -> str:
    """Return what was raised and where in the program, with the versions at work, without paths and patient ids."""
    return "\n".join([*told(error), "", *(f"{name} {number}" for name, number in versions().items())])


def _place(trace: TracebackType | None) -> str:
    """Return where in the program it was raised."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
