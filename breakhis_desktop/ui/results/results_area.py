"""The middle of the window when there are results: the filter above, a view below."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.view_switch import ViewSwitch
from breakhis_desktop.ui.results.contact_sheet import ContactSheet, SheetPage
from breakhis_desktop.ui.results.filter_bar import FilterBar
from breakhis_desktop.ui.results.no_match import FilteredPage
from breakhis_desktop.ui.results.operating_point_line import OperatingPointLine
from breakhis_desktop.ui.results.results_head import ResultsHead
from breakhis_desktop.ui.results.results_table import ResultsTable
from breakhis_desktop.ui.state.results import ResultsModel


class ResultsArea(QFrame):
    """Holds the search, the operating point, the filter, and the pages of a view switch, beginning with table and contact sheet.

    Attributes:
        lists: The pages that the filter applies to: table and contact sheet.
    """

    def __init__(self, model: ResultsModel, views: ViewSwitch, theme: Theme, line: OperatingPointLine, bar: QWidget) -> None:
        """Build the area, with the line of the operating point and the bar that it unfolds."""
        super().__init__()
        self.results = model
        self.table = ResultsTable(model, theme)
        self.sheet = ContactSheet(model, self.table, theme)
        self.filter = FilterBar(model, theme)
        head = ResultsHead(self.filter.search, line)
        self._views = views
        self.lists = (FilteredPage(self.table, model), FilteredPage(SheetPage(self.sheet), model))
        for title, page in zip((self.tr("Table"), self.tr("Contact sheet")), self.lists, strict=True):
            views.add(title, page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(bar)
        column.addWidget(self.filter)
        column.addWidget(views.pages, stretch=1)
        self.filter.list_asked.connect(self.go_to_list)
        self.sheet.activated.connect(self.table.doubleClicked)
        views.pages.currentChanged.connect(self._refresh)

    def _refresh(self) -> None:
        """Show the filter only with the pages that it applies to, and scroll to the current image."""
        for part in (self.filter, self.filter.search):
            part.setVisible(self._views.pages.currentWidget() in self.lists)
        for view in (self.table, self.sheet):
            if view.isVisible() and view.currentIndex().isValid():
                view.scrollTo(view.currentIndex())

    def go_to_search(self) -> None:
        """Move the keyboard focus to the search, after leaving a page that the search does not apply to."""
        if self._views.pages.currentWidget() not in self.lists:
            self._views.show_first()
        self.filter.go_to_search()

    def go_to_list(self) -> None:
        """Move the keyboard focus to the list of the page that is shown."""
        self._views.go_to_page()
        self.table.choose_first()
