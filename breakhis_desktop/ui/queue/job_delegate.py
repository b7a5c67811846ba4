"""Draws a job of the queue as a card with name, progress and counts."""

import re

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from breakhis_desktop.domain.progress import duration_words
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count, percent
from breakhis_desktop.ui.look.lettering import BODY, NOTE, font, line_height
from breakhis_desktop.ui.look.painting import broken_at_dots, draw_bar, fitting_name
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import images_words, ledger_parts
from breakhis_desktop.ui.queue.identity_words import patients_words
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.jobs import JOB_ROLE

_PADDING = 8
_GAP = 8
_BAR = (4, 12)
"""The height of the bar in pixels, without and with the space around it."""
_AT_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAPPED = Qt.TextFlag.TextWordWrap | _AT_TOP
_NO_BREAK = "\N{NO-BREAK SPACE}"
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\w)")
"""The space between a number and the word after it."""

translate = QCoreApplication.translate


class JobDelegate(QStyledItemDelegate):
    """Draws one card per job, framed in the accent colour when selected."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """Use a theme's colours and the list's width."""
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a card, which depends on its text, together with the gap below it."""
        job, metrics = index.data(JOB_ROLE), QFontMetrics(font(NOTE))
        width = self._list.viewport().width() - 2 * _PADDING - 1
        return QSize(0, _words_end(job, width) + _height_of(_link_words(job), metrics, width) + 2 * _PADDING + _GAP)

    def link(self, card: QRect, job: Job) -> QRect:
        """Return the rectangle of a card's link, the text that says how the job's patients are read."""
        metrics, width = QFontMetrics(font(NOTE)), card.width() - 2 * _PADDING - 1
        top = card.top() + _PADDING + _words_end(job, width)
        return QRect(
            QPoint(card.left() + _PADDING, top), metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, _link_words(job)).size()
        )

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Show a tooltip with a job's paths and the whole text on how its patients are read."""
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), f"{index.data(Qt.ItemDataRole.ToolTipRole)}\n{patients_words(index.data(JOB_ROLE))}", view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the card."""
        tokens, job = self._theme.tokens, index.data(JOB_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -_GAP - 0.5)
        pen = 2 if option.state & QStyle.StateFlag.State_HasFocus else 1
        inward = (pen - 1) / 2
        painter.setPen(QPen(QColor(tokens.accent if selected else tokens.line), pen))
        painter.setBrush(QColor(tokens.pane))
        painter.drawRoundedRect(frame.adjusted(inward, inward, -inward, -inward), 8, 8)
        self._paint_content(painter, frame.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING), job)
        painter.restore()

    def _paint_content(self, painter: QPainter, box: QRectF, job: Job) -> None:
        tokens = self._theme.tokens
        painter.setFont(font(BODY, bold=True))
        painter.setPen(QColor(tokens.text))
        width = int(box.width())
        for place, line in enumerate(_name_lines(job, width)):
            painter.drawText(box.adjusted(0, place * line_height(), 0, 0), _AT_TOP, line)
        painter.setFont(font(NOTE))
        painter.setPen(QColor(tokens.malignant if job.stage is JobStage.STOPPED else tokens.muted))
        painter.drawText(box.adjusted(0, _words_begin(job, width), 0, 0), _WRAPPED, _status_lines(job, width))
        end = _words_end(job, width)
        if _has_bar(job):
            bar = QRectF(box.left(), box.top() + end - _BAR[1] + 3, box.width(), _BAR[0])
            draw_bar(painter, bar, job.ledger.share_looked_at, QColor(tokens.accent), QColor(tokens.track))
        painter.setPen(QColor(tokens.accent))
        painter.drawText(box.adjusted(0, end, 0, 0), _WRAPPED, _link_words(job))


def _name_lines(job: Job, width: int) -> list[str]:
    """Return a job's name on one line or two; if it does not fit on two lines, return it on one, with its middle left out.

    The name of the folder from which several files come stays on one line if it can.
    """
    name, folder = job.name, printable(job.inputs[0].parent.name) if len(job.inputs) > 1 else ""
    forms = [name.replace(folder, folder.replace(" ", _NO_BREAK)), name]
    return fitting_name(forms, QFontMetrics(font(BODY, bold=True)), width, 2)


def _words_begin(job: Job, width: int) -> int:
    """Return the distance in pixels from the top of the name down to the status if the text has this width."""
    return len(_name_lines(job, width)) * line_height() + 2


def _words_end(job: Job, width: int) -> int:
    """Return the distance in pixels from the top of the name down to the link if the text has this width."""
    status_height = _height_of(_status_lines(job, width), QFontMetrics(font(NOTE)), width)
    return _words_begin(job, width) + status_height + (_BAR[1] if _has_bar(job) else 2)


def _has_bar(job: Job) -> bool:
    """Return whether a job needs a progress bar, because its run has begun and has neither ended nor been cancelled."""
    return job.run_info is not None and job.stage not in {JobStage.ENDED, JobStage.CANCELLED}


def _height_of(words: str, metrics: QFontMetrics, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, words).height()


def _status_lines(job: Job, width: int) -> str:
    """Return a job's stage and counts, broken into lines between sentences or at dots where they do not fit on one line."""
    words, metrics = status_words(job), QFontMetrics(font(NOTE))
    if metrics.horizontalAdvance(words) > width:
        words = words.replace(". ", ".\n")
    return broken_at_dots(words, metrics, width)


