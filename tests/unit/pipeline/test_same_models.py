"""A run resumes only with the models with which it began: the same networks and the same graph that runs in their place."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.card_parts import DerivedFile
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import RunEnded, RunStarted
from breakhis_desktop.store.store import Store
from tests.conftest import CARD, FakeClassifier, small_field

POINT = OperatingPoint("default", 0.5)
WITH_GRAPH = replace(CARD, derived={"joint.onnx": DerivedFile(sha256="ee")})


class With(FakeClassifier):
    """The fake classifier with another card."""

    def __init__(self, card: ModelCard) -> None:
        self.card = card


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    """Return a folder with more images than one chunk holds."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for number in range(33):
        small_field(number).save(folder / f"{number}.png")
    return folder


def cut_off(store: Store, fields: Path, card: ModelCard) -> int:
    events = analyse(Request((fields,), POINT), With(card), store, threading.Event())
    started = next(events)
    assert isinstance(started, RunStarted)
    next(events)
    events.close()
    return started.run_info.run_id


@pytest.mark.parametrize("by_number", [True, False])
@pytest.mark.parametrize(
    "other",
    [
        replace(WITH_GRAPH, derived={"joint.onnx": DerivedFile(sha256="other")}),
        replace(WITH_GRAPH, files={**CARD.files, "golden.npz": "other"}),
        replace(WITH_GRAPH, derived={"joint.onnx": DerivedFile(sha256="other")}, left_out=("binary.keras", "subtype.keras")),
        CARD,
    ],
)
def test_a_run_is_not_resumed_with_another_graph_or_other_golden_images(
    store: Store, fields: Path, other: ModelCard, by_number: bool
) -> None:
    run_id = cut_off(store, fields, WITH_GRAPH)
    request = Request((fields,), POINT, resume=True, run_id=run_id if by_number else None)
    with pytest.raises(UserError, match=rf"made with other models \(fake 1, id {WITH_GRAPH.model_id}\);"):
        list(analyse(request, With(other), store, threading.Event()))


def test_a_run_is_resumed_with_a_copy_of_its_bundle_without_networks(store: Store, fields: Path) -> None:
    run_id = cut_off(store, fields, WITH_GRAPH)
    light = replace(WITH_GRAPH, left_out=("binary.keras", "subtype.keras"))
    assert isinstance(list(analyse(Request((fields,), POINT, run_id=run_id), With(light), store, threading.Event()))[-1], RunEnded)


@pytest.mark.parametrize("noted", ['{"binary.keras": "aa", "subtype.keras": "bb", "golden.npz": "cc"}', None])
def test_a_run_of_an_earlier_version_is_resumed_with_the_same_bundle_and_keeps_its_model_id(
    store: Store, fields: Path, noted: str | None
) -> None:
    run_id = cut_off(store, fields, WITH_GRAPH)
    connection = store._connection
    connection.execute("UPDATE run SET model_id = ?", (WITH_GRAPH.earlier_id,))
    if noted is not None:
        connection.execute("UPDATE run SET file_hashes = ?", (noted,))
    assert isinstance(list(analyse(Request((fields,), POINT, resume=True), With(WITH_GRAPH), store, threading.Event()))[-1], RunEnded)
    assert store.run(run_id).info().model_id == WITH_GRAPH.earlier_id != WITH_GRAPH.model_id


def test_a_run_of_an_earlier_version_is_not_resumed_with_another_graph_under_the_same_id(store: Store, fields: Path) -> None:
    cut_off(store, fields, WITH_GRAPH)
    store._connection.execute("UPDATE run SET model_id = ?", (WITH_GRAPH.earlier_id,))
    other = replace(WITH_GRAPH, derived={"joint.onnx": DerivedFile(sha256="other")})
    assert other.earlier_id == WITH_GRAPH.earlier_id
    with pytest.raises(UserError, match="made with other models"):
        list(analyse(Request((fields,), POINT, resume=True), With(other), store, threading.Event()))
