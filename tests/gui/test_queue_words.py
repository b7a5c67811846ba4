"""The text on the queue's cards."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.ui.queue.identity_words import rule_words
from breakhis_desktop.ui.queue.job_delegate import status_words
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.factories.runs import run_info


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "BreakHis names"),
        ("official", "BreakHis names"),
        ("folder", "patient from folder"),
        ("pattern:{patient}_*", "pattern {patient}_*"),
        ("csv:/tables/a (1).csv", "table a (1).csv"),
        ("csv:C:\\tables\\a (0123456789ab)", "table a (0123456789ab)"),
    ],
)
def test_a_rule_is_described_in_a_few_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words


def test_the_remaining_time_is_never_broken_across_lines() -> None:
    progress = Progress(0.0)
    progress.update(50.0, 100)
    job = Job(1, (Path("/fields"),), stage=JobStage.RUNNING, run_info=run_info(), ledger=Ledger(510, done=100), progress=progress)
    assert status_words(job).split(" ")[-2:] == ["·", "3\u00a0min\u00a025\u00a0s\u00a0left"]


@pytest.mark.parametrize("stage", [JobStage.INTERRUPTED, JobStage.PAUSED])
def test_the_count_of_finished_images_is_never_broken_across_lines(stage: JobStage) -> None:
    job = Job(1, (Path("/fields"),), stage=stage, run_info=run_info(), ledger=Ledger(412, done=150))
    assert status_words(job).split(" ")[-1] == "150\u00a0of\u00a0412"


@pytest.mark.parametrize("stage", [JobStage.PAUSING, JobStage.CANCELLING])
def test_a_job_that_is_about_to_halt_shows_no_remaining_time(stage: JobStage) -> None:
    progress = Progress(0.0)
    progress.update(50.0, 100)
    job = Job(1, (Path("/fields"),), stage=stage, run_info=run_info(), ledger=Ledger(510, done=100), progress=progress)
    assert status_words(job).endswith("100\u00a0of\u00a0510")
