"""Classifies images that were read, and merges the outputs for the tiles of an image into one row."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.aggregate import mean_prediction, strongest
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.errors import UserError
from breakhis_desktop.imaging.tiles import Box, merge_maps
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.pipeline.read_image import ReadImage
from breakhis_desktop.pipeline.tile_rejections import TileRejections
from breakhis_desktop.quality.gate import reason_of_distance
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

Array = NDArray[np.float32]

TileAnswer = ModelOutput | Exception | None
"""What the models gave for a tile: their output, None if it was not valid, or the exception that was raised."""

_log = logging.getLogger(__name__)


class ImageClassifier(Protocol):
    """The interface that the pipeline needs from a classifier."""

    @property
    def card(self) -> ModelCard:
        """The card of the models."""

    @property
    def engine_name(self) -> str:
        """The runtime that computes the networks."""

    def classify(self, inputs: NDArray[np.uint8]) -> Sequence[ModelOutput | None]:
        """Classify 1 to `BATCH` images (images x height x width x 3, 0-255); the result of an image without valid output is None."""


@dataclass(frozen=True, slots=True)
class Classified:
    """Finished images, with their thumbnails and heat maps by position."""

    records: tuple[ImageRecord, ...]
    thumbnails: Mapping[int, bytes]
    heat_maps: Mapping[int, Array]


def classify(
    reads: Sequence[ReadImage], classifier: ImageClassifier, *, gate: bool, halted: Callable[[], bool] = lambda: False
) -> Classified:
    """Classify all tiles of some images, batch by batch.

    Args:
        reads: The images.
        classifier: The models.
        gate: Whether to refuse images that differ too much from the training images.
        halted: Checked before each batch; once it returns True, images that are not fully classified are left out.
    """
    outputs = _ask(classifier, [one for read in reads for one in read.model_inputs], halted)
    found = [(read, list(islice(outputs, len(read.boxes)))) for read in reads]
    whole = [(read, parts) for read, parts in found if len(parts) == len(read.boxes)]
    ended = [_end_guarded(read, parts, classifier, gate=gate) for read, parts in whole]
    thumbnails = {read.record.position: read.thumbnail for read, _ in whole if read.thumbnail}
    maps = {record.position: heat_maps for record, heat_maps in ended if heat_maps is not None}
    return Classified(tuple(record for record, _ in ended), thumbnails, maps)


def _ask(classifier: ImageClassifier, inputs: Sequence[NDArray[np.uint8]], halted: Callable[[], bool]) -> Iterator[TileAnswer]:
    for start in range(0, len(inputs), BATCH):
        if halted():
            return
        yield from _answers(classifier, inputs[start : start + BATCH])


def _answers(classifier: ImageClassifier, batch: Sequence[NDArray[np.uint8]]) -> Sequence[TileAnswer]:
    """Classify a batch; if that fails but the models still work, classify each tile on its own."""
    try:
        return classifier.classify(np.stack(batch))
    except UserError:
        raise
    except Exception:  # noqa: BLE001 (raised again for each tile at fault)
        _log.warning("a batch failed", exc_info=True)
    classifier.classify(np.zeros_like(batch[0])[None])  # if a black image fails too, no image is at fault, and the run ends
    return [_answer(classifier, part) for part in batch]


def _answer(classifier: ImageClassifier, part: NDArray[np.uint8]) -> TileAnswer:
    try:
        return classifier.classify(part[None])[0]
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 (raised again where the tile's image is finished)
        return error


def _end_guarded(
    read: ReadImage, answers: Sequence[TileAnswer], classifier: ImageClassifier, *, gate: bool
) -> tuple[ImageRecord, Array | None]:
    return guarded(read.record, lambda: _end(read, list(map(_found, answers)), classifier, gate=gate), lambda record: (record, None))


def _found(answer: TileAnswer) -> ModelOutput | None:
    if isinstance(answer, Exception):
        raise answer
    return answer


def _end(
    read: ReadImage, parts: Sequence[ModelOutput | None], classifier: ImageClassifier, *, gate: bool
) -> tuple[ImageRecord, Array | None]:
    """Make an image's row and heat maps from the outputs for its tiles."""
    if not parts:
        return read.record, read.heat_maps
    asked = replace(read.record, engine=classifier.engine_name)
    outputs = [one for one in parts if one is not None]
    if len(outputs) < len(parts):  # the remaining tiles do not represent the whole field
        return asked.failed(Message.of(ImageCode.NO_PROBABILITIES)), None
    rejections = TileRejections.of([reason_of_distance(one.distance) for one in outputs])
    if gate and rejections.all:
        return replace(asked, status=Status.REFUSED, reason=rejections.reason, distance=_least(outputs), tiles=1, review_flags=()), None
    accepted = [place for place, reason in enumerate(rejections.reasons) if not (gate and reason)]
    deciding = _deciding([outputs[place] for place in accepted], classifier.card)
    record = replace(
        asked,
        prediction=mean_prediction([one.prediction for one in deciding]),
        distance=_largest(deciding),
        tiles=len(accepted),
        gate_override=read.record.gate_override or (None if gate else rejections.found),
        review_flags=(*read.record.review_flags, *rejections.review_flags) if gate else read.record.review_flags,
    )
    return record, _heat_maps(record, [outputs[place] for place in accepted], [read.boxes[place] for place in accepted])


def _deciding(outputs: Sequence[ModelOutput], card: ModelCard) -> list[ModelOutput]:
    share = card.large_fields.strongest_share if card.large_fields else 1.0
    return [outputs[place] for place in strongest([one.prediction.p_malignant for one in outputs], share)]


def _least(outputs: Sequence[ModelOutput]) -> float:
    return min(_distances(outputs))


def _largest(outputs: Sequence[ModelOutput]) -> float | None:
    return max(_distances(outputs), default=None)


def _distances(outputs: Sequence[ModelOutput]) -> Iterator[float]:
    return (one.distance for one in outputs if one.distance is not None)


def _heat_maps(record: ImageRecord, outputs: Sequence[ModelOutput], boxes: Sequence[Box]) -> Array | None:
    if record.prediction is None or record.size is None:
        return None
    favoured = SUBTYPES.index(record.prediction.subtype)
    return merge_maps([np.stack([one.malignant_map, one.subtype_maps[..., favoured]]) for one in outputs], boxes, record.size)
