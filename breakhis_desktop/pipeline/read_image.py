"""One file from disk to model input; runs on any thread."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.files import read_bytes, why_unreadable
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare, thumbnail
from breakhis_desktop.imaging.tiles import Box
from breakhis_desktop.pipeline.declined import Declined
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.fields import lay_out
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.quality.gate import MEASURED_SIZE, SHIPPED_LIMITS, reason_of_magnification, reason_of_pixels, reason_of_size


@dataclass(frozen=True, slots=True)
class ReadImage:
    """What reading a file gave.

    Attributes:
        record: The image; where it is done, only what the models find is still to come.
        boxes: The parts that the models are to judge; none where they are not asked.
        model_inputs: One input for each part, parts x height x width x 3, 0-255.
        thumbnail: A small JPEG copy; empty where the file could not be decoded.
        heat_maps: Those of an earlier run, where the image is answered from it; else None.
    """

    record: ImageRecord
    boxes: tuple[Box, ...] = ()
    model_inputs: tuple[NDArray[np.uint8], ...] = ()
    thumbnail: bytes = b""
    heat_maps: NDArray[np.float32] | None = None


Answer = Callable[[ImageRecord], ReadImage | None]
"""Returns what is known of an image already, of which file, hash and identity are given; None where nothing is."""


def read_image(
    position: int,
    path: Path,
    card: ModelCard,
    *,
    gate: bool,
    identity: Identity = UNREAD,
    answer: Answer | None = None,
    asking: Asking = lambda _: None,
) -> ReadImage:
    """Read and hash one image, then decode, judge and resize it unless its answer is known; what goes wrong becomes its record.

    Args:
        position: The image's place in the run.
        path: The file.
        card: What the models say of their input.
        gate: Whether an image that the quality gate declines is refused, or analysed all the same.
        identity: What the job's rule read of its patient and magnification.
        answer: Knows some images by their hash, so that they need not be decoded; None where all are.
        asking: Is told that the file is asked for, and that it has answered.
    """
    record = ImageRecord(position, path, Status.FAILED, identity=identity)
    try:
        asking(path)
        data = read_bytes(path)
        asking(None)
    except ImageRefusedError as error:
        return ReadImage(replace(record, status=Status.REFUSED, reason=error.message))
    except OSError as error:
        return ReadImage(replace(record, reason=why_unreadable(error)))
    record = replace(record, sha256=hashlib.sha256(data).hexdigest())
    answered = answer(record) if answer else None
    return answered or guarded(record, lambda: _look_at(record, data, card, gate=gate), ReadImage)


def _look_at(record: ImageRecord, data: bytes, card: ModelCard, *, gate: bool) -> ReadImage:
    try:
        image = decode(data)
    except ImageError as error:
        status = Status.REFUSED if isinstance(error, ImageRefusedError) else Status.FAILED
        return ReadImage(replace(record, status=status, reason=error.message))
    return _judge(replace(record, status=Status.DONE, size=image.size), image, card, gate=gate)


def _judge(record: ImageRecord, image: Image.Image, card: ModelCard, *, gate: bool) -> ReadImage:
    """Cut an image into the parts that the models are to judge, those left out that the quality gate declines."""
    layout, small = lay_out(image.size, record.magnification, card.large_fields), thumbnail(image)
    reason = reason_of_size(image.size) or reason_of_magnification(record.magnification, card.magnifications) or layout.refusal
    if layout.refusal or (reason and gate):
        return ReadImage(replace(record, status=Status.REFUSED, reason=reason), thumbnail=small)
    parts = [image.crop(box) if len(layout.boxes) > 1 else image for box in layout.boxes]
    inputs = [prepare(part, card.input_size) for part in parts]
    measured = inputs if card.input_size == MEASURED_SIZE else [prepare(part, MEASURED_SIZE) for part in parts]
    limits = card.gate_limits or SHIPPED_LIMITS
    declined = Declined.of([reason_of_pixels(one, limits) for one in measured])
    if gate and declined.all:
        return ReadImage(replace(record, status=Status.REFUSED, reason=declined.reason), thumbnail=small)
    kept = [place for place, found in enumerate(declined.reasons) if not (gate and found)]
    record = replace(
        record,
        gate_override=reason or (None if gate else declined.found),
        tiles=len(kept),
        doubts=(*layout.doubts, *declined.doubts) if gate else layout.doubts,
    )
    return ReadImage(record, tuple(layout.boxes[place] for place in kept), tuple(inputs[place] for place in kept), small)
