"""Keeps the window's position and the sizes of its parts between sessions."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from breakhis_desktop.ui.results.results_area import ResultsArea
from breakhis_desktop.ui.shell.right_column import RightColumn
from breakhis_desktop.ui.state.heat_choice import HeatChoice, HeatMap
from breakhis_desktop.ui.state.settings import Settings

_ENOUGH = QSize(200, 60)
"""In pixels: how much of the title bar's width must lie on a screen, and the height of the strip in which this is checked."""
_TITLE_BAR = 32
"""Greatest height of a title bar in pixels."""


def place_on_screens(saved: QRect, screens: Sequence[QRect], smallest: QSize) -> QRect:
    """Return a geometry at which a window can be seen and moved.

    Args:
        saved: The window's last geometry, without its frame.
        screens: The usable area of each screen, the main screen first.
        smallest: The window's minimum size.

    Returns:
        The saved geometry if its title bar is within reach; else a geometry in the middle of the main screen. If needed, it is shrunk to
        fit the screen, moved up, and moved to the left until the buttons of the title bar are on a screen.
    """
    home = next((screen for screen in screens if _is_reachable(saved, screen)), None)
    screen = home or screens[0]
    place = QRect(saved.topLeft(), saved.size().boundedTo(screen.size() - QSize(0, _TITLE_BAR)).expandedTo(smallest))
    highest = screen.top() + _TITLE_BAR
    if home is None:
        place.moveCenter(screen.center())
        place.moveTop(max(place.top(), highest))
        place.moveLeft(max(place.left(), screen.left()))
    if not any(one.left() <= place.right() <= one.right() for one in screens):
        place.moveLeft(max(screen.left(), screen.right() + 1 - place.width()))
    overhang = max(0, place.bottom() - screen.bottom())
    place.moveTop(max(place.top() - overhang, min(place.top(), highest)))
    return place


def _is_reachable(window: QRect, screen: QRect) -> bool:
    title = QRect(window.left(), window.top() - _TITLE_BAR, window.width(), _ENOUGH.height())
    seen = title.intersected(screen)
    return seen.width() >= _ENOUGH.width() and seen.height() >= _TITLE_BAR


class WindowState:
    """Saves and restores a window's geometry, columns, card width and heat map, and whether the bar of the operating point is unfolded."""

    def __init__(
        self,
        settings: Settings,
        window: QMainWindow,
        splitter: QSplitter,
        *,
        queue: QWidget,
        right: RightColumn,
        area: ResultsArea,
        heat: HeatChoice,
        unfolding: QAction,
    ) -> None:
        """Remember the parts, without changing them yet; queue and right column are the outer parts of the splitter."""
        self._settings = settings
        self._window = window
        self._splitter = splitter
        self._table_columns, self._sheet = area.table.columns, area.sheet
        self._queue = queue
        self._right = right
        self._heat = heat
        self._unfolding = unfolding

    def restore(self) -> None:
        """Restore the saved state, as far as the screens allow."""
        values = self._settings.values
        if len(values.window) == 4:
            screens = [screen.availableGeometry() for screen in self._window.screen().virtualSiblings()]
            self._window.setGeometry(place_on_screens(QRect(*values.window), screens, self._window.minimumSize()))
        if values.maximised:
            self._window.showMaximized()
        if len(values.splitter) == self._splitter.count():
            self._splitter.setSizes(values.splitter)
            self._queue.setHidden(values.splitter[0] == 0)
            self._right.want(values.splitter[-1] > 0)
        self._heat.choose(HeatMap(values.heat_map))
        self._heat.set_percent(max(0, min(100, values.heat_map_strength)))
        self._unfolding.setChecked(values.operating_point_unfolded)
        self._table_columns.restore(values.table_header.encode())
        self._sheet.set_card_width(values.card_width)

    def _widths(self) -> tuple[int, ...]:
        """Return the widths of the columns: 0 if the user hid a column, but its last width if only the current page hides it."""
        queue, middle, right = self._splitter.sizes()
        if self._right.isHidden():
            right = self._right.last_width if self._right.is_wanted else 0
            middle -= right
        return 0 if self._queue.isHidden() else queue, middle, right

    def save(self) -> None:
        """Save the window's state to the settings."""
        place = self._window.normalGeometry() if self._window.isMaximized() or self._window.isFullScreen() else self._window.geometry()
        self._settings.change(
            window=(place.x(), place.y(), place.width(), place.height()),
            maximised=self._window.isMaximized(),
            splitter=self._widths(),
            heat_map=self._heat.heat_map.value,
            heat_map_strength=self._heat.percent,
            operating_point_unfolded=self._unfolding.isChecked(),
            table_header=self._table_columns.state().decode(),
            card_width=self._sheet.card_width,
        )
