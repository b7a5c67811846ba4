"""The strip at the foot of the window: the progress of the chosen job, as a ledger."""

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QProgressBar, QWidget

from breakhis_desktop.domain.progress import duration_words
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.labels import label, width_on_one_line
from breakhis_desktop.ui.look.words import ledger_words
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.queue_total import QueueTotal

_BAR_STEPS = 1000
_BAR_WIDTH, _MARGIN, _GAP = 220, 16, 20
_LONGEST_NAME = 40


class StatusStrip(QFrame):
    """Shows the ledger of the chosen job, its speed, the time left and the engine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build an empty strip."""
        super().__init__(parent)
        self.setObjectName("statusStrip")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress of the chosen job"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._bar.setRange(0, _BAR_STEPS)
        self.ledger = label()
        self.speed = label("", "muted")
        self.engine = label("", "muted")
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        self._rows.setSpacing(_GAP)
        self._lines = [QHBoxLayout() for _ in range(2)]
        for line, stretch in zip(self._lines, (0, 1), strict=True):
            line.setSpacing(_GAP)
            self._rows.addLayout(line, stretch)
        self._lines[0].addWidget(self._bar)
        self._lines[0].addWidget(self.ledger, stretch=1)
        self._lines[1].addWidget(self.speed)
        self._lines[1].addStretch()
        self._lines[1].addWidget(self.engine)
        self.show_job(None)

    def show_job(self, job: Job | None, total: QueueTotal | None = None) -> None:
        """Show a job's progress and, if several jobs are running or waiting, how many images they have left together."""
        has_ledger = job is not None and job.run_info is not None
        self._bar.setVisible(has_ledger)
        self.ledger.setText(ledger_words(job.ledger) if job is not None and has_ledger else "")
        words = (_speed_words(job) if job is not None and has_ledger else "", _awaited_words(job), _total_words(total))
        self.speed.setText(" · ".join(filter(None, words)))
        self.speed.setToolTip("\n".join(map(printable, (*job.awaited, *job.slow)[:10])) if job is not None else "")
        if job is not None and has_ledger:
            self._bar.setValue(round(_BAR_STEPS * job.ledger.share_looked_at))
        self._arrange()

    def show_engine(self, text: str) -> None:
        """Show the engine's name, or what is being loaded."""
        self.engine.setText(text)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width, because the text wraps when space is short."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the text on one line or on several, depending on the width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        bar = 0 if self._bar.isHidden() else self._bar.width() + _GAP
        ledger, speed, engine = (width_on_one_line(words) for words in (self.ledger, self.speed, self.engine))
        room = self.width() - 2 * _MARGIN
        fits = bar + ledger + speed + engine + 2 * _GAP <= room
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._rows.setSpacing(_GAP if fits else 2)
        self.ledger.setWordWrap(bar + ledger > room)
        for words in (self.speed, self.engine):
            words.setWordWrap(speed + engine + _GAP > room)


def _awaited_words(job: Job | None) -> str:
    if job is None or not (job.awaited or job.slow):
        return ""
    name = printable((job.awaited or job.slow)[0].name)
    short = name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
    silent = QCoreApplication.translate("StatusStrip", "no answer from {file}")
    slow = QCoreApplication.translate("StatusStrip", "still decoding {file}")
    return (silent if job.awaited else slow).format(file=short)


def _total_words(total: QueueTotal | None) -> str:
    if total is None or total.jobs < 2 or total.to_go is None:
        return ""
    words = QCoreApplication.translate("StatusStrip", "{jobs} jobs: {to_go} to go").format(jobs=count(total.jobs), to_go=count(total.to_go))
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
    return words.format(speed=count(round(speed)), left=duration_words(left))
