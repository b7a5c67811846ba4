"""The card of a job in the queue says how the job's patients are read, without looking at its images again."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.identity_guess import Guess
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.ui.queue.identity_words import patients_words
from breakhis_desktop.ui.state.job import Job
from tests.factories.runs import run_info

PREDICTION = Prediction(0.7, (0.3,) + (0.1,) * 7)


class Unread(list[ImageRecord]):
    """Records that fail the test when they are iterated, since a job's card is painted again at every move of the mouse."""

    def __iter__(self) -> Iterator[NoReturn]:
        raise AssertionError("the images were counted again")


def record(position: int, patient: str) -> ImageRecord:
    return ImageRecord(position, Path(f"/ward/{position}.png"), Status.DONE, prediction=PREDICTION, identity=Identity(patient))


def test_the_patients_of_a_run_are_counted_once() -> None:
    job = Job(1, (Path("/ward"),))
    job.begin(run_info(), 4)
    job.add([record(0, "a"), record(1, "a")])
    job.add([record(2, "b"), record(3, "")])
    job.records = Unread(job.records)
    assert patients_words(job) == "BreakHis names: 2 patients, 1\u00a0image\u00a0without"


def test_the_patients_are_counted_again_after_a_change_of_rule() -> None:
    job = Job(1, (Path("/ward"),))
    job.begin(run_info(), 2)
    job.add([record(0, "a"), record(1, "")])
    job.identify("folder", {0: Identity("c"), 1: Identity("d")})
    job.records = Unread(job.records)
    assert patients_words(job) == "2 folders: one patient each"


def test_a_patient_is_called_unknown_only_if_there_is_an_image() -> None:
    job = Job(1, (Path("/ward"),))
    job.reading.guess = Guess("", 0, 3)
    assert patients_words(job) == "No patient known"
    job.reading.guess = Guess("", 0, 0)
    assert patients_words(job) == "BreakHis names"
