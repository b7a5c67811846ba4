"""Reports of bugs: a bug on any thread is logged, and each kind of bug is shown at most once."""

import logging
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from breakhis_desktop.logs import describe
from breakhis_desktop.ui.help.error import ErrorDialog
from breakhis_desktop.versions import versions

_log = logging.getLogger(__name__)


class BugReports(QObject):
    """Shows exceptions that any thread logs as errors: each kind at most once, and in one dialog at a time, on the window's thread.

    Attributes:
        dialog: The dialog shown last; None before the first.
    """

    _happened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Listen to the program's log for as long as the window exists."""
        super().__init__(window)
        self.dialog: ErrorDialog | None = None
        self._window = window
        self._told: set[str] = set()
        self._happened.connect(self._show)
        listener = _Listener(self._tell_once)
        program = logging.getLogger("breakhis_desktop")
        program.addHandler(listener)
        self.destroyed.connect(lambda: program.removeHandler(listener))

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an uncaught exception, or close the window on Ctrl+C; to be installed as `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.error("uncaught", exc_info=(kind, error, trace))

    def _tell_once(self, error: BaseException) -> None:
        """Report an exception unless the same type was already reported from the same place."""
        bug = f"{type(error).__name__} {_place(error.__traceback__)}"
        if bug not in self._told:
            self._told.add(bug)
            self._happened.emit(report_of(error))

    @Slot(str)
    def _show(self, report: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            return  # the log has this report; a second dialog would hide the first
        self.dialog = ErrorDialog(report, self._window)
        self.dialog.open()


class _Listener(logging.Handler):
    """Passes on every exception that is logged as an error, on the thread that logs it."""

    def __init__(self, take: Callable[[BaseException], None]) -> None:
        super().__init__(logging.ERROR)
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._take(error)


def report_of(error: BaseException) -> str:
    """Return an exception, its place in the program and the versions in use, without paths and patient ids."""
    return "\n".join([*describe(error), "", *(f"{name} {number}" for name, number in versions().items())])


def _place(trace: TracebackType | None) -> str:
    """Return the function and line that raised an exception."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
