"""The middle column: the banner, the results or what to do next, and a notice that covers the foot of the column."""

from functools import partial

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.banner import Banner
from breakhis_desktop.ui.look.toast import Toast
from breakhis_desktop.ui.shell.empty_state import EmptyState
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.wording.message import Message


class Centre(QFrame):
    """Shows the results or, as long as there are none, what to do next; warnings and offers appear above, other notices over the foot.

    Attributes:
        banner: Shows warnings and offers.
        empty: Says what to do next.
        toast: Shows what went well.
    """

    def __init__(self, results: QWidget, notices: Notices) -> None:
        """Begin without results."""
        super().__init__()
        self.setObjectName("centre")
        self.banner = Banner()
        self.empty = EmptyState()
        self._results = results
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(results)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self._pages, stretch=1)
        self.toast = Toast(self)
        notices.begun.connect(partial(self.toast.say, lasts=True))
        notices.noted.connect(self.toast.say)
        notices.withdrawn.connect(self.toast.withdraw)
        notices.warned.connect(self._warn)

    def show_results(self, shown: bool) -> None:
        """Show the results or, if `shown` is False, what to do next."""
        self._pages.setCurrentWidget(self._results if shown else self.empty)

    def _warn(self, sentence: Message | str) -> None:
        self.toast.hide()
        self.banner.warn(sentence)
