"""The middle of the window before there are results: what to do next."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import localised, when
from breakhis_desktop.ui.state.job import Job, JobStage


class EmptyState(QFrame):
    """Shows a title and a sentence, with buttons for the first steps.

    Signals:
        add_folder_asked: The user wants to choose a folder.
        samples_asked: The user wants to queue the sample images.
        earlier_asked: The user wants to open the earlier run over the same images.
    """

    add_folder_asked = Signal()
    samples_asked = Signal()
    earlier_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the frame."""
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._title = label("", "emptyTitle", wrap=True)
        self._sentence = label("", "muted", wrap=True)
        self._add = QPushButton(self.tr("Add folder…"))
        self._add.setObjectName("primary")
        self._samples = QPushButton(self.tr("Try the sample images"))
        self._add.clicked.connect(self.add_folder_asked)
        self._samples.clicked.connect(self.samples_asked)
        self._earlier = label("", wrap=True)
        self._open = QPushButton(self.tr("Open that run"))
        self._open.clicked.connect(self.earlier_asked)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._add)
        buttons.addWidget(self._samples)
        buttons.addWidget(self._open)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 48, 24, 48)
        column.setSpacing(12)
        column.addStretch()
        for text in (self._title, self._sentence, self._earlier):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch()
        self.offer_run("")

    def say(self, title: str, sentence: str, *, offer_start: bool) -> None:
        """Replace the title and the sentence, and show or hide the buttons for the first steps."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._add.setVisible(offer_start)
        self._samples.setVisible(offer_start)

    def offer_run(self, words: str) -> None:
        """Offer to open an earlier run, described by a sentence; an empty sentence offers none."""
        self._earlier.setText(words)
        self._earlier.setVisible(bool(words))
        self._open.setVisible(bool(words))


translate = QCoreApplication.translate


def words_for(job: Job | None, *, blocked: bool) -> tuple[str, str]:
    """Return the title and the sentence to show while a job has no results.

    Args:
        job: The chosen job; None if there is none.
        blocked: Whether the models could not be loaded.
    """
    if job is None:
        return translate("JobWords", "Add a folder of images to begin"), translate(
            "JobWords", "Drop folders or images anywhere in this window, then press Start.\nThe most suspicious images come first."
        )
    if not job.loaded:
        return job.name, translate("JobWords", "Loading its results.")
    if job.stage is JobStage.STOPPED:
        return job.name, translate("JobWords", "Stopped. {reason}").format(reason=localised(job.message))
    if job.stage is JobStage.QUEUED and (job.nothing is not None or blocked):
        return job.name, localised(job.nothing) or translate("JobWords", "Queued. It can be analysed once the models are loaded.")
    if job.awaited:
        sentence = translate("JobWords", "No answer from {file}. Check the drive or the network; Cancel ends the job at once.")
        return job.name, sentence.format(file=printable(job.awaited[0]))
    return job.name, _sentences()[job.stage]


def words_on_earlier_run(job: Job | None) -> str:
    """Return a sentence about the latest earlier run over a job's images; empty if there is none or the job's own run has begun."""
    if job is None or job.earlier is None or not job.can_be_replaced:
        return ""
    words = translate("JobWords", "Analysed before, on {date}: {done} of {queued} images done, {reviewed} reviewed.")
    ledger = job.earlier.ledger
    return words.format(
        date=when(job.earlier.run_info.started), done=count(ledger.done), queued=count(ledger.queued), reviewed=count(job.earlier.reviewed)
    )


def _sentences() -> dict[JobStage, str]:
    return {
        JobStage.INTERRUPTED: translate("JobWords", "Interrupted before its first results. Press Resume to go on."),
        JobStage.PAUSED: translate("JobWords", "Paused before its first results. Press Resume to go on."),
        JobStage.PAUSING: translate("JobWords", "Pausing. What is finished is kept."),
        JobStage.QUEUED: translate("JobWords", "Queued. Press Start to analyse it."),
        JobStage.WAITING: translate("JobWords", "Waiting. It starts as soon as the models are loaded and earlier jobs have ended."),
        JobStage.RUNNING: translate("JobWords", "Running. The first results come in a moment."),
        JobStage.CANCELLING: translate("JobWords", "Cancelling. What is finished is kept."),
        JobStage.ENDED: translate("JobWords", "Ended."),
        JobStage.CANCELLED: translate("JobWords", "Cancelled before its first results. Press Resume to go on."),
    }
