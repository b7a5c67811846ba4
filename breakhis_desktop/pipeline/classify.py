"""Read images to rows: what the models find in each part becomes what stands of the image."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.aggregate import mean_prediction, strongest
from breakhis_desktop.domain.model_card import ModelCard
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.imaging.tiles import Box, merge_maps
from breakhis_desktop.inference.findings import Findings
from breakhis_desktop.pipeline.read_image import ReadImage
from breakhis_desktop.quality.gate import reason_of_distance


class ImageClassifier(Protocol):
    """What the pipeline needs of a classifier."""

    @property
    def card(self) -> ModelCard:
        """What the models say of themselves."""

    def classify(self, inputs: NDArray[np.uint8]) -> list[Findings]:
        """Classify images x height x width x 3, 0-255."""


@dataclass(frozen=True, slots=True)
class Classified:
    """Images that have ended, with their pictures by position."""

    records: tuple[ImageRecord, ...]
    thumbnails: Mapping[int, bytes] = field(default_factory=dict)
    heat_maps: Mapping[int, NDArray[np.float32]] = field(default_factory=dict)


def classify(reads: Sequence[ReadImage], classifier: ImageClassifier, *, gate: bool) -> Classified:
    """Ask the models about all parts of some images at once."""
    inputs = [one for read in reads for one in read.model_inputs]
    findings = iter(classifier.classify(np.stack(inputs)) if inputs else [])
    ended = [_end(read, list(islice(findings, len(read.boxes))), classifier.card, gate=gate) for read in reads]
    thumbnails = {read.record.position: read.thumbnail for read in reads if read.thumbnail}
    maps = {record.position: heat_maps for record, heat_maps in ended if heat_maps is not None}
    return Classified(tuple(record for record, _ in ended), thumbnails, maps)


def _end(read: ReadImage, findings: Sequence[Findings], card: ModelCard, *, gate: bool) -> tuple[ImageRecord, NDArray[np.float32] | None]:
    if not findings:
        return read.record, None
    familiar = [one for one in findings if not reason_of_distance(one.distance)]
    reason = "" if familiar else reason_of_distance(_least_distance(findings))
    if reason and gate:
        return replace(read.record, status=Status.REFUSED, reason=reason, distance=_least_distance(findings), tiles=1, doubts=()), None
    judged = familiar if gate else findings
    share = card.large_fields.strongest_share if card.large_fields else 1.0
    deciding = [judged[place] for place in strongest([one.prediction.p_malignant for one in judged], share)]
    record = replace(
        read.record,
        prediction=mean_prediction([one.prediction for one in deciding]),
        distance=_largest_distance(deciding),
        gate_override=read.record.gate_override or reason,
    )
    return record, _heat_maps(record, findings, read.boxes)


def _least_distance(findings: Sequence[Findings]) -> float | None:
    return min(_distances(findings), default=None)


def _largest_distance(findings: Sequence[Findings]) -> float | None:
    return max(_distances(findings), default=None)


def _distances(findings: Sequence[Findings]) -> Iterator[float]:
    return (one.distance for one in findings if one.distance is not None)


def _heat_maps(record: ImageRecord, findings: Sequence[Findings], boxes: Sequence[Box]) -> NDArray[np.float32] | None:
    if record.prediction is None or record.size is None:
        return None
    favoured = SUBTYPES.index(record.prediction.subtype)
    return merge_maps([np.stack([one.malignant_map, one.subtype_maps[..., favoured]]) for one in findings], boxes, record.size)
