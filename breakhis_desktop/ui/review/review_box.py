"""Where a human says whether the model is right, and what was said before."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from breakhis_desktop.domain.records import Verdict
from breakhis_desktop.domain.review import Review, ReviewAction, subtype_to_accept
from breakhis_desktop.domain.truth import Truth
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.glossary import meaning
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.look.wrapping_row import WrappingRow
from breakhis_desktop.ui.state.result_columns import Result

_MOST_LINES = 4
"""Of the history; a longer one scrolls."""


class ReviewBox(QFrame):
    """Accept, override, skip and undo as buttons and keys, above the history of the image.

    Signals:
        name_asked: Another person is going to review.

    Attributes:
        accept: Confirm the model's label.
        override: Say what the image is instead.
        skip: Go to the next image that needs review.
        undo: Take a review back.
    """

    name_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the box, empty."""
        super().__init__(parent)
        self.setObjectName("reviewBox")
        self.accept = self._action(self.tr("Accept"), "A", "")
        self.override = self._action(self.tr("Override…"), "O", self.tr("Say what this image is instead, and why"))
        self.skip = self._action(self.tr("Skip"), "Right", self.tr("Go to the next image that needs review"))
        self.undo = self._action(self.tr("Undo"), "Ctrl+Z", self.tr("Take a review back; it stays on record that it was made"))
        self.undo.setShortcutContext(Qt.ShortcutContext.WindowShortcut)  # the lane may be empty then, with nothing to stand on
        self._progress = label("", "small")
        self._reasons = label("", "reviewReasons", wrap=True)
        self._reviewer = QPushButton()
        self._reviewer.setObjectName("quiet")
        self._reviewer.setToolTip(self.tr("Whose name stands with the reviews; press to change it"))
        self._reviewer.clicked.connect(self.name_asked)
        self._history = _History()
        self._lay_out()

    def _action(self, text: str, key: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # a letter typed elsewhere is no review
        action.setToolTip(tip)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Review"), "sectionName", tip=meaning("review")))
        heading.addStretch()
        heading.addWidget(self._progress)
        answers = ((self.accept, "A", "primary"), (self.override, "O", "answer"), (self.skip, "→", "answer"))
        buttons = [_button(action, f"{action.text()} ({key})", style) for action, key, style in answers]
        below = QHBoxLayout()
        below.addWidget(_button(self.undo, f"{self.undo.text()} (Ctrl+Z)", "quiet"))
        below.addStretch()
        below.addWidget(self._reviewer)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self._reasons)
        column.addWidget(WrappingRow(buttons, gap=8))
        column.addWidget(self._history)
        column.addLayout(below)

    def show_result(self, result: Result | None, history: Sequence[Review], truth: Truth | None) -> None:
        """Show what asks for a review of an image, and what was said of it."""
        verdict = result.verdict if result else None
        if verdict is not None:
            self.accept.setToolTip(_words_on_accepting(verdict))
        reasons = verdict.review_reasons if verdict else ()
        self._reasons.setText(f"◆ {localised_together(reasons)}")
        self._reasons.setVisible(bool(reasons))
        is_refused_by_gate = result is not None and result.record.is_refused_by_gate
        self._history.setVisible(verdict is not None or is_refused_by_gate)
        self._history.say(_lines(history, truth) or _unreviewed(is_refused_by_gate))

    def show_progress(self, reviewed: int, asked: int) -> None:
        """Say how many of the images that ask for a review have one."""
        self._progress.setText(
            self.tr("{reviewed} of {asked} reviewed").format(reviewed=count(reviewed), asked=count(asked)) if asked else ""
        )

    def show_reviewer(self, name: str) -> None:
        """Say whose name stands with the next review."""
        self._reviewer.setText(self.tr("as {name}").format(name=printable(name)) if name else "")
        self._reviewer.setVisible(bool(name))

    def enable(self, *, accept: bool, override: bool, skip: bool, undo: bool) -> None:
        """Offer what can be done."""
        self.accept.setEnabled(accept)
        self.override.setEnabled(override)
        self.skip.setEnabled(skip)
        self.undo.setEnabled(undo)

    @property
    def reasons_text(self) -> str:
        """What is said to ask for a review."""
        return self._reasons.text()

    @property
    def progress_text(self) -> str:
        """What is said of the progress."""
        return self._progress.text()

    @property
    def history_text(self) -> str:
        """What is said of the image's history."""
        return self._history.text


class _History(QScrollArea):
    """Lines of text in a box that is as high as they need, up to a limit."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewHistory")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label = label("", "reviewLines", wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._label.setContentsMargins(12, 8, 12, 8)
        self.setWidget(self._label)

    @property
    def text(self) -> str:
        return self._label.text()

    def say(self, text: str) -> None:
        self._label.setText(text)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        most, needed = _MOST_LINES * self._label.fontMetrics().lineSpacing(), self._label.heightForWidth(self.viewport().width())
        self.setFixedHeight(needed if needed <= most + 16 else most + 8)


def _button(action: QAction, text: str, style: str) -> QPushButton:
    """Return a button for an action; a click leaves the keyboard where it was."""
    button = QPushButton(text)
    button.setObjectName(style)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return button


def _words_on_accepting(verdict: Verdict) -> str:
    if subtype_to_accept(verdict) is None:
        sentence = QCoreApplication.translate(
            "ReviewBox", "Confirms {decision} under your name; the models disagree, so the subtype stays open"
        )
    else:
        sentence = QCoreApplication.translate("ReviewBox", "Confirms {decision}, {subtype}, under your name")
    return sentence.format(decision=localised(verdict.decision), subtype=localised(verdict.subtype.name).lower())


def _lines(history: Sequence[Review], truth: Truth | None) -> str:
    """Return what was said of an image, the latest first."""
    lines = [review_words(review) for review in reversed(history)]
    if truth is not None and truth.official and history:
        lines.insert(0, _words_on_name(truth))
    return "\n".join(lines)


def _unreviewed(is_refused_by_gate: bool) -> str:
    if is_refused_by_gate:
        return QCoreApplication.translate("ReviewBox", "Refused, and not reviewed. Override says what it is all the same.")
    return QCoreApplication.translate("ReviewBox", "Not reviewed. The model's label stays on record whatever you choose.")


def _words_on_name(truth: Truth) -> str:
    name = localised(truth.subtype.name if truth.subtype else truth.decision)
    sentence = QCoreApplication.translate("ReviewBox", "The official name says {name}; figures go by that.")
    if truth.contradicted:
        sentence = QCoreApplication.translate("ReviewBox", "The review contradicts the official name, {name}; figures go by the name.")
    return sentence.format(name=name)


def review_words(review: Review) -> str:
    """Return an entry of the history as a line: when, who, what and why."""
    when = datetime.fromisoformat(review.made).strftime("%Y-%m-%d %H:%M")
    match review.action:
        case ReviewAction.ACCEPTED:
            sentence = QCoreApplication.translate("ReviewBox", "{when} · {who} · accepted {what}")
        case ReviewAction.OVERRIDDEN:
            sentence = QCoreApplication.translate("ReviewBox", "{when} · {who} · overrode to {what}: {why}")
        case ReviewAction.WITHDRAWN:
            sentence = QCoreApplication.translate("ReviewBox", "{when} · {who} · took the review back")
    what = ", ".join(localised(name).lower() for name in (review.decision, review.subtype and review.subtype.name) if name)
    return sentence.format(when=when, who=printable(review.reviewer), what=what, why=printable(review.reason))
