"""What stands in the middle of the window while the chosen job has no rows."""

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.ui.models.jobs import Job, JobStage

_SENTENCES = {
    JobStage.INTERRUPTED: "Interrupted before its first results. Press Resume to go on.",
    JobStage.PAUSED: "Paused before its first results. Press Resume to go on.",
    JobStage.PAUSING: "Pausing. What is finished is kept.",
    JobStage.QUEUED: "Queued. Press Start to analyse it.",
    JobStage.WAITING: "Waiting. It starts as soon as the models are loaded and earlier jobs have ended.",
    JobStage.RUNNING: "Running. The first results come in a moment.",
    JobStage.CANCELLING: "Cancelling. What is finished is kept.",
    JobStage.ENDED: "Ended.",
}


def words_for(job: Job | None, *, blocked: bool) -> tuple[str, str]:
    """Return title and sentence for the middle of the window while it has no rows."""
    if job is None:
        return "Add a folder of images to begin", (
            "Drop folders or images anywhere in this window, then press Start. The most suspicious images come first."
        )
    if not job.loaded:
        return job.name, QCoreApplication.translate("JobWords", "Its results are being fetched.")
    if job.stage is JobStage.STOPPED:
        return job.name, f"Stopped. {job.message}"
    if job.stage is JobStage.QUEUED and blocked:
        return job.name, "Queued. It can be analysed once the models are loaded."
    return job.name, _SENTENCES[job.stage]
