"""The view of patients and their images."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from breakhis_desktop.domain.aggregate import PatientImages
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.figures import count, decimal
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import BODY, font, scaled, widest, width_in_two_lines, width_of
from breakhis_desktop.ui.look.painting import draw_bar, draw_decision_mark, draw_diamond, draw_tick, in_two_lines, shortened_name
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.overview.patients import LINE_ROLE, PROBABILITY_COLUMN, Line, PatientsModel
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, BEFORE_FIGURE, MARK, PADDING, Width, fitted_in_steps, title_width
from breakhis_desktop.ui.results.result_delegates import row_height

_DECISION_COLUMN = 5
_BAR = (28, 56)
"""Minimum and usual width of a bar, in pixels."""
_MAGNIFICATIONS = "40× 10 · 100× 10 · 200× 10 · 400× 10"
_ORDER = (0, 3, 5, 4, 6, 1, 2)
"""The columns from left to right; name, mean and decision come first, so that a narrow window shows them."""
Index = QModelIndex | QPersistentModelIndex


class PatientsView(QFrame):
    """A tree of patients and their images, below the rule by which a patient is called benign or malignant.

    Signals:
        image_chosen: The position of the chosen image.
        line_chosen: The `PatientImages` of the chosen line if it is a patient's, or None if it is an image's.
        patient_opened: The `PatientImages` to show in the table.
    """

    image_chosen = Signal(int)
    line_chosen = Signal(object)
    patient_opened = Signal(object)

    def __init__(self, model: PatientsModel, theme: Theme) -> None:
        """Build the view of a model."""
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
        self._rule = label(
            self.tr(
                "A patient is classified by the mean probability of all its images, at the operating point of the images. An image above "
                "it is flagged even if the mean is benign. Images without a known patient stand last, without a verdict."
            ),
            "muted",
            wrap=True,
        )
        self.identity = QPushButton(self.tr("How patients are read…"))
        self.identity.setObjectName("quiet")
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(8)
        self._above.addWidget(self._rule, stretch=1)
        self._above.addWidget(self.identity, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._above)
        rows.addWidget(self.tree, stretch=1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the way to read patients below the rule if the rule would become a narrow column beside it."""
        super().resizeEvent(event)
        beside = 3 * self.identity.sizeHint().width() <= self.width()
        self._above.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Preserve expanded patients and the current line while the body of the `with` statement replaces the data."""
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
        self._tell_line()

    def begin_at(self, position: int) -> None:
        """If no line is chosen, choose the patient of the image at a position of the run, without choosing another image."""
        if not self.tree.currentIndex().isValid():
            place = self._model.index_of(position)
            with QSignalBlocker(self.tree.selectionModel()):
                self.tree.setCurrentIndex(place.parent() if place.isValid() else self._model.index(0, 0))
            self.tree.viewport().update()
            self._tell_line()

    @property
    def has_patient(self) -> bool:
        """Whether the chosen line is a patient's, not an image's."""
        return self._patient() is not None

    def _patient(self) -> PatientImages | None:
        current = self.tree.currentIndex()
        line = self._model.line(current) if current.isValid() else None
        return line.patient if line is not None and line.record is None else None

    def _tell_line(self) -> None:
        self.line_chosen.emit(self._patient())

    def follow(self, position: int) -> None:
        """Go to the line of the image at a position of the run, unless the current line stands for that image."""
        current = self.tree.currentIndex()
        if self.isVisible() and current.isValid() and self._position_at(current) != position:
            self.tree.setCurrentIndex(self._model.index_of(position))

    def _position_at(self, index: Index) -> int:
        line = self._model.line(index)
        return (line.record or line.patient.records[0]).position

    def _tops(self) -> list[QModelIndex]:
        return [self._model.index(row, 0) for row in range(self._model.rowCount())]

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.image_chosen.emit(self._position_at(index))
        self._tell_line()

    def _open(self, index: Index) -> None:
        self.patient_opened.emit(self._model.line(index).patient)


class _Tree(QTreeView):
    """A tree whose columns fit the width until the user resizes a column."""

    def __init__(self) -> None:
        super().__init__()
        self._fitted: list[int] = []
        self._usual: list[Width] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted in ([], self._widths()):
            self._usual = self._usual or _column_widths(
                [str(self.model().headerData(column, Qt.Orientation.Horizontal)) for column in _ORDER]
            )
            for column, width in zip(_ORDER, fitted_in_steps(self._usual, self.viewport().width()), strict=True):
                self.setColumnWidth(column, width)
            self._fitted = self._widths()

    def _widths(self) -> list[int]:
        """Return the widths of all columns but the last, which Qt stretches."""
        return [self.columnWidth(column) for column in _ORDER[:-1]]


def _column_widths(titles: Sequence[str]) -> list[Width]:
    """Return the widths of the columns from left to right, derived from their texts."""
    figure = width_of(decimal(1.0, 2))
    decisions = [*map(localised, Decision), QCoreApplication.translate("PatientsModel", "suspicious image")]
    called = QCoreApplication.translate("PatientsModel", "{called} of {images}").format(called=count(1000), images=count(1000))
    content = (
        (scaled(156), scaled(120)),
        (_BAR[1] + BEFORE_FIGURE + figure, _BAR[0] + BEFORE_FIGURE + figure),
        (MARK + AFTER_MARK + widest(decisions, bold=True),) * 2,
        (figure,) * 2,
        (width_of(called),) * 2,
        (width_of(count(1000)),) * 2,
        (width_of(_MAGNIFICATIONS), width_in_two_lines(_MAGNIFICATIONS)),
    )
    least = [title_width(title) + 2 for title in titles]
    pairs = [(max(usual, title), max(tight, title)) for (usual, tight), title in zip(content, least, strict=True)]
    return [Width(usual + 2 * PADDING, tight + 2 * PADDING, tight + 2 * PADDING) for usual, tight in pairs]


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
    """Draws patients with bold names and images with plain names."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.accent_ground))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, QColor(tokens.line))
        box = QRectF(option.rect).adjusted(8, 0, -8, -1)
        probability, decision = line.probability, line.decision
        match index.column():
            case column if column == PROBABILITY_COLUMN and probability is not None and decision is not None:
                self._paint_probability(painter, box, probability, line.threshold, tokens.of(decision))
            case column if column == _DECISION_COLUMN and decision is not None:
                self._paint_decision(painter, box, line, decision, str(index.data()))
            case 0:
                name = shortened_name(str(index.data()), QFontMetrics(font(BODY)), box.width())
                self._paint_text(painter, box, name, tokens.text, bold=line.record is None)
            case _:
                self._paint_text(painter, box, str(index.data()), tokens.text, bold=False)
        painter.restore()

    def _paint_text(self, painter: QPainter, box: QRectF, text: str, colour: str, *, bold: bool) -> None:
        painter.setFont(font(BODY, bold=bold))
        painter.setPen(QColor(colour))
        lines = in_two_lines(text, painter.fontMetrics(), box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))

    def _paint_probability(self, painter: QPainter, box: QRectF, probability: float, threshold: float, colour: QColor) -> None:
        tokens = self._theme.tokens
        figure = width_of(decimal(1.0, 2))
        bar = QRectF(box.left(), box.center().y() - 3.5, box.width() - BEFORE_FIGURE - figure, 7)
        draw_bar(painter, bar, probability, colour, QColor(tokens.track))
        draw_tick(painter, bar, threshold, QColor(tokens.text))
        self._paint_text(
            painter,
            QRectF(bar.right() + BEFORE_FIGURE, box.top(), figure, box.height()),
            decimal(probability, 2),
            tokens.text,
            bold=False,
        )

    def _paint_decision(self, painter: QPainter, box: QRectF, line: Line, decision: Decision, text: str) -> None:
        mark = QRectF(box.left(), box.center().y() - MARK / 2, MARK, MARK)
        if line.record is None and line.patient.is_suspicious:
            colour = QColor(self._theme.tokens.review)
            draw_diamond(painter, mark, colour)
        else:
            colour = self._theme.tokens.of(decision)
            draw_decision_mark(painter, mark, decision, colour)
        self._paint_text(painter, box.adjusted(MARK + AFTER_MARK, 0, 0, 0), text, colour.name(), bold=True)
