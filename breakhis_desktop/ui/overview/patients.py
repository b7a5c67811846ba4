"""The patients of a job, each with its images, as a tree model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from breakhis_desktop.domain.aggregate import PatientImages, PatientSummary
from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.domain.review import Review, count_reviews
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count, decimal
from breakhis_desktop.ui.look.lettering import SORT_ARROWS
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.overview.patient_order import SMALLEST_FIRST, ListedPatient, in_order
from breakhis_desktop.ui.overview.review_words import reviewed_in_short
from breakhis_desktop.ui.state.shown_names import ShownNames

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
NAME_ROLE = LINE_ROLE + 1
"""The role that gives the name of a line and the folder of its image, each in ever shorter forms.

The folder has forms only if the name repeats and the folder is not named after the patient.
"""
MAGNIFICATIONS_COLUMN = 2
PROBABILITY_COLUMN = 3
REVIEWED_COLUMN = 7
_FIGURES = {1, 4}
"""The columns that hold only figures."""

Index = QModelIndex | QPersistentModelIndex

_TOP = 0
"""The internal id of a patient's index; the internal id of an image's index is the row of the image's patient plus 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree: a patient, or an image of the patient.

    Attributes:
        patient: The patient.
        record: The image; None for the patient's own line.
    """

    patient: PatientImages
    record: ImageRecord | None = None

    @property
    def probability(self) -> float | None:
        """The image's probability of malignancy or, on a patient's own line, the mean over all images; None if the patient is not known."""
        if self.record is not None and self.record.prediction is not None:
            return self.record.prediction.p_malignant
        return self.patient.summary.mean if self.patient.summary else None

    @property
    def threshold(self) -> float:
        """The threshold for the patient's images, 0 to 1."""
        return self.patient.threshold

    @property
    def decision(self) -> Decision | None:
        """The decision for the probability at the threshold; None if there is no probability."""
        if self.probability is None:
            return None
        return Decision.MALIGNANT if self.probability >= self.threshold else Decision.BENIGN


