"""The results as a sheet of thumbnails, sharing the table's order and selection."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QSlider, QStyle, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.card_delegate import GAP, CardDelegate
from breakhis_desktop.ui.results.results_table import ResultsTable, choosing_no_row
from breakhis_desktop.ui.state.results import ResultsModel

_WIDTHS = (120, 360)
"""Least and greatest card width that the user can choose, in pixels."""
_STEP = 24
_BATCH = 10_000
"""Number of cards to lay out at once; the window is repainted between batches."""


class ContactSheet(QListView):
    """Shows the table's rows as cards, with the same current image.

    Signals:
        card_width_changed: The new least width of a card, in pixels.
    """

    card_width_changed = Signal(int)

    def __init__(self, results: ResultsModel, table: ResultsTable, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the results that a table shows, sharing its selection."""
        super().__init__(parent)
        self.setObjectName("contactSheet")
        self.setAccessibleName(self.tr("Contact sheet of the results"))
        self.setModel(results)
        self.setSelectionModel(table.selectionModel())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self._place: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._return_to_place)
        self.verticalScrollBar().actionTriggered.connect(self._forget_place)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.card_width = 168
        self._results = results
        self._cards = CardDelegate(theme, self, table.thumbnails)
        self.setItemDelegate(self._cards)
        table.thumbnails.changed.connect(self.viewport().update)
        for moved in (self.selectionModel().selectionChanged, self.selectionModel().currentChanged):
            moved.connect(self.viewport().update)  # a card may extend beyond its cell, and Qt repaints only the cell
        results.changed.connect(self._show_origin)
        self.addActions(table.actions())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        theme.changed.connect(self.viewport().update)

    def doItemsLayout(self) -> None:  # noqa: N802 (Qt's name)
        """Lay out the cards again, and restore the scroll position once enough of them are laid out."""
        if self._place is None:  # otherwise the previous layout is incomplete, and the scroll bar is not back at its old position
            self._place = self.verticalScrollBar().value()
        super().doItemsLayout()

    def _return_to_place(self, _least: int, most: int) -> None:
        if self._place is not None:
            place = self._place
            self.verticalScrollBar().setValue(min(place, most))
            if most >= place or self._is_laid_out():
                self._place = None

    def _is_laid_out(self) -> bool:
        last = self.model().index(self.model().rowCount() - 1, 0)
        return self.visualRect(last).isValid()

    def _forget_place(self) -> None:
        self._place = None

    def set_card_width(self, width: int) -> None:
        """Set the least width of a card in pixels; the cards of a line share the width that is left over."""
        width = max(_WIDTHS[0], min(_WIDTHS[1], width))
        if width != self.card_width:
            self.card_width = width
            self._fit()
            self.card_width_changed.emit(width)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the size of the cards while Ctrl is held, otherwise scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_card_width(self.card_width + (_STEP if event.angleDelta().y() > 0 else -_STEP))
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Take the keyboard focus, but choose no row."""
        with choosing_no_row(self):
            super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit as many cards on a line as there is room for."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        bar = self.verticalScrollBar()
        width = self.maximumViewportSize().width() - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, bar)
        self._cards.fit(width, self.card_width)  # `width` excludes the scroll bar, because Qt reserves room for it even while it is hidden
        cell = (width - 1) // self._cards.columns  # because Qt wraps a line that fills the list to the last pixel
        self.setGridSize(QSize(cell, self._cards.size.height() + GAP))

    def _show_origin(self) -> None:
        """Give the cards a line for patient, magnification and folder if any image has at least one of them to show."""
        rows = self._results.rows
        has_origin = rows.shown_names.repeat or rows.has_patients or rows.has_magnifications
        if has_origin != self._cards.has_origin:
            self._cards.has_origin = has_origin
            self._fit()

    def dataChanged(  # noqa: N802 (Qt's name)
        self, first: QModelIndex | QPersistentModelIndex, last: QModelIndex | QPersistentModelIndex, roles: Sequence[int] = ()
    ) -> None:
        """Repaint the cards; their size does not depend on their content."""
        self.viewport().update()


class SheetPage(QFrame):
    """The contact sheet and, below it, a slider for the size of its cards.

    Attributes:
        size_slider: The slider for the size of the cards.
    """

    def __init__(self, sheet: ContactSheet) -> None:
        """Build the page around a sheet."""
        super().__init__()
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(*_WIDTHS)
        self.size_slider.setSingleStep(_STEP)
        self.size_slider.setPageStep(2 * _STEP)
        self.size_slider.setFixedSize(140, 24)
        self.size_slider.setAccessibleName(self.tr("Size of the thumbnails"))
        self.size_slider.setToolTip(self.tr("Size of the thumbnails (Ctrl and the wheel)"))
        self.size_slider.setValue(sheet.card_width)
        self.size_slider.valueChanged.connect(sheet.set_card_width)
        sheet.card_width_changed.connect(self.size_slider.setValue)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(label(self.tr("Size"), "small"))
        foot.addWidget(self.size_slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(sheet, stretch=1)
        column.addLayout(foot)
        self.setFocusProxy(sheet)
