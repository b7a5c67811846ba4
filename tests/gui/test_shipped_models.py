"""The window analyses the sample images with the shipped models."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.app import make_window
from breakhis_desktop.ui.state.job import JobStage


def test_the_shipped_models_analyse_all_sample_images(qtbot: QtBot, qapp: QApplication) -> None:
    window = make_window(qapp)
    window.show()
    window.load_models()
    window.add_images.add_samples()
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=120_000)
    job = window.jobs.at(0)
    assert job is not None
    assert (job.ledger.done, job.ledger.queued) == (10, 10)
    assert "checked on 12 known images" in window.queue._models.text()
    qtbot.waitUntil(lambda: window.detail.image.has_image)
    window.close()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
