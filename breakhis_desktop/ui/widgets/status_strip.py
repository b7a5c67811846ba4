"""The line at the bottom: how far the job is, as a sum that always adds up."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.progress import duration_words
from breakhis_desktop.ui.models.jobs import Job, JobStage
from breakhis_desktop.ui.models.queue_total import QueueTotal
from breakhis_desktop.ui.widgets.labels import label
from breakhis_desktop.ui.words import ledger_words

_BAR_STEPS = 1000
_LONGEST_NAME = 40


class StatusStrip(QFrame):
    """Shows the ledger of the chosen job, its speed and time left, and what computes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setObjectName("statusStrip")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress of the chosen job"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(220)
        self._bar.setRange(0, _BAR_STEPS)
        self.ledger = label()
        self.speed = label("", "muted")
        self.engine = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(20)
        row.addWidget(self._bar)
        row.addWidget(self.ledger)
        row.addWidget(self.speed)
        row.addStretch()
        row.addWidget(self.engine)
        self.show_job(None)

    def show_job(self, job: Job | None, total: QueueTotal | None = None) -> None:
        """Show how far a job is, and what the whole queue has still to do where that is more than one job."""
        has_ledger = job is not None and job.facts is not None
        self._bar.setVisible(has_ledger)
        self.ledger.setText(ledger_words(job.ledger) if job is not None and has_ledger else "")
        words = (_speed_words(job) if job is not None and has_ledger else "", _awaited_words(job), _total_words(total))
        self.speed.setText(" · ".join(filter(None, words)))
        self.speed.setToolTip("\n".join(map(printable, job.awaited[:10])) if job is not None else "")
        if job is not None and has_ledger:
            self._bar.setValue(round(_BAR_STEPS * job.ledger.share_looked_at))

    def show_engine(self, text: str) -> None:
        """Say what computes, or what is being loaded."""
        self.engine.setText(text)


def _awaited_words(job: Job | None) -> str:
    if job is None or not job.awaited:
        return ""
    name = printable(job.awaited[0].name)
    short = name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
    return QCoreApplication.translate("StatusStrip", "no answer from {file}").format(file=short)


def _total_words(total: QueueTotal | None) -> str:
    if total is None or total.jobs < 2 or total.to_go is None:
        return ""
    words = QCoreApplication.translate("StatusStrip", "all {jobs} jobs: {to_go} to go").format(jobs=total.jobs, to_go=f"{total.to_go:,}")
    if total.seconds_left is None:
        return words
    return QCoreApplication.translate("StatusStrip", "{words}, {left} left").format(words=words, left=duration_words(total.seconds_left))


def _speed_words(job: Job) -> str:
    if job.stage is JobStage.PAUSING:
        return QCoreApplication.translate("StatusStrip", "Pausing…")
    if job.stage is JobStage.CANCELLING:
        return QCoreApplication.translate("StatusStrip", "Cancelling…")
    if job.stage is not JobStage.RUNNING or job.progress is None:
        return ""
    speed, left = job.progress.images_per_second, job.progress.seconds_left(job.ledger.to_go)
    if speed is None or left is None:
        return ""
    words = QCoreApplication.translate("StatusStrip", "{speed} images/s · {left} left")
    return words.format(speed=f"{speed:.0f}", left=duration_words(left))
