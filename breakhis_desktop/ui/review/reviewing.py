"""Writes reviews from the review box to the store, and shows the store's reviews in box and table."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, QTimer, Signal
from PySide6.QtWidgets import QApplication

from breakhis_desktop.clock import local_now
from breakhis_desktop.domain.records import RunInfo
from breakhis_desktop.domain.review import Review, ReviewAction, accept, standing_review, withdraw
from breakhis_desktop.domain.truth import truth_of
from breakhis_desktop.pipeline.reviews import find_reviews, write_review
from breakhis_desktop.ui.look.dialog import window_in_use
from breakhis_desktop.ui.look.labels import breakable
from breakhis_desktop.ui.results.results_area import ResultsArea
from breakhis_desktop.ui.review.name_dialog import NameDialog
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.review.review_box import ReviewBox, review_words
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.result_columns import Result, name_in
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads

_LOOK_AT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class Reviewing(QObject):
    """Connects review box, results, settings and store for the shown run.

    Signals:
        answered: A review was made or withdrawn.
        recorded: A review has been written; the text names the image and states the review.
        not_recorded: Why a review could not be written.
    """

    answered = Signal()
    recorded = Signal(str)
    not_recorded = Signal(object)

    def __init__(
        self,
        box: ReviewBox,
        store_file: Path,
        *,
        chosen: ChosenJob,
        area: ResultsArea,
        presenter: Presenter,
        settings: Settings,
        notices: Notices,
        threads: BackgroundThreads,
        is_image_shown: Callable[[], bool],
    ) -> None:
        """Connect to the box, chosen job, results, presenter and settings.

        Args:
            box: The review box.
            store_file: The store that keeps the reviews.
            chosen: The chosen job.
            area: The lists of results.
            presenter: Runs the queue.
            settings: Remembers the reviewer's name.
            notices: Says what could not be read or written.
            threads: Reads and writes in the background.
            is_image_shown: Whether the window shows the chosen image, so that it can be reviewed.
        """
        super().__init__(box)
        self._box, self._store_file, self._notices = box, store_file, notices
        self._table, self._results, self._settings = area.table, area.results, settings
        self._lists, self._is_image_shown = area.lists, is_image_shown
        self._background = threads.start()
        self._job: Job | None = None
        self._run: RunInfo | None = None
        self._histories: dict[int, Sequence[Review]] = {}
        self._made_here: list[int] = []
        self._reached: int | None = None
        self._is_read = self._is_writing = self._has_several = self._is_deselected = False
        # Defers `_follow_deselection`, because on the way from one row to another the current row is not selected for a moment.
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._follow_deselection)
        self._table.addActions(box.actions())
        area.sheet.addActions([box.accept, box.override, box.undo])  # without skip, because the arrow keys move between cards there
        box.accept.triggered.connect(self.accept)
        box.override.triggered.connect(self.override)
        box.skip.triggered.connect(self.skip)
        box.undo.triggered.connect(self.undo)
        box.name_asked.connect(self.ask_for_name)
        chosen.changed.connect(self.show_job)
        self._table.result_chosen.connect(self._follow_choice)
        self._table.selectionModel().selectionChanged.connect(self._follow_selection)
        self._table.selectionModel().selectionChanged.connect(self._settling.start)
        self._table.result_chosen.connect(self._settling.start)
        presenter.job_changed.connect(self._take_run)
        self._results.changed.connect(self.refresh)
        settings.changed.connect(self.refresh)
        self.refresh()

    @property
    def reviewer(self) -> str:
        """The reviewer's name for the next review; empty if not yet known."""
        return self._settings.values.reviewer.strip()

    def show_job(self, job: Job | None) -> None:
        """Show the reviews of another job's run."""
        self._job, self._run = job, None
        self._histories, self._made_here, self._reached = {}, [], None
        self._is_read = self._is_writing = False
        if job is not None:
            self._take_run(job)
        self.refresh()

    def accept(self) -> None:
        """Accept the model's label of the chosen image, and go on."""
        run, result = self._run, self._table.chosen()
        if result is not None and result.verdict is not None and (self.reviewer or self.ask_for_name()):
            self._answer(run, result, accept(result.verdict, self.reviewer, _now()))

    def override(self) -> None:
        """Let the reviewer label the chosen image, even if it was refused, and go on."""
        run, result = self._run, self._table.chosen()
        if result is None or not _can_be_labelled(result):
            return
        dialog = OverrideDialog(result.verdict, self.reviewer, window_in_use(self._box))
        if dialog.exec():
            review = dialog.review(_now())
            self._settings.change(reviewer=review.reviewer)
            self._answer(run, result, review)

    def skip(self) -> None:
        """Go on without a review."""
        self._look_at(self._following())

    def undo(self) -> None:
        """Withdraw the review of the chosen image, or the last review made since the job was chosen; choose that image.

        The last review is withdrawn if the chosen image has none, is not shown, or was chosen only because the window went on to it.
        """
        run, position = self._run, self._position_to_undo()
        if position is not None and (self.reviewer or self.ask_for_name()):
            self._write(run, position, withdraw(self.reviewer, _now()), lambda: self._look_at(self._results.index_of(position)))

    def ask_for_name(self) -> bool:
        """Ask for the reviewer's name; return whether it was given."""
        dialog = NameDialog(self.reviewer, window_in_use(self._box))
        is_given = bool(dialog.exec())
        if is_given:
            self._settings.change(reviewer=dialog.given())
        return is_given

    def _follow_selection(self) -> None:
        """Update the box if one selected row has become several, or several have become one."""
        if self._table.has_several_selected is not self._has_several:
            self.refresh()

    def _follow_deselection(self) -> None:
        """Update the box if the chosen row is no longer selected, or is selected again."""
        is_deselected = self._table.chosen() is not None and not self._table.has_chosen_selected
        if is_deselected is not self._is_deselected:
            self._is_deselected = is_deselected
            self.refresh()

    def _follow_choice(self, result: Result | None) -> None:
        """Update the box; once the user chooses another image, forget the one that the window went on to."""
        if result is None or result.record.position != self._reached:
            self._reached = None
        self.refresh()

    def _take_run(self, job: Job) -> None:
        """Read the reviews of the shown job's run once the run has begun; before that, no review is possible."""
        if job is not self._job or self._run is not None or job.run_info is None:
            return
        run = self._run = job.run_info
        self._background.run(
            lambda: find_reviews(self._store_file, run.run_id), lambda found: self._take_found(run, found), self._notices.warn
        )

    def _take_found(self, run: RunInfo, found: dict[int, list[Review]]) -> None:
        if run is self._run:
            self._is_read = True
            self._histories = dict(found)
            self._show_histories()

    def _answer(self, run: RunInfo | None, result: Result, review: Review) -> None:
        """Write a review, then go on from its image, unless the user has already done so."""
        following = QPersistentModelIndex(self._following())
        self._write(run, result.record.position, review, lambda: self._go_on_to(following.row()))

    def _go_on_to(self, row: int) -> None:
        """Choose a row; if the page does not show the rows in order, do so only if the larger view is in use."""
        if any(page.isVisible() for page in self._lists) or window_in_use(self._box) is not self._box.window():
            self._look_at(self._results.index(row, 0))
            chosen = self._table.chosen()
            self._reached = chosen.record.position if chosen is not None else None

    def _write(self, run: RunInfo | None, position: int, review: Review, then: Callable[[], None]) -> None:
        """Write a review in the background if its run is still shown; until it is written, further reviews are ignored."""
        if run is not None and run is self._run and not self._is_writing:
            self._is_writing = True
            self._background.run(
                lambda: write_review(self._store_file, run.run_id, position, review),
                lambda history: self._take_history(run, position, history, then),
                self._take_failure,
            )

    def _take_history(self, run: RunInfo, position: int, history: Sequence[Review], then: Callable[[], None]) -> None:
        if run is not self._run:
            return
        self._is_writing = False
        self.answered.emit()
        self._histories[position] = history
        chosen = self._table.chosen()
        stays = chosen is not None and chosen.record.position == position
        if history[-1].action is not ReviewAction.WITHDRAWN:
            self._made_here.append(position)
        elif position in self._made_here:
            del self._made_here[max(place for place, made in enumerate(self._made_here) if made == position)]
        with self._focus_kept():
            self._show_histories()
            if stays or history[-1].action is ReviewAction.WITHDRAWN:
                then()
            self.refresh()
        self.recorded.emit(f"{self._words_on_image(position)}: {review_words(history[-1])}")

    @contextmanager
    def _focus_kept(self) -> Iterator[None]:
        """Return the focus to the button of the box that had it, or move it to the list if that button is disabled by then."""
        focused = QApplication.focusWidget()
        yield
        if focused is not None and self._box.isAncestorOf(focused):
            page = next((page for page in self._lists if page.isVisible()), None)
            taker = focused if focused.isEnabled() or page is None else page
            taker.setFocus()

    def _words_on_image(self, position: int) -> str:
        """Return the name of a reviewed image, after the words "Previous image" if another image is chosen by now."""
        path = next(record.path for record in self._results.rows.records if record.position == position)
        name = breakable(name_in(self._results.rows.shown_names.repeated_folder(path), path))
        chosen = self._table.chosen()
        is_chosen = chosen is not None and chosen.record.position == position
        return name if is_chosen else self.tr("Previous image, {name}").format(name=name)

    def _take_failure(self, reason: Message) -> None:
        self._is_writing = False
        self._notices.warn(reason)
        self.not_recorded.emit(reason)

    def _show_histories(self) -> None:
        in_force = {position: standing_review(history) for position, history in self._histories.items()}
        self._results.set_reviews({position: review for position, review in in_force.items() if review is not None})
        self.refresh()

    def _position_to_undo(self) -> int | None:
        """Return the position of the image whose review to withdraw; see `undo`."""
        result = self._table.chosen()
        if not self._is_read:
            return None
        is_reached = bool(self._made_here) and result is not None and result.record.position == self._reached
        if result is not None and result.reviewed is not None and self._is_image_shown() and not is_reached:
            return result.record.position
        return self._made_here[-1] if self._made_here else None

    def _following(self) -> QModelIndex:
        """Return the next image that needs a review if the chosen one needs or needed one; otherwise, or if none is left, the next row."""
        result, row = self._table.chosen(), self._table.currentIndex().row()
        in_doubt = result is None or (result.verdict is not None and bool(result.verdict.review_reasons))
        following = self._results.next_to_review(row) if in_doubt else QModelIndex()
        return following if following.isValid() else self._results.index(row + 1, 0)

    def _look_at(self, index: QModelIndex) -> None:
        if index.isValid():
            self._table.selectionModel().setCurrentIndex(index, _LOOK_AT)

    def refresh(self) -> None:
        """Update the box from the chosen image; an image that is not selected, or not shown, cannot be reviewed."""
        result = self._table.chosen()
        history = self._histories.get(result.record.position, ()) if result else ()
        self._has_several = self._table.has_several_selected
        truth = truth_of(result.record, result.reviewed) if result else None
        self._box.show_result(result, history, truth, several=self._has_several, deselected=self._is_deselected)
        reviewed, asked = self._results.review_progress()
        self._box.show_progress(reviewed, asked)
        self._box.show_reviewer(self.reviewer)
        can_answer = result is not None and _can_be_labelled(result)
        is_ready = self._is_read and not self._has_several and not self._is_deselected
        is_shown = is_ready and self._is_image_shown()
        self._box.setVisible(can_answer or bool(self._made_here))
        self._box.enable(
            accept=is_shown and result is not None and result.verdict is not None and not _is_accepted(result),
            override=is_shown and can_answer,
            skip=self._following().isValid(),
            undo=is_ready and self._position_to_undo() is not None,
        )


def _can_be_labelled(result: Result) -> bool:
    return result.verdict is not None or result.record.is_refused_by_gate


def _is_accepted(result: Result | None) -> bool:
    """Return whether accepting would repeat the review in force."""
    if result is None or result.verdict is None or result.reviewed is None:
        return False
    return accept(result.verdict, result.reviewed.reviewer, result.reviewed.made) == result.reviewed


def _now() -> str:
    return local_now().isoformat(timespec="seconds")
