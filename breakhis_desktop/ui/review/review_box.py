"""The review box: the reviewer's actions and the image's review history."""

import sys
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from breakhis_desktop.domain.records import Verdict
from breakhis_desktop.domain.review import Review, ReviewAction, subtype_to_accept
from breakhis_desktop.domain.truth import Truth
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.buttons import action_button
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.glossary import meaning
from breakhis_desktop.ui.look.keys import limit_keys
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import date_and_time, localised, localised_together
from breakhis_desktop.ui.look.wrapping_row import WrappingRow
from breakhis_desktop.ui.state.result_columns import Result

_LEAST_LINES, _USUAL_LINES = 2, 4
"""Lines of the history that are always shown, and lines for which the image shrinks to make room; more are shown only in free space."""
_ABOVE = 8
"""Pixels above the first line of the history that is shown, and below the last."""


class ReviewBox(QFrame):
    """Offers accept, override, skip and undo as buttons and keys, and shows the image's review history.

    Signals:
        name_asked: The user wants to change the reviewer's name.

    Attributes:
        accept: Confirms the model's label.
        override: Replaces the model's label.
        skip: Goes on without a review.
        undo: Withdraws a review.
    """

    name_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build an empty box."""
        super().__init__(parent)
        self.setObjectName("reviewBox")
        self.accept = self._action(self.tr("Accept"), "A", "")
        self.override = self._action(self.tr("Override…"), "O", self.tr("Say what this image is, and why; the model's label is kept"))
        self.skip = self._action(
            self.tr("Skip"),
            "Right",
            self.tr("Go on without a review. If this image needs one, go to the next image that needs one; otherwise, go to the next row"),
        )
        self.undo = self._action(self.tr("Undo"), "Ctrl+Z", self.tr("Withdraw a review; the record still shows that it was made"))
        self._tips = {action: action.toolTip() for action in (self.accept, self.override, self.undo)}
        for action in (self.accept, self.override, self.undo):
            action.setAutoRepeat(False)  # a key held too long must not review one image after another
        self.undo.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # works even if the list is empty and cannot have the focus
        self._progress = label("", "small")
        self._reasons = label("", "reviewReasons", wrap=True)
        self._reviewer = QPushButton()
        self._reviewer.setObjectName("quiet")
        self._reviewer.setToolTip(self.tr("The name recorded with the reviews; press to change it"))
        self._reviewer.clicked.connect(self.name_asked)
        self._history = _History()
        self._lay_out()

    def _action(self, text: str, key: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(tip)
        limit_keys(action, [self])  # so that a letter typed elsewhere does not make a review
        return action

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Review"), "sectionName", tip=meaning("review")))
        heading.addStretch()
        heading.addWidget(self._progress)
        buttons = [action_button(self.accept, "primary"), action_button(self.override, "answer"), action_button(self.skip, "answer", "→")]
        below = QHBoxLayout()  # shown even before there is something to undo, so that the buttons above never move
        below.addWidget(action_button(self.undo, "quiet"))
        below.addStretch()
        below.addWidget(self._reviewer)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._reasons)
        column.addWidget(self._history)
        column.addWidget(WrappingRow(buttons, gap=8))  # the buttons stay in the same place, whatever is shown above
        column.addLayout(below)

    def show_result(
        self,
        result: Result | None,
        history: Sequence[Review],
        truth: Truth | None,
        *,
        several: bool = False,
        deselected: bool = False,
    ) -> None:
        """Show an image's review reasons and review history.

        Args:
            result: The chosen result, or None.
            history: The reviews of the image, the oldest first.
            truth: The image's truth; None if unknown.
            several: Whether several images are selected, so that the box says to select one instead of showing the history.
            deselected: Whether the chosen image is not selected, so that the box says to select it instead of showing the history.
        """
        verdict = result.verdict if result else None
        select_one = ""
        if several:
            select_one = self.tr("Several images are selected. Select one to review it.")
        elif deselected and result is not None:
            select_one = self.tr("This image is not selected. Select it to review it.")
        self._tips[self.accept] = _words_on_accepting(verdict) if verdict is not None else ""
        for action, tip in self._tips.items():
            action.setToolTip(select_one or tip)
        reasons = verdict.review_reasons if verdict else ()
        self._reasons.setText(f"◆ {localised_together(reasons)}")
        self._reasons.setVisible(bool(reasons))
        is_refused_by_gate = result is not None and result.record.is_refused_by_gate
        lines = select_one or _lines(history, truth) or (_unreviewed() if is_refused_by_gate else "")
        self._history.setVisible(bool(lines))
        self._history.say(lines)

    def show_progress(self, reviewed: int, asked: int) -> None:
        """Show how many of the images that need review have been reviewed."""
        self._progress.setText(
            self.tr("To review: {reviewed} of {asked} done").format(reviewed=count(reviewed), asked=count(asked)) if asked else ""
        )

    def show_reviewer(self, name: str) -> None:
        """Show the reviewer's name for the next review."""
        self._reviewer.setText(self.tr("as {name}").format(name=printable(name)) if name else "")
        self._reviewer.setVisible(bool(name))

    def enable(self, *, accept: bool, override: bool, skip: bool, undo: bool) -> None:
        """Enable or disable each action."""
        self.accept.setEnabled(accept)
        self.override.setEnabled(override)
        self.skip.setEnabled(skip)
        self.undo.setEnabled(undo)

    @property
    def history_height(self) -> int:
        """The height of the history in pixels; 0 if none is shown."""
        return 0 if self._history.isHidden() else self._history.height()

    def limit_history(self, most: int, free: int) -> None:
        """Limit the height of the history, but always show its least number of lines.

        Args:
            most: Height in pixels that the history may take up to its usual number of lines.
            free: Height in pixels that nothing else needs, so that any number of lines may take it.
        """
        self._history.limit(most, free)

    @property
    def reasons_text(self) -> str:
        """The text of the review reasons."""
        return self._reasons.text()

    @property
    def progress_text(self) -> str:
        """The text of the progress."""
        return self._progress.text()

    @property
    def history_text(self) -> str:
        """The text of the history."""
        return self._history.text