class PatientsModel(QAbstractItemModel):
    """Patients in the order of a column, the highest mean first unless the user sorts them, each with their images in order of suspicion.

    Attributes:
        shown_names: How the names of the images are shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without patients."""
        super().__init__(parent)
        self.shown_names = ShownNames()
        self._unsorted: Sequence[ListedPatient] = ()
        self._listed: Sequence[ListedPatient] = ()
        self._reviews: Mapping[int, Review] = {}
        self._column, self._order = PROBABILITY_COLUMN, Qt.SortOrder.DescendingOrder

    @property
    def patients(self) -> list[PatientImages]:
        """The patients in the order shown."""
        return [listed.patient for listed in self._listed]

    @property
    def reviewed(self) -> list[str]:
        """For each patient, how reviewers have decided on the images, in words; empty without a review."""
        return [reviewed_in_short(listed.reviews) for listed in self._listed]

    def show(self, patients: Sequence[PatientImages], shown_names: ShownNames, reviews: Mapping[int, Review]) -> None:
        """Show other patients.

        Args:
            patients: The patients, the highest mean first.
            shown_names: How the names of their images are shown.
            reviews: The review in force of each reviewed image, by position.
        """
        self.beginResetModel()
        self.shown_names, self._reviews = shown_names, reviews
        self._unsorted = [ListedPatient(patient, count_reviews(patient.all_records, reviews)) for patient in patients]
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the patients by a column; images without a patient stay last, and a patient's images stay in order of suspicion."""
        if not 0 <= column < self.columnCount() or (column, order) == (self._column, self._order):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        lines = [self.line(index) for index in before]
        self._column, self._order = column, order
        self._arrange()
        places = [self.place_of(line).siblingAtColumn(index.column()) for line, index in zip(lines, before, strict=True)]
        self.changePersistentIndexList(before, places)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def _arrange(self) -> None:
        self._listed = in_order(self._unsorted, self._column, descending=self._order is Qt.SortOrder.DescendingOrder)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 (Qt's own signature)
        """Return the index of a patient, or of an image below its patient."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008 (Qt's own signature)
        """Return the patient of an image."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of patients, or of a patient's images."""
        if not parent.isValid():
            return len(self._listed)
        if parent.internalId() != _TOP or parent.column() != 0:
            return 0
        return len(self._listed[parent.row()].patient.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of columns."""
        return len(self._titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title (with an arrow if the patients are sorted by it), tooltip, alignment or initial sort order."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._titles()[section] + (SORT_ARROWS[self._order] if section == self._column else "")
            case Qt.ItemDataRole.ToolTipRole:
                return self._tips()[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment_of(section)
            case Qt.ItemDataRole.InitialSortOrderRole if section not in SMALLEST_FIRST:
                return Qt.SortOrder.DescendingOrder
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text or tooltip, the `Line` of the row, or the forms of its name."""
        if not index.isValid():
            return None
        line = self.line(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return (*self._texts(line), self._review_of(index, line))[index.column()]
            case Qt.ItemDataRole.ToolTipRole if line.record is not None and index.column() == 0:
                return printable(line.record.path)
            case _ if role == LINE_ROLE:
                return line
            case _ if role == NAME_ROLE:
                return self._name_forms(line)
        return None

    def _name_forms(self, line: Line) -> tuple[list[str], list[str]]:
        if line.record is None:
            return [name_of(line.patient)], []
        name, folder = self.shown_names.forms(line.record.path)
        return name, [] if folder[:1] == [name_of(line.patient)] else folder

    def line(self, index: Index) -> Line:
        """Return the line at an index."""
        if index.internalId() == _TOP:
            return Line(self._listed[index.row()].patient)
        patient = self._listed[index.internalId() - 1].patient
        return Line(patient, patient.records[index.row()])

    def place_of(self, line: Line) -> QModelIndex:
        """Return the current index of a line shown earlier; an invalid index if its patient or image is no longer shown."""
        for row, listed in enumerate(self._listed):
            if listed.patient.name == line.patient.name:
                top = self.index(row, 0)
                return self._place_below(top, listed.patient, line.record.position) if line.record else top
        return QModelIndex()

    def index_of(self, position: int) -> QModelIndex:
        """Return the index of the image at a position of the run; an invalid index if it is not shown."""
        places = (self._place_below(self.index(row, 0), patient, position) for row, patient in enumerate(self.patients))
        return next((place for place in places if place.isValid()), QModelIndex())

    def _place_below(self, top: QModelIndex, patient: PatientImages, position: int) -> QModelIndex:
        rows = [row for row, record in enumerate(patient.records) if record.position == position]
        return self.index(rows[0], 0, top) if rows else QModelIndex()

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Patient"),
            self.tr("Images"),
            self.tr("Mag."),
            self.tr("Mean"),
            self.tr("Highest"),
            self.tr("Decision"),
            self.tr("Malignant"),
            self.tr("Reviewed"),
        )

    def _tips(self) -> tuple[str, ...]:
        return (
            self.tr("The patient that the official name or the job's rule states; the accession, if images with several ids share it"),
            self.tr("How many of the patient's images were classified in this job"),
            self.tr("At which magnifications the images were taken, and how many at each"),
            self.tr("The mean probability of malignancy over the patient's images; the tick marks the operating point of the images"),
            self.tr("The highest probability of malignancy among the patient's images"),
            self.tr("Malignant where the mean reaches the operating point; a diamond marks a benign mean with a suspicious image"),
            self.tr("How many of the patient's images are called malignant"),
            self.tr("What reviewers say about the patient's images, refused images included; it changes none of the models' figures"),
        )

    def _review_of(self, index: Index, line: Line) -> str:
        if line.record is None:
            return reviewed_in_short(self._listed[index.row()].reviews)
        review = self._reviews.get(line.record.position)
        return localised(review.decision) if review else ""

    def _texts(self, line: Line) -> tuple[str, ...]:
        return _texts_of_patient(line.patient) if line.record is None else _texts_of_image(line, line.record)


def alignment_of(column: int) -> Qt.AlignmentFlag:
    """Return the alignment of a column's title and texts: to the right for figures, to the left for others."""
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def name_of(patient: PatientImages) -> str:
    """Return the name of a patient as shown."""
    return printable(patient.patient_id) if patient.summary else QCoreApplication.translate("PatientsModel", "No patient known")


def verdict_words(patient: PatientImages, summary: PatientSummary) -> str:
    """Return the models' verdict on a patient; if the mean is benign but an image is suspicious, the verdict says both."""
    return suspicious_words() if patient.is_suspicious else localised(Decision.MALIGNANT if summary.is_malignant else Decision.BENIGN)


def suspicious_words() -> str:
    """Return the verdict on a patient whose mean is benign although an image is suspicious."""
    return QCoreApplication.translate("PatientsModel", "benign, suspicious image")


def magnifications_of(patient: PatientImages) -> str:
    """Return how many images of a patient there are at each magnification."""
    return " · ".join(f"{magnification}×\u00a0{count(images)}" for magnification, images in patient.magnifications.items())


def _texts_of_patient(patient: PatientImages) -> tuple[str, ...]:
    known, summary = (name_of(patient), count(len(patient.records)), magnifications_of(patient)), patient.summary
    if summary is None:
        return (*known, "", "", "", "")
    of = QCoreApplication.translate("PatientsModel", "{called} of {images}").format(
        called=count(summary.malignant_images), images=count(summary.images)
    )
    return (*known, decimal(summary.mean, 2), decimal(summary.highest, 2), verdict_words(patient, summary), of)


def _texts_of_image(line: Line, record: ImageRecord) -> tuple[str, ...]:
    magnification = f"{record.magnification}×" if record.magnification else ""
    probability = "" if line.probability is None else decimal(line.probability, 2)
    return (printable(record.path.name), "", magnification, probability, "", localised(line.decision), "")
