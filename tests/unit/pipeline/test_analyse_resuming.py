"""A run is resumed only with the settings with which it began; it then ends with the same rows as an uninterrupted run."""

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.domain.card_parts import ReviewEvidence, Temperature
from breakhis_desktop.domain.decision import Estimate, OperatingPoint, ReviewRule
from breakhis_desktop.domain.records import Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import FakeClassifier
from tests.factories import said, tells
from tests.factories.analyses import POINT, Counting, cut_off, run


def test_an_interrupted_run_that_is_resumed_has_the_same_rows_as_an_uninterrupted_run(store: Store, many: Path) -> None:
    request = Request((many,), POINT, gate=False, resume=True)
    for event in analyse(request, FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded):
            break
    assert store.run(1).ledger().to_go > 0
    shutil.copy(many / "000.bmp", many / "new.bmp")
    started, before, *_, ended = run(store, request)
    assert isinstance(started, RunStarted)
    assert isinstance(before, ImagesEnded)
    assert isinstance(ended, RunEnded)
    assert (started.run_info.run_id, started.queued, started.ended, len(before.records)) == (1, 3 * CHUNK + 5, CHUNK, CHUNK)
    undisturbed = run(store, replace(request, inputs=(*sorted(many.glob("[0-9]*.bmp")),), resume=False))[0]
    assert isinstance(undisturbed, RunStarted)
    assert store.run(1).records() == store.run(undisturbed.run_info.run_id).records()