class _History(QScrollArea):
    """A text box that grows with its lines up to its limits, then scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewHistory")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label = label("", "reviewLines", wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._label.setContentsMargins(12, 0, 12, 0)
        self.setViewportMargins(0, _ABOVE, 0, _ABOVE)
        self.setWidget(self._label)
        self._most, self._free = sys.maxsize, 0

    @property
    def text(self) -> str:
        return self._label.text()

    def say(self, text: str) -> None:
        self._label.setText(text)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def limit(self, most: int, free: int) -> None:
        self._most, self._free = most, free
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line, needed = self._label.fontMetrics().lineSpacing(), self._label.heightForWidth(self.viewport().width())
        usual, free = ((height - 2 * _ABOVE) // line for height in (self._most, self._free))
        lines = max(_LEAST_LINES, min(_USUAL_LINES, usual), free)
        self.setFixedHeight(max(0, min(needed, lines * line)) + 2 * _ABOVE)  # without a text, the label asks for a negative height


def _words_on_accepting(verdict: Verdict) -> str:
    if subtype_to_accept(verdict) is None:
        sentence = QCoreApplication.translate(
            "ReviewBox", "Confirms {decision} under your name; the models disagree, so the subtype stays open"
        )
    else:
        sentence = QCoreApplication.translate("ReviewBox", "Confirms {decision}, {subtype}, under your name")
    return sentence.format(decision=localised(verdict.decision), subtype=localised(verdict.subtype.name).lower())


def _lines(history: Sequence[Review], truth: Truth | None) -> str:
    """Return the review history, the latest review first; if the official name states the truth, a line about it follows that review."""
    lines = [review_words(review) for review in reversed(history)]
    if truth is not None and truth.official and history:
        lines.insert(1, _words_on_name(truth))
    return "\n".join(lines)


def _unreviewed() -> str:
    return QCoreApplication.translate("ReviewBox", "Refused and not reviewed. With Override you can say what it is.")


def _words_on_name(truth: Truth) -> str:
    name = localised(truth.subtype.name if truth.subtype else truth.decision)
    sentence = QCoreApplication.translate("ReviewBox", "The official name says {name}; the figures use that.")
    if truth.contradicted:
        sentence = QCoreApplication.translate("ReviewBox", "The review contradicts the official name, {name}; the figures use the name.")
    return sentence.format(name=name)


def review_words(review: Review) -> str:
    """Return a review as a line: what and why, then who and when."""
    match review.action:
        case ReviewAction.ACCEPTED:
            sentence = QCoreApplication.translate("ReviewBox", "Accepted {what} · {who}, {when}")
        case ReviewAction.OVERRIDDEN:
            sentence = QCoreApplication.translate("ReviewBox", "Overrode to {what}: {why} · {who}, {when}")
        case ReviewAction.WITHDRAWN:
            sentence = QCoreApplication.translate("ReviewBox", "Withdrew the review · {who}, {when}")
    when = date_and_time(datetime.fromisoformat(review.made))
    what = ", ".join(localised(name).lower() for name in (review.decision, review.subtype and review.subtype.name) if name)
    return sentence.format(when=when, who=printable(review.reviewer), what=what, why=printable(review.reason))
