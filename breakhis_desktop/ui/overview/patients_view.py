"""The view of patients and their images."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from breakhis_desktop.domain.aggregate import PatientImages
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import BODY, NOTE, font, width_of
from breakhis_desktop.ui.look.painting import draw_bar, draw_decision_mark, draw_diamond, draw_name, draw_tick, in_two_lines
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.overview.patients import LINE_ROLE, NAME_ROLE, PROBABILITY_COLUMN, Line, PatientsModel, alignment_of
from breakhis_desktop.ui.overview.patients_tree import PatientsTree
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, BEFORE_FIGURE, MARK
from breakhis_desktop.ui.results.result_delegates import row_height

_DECISION_COLUMN = 5
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class PatientsView(QFrame):
    """A tree of patients and their images, below a text that says how patients are classified as benign or malignant.

    Signals:
        image_chosen: The position of the chosen image.
        line_chosen: The `PatientImages` if a patient's line is chosen; None if an image's line or no line is chosen.
        patient_opened: The `PatientImages` to show in the table.
    """

    image_chosen = Signal(int)
    line_chosen = Signal(object)
    patient_opened = Signal(object)

    def __init__(self, model: PatientsModel, theme: Theme) -> None:
        """Build the view of a model."""
        super().__init__()
        self._model = model
        self.tree = PatientsTree(model, theme)
        self.tree.setAccessibleName(self.tr("Patients and their images"))
        self.tree.setToolTip(self.tr("Enter or a double click opens a patient's images in the table"))
        self.tree.setItemDelegate(_LineDelegate(theme, self.tree))
        self.tree.selectionModel().currentChanged.connect(self._choose)
        self.tree.activated.connect(self._open)
        self._rule = label(
            self.tr(
                "A patient is classified by the mean probability of all its images, at the operating point of the images. An image above "
                "it is flagged even if the mean is benign. Images without a known patient come last, without a verdict."
            ),
            "muted",
            wrap=True,
        )
        self.identity = QPushButton(self.tr("How patients are identified…"))
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
        self.setFocusProxy(self.tree)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the `identity` button below the text if the text would be a narrow column beside the button."""
        super().resizeEvent(event)
        beside = 3 * self.identity.sizeHint().width() <= self.width()
        self._above.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep patients expanded and the current line chosen while the body of the `with` statement replaces the data."""
        model = self._model
        opened = {model.line(index).patient.name for index in self._tops() if self.tree.isExpanded(index)}
        current = self.tree.currentIndex()
        current_line = model.line(current) if current.isValid() else None
        with QSignalBlocker(self.tree.selectionModel()):
            yield
            for index in self._tops():
                self.tree.setExpanded(index, model.line(index).patient.name in opened)
            if current_line is not None:
                self.tree.setCurrentIndex(model.place_of(current_line))
        self._tell_line()

    def begin_at(self, position: int) -> None:
        """If no line is chosen, choose the patient of the image at a position, or else the first patient; the chosen image stays chosen."""
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

    @property
    def patient_id(self) -> str:
        """The id of the chosen line's patient; the accession on the line of a patient with several ids; empty if unknown."""
        current = self.tree.currentIndex()
        if not current.isValid():
            return ""
        line = self._model.line(current)
        return line.record.patient_id if line.record is not None else line.patient.patient_id

    def _patient(self) -> PatientImages | None:
        current = self.tree.currentIndex()
        line = self._model.line(current) if current.isValid() else None
        return line.patient if line is not None and line.record is None else None

    def _tell_line(self) -> None:
        self.line_chosen.emit(self._patient())

    def follow(self, position: int) -> None:
        """Go to the line of the image at a position of the run, but stay on the line of a patient if this is the patient's first image."""
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


class _LineDelegate(QStyledItemDelegate):
    """Draws patients with bold names and images with plain names."""

    def __init__(self, theme: Theme, tree: PatientsTree) -> None:
        super().__init__(tree)
        self._theme = theme
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._tree.draw_ground(painter, option.rect, index)
        box = QRectF(option.rect).adjusted(8, 0, -8, -1)
        probability, decision = line.probability, line.decision
        match index.column():
            case column if column == PROBABILITY_COLUMN and probability is not None and decision is not None:
                self._paint_probability(painter, box, probability, line.threshold, tokens.of(decision))
            case column if column == _DECISION_COLUMN and decision is not None:
                self._paint_decision(painter, box, line, decision, str(index.data()))
            case 0 if line.record is not None:
                name, folder = index.data(NAME_ROLE)
                shown = name if folder else self._tree.common_form.of(name, box.width())
                draw_name(painter, box, (shown, folder), QColor(tokens.text), QColor(tokens.muted))
            case 0:
                self._paint_text(painter, box, str(index.data()), tokens.text, bold=True)
            case _:
                self._paint_text(painter, box, str(index.data()), tokens.text, bold=False, alignment=alignment_of(index.column()))
        painter.restore()

    def _paint_text(
        self, painter: QPainter, box: QRectF, text: str, colour: str, *, bold: bool, alignment: Qt.AlignmentFlag = _LEFT
    ) -> None:
        painter.setFont(font(BODY, bold=bold))
        painter.setPen(QColor(colour))
        lines = in_two_lines(text, painter.fontMetrics(), box.width())
        if len(lines) > 1:
            painter.setFont(font(NOTE, bold=bold))
        painter.drawText(box, alignment, "\n".join(lines))

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