def test_a_finished_run_is_reported_again_without_using_the_models(store: Store, folder: Path) -> None:
    request = Request((folder,), POINT, resume=True)
    first = run(store, request)

    class Silent(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            raise AssertionError("nothing is left to classify")

    again = list(analyse(request, Silent(), store, threading.Event()))
    assert again[-1] == first[-1]
    assert [record for event in again if isinstance(event, ImagesEnded) for record in event.records] == store.run(1).records()


def test_cancelled_images_are_not_among_those_reported_as_finished(store: Store, many: Path) -> None:
    cancel = threading.Event()
    request = Request((many,), POINT, gate=False, resume=True)
    list(analyse(request, Counting(cancel), store, cancel))
    _, before, *_ = run(store, request)
    assert isinstance(before, ImagesEnded)
    assert {record.status for record in before.records} == {Status.DONE}


def test_a_finished_run_is_found_even_after_a_newer_one_over_the_same_files(store: Store, folder: Path) -> None:
    points = [POINT, OperatingPoint("custom", 0.9), POINT]
    started = [run(store, Request((folder,), point, resume=True))[0] for point in points]
    assert [event.run_info.run_id for event in started if isinstance(event, RunStarted)] == [1, 2, 1]


def test_another_operating_point_with_the_same_threshold_does_not_start_another_run(store: Store, folder: Path) -> None:
    points = [
        OperatingPoint("chosen", 0.9),
        OperatingPoint("custom", 0.9, Estimate(0.9, 0.8, 1.0), Estimate(0.5, 0.4, 0.6), said("grouped")),
    ]
    started = [run(store, Request((folder,), point, resume=True))[0] for point in points]
    assert [event.run_info.point for event in started if isinstance(event, RunStarted)] == [points[0], points[0]]


def test_an_unfinished_run_is_not_resumed_at_another_threshold(store: Store, many: Path) -> None:
    for event in analyse(Request((many,), POINT, gate=False, resume=True), FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded):
            break
    with pytest.raises(UserError, match=r"unfinished run .* another operating point \(default, threshold 0\.5\); finish it with those"):
        run(store, Request((many,), OperatingPoint("custom", 0.9), gate=False, resume=True))


def test_a_run_is_resumed_by_its_number_even_if_a_newer_one_over_the_same_files_is_unfinished(store: Store, many: Path) -> None:
    request = Request((many,), POINT)
    first, second = cut_off(store, request), cut_off(store, request)
    assert isinstance(run(store, replace(request, run_id=first))[-1], RunEnded)
    assert store.run(first).ledger().to_go == 0
    assert store.run(second).ledger().to_go > 0


class Recalibrated(FakeClassifier):
    card = replace(FakeClassifier.card, temperature=Temperature(binary=2.0, subtype=1.0))


class Cautious(FakeClassifier):
    card = replace(FakeClassifier.card, review=ReviewEvidence(margin=0.2))


@pytest.mark.parametrize(
    ("classifier", "point", "gate", "said"),
    [
        (Recalibrated(), POINT, True, f"other models \\(fake 1, id {FakeClassifier.card.model_id}\\);"),
        (Cautious(), POINT, True, r"another review rule \(margin 0\.1\);"),
        (FakeClassifier(), replace(POINT, threshold=0.6), True, r"another operating point \(default, threshold 0\.5\);"),
        (Cautious(), POINT, False, r"another review rule \(margin 0\.1\) and the quality gate on;"),
    ],
)
@pytest.mark.parametrize("by_number", [True, False])
def test_a_run_is_not_resumed_with_different_settings_and_the_differences_are_named(
    store: Store, many: Path, classifier: FakeClassifier, point: OperatingPoint, gate: bool, said: str, by_number: bool
) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    before = store.run(run_id).records()
    request = Request((many,), point, gate, resume=True, run_id=run_id if by_number else None)
    with pytest.raises(UserError, match=f"made with {said}"):
        list(analyse(request, classifier, store, threading.Event()))
    assert store.run(run_id).records() == before
    assert isinstance(list(analyse(Request((many,), point, gate), classifier, store, threading.Event()))[-1], RunEnded)


def test_each_difference_has_its_own_message(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    with pytest.raises(UserError) as raised:
        list(analyse(Request((many,), POINT, gate=False, run_id=run_id), Cautious(), store, threading.Event()))
    margin = Message.of(RunCode.DIFFERENT_REVIEW_RULE, margin=FakeClassifier.card.review_rule.margin)
    differences = (margin, Message.of(RunCode.DIFFERENT_GATE_ON))
    assert raised.value.message == Message.of(RunCode.RUN_MADE_OTHERWISE, differences=differences)


def test_a_run_of_an_earlier_version_is_resumed_and_keeps_its_review_rule(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    store._connection.execute("UPDATE run SET review_found_at = NULL")
    assert isinstance(run(store, Request((many,), POINT, resume=True))[-1], RunEnded)
    assert not store.run(run_id).to_go()
    assert store.run(run_id).info().review_rule == ReviewRule(FakeClassifier.card.review_rule.margin)


def test_a_run_whose_margin_was_found_at_another_threshold_is_not_resumed(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    store._connection.execute("UPDATE run SET review_found_at = 0.123")
    margin = Message.of(RunCode.DIFFERENT_REVIEW_RULE, margin=FakeClassifier.card.review_rule.margin)
    with pytest.raises(UserError, check=tells(RunCode.RUN_MADE_OTHERWISE, differences=(margin,))):
        run(store, Request((many,), POINT, run_id=run_id))


def test_a_run_made_without_the_gate_is_not_resumed_with_the_gate(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT, gate=False))
    differences = (Message.of(RunCode.DIFFERENT_GATE_OFF),)
    with pytest.raises(UserError, check=tells(RunCode.RUN_MADE_OTHERWISE, differences=differences)):
        run(store, Request((many,), POINT, run_id=run_id))


def test_an_unfinished_run_is_not_resumed_with_a_newer_quality_gate(store: Store, many: Path) -> None:
    request = Request((many,), POINT, resume=True)
    run_id = cut_off(store, request)
    store._connection.execute("UPDATE run SET gate = 1")
    for again in (request, replace(request, run_id=run_id)):
        with pytest.raises(UserError, match="version 1 of the quality gate"):
            run(store, again)
