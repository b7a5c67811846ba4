"""How the models' outputs for the tiles of an image become the result for the image."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.tiles import tile_boxes
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.classify import Classified, classify
from breakhis_desktop.pipeline.read_image import ReadImage
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.conftest import CARD
from tests.factories import said, there

SIZE = (2800, 460)


class Scripted:
    """A classifier that returns scripted results: the probability of malignancy, and the out-of-distribution distance."""

    card: ModelCard = CARD
    engine_name: str = "scripted"

    def __init__(self, *script: tuple[float, float | None]) -> None:
        self._script = script

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput | None]:
        return [self._findings(p, distance) for p, distance in self._script[: len(inputs)]]

    def _findings(self, p: float, distance: float | None) -> ModelOutput:
        maps = np.full((7, 7), p, np.float32)
        by_subtype = np.broadcast_to(np.arange(8, dtype=np.float32), (7, 7, 8))
        return ModelOutput(Prediction(p, (0.0, 1 - p, 0.0, 0.0, p, 0.0, 0.0, 0.0)), distance, maps, by_subtype)


def read(size: tuple[int, int] = SIZE) -> ReadImage:
    boxes = tuple(tile_boxes(size, (700, 460)))
    record = ImageRecord(0, Path("/fields/a.png"), Status.DONE, None, "ab", size, tiles=len(boxes))
    return ReadImage(record, boxes, (np.zeros((224, 224, 3), np.uint8),) * len(boxes), b"jpeg")


def judged(*script: tuple[float, float | None], gate: bool = True, size: tuple[int, int] = SIZE) -> Classified:
    return classify([read(size)], Scripted(*script), gate=gate)


def test_the_strongest_quarter_of_the_tiles_decides() -> None:
    (record,) = judged((0.1, 0.2), (0.9, 0.3), (0.2, 0.4), (0.3, 0.5)).records
    assert record.prediction is not None
    assert record.prediction.p_malignant == pytest.approx(0.9)
    assert (record.distance, record.tiles) == (0.3, 4)


def test_the_tiles_are_combined_into_one_heat_map_of_the_field() -> None:
    maps = judged((0.1, 0.2), (0.9, 0.3), (0.2, 0.4), (0.3, 0.5)).heat_maps[0]
    assert maps.shape == (2, 7, 28)
    np.testing.assert_allclose(maps[0, 0, ::7], [0.1, 0.9, 0.2, 0.3])
    assert (maps[1] == 4).all()


def test_an_unfamiliar_tile_is_left_out_of_the_decision() -> None:
    (record,) = judged((0.1, 0.2), (0.9, 1.3), (0.2, 0.4), (0.3, 0.5)).records
    assert record.prediction is not None
    assert record.prediction.p_malignant == pytest.approx(0.3)
    assert (record.tiles, record.gate_override) == (3, None)
    assert [str(doubt) for doubt in record.review_flags] == [
        "quality gate refuses 1 of 4 tiles: It is unlike the fields that the models were trained on (distance 1.30, limit 1)"
    ]


def test_an_unfamiliar_image_is_refused_without_a_prediction() -> None:
    ended = judged((0.9, 1.6), size=(700, 460))
    (record,) = ended.records
    assert (record.status, record.prediction, record.distance) == (Status.REFUSED, None, 1.6)
    assert "distance 1.60" in str(record.reason)
    assert (ended.heat_maps, ended.thumbnails) == ({}, {0: b"jpeg"})


def test_an_unfamiliar_image_is_classified_and_marked_if_the_gate_is_off() -> None:
    (record,) = judged((0.9, 1.6), gate=False, size=(700, 460)).records
    assert record.status is Status.DONE
    assert record.prediction is not None
    assert there(record.gate_override).code is ImageCode.UNLIKE_TRAINING


def test_models_without_familiarity_data_refuse_no_image_as_unfamiliar() -> None:
    (record,) = judged((0.9, None), size=(700, 460)).records
    assert (record.status, record.distance) == (Status.DONE, None)


def test_an_image_refused_before_classification_keeps_its_row() -> None:
    refused = ReadImage(replace(read().record, status=Status.REFUSED, reason=Message.of(ImageCode.BLANK)), thumbnail=b"jpeg")
    ended = classify([refused, read((700, 460))], Scripted((0.4, 0.5)), gate=True)
    assert [record.status for record in ended.records] == [Status.REFUSED, Status.DONE]


def test_an_unfamiliar_tile_takes_part_in_the_decision_and_is_marked_if_the_gate_is_off() -> None:
    (record,) = judged((0.1, 0.2), (0.99, 3.0), (0.2, 0.4), (0.1, 2.0), gate=False).records
    assert record.prediction is not None
    assert record.prediction.p_malignant == pytest.approx(0.99)
    assert str(record.gate_override).startswith("2 of 4 tiles: It is unlike")
    assert record.review_flags == ()


def flagged() -> ReadImage:
    """Return a field of four tiles that was flagged and exempted from the gate when it was read."""
    blank = Message.of(ImageCode.BLANK)
    return replace(read(), record=replace(read().record, gate_override=blank, review_flags=(blank,)))


def test_a_field_of_unfamiliar_tiles_is_refused_and_keeps_no_flags() -> None:
    (record,) = classify([flagged()], Scripted((0.9, 1.6), (0.9, 1.5), (0.9, 1.7), (0.9, 1.8)), gate=True).records
    assert (record.status, record.distance, record.tiles, record.review_flags) == (Status.REFUSED, 1.5, 1, ())


def test_models_without_a_rule_for_large_fields_classify_whole_images() -> None:
    class Plain(Scripted):
        card = replace(CARD, large_fields=None)

    (record,) = classify([read((700, 460))], Plain((0.4, 0.5)), gate=True).records
    assert record.prediction == Prediction(0.4, (0.0, 0.6, 0.0, 0.0, 0.4, 0.0, 0.0, 0.0))


def test_a_refused_tile_is_left_out_of_the_heat_map() -> None:
    maps = judged((0.1, 0.2), (0.9, 1.3), (0.2, 0.4), (0.3, 0.5)).heat_maps[0]
    np.testing.assert_allclose(maps[0, 0, ::7], [0.1, 0.0, 0.2, 0.3])


class Silent(Scripted):
    """A classifier that returns nothing for some of its inputs."""

    def __init__(self, *silent: int) -> None:
        super().__init__(*[(0.4, 0.5)] * 32)
        self._silent = silent

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput | None]:
        return [None if place in self._silent else found for place, found in enumerate(super().classify(inputs))]


@pytest.mark.parametrize("gate", [True, False])
def test_an_image_without_probabilities_fails_and_the_rest_of_its_batch_does_not(gate: bool) -> None:
    reads = [replace(read((700, 460)), record=replace(read((700, 460)).record, position=position)) for position in range(3)]
    ended = classify(reads, Silent(1), gate=gate)
    assert [record.status for record in ended.records] == [Status.DONE, Status.FAILED, Status.DONE]
    failed = ended.records[1]
    assert failed.reason == Message.of(ImageCode.NO_PROBABILITIES)
    assert (failed.prediction, failed.distance, failed.engine) == (None, None, "scripted")
    assert sorted(ended.heat_maps) == [0, 2]
    assert sorted(ended.thumbnails) == [0, 1, 2]


def test_a_field_fails_as_a_whole_if_one_tile_has_no_probabilities() -> None:
    (record,) = classify([flagged()], Silent(2), gate=True).records
    assert (record.status, record.prediction, record.tiles) == (Status.FAILED, None, 1)
    assert (record.gate_override, record.review_flags) == (None, ())


class Fragile(Scripted):
    """A classifier that fails on every image that is not black, and on every batch of more than `largest` images."""

    def __init__(self, error: Exception, largest: int = 32) -> None:
        super().__init__(*[(0.4, 0.5)] * 32)
        self._error = error
        self._largest = largest

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput | None]:
        if len(inputs) > self._largest:
            raise ValueError("a batch")
        if inputs.any():
            raise self._error
        return super().classify(inputs)


def bright() -> ReadImage:
    """Return an image that is not black."""
    return replace(read((700, 460)), model_inputs=(np.ones((224, 224, 3), np.uint8),))


def test_an_image_that_makes_the_models_fail_even_alone_in_a_batch_gets_a_failed_row() -> None:
    (record,) = classify([bright()], Fragile(ValueError("at fault")), gate=True).records
    assert record.status is Status.FAILED
    assert there(record.reason).code is ImageCode.FAULT


@pytest.mark.parametrize("largest", [1, 32])
def test_an_error_for_the_user_ends_the_run(largest: int) -> None:
    with pytest.raises(UserError, match="the models went away"):
        classify([bright(), bright()], Fragile(UserError(said("the models went away")), largest), gate=True)
