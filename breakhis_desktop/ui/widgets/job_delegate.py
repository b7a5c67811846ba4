"""How a job of the queue is drawn: a box with name, progress and counts."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from breakhis_desktop.domain.progress import duration_words
from breakhis_desktop.ui.figures import count
from breakhis_desktop.ui.identity_words import rule_words
from breakhis_desktop.ui.models.jobs import JOB_ROLE, Job, JobStage
from breakhis_desktop.ui.theme import BODY_PIXELS, SMALL_PIXELS, Theme, font
from breakhis_desktop.ui.widgets.painting import draw_bar
from breakhis_desktop.ui.words import ledger_parts

_HEIGHT = 100

translate = QCoreApplication.translate


class JobDelegate(QStyledItemDelegate):
    """Draws one box per job, framed in the accent colour where it is selected."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        """Take the colours from a theme."""
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a box and of the gap below it."""
        return QSize(0, _HEIGHT + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the box."""
        tokens, job = self._theme.tokens, index.data(JOB_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -8.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(tokens.accent if selected else tokens.line), 2 if focused else 1))
        painter.setBrush(QColor(tokens.pane))
        painter.drawRoundedRect(frame, 8, 8)
        self._paint_content(painter, frame.adjusted(10, 10, -10, -8), job)
        painter.restore()

    def _paint_content(self, painter: QPainter, box: QRectF, job: Job) -> None:
        tokens = self._theme.tokens
        state = stage_words(job)
        painter.setFont(font(SMALL_PIXELS + 1))
        state_width = painter.fontMetrics().horizontalAdvance(state)
        line = QRectF(box.left(), box.top(), box.width(), 18)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, state)
        painter.setFont(font(BODY_PIXELS, bold=True))
        painter.setPen(QColor(tokens.text))
        name = painter.fontMetrics().elidedText(job.name, Qt.TextElideMode.ElideMiddle, int(box.width() - state_width - 8))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        draw_bar(
            painter,
            QRectF(box.left(), box.top() + 24, box.width(), 4),
            job.ledger.share_looked_at,
            QColor(tokens.accent),
            QColor(tokens.track),
        )
        painter.setFont(font(SMALL_PIXELS + 1))
        painter.setPen(QColor(tokens.malignant if job.stage is JobStage.STOPPED else tokens.muted))
        words = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        drawn = painter.drawText(box.adjusted(0, 33, 0, -18), words, count_words(job))
        painter.setPen(QColor(tokens.muted))
        rule = painter.fontMetrics().elidedText(rule_words(job.rule), Qt.TextElideMode.ElideMiddle, int(box.width()))
        painter.drawText(QPointF(box.left(), drawn.bottom() + painter.fontMetrics().ascent() + 1), rule)


def stage_words(job: Job) -> str:
    """Return in a word or a figure where a job stands."""
    if job.stage in {JobStage.RUNNING, JobStage.INTERRUPTED}:
        return f"{100 * job.ledger.ended // max(job.ledger.queued, 1)} %"
    if job.stage is JobStage.ENDED:
        return translate("JobDelegate", "cancelled") if job.ledger.cancelled else translate("JobDelegate", "✓ done")
    return _stages()[job.stage]


def _stages() -> dict[JobStage, str]:
    return {
        JobStage.QUEUED: translate("JobDelegate", "next"),
        JobStage.WAITING: translate("JobDelegate", "waiting"),
        JobStage.CANCELLING: translate("JobDelegate", "cancelling"),
        JobStage.PAUSING: translate("JobDelegate", "pausing"),
        JobStage.PAUSED: translate("JobDelegate", "paused"),
        JobStage.STOPPED: translate("JobDelegate", "stopped"),
    }


def count_words(job: Job) -> str:
    """Return in a line or two how many images a job has and how they ended."""
    match job.stage:
        case JobStage.INTERRUPTED:
            return _so_far(job, translate("JobDelegate", "Interrupted after {ended} of {queued}."))
        case JobStage.PAUSED:
            return _so_far(job, translate("JobDelegate", "Paused after {ended} of {queued}."))
        case JobStage.QUEUED | JobStage.WAITING:
            return _waiting_words(job)
        case JobStage.STOPPED:
            return _stopped_words(job)
        case JobStage.ENDED:
            return " · ".join(ledger_parts(job.ledger)) or "0"
    return _running_words(job)


def _stopped_words(job: Job) -> str:
    if job.unfinished:
        return translate("JobDelegate", "Could not go on. Choose it to read why.")
    return translate("JobDelegate", "Could not run. Choose it to read why.")


def _waiting_words(job: Job) -> str:
    if job.to_go is not None:
        return translate("JobDelegate", "{count} images").format(count=count(job.to_go))
    if job.stage is JobStage.QUEUED:
        return translate("JobDelegate", "Not started yet.")
    return translate("JobDelegate", "Waits for the models or for its turn.")


def _running_words(job: Job) -> str:
    left = job.progress.seconds_left(job.ledger.to_go) if job.progress else None
    ended = _so_far(job, translate("JobDelegate", "{ended} of {queued}"))
    if left is None:
        return ended
    time_left = translate("JobDelegate", "{time} left").format(time=duration_words(left))
    return f"{ended} · {time_left}"


def _so_far(job: Job, words: str) -> str:
    return words.format(ended=count(job.ledger.ended), queued=count(job.ledger.queued))
