"""The text in the middle of the window while the chosen job has no results."""

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.jobs import Job, JobStage

translate = QCoreApplication.translate


def words_for(job: Job | None, *, blocked: bool) -> tuple[str, str]:
    """Return the title and the sentence to show while a job has no results.

    Args:
        job: The chosen job; None if there is none.
        blocked: Whether the models could not be loaded.
    """
    if job is None:
        return translate("JobWords", "Add a folder of images to begin"), translate(
            "JobWords", "Drop folders or images anywhere in this window, then press Start. The most suspicious images come first."
        )
    if not job.loaded:
        return job.name, translate("JobWords", "Its results are being fetched.")
    if job.stage is JobStage.STOPPED:
        return job.name, translate("JobWords", "Stopped. {reason}").format(reason=localised(job.message))
    if job.stage is JobStage.QUEUED and blocked:
        return job.name, translate("JobWords", "Queued. It can be analysed once the models are loaded.")
    if job.awaited:
        sentence = translate("JobWords", "No answer from {file}. Check the drive or the network; Cancel ends the job at once.")
        return job.name, sentence.format(file=printable(job.awaited[0]))
    return job.name, _sentences()[job.stage]


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
    }
