"""Stepping through images, in the panel beside the table and in the larger view."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.keys import limit_keys
from breakhis_desktop.ui.look.labels import breakable
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.results.results_area import ResultsArea
from breakhis_desktop.ui.review.review_box import review_words
from breakhis_desktop.ui.shell.detail_panel import DetailPanel
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.heat_choice import HeatMap
from breakhis_desktop.ui.state.results import Result
from breakhis_desktop.ui.viewer.larger_view import LargerView
from breakhis_desktop.ui.viewer.picture import Picture
from breakhis_desktop.ui.viewer.preview import open_picture
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads

_LATE_MS = 150
"""Milliseconds before "Opening…" replaces the previous picture; with a shorter delay, the view would flicker."""

Place = tuple[int, ImageRecord]
"""An image in a run: the run's number and the image's record."""


class ImageNavigation(QObject):
    """Shows the result chosen in the table, opens its picture in the background, and steps through images by key.

    Signals:
        picture_shown: The picture of the chosen image is shown.
    """

    picture_shown = Signal()

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        store_file: Path,
        *,
        chosen: ChosenJob,
        area: ResultsArea,
        detail: DetailPanel,
        threads: BackgroundThreads,
    ) -> None:
        """Connect to the table and the detail panel, and add the keys."""
        super().__init__(window)
        self._window = window
        self._store_file = store_file
        self._chosen = chosen
        self._table = table = area.table
        self._detail = detail
        self._pictures = threads.start(only_reads=True)
        self._shown: Place | None = None
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._say_that_it_opens)
        self.larger = LargerView(theme, detail.heat, window)
        table.result_chosen.connect(self.show_result)
        table.place_changed.connect(self._refresh_surroundings)
        table.doubleClicked.connect(self.enlarge)
        detail.enlarge_asked.connect(self.enlarge)
        detail.image.step_asked.connect(table.step)
        self.larger.step_asked.connect(table.step)
        self.enlarging = self._action(self.tr("Larger view"), ("Enter", "Return", "Space"), self.enlarge)
        limit_keys(self.enlarging, (area.table, area.sheet))
        for action in detail.image.zooms:
            limit_keys(action, area.lists)
        self.following = self._action(self.tr("Next image"), ("N",), lambda: table.step(1))
        self.previous = self._action(self.tr("Previous image"), ("P",), lambda: table.step(-1))
        self.heat = self._action(self.tr("Heat map"), ("H",), detail.heat.toggle)
        self.heat.setCheckable(True)
        self.beside = self._action(self.tr("Side by side"), ("S",), self._place_beside)
        self.beside.setCheckable(True)
        self.beside.setToolTip(self.tr("The image alone and with its heat map; both zoom and move together"))
        self.larger.offer_beside(self.beside)
        detail.heat.changed.connect(self._show_heat_choice)
        self._show_heat_choice()
        self.larger.addActions([self.following, self.previous, self.heat])

    def _action(self, text: str, keys: Sequence[str], act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(act)
        return action

    def _show_heat_choice(self) -> None:
        self.heat.setChecked(self._detail.heat.heat_map is not HeatMap.NONE)
        self.beside.setChecked(self._detail.heat.beside)

    def _place_beside(self) -> None:
        """Show the heat map beside the image in the larger view, or over the image again."""
        self._detail.heat.place_beside(beside=not self._detail.heat.beside and self._table.chosen() is not None)
        self._show_heat_choice()
        if self._detail.heat.beside:
            self.enlarge()

    def enlarge(self) -> None:
        """Open the larger view on the chosen image."""
        if self._table.chosen() is not None:
            self.larger.open_over(self._window)

    def close(self) -> None:
        """Close the larger view."""
        self._late.stop()
        self.larger.close()

    def show_result(self, result: Result | None) -> None:
        """Show a result at once, and its picture as soon as the picture is open."""
        self._detail.show_result(result)
        self._refresh_surroundings()
        job = self._chosen.job
        place = (job.run_info.run_id, result.record) if result and job and job.run_info else None
        if place is None or place != self._shown:
            self._pictures.forget_waiting()
            self._shown = place
            self._show_place(place)

    def _show_place(self, place: Place | None) -> None:
        if place is None:
            has_rows = self._table.model().rowCount() > 0
            self._show_no_image(self.tr("Choose a row to see its image.") if has_rows else "")
        elif place[1].size is None:
            self._show_no_image(self.tr("There is no picture."))
        else:
            self._open(place)

    def _open(self, place: Place) -> None:
        run_id, record = place
        self._late.start()
        self._pictures.run(
            lambda: open_picture(record, self._store_file, run_id),
            lambda picture: self._show_picture(place, picture),
            lambda reason: self._show_failure(place, reason),
        )

    def _refresh_surroundings(self) -> None:
        result = self._table.chosen()
        place = ""
        if result is not None:
            row, rows = self._table.currentIndex().row() + 1, self._table.model().rowCount()
            place = self.tr("{row} of {rows}").format(row=count(row), rows=count(rows))
            job = self._chosen.job
            self._detail.show_surroundings(result, place, job.patient_of(result.record, result.threshold) if job else None)
        elif self._shown is None:
            self._show_place(None)
        self.larger.show_result(result, place, _caption(result) if result else "")

    def _show_picture(self, place: Place, picture: Picture) -> None:
        if place == self._shown:
            self._late.stop()
            self._detail.show_picture(picture)
            self.larger.show_picture(picture)
            self.picture_shown.emit()

    def _show_failure(self, place: Place, reason: Message) -> None:
        if place == self._shown:
            self._shown = None  # so that choosing the image again tries to open it again
            self._show_no_image(localised(reason))

    def _show_no_image(self, reason: str) -> None:
        self._late.stop()
        self._detail.show_no_image(reason)
        self.larger.show_no_image(reason)

    def _say_that_it_opens(self) -> None:
        self._detail.image.show_words(self.tr("Opening…"))
        self.larger.show_words(self.tr("Opening…"))


def _caption(result: Result) -> str:
    """Return the name, patient and magnification of a result's image and, on the next line, its review or the reasons why it needs one."""
    record = result.record
    parts = [breakable(result.name)]
    if record.patient_id:
        parts.append(QCoreApplication.translate("ImageNavigation", "Patient {name}").format(name=printable(record.patient_id)))
    if record.magnification:
        parts.append(f"{record.magnification}×")
    lines = [" · ".join(parts)]
    if result.reviewed is not None:
        lines.append(review_words(result.reviewed))
    elif result.verdict is not None and result.verdict.review_reasons:
        lines.append(f"◆ {localised_together(result.verdict.review_reasons)}")
    return "\n".join(lines)
