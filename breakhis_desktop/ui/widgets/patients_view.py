"""Patients with all their images together."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from breakhis_desktop.ui.figures import decimal
from breakhis_desktop.ui.models.patients import LINE_ROLE, PROBABILITY_COLUMN, Line, PatientsModel
from breakhis_desktop.ui.theme import BODY_PIXELS, Theme, font
from breakhis_desktop.ui.widgets.labels import label
from breakhis_desktop.ui.widgets.painting import draw_bar, draw_decision_mark, draw_diamond, draw_tick, shortened_name
from breakhis_desktop.ui.widgets.table_columns import fitted

_ROW = 34
_MARK = 9
_DECISION_COLUMN = 5
_WIDTHS = (172, 76, 192, 124, 72, 150, 124)
_LEAST = (136, 68, 104, 92, 66, 146, 92)
"""What the columns shrink to in a narrow window before it scrolls sideways."""
_ORDER = (0, 3, 5, 4, 6, 1, 2)
"""The columns from left to right: what a patient is called comes first, so that a narrow window shows it."""
Index = QModelIndex | QPersistentModelIndex


class PatientsView(QFrame):
    """A tree of patients and their images, with the rule by which a patient is called stated above it.

    Signals:
        image_chosen: The position of the image that was chosen.
        patient_opened: The patient, a `PatientImages`, whose images are to be seen in the table.
    """

    image_chosen = Signal(int)
    patient_opened = Signal(object)

    def __init__(self, model: PatientsModel, theme: Theme) -> None:
        """Build the view over a model."""
        super().__init__()
        self._model = model
        self.tree = _make_tree(self.tr("Patients and their images"))
        self.tree.setModel(model)
        self.tree.setItemDelegate(_LineDelegate(theme, self.tree))
        for place, column in enumerate(_ORDER):
            self.tree.header().moveSection(self.tree.header().visualIndex(column), place)
        self.tree.selectionModel().currentChanged.connect(self._choose)
        self.tree.activated.connect(self._open)
        theme.changed.connect(self.tree.viewport().update)
        rule = label(
            self.tr(
                "A patient is called by the mean probability over all judged images, at the operating point of the images. "
                "One image above it is shown even where the mean is benign. Enter or a double click opens a patient's images in the table."
            ),
            "muted",
            wrap=True,
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(rule)
        rows.addWidget(self.tree, stretch=1)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep what is open and what is looked at, by patient and image, over new data inside."""
        model = self._model
        opened = {model.line(index).patient.name for index in self._tops() if self.tree.isExpanded(index)}
        current = self.tree.currentIndex()
        looked_at = model.line(current) if current.isValid() else None
        with QSignalBlocker(self.tree.selectionModel()):
            yield
            for index in self._tops():
                self.tree.setExpanded(index, model.line(index).patient.name in opened)
            if looked_at is not None:
                self.tree.setCurrentIndex(model.place_of(looked_at))

    def _tops(self) -> list[QModelIndex]:
        return [self._model.index(row, 0) for row in range(self._model.rowCount())]

    def _choose(self, index: Index) -> None:
        if index.isValid():
            line = self._model.line(index)
            self.image_chosen.emit((line.record or line.patient.records[0]).position)

    def _open(self, index: Index) -> None:
        self.patient_opened.emit(self._model.line(index).patient)


class _Tree(QTreeView):
    """A tree whose columns take what room there is, until the user makes one of them wider or narrower."""

    def __init__(self) -> None:
        super().__init__()
        self._fitted: list[int] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted in ([], self._widths()):
            for column, width in enumerate(fitted(_WIDTHS, _LEAST, self.viewport().width())):
                self.setColumnWidth(column, width)
            self._fitted = self._widths()

    def _widths(self) -> list[int]:
        """Return how wide all columns are but the last, which Qt stretches."""
        return [self.columnWidth(column) for column in _ORDER[:-1]]


def _make_tree(name: str) -> QTreeView:
    tree = _Tree()
    tree.setAccessibleName(name)
    tree.setUniformRowHeights(True)
    tree.setAllColumnsShowFocus(True)
    tree.setExpandsOnDoubleClick(False)
    tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    tree.header().setStretchLastSection(True)
    tree.header().setTextElideMode(Qt.TextElideMode.ElideRight)
    tree.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return tree


class _LineDelegate(QStyledItemDelegate):
    """Draws a patient's line in bold, and its images below it in plain."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.accent_ground))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, QColor(tokens.line))
        box = QRectF(option.rect).adjusted(8, 0, -8, -1)
        match index.column():
            case column if column == PROBABILITY_COLUMN:
                self._paint_probability(painter, box, line)
            case column if column == _DECISION_COLUMN:
                self._paint_decision(painter, box, line, str(index.data()))
            case 0:
                name = shortened_name(str(index.data()), QFontMetrics(font(BODY_PIXELS)), box.width())
                self._paint_text(painter, box, name, tokens.text, bold=line.record is None)
            case _:
                self._paint_text(painter, box, str(index.data()), tokens.text, bold=False)
        painter.restore()

    def _paint_text(self, painter: QPainter, box: QRectF, text: str, colour: str, *, bold: bool) -> None:
        painter.setFont(font(BODY_PIXELS, bold=bold))
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_probability(self, painter: QPainter, box: QRectF, line: Line) -> None:
        tokens = self._theme.tokens
        bar = QRectF(box.left(), box.center().y() - 3.5, box.width() - 44, 7)
        draw_bar(painter, bar, line.probability, tokens.of(line.decision), QColor(tokens.track))
        draw_tick(painter, bar, line.threshold, QColor(tokens.text))
        self._paint_text(
            painter, QRectF(bar.right() + 12, box.top(), 34, box.height()), decimal(line.probability, 2), tokens.text, bold=False
        )

    def _paint_decision(self, painter: QPainter, box: QRectF, line: Line, text: str) -> None:
        mark = QRectF(box.left(), box.center().y() - _MARK / 2, _MARK, _MARK)
        if line.record is None and line.patient.is_suspicious:
            colour = QColor(self._theme.tokens.review)
            draw_diamond(painter, mark, colour)
        else:
            colour = self._theme.tokens.of(line.decision)
            draw_decision_mark(painter, mark, line.decision, colour)
        self._paint_text(painter, box.adjusted(_MARK + 5, 0, 0, 0), text, colour.name(), bold=True)
