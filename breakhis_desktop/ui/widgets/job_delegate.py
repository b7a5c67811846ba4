"""How a job of the queue is drawn: a box with name, progress and counts."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from breakhis_desktop.domain.progress import duration_words
from breakhis_desktop.ui.identity_words import rule_words
from breakhis_desktop.ui.models.jobs import JOB_ROLE, Job, JobStage
from breakhis_desktop.ui.theme import BODY_PIXELS, SMALL_PIXELS, Theme, font
from breakhis_desktop.ui.widgets.painting import draw_bar

_HEIGHT = 100
_STAGE_WORDS = {
    JobStage.QUEUED: "next",
    JobStage.WAITING: "waiting",
    JobStage.CANCELLING: "cancelling",
    JobStage.PAUSING: "pausing",
    JobStage.PAUSED: "paused",
    JobStage.STOPPED: "stopped",
}


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
        self._paint_content(painter, frame.adjusted(12, 10, -12, -8), job)
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
        name = painter.fontMetrics().elidedText(job.name, Qt.TextElideMode.ElideMiddle, int(box.width() - state_width - 12))
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
        words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        drawn = painter.drawText(box.adjusted(0, 33, 0, -18), words, count_words(job))
        painter.setPen(QColor(tokens.muted))
        rule = painter.fontMetrics().elidedText(rule_words(job.rule), Qt.TextElideMode.ElideMiddle, int(box.width()))
        painter.drawText(QPointF(box.left(), drawn.bottom() + painter.fontMetrics().ascent() + 1), rule)


def stage_words(job: Job) -> str:
    """Return in a word or a figure where a job stands."""
    if job.stage in {JobStage.RUNNING, JobStage.INTERRUPTED}:
        return f"{100 * job.ledger.ended // max(job.ledger.queued, 1)} %"
    if job.stage is JobStage.ENDED:
        return "cancelled" if job.ledger.cancelled else "✓ done"
    return _STAGE_WORDS[job.stage]


def count_words(job: Job) -> str:
    """Return in a line or two how many images a job has and how they ended."""
    match job.stage:
        case JobStage.INTERRUPTED:
            return f"Interrupted after {job.ledger.ended:,} of {job.ledger.queued:,}."
        case JobStage.PAUSED:
            words = QCoreApplication.translate("JobDelegate", "Paused after {ended} of {queued}.")
            return words.format(ended=f"{job.ledger.ended:,}", queued=f"{job.ledger.queued:,}")
        case JobStage.QUEUED | JobStage.WAITING:
            return _waiting_words(job)
        case JobStage.STOPPED:
            return "Could not go on. Choose it to read why." if job.unfinished else "Could not run. Choose it to read why."
        case JobStage.ENDED:
            return " · ".join(str(job.ledger).partition(" = ")[2].split(" + "))
    return _running_words(job)


def _waiting_words(job: Job) -> str:
    if job.to_go is not None:
        return QCoreApplication.translate("JobDelegate", "{count} images").format(count=f"{job.to_go:,}")
    return "Not started yet." if job.stage is JobStage.QUEUED else "Waits for the models or for its turn."


def _running_words(job: Job) -> str:
    left = job.progress.seconds_left(job.ledger.to_go) if job.progress else None
    time_left = f" · {duration_words(left)} left" if left is not None else ""
    return f"{job.ledger.ended:,} of {job.ledger.queued:,}{time_left}"
