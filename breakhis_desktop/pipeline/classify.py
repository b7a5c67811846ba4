"""Read images to rows: what the models find in each part becomes what stands of the image."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from breakhis_desktop.inference.findings import Findings
from breakhis_desktop.pipeline.declined import Declined
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.pipeline.read_image import ReadImage
from breakhis_desktop.quality.gate import reason_of_distance
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

Array = NDArray[np.float32]

Asked = Findings | Exception | None
"""What the models found in a part of an image; None where they gave no probabilities, or what went wrong."""

_log = logging.getLogger(__name__)


class ImageClassifier(Protocol):
    """What the pipeline needs of a classifier."""

    @property
    def card(self) -> ModelCard:
        """What the models say of themselves."""

    @property
    def engine_name(self) -> str:
        """The runtime that computes the networks."""

    def classify(self, inputs: NDArray[np.uint8]) -> Sequence[Findings | None]:
        """Classify 1 to `BATCH` images x height x width x 3, 0-255; None stands for an image that the models gave no probabilities for."""


@dataclass(frozen=True, slots=True)
class Classified:
    """Images that have ended, with their pictures by position."""

    records: tuple[ImageRecord, ...]
    thumbnails: Mapping[int, bytes] = field(default_factory=dict)
    heat_maps: Mapping[int, Array] = field(default_factory=dict)


def classify(
    reads: Sequence[ReadImage], classifier: ImageClassifier, *, gate: bool, halted: Callable[[], bool] = lambda: False
) -> Classified:
    """Ask the models about all parts of some images, a batch at a time.

    Args:
        reads: The images.
        classifier: The models.
        gate: Whether an image that is unlike the training images is refused.
        halted: Looked at before each batch; once it is true, the images that were not asked about in full are left out.
    """
    findings = _ask(classifier, [one for read in reads for one in read.model_inputs], halted)
    found = [(read, list(islice(findings, len(read.boxes)))) for read in reads]
    whole = [(read, parts) for read, parts in found if len(parts) == len(read.boxes)]
    ended = [_end_guarded(read, parts, classifier, gate=gate) for read, parts in whole]
    thumbnails = {read.record.position: read.thumbnail for read, _ in whole if read.thumbnail}
    maps = {record.position: heat_maps for record, heat_maps in ended if heat_maps is not None}
    return Classified(tuple(record for record, _ in ended), thumbnails, maps)


def _ask(classifier: ImageClassifier, inputs: Sequence[NDArray[np.uint8]], halted: Callable[[], bool]) -> Iterator[Asked]:
    for start in range(0, len(inputs), BATCH):
        if halted():
            return
        yield from _answers(classifier, inputs[start : start + BATCH])


def _answers(classifier: ImageClassifier, batch: Sequence[NDArray[np.uint8]]) -> Sequence[Asked]:
    """Ask about a batch; where that fails and the models still know an answer to something, ask about each part alone."""
    try:
        return classifier.classify(np.stack(batch))
    except UserError:
        raise
    except Exception:  # noqa: BLE001 (raised again for each part that is at fault)
        _log.warning("a batch failed", exc_info=True)
    classifier.classify(np.zeros_like(batch[0])[None])  # what fails on a black picture too is no image's fault, and ends the run
    return [_answer(classifier, part) for part in batch]


def _answer(classifier: ImageClassifier, part: NDArray[np.uint8]) -> Asked:
    try:
        return classifier.classify(part[None])[0]
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 (raised again where the image of the part ends)
        return error


def _end_guarded(read: ReadImage, answers: Sequence[Asked], classifier: ImageClassifier, *, gate: bool) -> tuple[ImageRecord, Array | None]:
    return guarded(read.record, lambda: _end(read, list(map(_found, answers)), classifier, gate=gate), lambda record: (record, None))


def _found(answer: Asked) -> Findings | None:
    if isinstance(answer, Exception):
        raise answer
    return answer


def _end(read: ReadImage, parts: Sequence[Findings | None], classifier: ImageClassifier, *, gate: bool) -> tuple[ImageRecord, Array | None]:
    """Make the row and the heat maps of an image from what was found in its parts."""
    if not parts:
        return read.record, read.heat_maps
    asked = replace(read.record, engine=classifier.engine_name)
    findings = [one for one in parts if one is not None]
    if len(findings) < len(parts):  # what the rest of a field says does not stand for the whole of it
        return replace(
            asked, status=Status.FAILED, reason=Message.of(ImageCode.NO_PROBABILITIES), gate_override=None, tiles=1, doubts=()
        ), None
    declined = Declined.of([reason_of_distance(one.distance) for one in findings])
    if gate and declined.all:
        return replace(asked, status=Status.REFUSED, reason=declined.reason, distance=_least(findings), tiles=1, doubts=()), None
    judged = [place for place, reason in enumerate(declined.reasons) if not (gate and reason)]
    deciding = _deciding([findings[place] for place in judged], classifier.card)
    record = replace(
        asked,
        prediction=mean_prediction([one.prediction for one in deciding]),
        distance=_largest(deciding),
        tiles=len(judged),
        gate_override=read.record.gate_override or (None if gate else declined.found),
        doubts=(*read.record.doubts, *declined.doubts) if gate else read.record.doubts,
    )
    return record, _heat_maps(record, [findings[place] for place in judged], [read.boxes[place] for place in judged])


def _deciding(findings: Sequence[Findings], card: ModelCard) -> list[Findings]:
    share = card.large_fields.strongest_share if card.large_fields else 1.0
    return [findings[place] for place in strongest([one.prediction.p_malignant for one in findings], share)]


def _least(findings: Sequence[Findings]) -> float | None:
    return min(_distances(findings), default=None)


def _largest(findings: Sequence[Findings]) -> float | None:
    return max(_distances(findings), default=None)


def _distances(findings: Sequence[Findings]) -> Iterator[float]:
    return (one.distance for one in findings if one.distance is not None)


def _heat_maps(record: ImageRecord, findings: Sequence[Findings], boxes: Sequence[Box]) -> Array | None:
    if record.prediction is None or record.size is None:
        return None
    favoured = SUBTYPES.index(record.prediction.subtype)
    return merge_maps([np.stack([one.malignant_map, one.subtype_maps[..., favoured]]) for one in findings], boxes, record.size)