def _link_words(job: Job) -> str:
    """Return how a job's patients are read, with an arrow that marks a menu; no number is separated from the word after it."""
    return f"{_AFTER_NUMBER.sub(_NO_BREAK, patients_words(job))}{_NO_BREAK}▾"


def status_words(job: Job) -> str:
    """Return a job's stage and counts as one text; the stage is left out if the counts already make it clear."""
    match job.stage:
        case JobStage.ENDED:
            return f"✓\u00a0{_unbroken(count_words(job))}"
        case JobStage.RUNNING | JobStage.PAUSING | JobStage.CANCELLING:
            return f"{stage_words(job)} · {count_words(job)}"
        case JobStage.QUEUED | JobStage.WAITING if job.to_go is not None and job.nothing is None:
            return f"{stage_words(job)} · {count_words(job)}"
    return count_words(job)


def _unbroken(words: str) -> str:
    """Return a text that can wrap only at its middle dots, so that no figure is separated from its unit."""
    return words.replace(" ", _NO_BREAK).replace(f"{_NO_BREAK}·{_NO_BREAK}", " · ")


def stage_words(job: Job) -> str:
    """Return a job's stage or progress as one word or figure."""
    if job.stage in {JobStage.RUNNING, JobStage.INTERRUPTED}:
        return percent(100 * job.ledger.ended // max(job.ledger.queued, 1) / 100)
    if job.nothing is not None and job.stage is JobStage.QUEUED:
        return translate("JobDelegate", "empty")
    return _stages()[job.stage]


def _stages() -> dict[JobStage, str]:
    return {
        JobStage.ENDED: translate("JobDelegate", "✓ done"),
        JobStage.CANCELLED: translate("JobDelegate", "cancelled"),
        JobStage.QUEUED: translate("JobDelegate", "not started"),
        JobStage.WAITING: translate("JobDelegate", "waiting"),
        JobStage.CANCELLING: translate("JobDelegate", "cancelling"),
        JobStage.PAUSING: translate("JobDelegate", "pausing"),
        JobStage.PAUSED: translate("JobDelegate", "paused"),
        JobStage.STOPPED: translate("JobDelegate", "stopped"),
    }


def count_words(job: Job) -> str:
    """Return a short text on how many images a job has and how they ended."""
    match job.stage:
        case JobStage.INTERRUPTED:
            return _so_far(job, translate("JobDelegate", "Interrupted after {ended} of {queued}"))
        case JobStage.PAUSED:
            return _so_far(job, translate("JobDelegate", "Paused after {ended} of {queued}"))
        case JobStage.QUEUED | JobStage.WAITING:
            return _waiting_words(job)
        case JobStage.STOPPED:
            return _stopped_words(job)
        case JobStage.ENDED | JobStage.CANCELLED:
            return " · ".join(ledger_parts(job.ledger)) or "0"
    return _running_words(job)


def _stopped_words(job: Job) -> str:
    if job.unfinished:
        return translate("JobDelegate", "Could not continue. Choose it to read why.")
    return translate("JobDelegate", "Could not run. Choose it to read why.")


def _waiting_words(job: Job) -> str:
    if job.nothing is not None:
        return translate("JobDelegate", "No images to analyse. Choose it to read why.")
    if job.to_go is not None:
        return images_words(job.to_go)
    if job.stage is JobStage.QUEUED:
        return translate("JobDelegate", "Not started yet")
    return translate("JobDelegate", "Waiting for the models or its turn")


def _running_words(job: Job) -> str:
    left = job.progress.seconds_left(job.ledger.to_go) if job.progress and job.stage is JobStage.RUNNING else None
    ended = _so_far(job, translate("JobDelegate", "{ended} of {queued}"))
    if left is None:
        return ended
    time_left = translate("JobDelegate", "{time} left").format(time=duration_words(left))
    return f"{ended} · {_unbroken(time_left)}"


def _so_far(job: Job, words: str) -> str:
    """Return a text about the images that have ended; the two numbers and the word between them stay on one line."""
    before, ended, after = words.partition("{ended}")
    words = f"{before}{ended}{after.replace(' ', _NO_BREAK)}"
    return words.format(ended=count(job.ledger.ended), queued=count(job.ledger.queued))
