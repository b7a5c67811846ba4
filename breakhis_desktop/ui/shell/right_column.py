"""The right column, which shows what the current page is about."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from breakhis_desktop.ui.look.view_switch import ViewSwitch
from breakhis_desktop.ui.overview.overview import Overview


class RightColumn(QStackedWidget):
    """Shows the chosen image or, on the patients' page, the chosen patient; the summary page, which needs the space, hides the column.

    Signals:
        refreshed: The page, or what it is about, may have changed.
    """

    refreshed = Signal()

    def __init__(self, detail: QWidget, views: ViewSwitch, overview: Overview) -> None:
        """Hold the panel of the chosen image and the panel of the chosen patient."""
        super().__init__()
        self._detail, self._views, self._overview = detail, views, overview
        self._patient = overview.patient
        self._wanted = True
        self._width = 0
        self.addWidget(detail)
        self.addWidget(self._patient)
        views.pages.currentChanged.connect(self.refresh)
        overview.patients.line_chosen.connect(self.refresh)

    @property
    def is_wanted(self) -> bool:
        """Whether the user wants the column, even if the current page hides it."""
        return self._wanted

    @property
    def last_width(self) -> int:
        """The width in pixels that the column had when it was last shown."""
        return self._width

    @property
    def is_about_image(self) -> bool:
        """Whether the current page is about the chosen image, even if the user has hidden the column."""
        return self.currentWidget() is self._detail and self._views.pages.currentWidget() is not self._overview.summary

    def want(self, wanted: bool) -> None:
        """Show or hide the column, as the user wishes."""
        self._wanted = wanted
        self.refresh()

    def refresh(self) -> None:
        """Show what the current page is about."""
        page = self._views.pages.currentWidget()
        about_patient = page is self._overview.patients and self._overview.patients.has_patient
        self.setCurrentWidget(self._patient if about_patient else self._detail)
        self._show_if(self._wanted and page is not self._overview.summary)
        self.refreshed.emit()

    def _show_if(self, shown: bool) -> None:
        """Show or hide the column; of the other columns, only the middle one changes its width."""
        splitter = self.parentWidget()
        if not isinstance(splitter, QSplitter) or not splitter.isVisible() or shown is self.isVisible():
            self.setVisible(shown)
            return
        *others, middle, right = splitter.sizes()
        width = self._width if shown else 0  # read before the splitter gives the column another width
        self.setVisible(shown)
        splitter.setSizes([*others, middle + right - width, width])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the width, unless Qt resizes the hidden column to nothing."""
        super().resizeEvent(event)
        if not self.isHidden():
            self._width = self.width()
